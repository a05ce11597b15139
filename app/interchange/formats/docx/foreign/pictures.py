"""What a drawing in a foreign Word file holds: pictures we can show, text boxes, words, and what cannot be shown.

Pictures are told by their bytes, not by their names. Nothing outside the file is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.foreign.looks import W
from app.interchange.formats.docx.foreign.things import Reason
from app.interchange.formats.docx.names import DRAWING, RELATIONS, SVG
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.nodes import Inline, Picture
from app.interchange.formats.pictures import facts

_EMBED, _LINK, _ID = (f"{{{RELATIONS}}}{name}" for name in ("embed", "link", "id"))
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VECTOR = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_EXTENSIONS = {"jpeg": "jpg"}
PICTURE_NAME = re.compile(r"media/picture\d+\.\w+")
_MOST_DIAGRAM_WORDS = 20_000
_PREFIX = re.compile(r"^(?:description|descripción|descrição|beschreibung) *: *", re.IGNORECASE)
_MADE_UP = re.compile(
    r"[.,]? *(?:description automatically generated|descripción generada automáticamente|"
    r"descrição gerada automaticamente|description générée automatiquement).*$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[a-z]:[\\/]|\\\\|(?:https?|file|ftp):/|\S+\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf)$", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """What one drawing showed."""

    pictures: list[Inline] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    dropped: list[tuple[Reason, str]] = field(default_factory=list)


def told(alt: str) -> str:
    """What a person wrote about a picture; nothing where Word filled in a file's name or its place by itself."""
    words = _MADE_UP.sub("", _PREFIX.sub("", " ".join(printable(alt).split()), count=1)).strip()
    return "" if _PLACE.match(words) else words


class Pictures:
    """Keeps every picture of a file once, under the name that the Markdown gives it."""

    def __init__(self, opened: OpenedFile) -> None:
        self.opened = opened
        self.names: dict[str, str] = {}  # part -> name in the Markdown, empty when it cannot be shown
        self.kept: dict[str, bytes] = {}

    def seen(self, drawing: etree._Element, relations: dict[str, tuple[str, str, bool]]) -> Seen:
        """Return what the drawing holds; text boxes are handed on unread."""
        seen = Seen()
        alt = ""
        waiting = [drawing]
        while waiting:
            element = waiting.pop()
            tag = str(element.tag)
            if tag == W + "txbxContent":
                seen.boxes.append(element)
                continue
            if tag.endswith(("}docPr", "}cNvPr")):
                alt = str(element.get("descr") or element.get("title") or "") or alt
            elif tag == f"{{{DRAWING}}}blip":
                self._picture(seen, self._best(element), element.get(_LINK) or "", alt, relations)
            elif tag == _VECTOR + "imagedata":
                self._picture(
                    seen, str(element.get(_ID) or ""), "", str(element.get(_OFFICE + "title") or alt), relations
                )
            elif tag == _VECTOR + "textpath" and element.get("string"):
                seen.words.append(str(element.get("string")))
            elif tag == _VECTOR + "shape":
                alt = str(element.get("alt") or "") or alt
            elif tag == _DIAGRAM + "relIds":
                seen.words += self._diagram(relations.get(str(element.get(f"{{{RELATIONS}}}dm")), ("", "", True)))
            elif tag == _CHART + "chart":
                seen.dropped.append((Reason.CHART, printable(alt)))
            elif tag == _OFFICE + "OLEObject":
                seen.dropped.append((Reason.OBJECT, str(element.get("ProgID") or "")))
            waiting.extend(reversed(element))
        return seen

    def _best(self, blip: etree._Element) -> str:
        vector = blip.find(f".//{{{SVG}}}svgBlip")
        return str((vector if vector is not None else blip).get(_EMBED) or blip.get(_EMBED) or "")

    def _picture(
        self, seen: Seen, relation: str, link: str, alt: str, relations: dict[str, tuple[str, str, bool]]
    ) -> None:
        _, part, outside = relations.get(relation or link, ("", "", True))
        alt = told(alt)
        if outside:
            seen.dropped.append((Reason.PICTURE_OUTSIDE, printable(part)[:200] or alt))
            return
        name = self.names.get(part)
        if name is None:
            name = self.names[part] = self._kept(part)
        if name:
            seen.pictures.append(Picture(alt, name))
            return
        is_known = part.rsplit(".", 1)[-1].lower() in ("png", "jpg", "jpeg", "gif", "svg")
        reason = Reason.PICTURE_DAMAGED if is_known else Reason.PICTURE_FORMAT
        seen.dropped.append((reason, alt or part.rsplit("/", 1)[-1]))

    def _kept(self, part: str) -> str:
        data = self.opened.part(part)
        known = facts(data)
        if known is None:
            return ""
        name = f"media/picture{len(self.kept) + 1}.{_EXTENSIONS.get(known.form, known.form)}"
        self.kept[name] = data
        return name

    def _diagram(self, relation: tuple[str, str, bool]) -> list[str]:
        """The words of a SmartArt drawing, each point a line."""
        _, part, outside = relation
        root = None if outside else self.opened.tree(part)
        lines = []
        for point in root.iter(_DIAGRAM + "t") if root is not None else ():
            words = "".join(text.text or "" for text in point.iter(f"{{{DRAWING}}}t"))
            if words.strip():
                lines.append(words.strip()[:_MOST_DIAGRAM_WORDS])
        return ["\n".join(lines)] if lines else []
