"""What can be wrong with a package, each as its sentence. Those on the ZIP are raised; those on a file are listed."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import N_, Refused


class PackageFault(Refused):
    """Something wrong with a package or a file in it; each kind says it in a sentence of its own."""

    status = 422


class TooBig(PackageFault):
    text = N_("The package is too big: %(size)s MB, and at most %(most)s MB are read.")
    status = 413


class NotAZip(PackageFault):
    text = N_("This is no ZIP file, or it was cut off. Compress the folder again and send the new file.")


class Damaged(PackageFault):
    text = N_("“%(name)s” in the package is damaged. Compress the folder again and send the new file.")


class OddCompression(PackageFault):
    text = N_("“%(name)s” is compressed in a way that is not read here. Compress the folder as an ordinary ZIP file.")


class Encrypted(PackageFault):
    text = N_("The package is protected with a password. Compress the folder again without one.")


class TooManyEntries(PackageFault):
    text = N_("The package has %(count)s entries, and at most %(most)s are read.")
    status = 413


class Expands(PackageFault):
    text = N_("The package would unpack to far more than any edition needs, so it was not read.")
    status = 413


class TooDeep(PackageFault):
    text = N_("“%(name)s” lies too many folders deep; no package of ours does.")


class LeadsOutside(PackageFault):
    text = N_("“%(name)s” leads out of the package's folder, so nothing of it was read.")


class IsALink(PackageFault):
    text = N_("“%(name)s” is a link to another file, so nothing was read. Put the file itself into the folder.")


class NameTwice(PackageFault):
    text = N_("“%(name)s” is in the package twice, so it is not clear which one counts.")


class NoManifest(PackageFault):
    text = N_(
        "This ZIP file has no vivero-package.json. Compress the whole folder that you unpacked, with all that is in it."
    )


class ManyManifests(PackageFault):
    text = N_("This ZIP file holds more than one package. Send each in a file of its own.")


class BadManifest(PackageFault):
    text = N_("The file vivero-package.json cannot be read. Take it from the package as it was downloaded.")


class NewerVersion(PackageFault):
    text = N_("The package was made by a newer version of Vivero (%(version)s). Bring it in there, or update this one.")


class FileFault(Refused):
    """Something about one file; the rest of the package counts."""

    status = 422


class MissingFile(FileFault):
    text = N_("The file is missing; what it says stays as it was.")


class UnknownLanguage(FileFault):
    text = N_("This edition has no language “%(language)s”, so the files in this folder were left out.")


class UnknownFolder(FileFault):
    text = N_("The folder “%(folder)s” belongs to no module in curriculum.toml, so the file was left out.")


class FileTwice(FileFault):
    text = N_("The unit “%(uid)s” is in %(other)s already; this file was left out.")


class UnitGone(FileFault):
    text = N_("The unit “%(uid)s” is gone in this language and stands in another; it stays as it was.")


class UidInUse(FileFault):
    text = N_("The uid “%(uid)s” belongs to something else already; this was left out.")


class UidTwice(FileFault):
    text = N_("The uid “%(uid)s” comes twice in this language; only the first paragraph was read.")


class ParagraphGone(FileFault):
    text = N_("“%(start)s…” is gone in “%(language)s” and stands in another language; it stays as it was.")


class OtherKind(FileFault):
    text = N_("This is a %(here)s, and a %(there)s in another language; it stays as it was.")


class OtherOrder(FileFault):
    text = N_("The paragraphs stand in another order than in “%(language)s”; the order of that language counts.")


class OtherMinutes(FileFault):
    text = N_("The unit lasts %(here)s minutes here and %(there)s in another language; it stays as it was.")


class LockInFile(FileFault):
    text = N_("What other editions may change is set on the screen, so the lock stays as it was.")


class OnlyHere(FileFault):
    text = N_("This paragraph is new in “%(language)s” only; in the other languages it waits for a translation.")


class NoTitle(FileFault):
    text = N_("A unit begins with its title; here something else comes first.")


class OnTheScreen(FileFault):
    text = N_("“%(key)s” is changed on the screen and not in this file, so it stays as it was.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, at a line counted from 1 (0: the file as a whole). It is listed, not raised."""

    file: str
    line: int
    fault: Refused
