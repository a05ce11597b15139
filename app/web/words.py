"""Words that many pages show many times: said once per request, for asking the catalogue costs more than showing."""

from __future__ import annotations

from flask import Flask, g
from flask_babel import gettext

from app.core.errors import N_

BLOCK_KINDS = {
    "objectives": N_("Objectives"),
    "plan": N_("Plan"),
    "materials": N_("Materials"),
    "activity": N_("Activity"),
    "case": N_("Case study"),
    "note": N_("For the facilitator"),
    "handout": N_("Handout"),
    "question": N_("Question"),
    "access": N_("For everybody to take part"),
    "sources": N_("Sources"),
}


def install(app: Flask) -> None:
    """Give templates `block_kind`, and `N_` to mark sentences that are translated where they are shown."""
    app.add_template_global(block_kind)
    app.add_template_global(N_, "N_")


def block_kind(name: str) -> str:
    """The word for a kind of block in the reader's language; plain prose has none."""
    said: dict[str, str] | None = g.get("block_kinds")
    if said is None:
        said = g.block_kinds = {kind: str(gettext(text)) for kind, text in BLOCK_KINDS.items()}
    return said.get(str(name), "")
