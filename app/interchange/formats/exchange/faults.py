"""What can be wrong with a translator's file, each as its sentence. None of these is raised: the rest is still read."""

from __future__ import annotations

from app.core.errors import N_, Refused


class Fault(Refused):
    """Something wrong with a file or a line of it; each kind says it in a sentence of its own."""

    status = 422


class TooBig(Fault):
    text = N_("The file is too big: %(size)s bytes, and at most %(most)s are read.")


class NotUtf8(Fault):
    text = N_("This line is not in UTF-8. Save the file with the encoding UTF-8 and send it again.")


class NothingInIt(Fault):
    text = N_("There is nothing in this file that could be read.")


class NoHeader(Fault):
    text = N_(
        "The file does not say which edition it was made from; its texts were found by the marks of their paragraphs."
    )


class NotUnderstood(Fault):
    text = N_("This line cannot be read: “%(line)s”. The text it belongs to was left out.")


class CutOff(Fault):
    text = N_("The text that begins here is not complete; the file seems to have been cut off.")


class NoUid(Fault):
    text = N_("This text does not say which paragraph it belongs to and was left out.")


class UidTwice(Fault):
    text = N_("The paragraph %(uid)s comes twice, first in line %(first)s; only the first was read.")


class Fewer(Fault):
    text = N_("Texts in the file: %(here)s of %(there)s. Those that are not in it stay as they are.")


class BadXml(Fault):
    text = N_("The file is no complete XML: %(detail)s. What stands before this line was read.")


class HasEntities(Fault):
    text = N_("The file declares or uses entities of its own; it is not read any further.")


class TooDeep(Fault):
    text = N_("The file nests its elements too deeply; it is not read any further.")


class TooManyTexts(Fault):
    text = N_("The file has more than %(most)s texts; the rest is not read.")


class TooLongTag(Fault):
    text = N_("Something here has no end for millions of letters. What stands before it was read.")


class OtherRoot(Fault):
    text = N_("This is no %(format)s file: it begins with “%(name)s”.")


class OtherEdition(Fault):
    text = N_("The file was made from %(there)s, not from %(here)s.")


class OtherLanguages(Fault):
    text = N_("The file goes from %(there_source)s to %(there_target)s; here it is from %(source)s to %(target)s.")


class UnknownUid(Fault):
    text = N_("There is no paragraph %(uid)s in this edition; its translation was left out.")


class SourceMoved(Fault):
    text = N_(
        "The source of the paragraph %(uid)s is no longer the one that was translated; its translation comes in "
        "as out of date."
    )


class LacksVariables(Fault):
    text = N_("The translation of the paragraph %(uid)s lacks the variables %(variables)s; it comes in as a draft.")


class NoSource(Fault):
    text = N_("This entry has no text in a source language and was left out.")


class NoLanguage(Fault):
    text = N_("“%(language)s” is not the code of a language, such as es or es-PE; the entry was left out.")


class NoTerm(Fault):
    text = N_("This row has no term and was left out.")


class NoConcept(Fault):
    text = N_("This row has no concept and was left out; terms of one concept in several languages share its name.")


class NoSuchStatus(Fault):
    text = N_("“%(status)s” is no status of a term. Write one of: %(known)s.")


class LacksColumns(Fault):
    text = N_("The first line lacks the columns %(columns)s.")


class TooManyCells(Fault):
    text = N_("Cells in this row: %(here)s, in the first line: %(there)s; the row was left out.")


class BadRow(Fault):
    text = N_("This row cannot be read: %(detail)s.")


class TermTwice(Fault):
    text = N_("The term “%(term)s” comes twice for the same concept, language and region; only the first was read.")
