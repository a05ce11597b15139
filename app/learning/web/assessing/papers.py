"""Sheets of questions to print, in large letters, and the key to them."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.infra.i18n import language
from app.learning.queries.papers import Paper
from app.learning.rules import codes
from app.learning.rules.assessments import MOMENTS
from app.learning.web import answers
from app.learning.web.blueprints import assessments
from app.people.permissions import Permission
from app.web.pages import requires

from .board import asked


@assessments.get("/assessments/<int:assessment>/sheet")
@requires(Permission.TEACH)
def sheet(slug: str, assessment: int) -> ResponseReturnValue:
    """Show the questions to be printed; `key=1` shows what is right instead of room to answer."""
    cohort, found = asked(slug, assessment)
    paper = Paper(found)
    return render_template(
        "learning/sheet.html",
        cohort=cohort,
        assessment=found,
        items=[answers.shown(paper, item, language()) for item in paper.items],
        keys={item.id: _code(paper, item.id) for item in paper.items},
        moments=MOMENTS[found.kind],
        with_key=request.args.get("key") == "1",
        letters=codes.LETTERS,
    )


def _code(paper: Paper, item_id: int) -> str:
    """What is right, as it is written into the grid; empty for what a person reads."""
    item = paper.by_id[item_id]
    if not item.texts:
        return ""
    key = paper.question(item, language()).key
    return codes.write({"ticked": key}) if key else ""
