"""What can be wrong with a unit file, one sentence each. `BadFile` says where."""

from __future__ import annotations

from app.core.errors import N_, Refused


class UnitFault(Refused):
    """Something a unit file has wrong."""

    status = 422


class NotUtf8(UnitFault):
    text = N_("The file is not UTF-8: byte %(byte)s is %(value)s. Please save it as UTF-8.")


class NotText(UnitFault):
    text = N_("There is a NUL character here, which no text may have. Please take it out.")


class TooBig(UnitFault):
    text = N_("The file has %(size)s bytes; a unit may have %(most)s.")


class TooManyBlocks(UnitFault):
    text = N_("The unit has %(count)s blocks; it may have %(most)s. Please make two units of it.")


class NoFrontMatter(UnitFault):
    text = N_("The file does not begin with its uid and minutes between two lines of three dashes.")


class BadFrontMatter(UnitFault):
    text = N_("The lines between the dashes cannot be read: %(detail)s")


class UnknownKey(UnitFault):
    text = N_("“%(key)s” is not known here; these are: %(known)s.")


class MissingKey(UnitFault):
    text = N_("“%(key)s” is missing.")


class BadUid(UnitFault):
    text = N_("“%(uid)s” cannot be a uid: use letters, digits, dots, hyphens and underscores, 100 at most.")


class BadMinutes(UnitFault):
    text = N_("“%(value)s” cannot be the length of a unit: use a whole number of minutes, more than 0.")


class UidTwice(UnitFault):
    text = N_("The uid “%(uid)s” is already used in line %(line)s.")


class UnknownLock(UnitFault):
    text = N_("“%(lock)s” is not a lock; these are: %(known)s.")


class UnclosedBlock(UnitFault):
    text = N_("The block “%(kind)s” is never closed: %(slashes)s on a line of its own is missing.")


class NothingToClose(UnitFault):
    text = N_("%(slashes)s closes a block, but none is open. A block around another takes more slashes.")


class UnknownKind(UnitFault):
    text = N_("“%(kind)s” is not a kind of block; these are: %(known)s.")


class UnknownOption(UnitFault):
    text = N_("“%(option)s” is not an option of “%(kind)s”; these are: %(known)s.")


class LooseAttributes(UnitFault):
    text = N_("A lock or uid goes right under its block, with a blank line after it.")


class PlanDoesNotAddUp(UnitFault):
    text = N_("The minutes of the plan add up to %(sum)s, but the unit has %(minutes)s.")


class OtherValue(UnitFault):
    text = N_("“%(key)s” is “%(here)s” here and “%(there)s” in the source language.")


class OtherKind(UnitFault):
    text = N_("Here is a block “%(here)s”, in the source language (line %(line)s) a block “%(there)s”.")


class OtherLock(UnitFault):
    text = N_("The lock is “%(here)s” here and “%(there)s” in the source language (line %(line)s).")


class BlockTooMany(UnitFault):
    text = N_("The source language has no such block: “%(kind)s” is one too many.")


class BlockMissing(UnitFault):
    text = N_("After this block one is missing: “%(kind)s”, line %(line)s in the source language.")
