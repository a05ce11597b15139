"""Every original prints as a manual for those who facilitate and for those who take part, in both languages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import pytest
from flask import Flask

from app.core.content import Kind
from app.core.markup import read_head
from app.core.splitting import Piece
from app.core.unitfile import unit_title
from app.curriculum import actions, originals
from app.curriculum.originals import Original
from app.interchange.exporting import Wish, make
from app.people.permissions import COMMAND_LINE

FOLDERS = {folder.name: folder for folder in originals.folders(originals.REPOSITORY)}
ONLY_FOR_FACILITATORS = frozenset({Kind.MATERIALS, Kind.PLAN, Kind.NOTE, Kind.ACCESS})
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, PARAGRAPH = f"{WORD}t", f"{WORD}p"


def printed(original: Original, language: str, audience: str) -> str:
    """The words of the Word manual, paragraph by paragraph, as another program opens it."""
    wish = Wish(original.slug, original.region, original.version, language, "docx", audience)
    body = docx.Document(io.BytesIO(make(COMMAND_LINE, wish))).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(TEXT)) for p in body.iter(PARAGRAPH))


def titles(original: Original, language: str, kinds: frozenset[Kind]) -> Iterator[str]:
    """The titles of the typed blocks of these kinds that have no variable in them."""
    for module in original.modules:
        for unit in module.units:
            for block in unit.blocks:
                head = read_head(block.texts[language].split("\n"), 0) if block.kind in kinds else None
                if head and head.title and not re.search(r"[{*_`]", head.title):
                    yield head.title


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("slug", FOLDERS)
def test_both_manuals_hold_what_is_for_their_readers(app: Flask, slug: str, language: str) -> None:
    original = originals.read(FOLDERS[slug])
    actions.load(COMMAND_LINE, original)
    facilitator, participant = (printed(original, language, who) for who in ("facilitator", "participant"))
    for module in original.modules:
        for unit in module.units:
            title = unit_title(Piece(b.kind, b.texts[language], "") for b in unit.blocks)
            assert title in facilitator
            assert title in participant
    theirs = set(titles(original, language, ONLY_FOR_FACILITATORS))
    shared = set(titles(original, language, frozenset(Kind) - ONLY_FOR_FACILITATORS))
    assert theirs
    assert [title for title in theirs | shared if title not in facilitator] == []
    assert [title for title in shared if title not in participant] == []
    lines = set(participant.split("\n"))
    assert [title for title in theirs - shared if title in lines] == []
    assert len(participant) < len(facilitator)
    for text in (facilitator, participant):
        assert "{{" not in text
        assert "///" not in text


@pytest.mark.parametrize("slug", FOLDERS)
def test_the_facilitator_s_manual_is_a_pdf_too(app: Flask, slug: str) -> None:
    original = originals.read(FOLDERS[slug])
    actions.load(COMMAND_LINE, original)
    wish = Wish(slug, original.region, original.version, "es", "pdf")
    assert make(COMMAND_LINE, wish).startswith(b"%PDF")
