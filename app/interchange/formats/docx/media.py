"""Pictures in a Word file: what is put into the package, and the drawing that shows it with its alternative text."""

from __future__ import annotations

from typing import NamedTuple

from app.interchange.formats.characters import escape, printable
from app.interchange.formats.document import Manual
from app.interchange.formats.docx.names import DRAWING, PICTURE, SVG
from app.interchange.formats.nodes import Picture
from app.interchange.formats.pictures import facts, svg_to_png

EMU_PER_PIXEL = 9525
WIDEST, TALLEST = 5_700_000, 7_200_000  # EMU: within the margins of A4 and letter
MOST_ALT = 2000


class _Held(NamedTuple):
    relation: str
    svg_relation: str
    width: int
    height: int


class Media:
    """Takes pictures by their name in the text and keeps each one once."""

    def __init__(self, *manuals: Manual) -> None:
        self.manuals = manuals
        self.files: dict[str, bytes] = {}  # name in the package, below word/media
        self.held: dict[str, _Held | None] = {}
        self.drawn = 0

    def shown(self) -> list[str]:
        """The names of the pictures that are shown, in the order of the text."""
        return [source for source, held in self.held.items() if held]

    def missing(self, picture: Picture) -> str:
        """What stands in a box where a picture cannot be shown."""
        words = picture.alt or picture.source.rsplit("/", 1)[-1]
        return self.manuals[0].label("image_missing") % {"alt": printable(words)}

    def drawing(self, picture: Picture) -> str:
        """The `w:drawing` of a picture; empty when there is no such picture or it is none."""
        if picture.source not in self.held:
            self.held[picture.source] = self._take(picture.source)
        held = self.held[picture.source]
        return self._drawing(held, picture) if held else ""

    def _take(self, source: str) -> _Held | None:
        data = next((found for manual in self.manuals if (found := manual.image(source)) is not None), None)
        known = facts(data) if data is not None else None
        if data is None or known is None:
            return None
        svg_relation = ""
        form, shown = known.form, data
        if form == "svg":
            png = svg_to_png(data)
            if png is None:
                return None
            svg_relation, form, shown = self._keep("svg", data), "png", png
        scale = min(1.0, WIDEST / (known.width * EMU_PER_PIXEL), TALLEST / (known.height * EMU_PER_PIXEL))
        width, height = (max(1, round(side * EMU_PER_PIXEL * scale)) for side in (known.width, known.height))
        return _Held(self._keep(form, shown), svg_relation, width, height)

    def _keep(self, form: str, data: bytes) -> str:
        name = f"picture{len(self.files) + 1}.{form}"
        self.files[name] = data
        return f"rIdPicture{len(self.files)}"

    def _drawing(self, held: _Held, picture: Picture) -> str:
        self.drawn += 1
        alt = escape(picture.alt[:MOST_ALT])
        drawn_as_svg = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{held.svg_relation}"/></a:ext></a:extLst>'
            if held.svg_relation
            else ""
        )
        size = f'cx="{held.width}" cy="{held.height}"'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self.drawn}" name="Picture {self.drawn}" descr="{alt}"/>'
            f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{PICTURE}"><pic:pic xmlns:pic="{PICTURE}">'
            f'<pic:nvPicPr><pic:cNvPr id="{self.drawn}" name="Picture {self.drawn}" descr="{alt}"/><pic:cNvPicPr/>'
            "</pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{held.relation}">{drawn_as_svg}</a:blip>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
