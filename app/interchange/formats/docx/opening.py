"""Opening a Word file that somebody sent: what is refused and in which words, before a single paragraph is read.

Sizes are counted while unpacking, because what the archive says of itself may be untrue. XML with a document type is
refused, so there are no entities to resolve; nothing outside the file is ever opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from app.core.errors import N_, Refused
from app.interchange.formats.docx.names import PACKAGE_RELATIONS, RELATIONS

MOST_FILE_BYTES = 50_000_000
MOST_ENTRIES = 4_000
MOST_PART_BYTES = 100_000_000  # unpacked
MOST_TOTAL_BYTES = 250_000_000
MOST_RATIO = 250  # unpacked to packed, of parts larger than a megabyte
MOST_PARAGRAPHS = 200_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken before it is refused."""

    file_bytes: int = MOST_FILE_BYTES
    entries: int = MOST_ENTRIES
    part_bytes: int = MOST_PART_BYTES
    total_bytes: int = MOST_TOTAL_BYTES
    ratio: int = MOST_RATIO
    paragraphs: int = MOST_PARAGRAPHS


USUAL_LIMITS = Limits()


class UnreadableWordFile(Refused):
    """Any reason for which a Word file is not read."""

    text = N_("This Word file cannot be read.")
    status = 422


class Empty(UnreadableWordFile):
    text = N_("The file is empty. Was it still being saved or sent?")


class TooLarge(UnreadableWordFile):
    text = N_("The file is too large, or unpacks to far more than a text has. Send it without large pictures.")


class LockFile(UnreadableWordFile):
    text = N_("This is the small file that Word keeps beside an open document. Choose the document itself.")


class OldWordFile(UnreadableWordFile):
    text = N_("This is a file of an old Word version (.doc). Open it in Word and save it as .docx.")


class Encrypted(UnreadableWordFile):
    text = N_("The file is protected with a password. Save it without a password and send it again.")


class HasMacros(UnreadableWordFile):
    text = N_("The file contains macros (programs). Save it as a plain .docx document without them.")


class StrictWordFile(UnreadableWordFile):
    text = N_("The document was saved as “Strict Open XML”. Open it in Word and save it as “Word document (.docx)”.")


class RichText(UnreadableWordFile):
    text = N_("This is a rich text file (.rtf). Open it in Word or LibreOffice and save it as .docx.")


class OpenDocument(UnreadableWordFile):
    text = N_("This is a file of LibreOffice (.odt). Open it there and save it as .docx.")


class PortableDocument(UnreadableWordFile):
    text = N_("This is a PDF. Ask for the Word document that it was made from.")


class Workbook(UnreadableWordFile):
    text = N_("This is a spreadsheet or a presentation and not a Word document (.docx).")


class TooLong(UnreadableWordFile):
    text = N_("The document has more than %(most)s paragraphs. Cut it into several and send them one by one.")


class NoWordFile(UnreadableWordFile):
    text = N_("This is not a Word document (.docx).")


class Damaged(UnreadableWordFile):
    text = N_("The file is damaged: %(part)s cannot be read. Open it in Word, repair it and save it again.")


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_OTHERS = {b"{\\rtf": RichText, b"%PDF": PortableDocument}


@dataclass(slots=True)
class OpenedFile:
    """The parts of a Word file, unpacked on demand and within bounds."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    document: str
    limits: Limits = USUAL_LIMITS
    unpacked: dict[str, bytes] = field(default_factory=dict)
    total: int = 0

    def part(self, name: str) -> bytes:
        """Return a part's bytes, empty when there is no such part."""
        if name in self.unpacked or name not in self.names:
            return self.unpacked.get(name, b"")
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise Encrypted
        try:
            with self.archive.open(info) as stream:
                data = stream.read(self.limits.part_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError) as error:
            raise Damaged(part=name) from error
        ratio = len(data) / max(1, info.compress_size)
        self.total += len(data)
        is_bomb = len(data) > 1_000_000 and ratio > self.limits.ratio
        if len(data) > self.limits.part_bytes or self.total > self.limits.total_bytes or is_bomb:
            raise TooLarge
        self.unpacked[name] = data
        return data

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as XML, None when there is no such part."""
        data = self.part(name)
        return parse_xml(data, name) if data else None

    def relations(self, part: str = "") -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of the document, or of another part: id to kind, target, whether it is outside."""
        folder, _, name = (part or self.document).rpartition("/")
        tree = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found = {}
        for row in tree if tree is not None else ():
            outside = row.get("TargetMode") == "External"
            target = str(row.get("Target") or "")
            if not outside:
                target = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
            found[str(row.get("Id"))] = (str(row.get("Type")).rsplit("/", 1)[-1], target, outside)
        return found

    def related(self, kind: str) -> str:
        """Return the name of the document's part of a kind (`styles`, `numbering`), or an empty text."""
        return next(
            (target for found, target, outside in self.relations().values() if found == kind and not outside), ""
        )


def _joined(folder: str, target: str) -> str:
    """The name of a part that is given from a folder; a way out of the file leads nowhere."""
    parts = [part for part in folder.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def open_word(data: bytes, name: str = "", limits: Limits = USUAL_LIMITS) -> OpenedFile:
    """Return the opened file, or raise the `UnreadableWordFile` that says why not. `name` is the file's own name."""
    if name.rsplit("/", 1)[-1].startswith("~$"):
        raise LockFile
    if not data:
        raise Empty
    if len(data) > limits.file_bytes:
        raise TooLarge
    if data.startswith(_OLD_CONTAINER):  # of .doc, and of .docx once it is encrypted
        raise Encrypted if "EncryptedPackage".encode("utf-16-le") in data else OldWordFile
    for start, reason in _OTHERS.items():
        if data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise reason
    if not data.startswith(b"PK"):
        raise NoWordFile
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Damaged(part="the archive") from error
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.total_bytes:
        raise TooLarge
    opened = OpenedFile(archive, frozenset(entry.filename for entry in entries), "", limits)
    if b"opendocument" in opened.part("mimetype")[:100]:
        raise OpenDocument
    kinds = opened.part("[Content_Types].xml")
    if not kinds:
        raise NoWordFile
    if b"macroEnabled" in kinds or any(name.endswith("vbaProject.bin") for name in opened.names):
        raise HasMacros
    opened.document = _main_part(opened)
    if not opened.part(opened.document):
        raise Workbook if b"spreadsheetml" in kinds or b"presentationml" in kinds else NoWordFile
    if STRICT.encode() in opened.part(opened.document)[:20_000]:
        raise StrictWordFile
    return opened


def _main_part(opened: OpenedFile) -> str:
    tree = opened.tree("_rels/.rels")
    for row in tree if tree is not None else ():
        kinds = (f"{RELATIONS}/officeDocument", f"{_STRICT_RELATIONS}/officeDocument")
        if row.tag == f"{{{PACKAGE_RELATIONS}}}Relationship" and row.get("Type") in kinds:
            target = str(row.get("Target") or "").lstrip("/")
            return "" if target.startswith(("xl/", "ppt/")) else target
    return "word/document.xml"


def parse_xml(data: bytes, part: str) -> etree._Element:
    """Return the root of a part; a document type, bad XML and absurd depth (lxml stops at 256) are refused."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(part=part) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Damaged(part=part)
    return root
