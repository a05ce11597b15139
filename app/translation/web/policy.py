"""How an edition wants people named: its style, its own words, its exceptions, and what became of the remarks."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import N_, Refused
from app.core.language import Style
from app.curriculum.models import Edition
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation import actions
from app.translation.queries import policy as queries
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, may, opened, place

LONGEST = 60_000


class NoWord(Refused):
    text = N_("Line %(line)s has no word before the sign =.")
    status = 422


class TooMuch(Refused):
    text = N_("That is longer than a list of words can be. Please write fewer lines.")
    status = 422


@bp.get("/<slug>/<region>/policy")
@requires(Permission.READ_DRAFT)
def policy(slug: str, region: str) -> ResponseReturnValue:
    """Show an edition's policy of naming people, and what became of the remarks."""
    return _page(opened(slug, region))


@bp.post("/<slug>/<region>/policy")
@requires(Permission.EDIT_CONTENT)
def change_policy(slug: str, region: str) -> ResponseReturnValue:
    """Set an edition's style, its own words and its exceptions."""
    edition = opened(slug, region, Permission.EDIT_CONTENT)
    style, written = request.form.get("style", ""), request.form.get("words", "")
    field = "words"
    try:
        words = words_of(written)
        field = "exceptions"
        exceptions = [
            line.strip() for line in request.form.get("exceptions", "")[:LONGEST].splitlines() if line.strip()
        ]
        wanted = Style(style) if style in set(Style) else None
        actions.set_policy(current_actor(), edition, wanted, words=words, exceptions=exceptions)
    except Refused as refused:
        if refused.status != 422:
            raise
        return _page(edition, {field: [sentence(refused)]}), 422
    say(gettext("Saved. It holds here and in the editions below."))
    return back(url_for(".policy", **place(edition)))


def words_of(written: str) -> dict[str, list[str]]:
    """Read lines such as `los acopiadores = el equipo de acopio, quienes acopian`."""
    if len(written) > LONGEST:
        raise TooMuch
    found: dict[str, list[str]] = {}
    for number, line in enumerate(written.splitlines(), 1):
        if not line.strip():
            continue
        word, _, instead = line.partition("=")
        if not word.strip():
            raise NoWord(line=number)
        found[word.strip()] = [one.strip() for one in instead.split(",") if one.strip()]
    return found


def _page(edition: Edition, faults: dict[str, list[str]] | None = None) -> str:
    held = queries.policy_of(edition)
    own = held.own
    written = "\n".join(f"{word} = {', '.join(instead)}" for word, instead in (own.words if own else {}).items())
    months = queries.by_month(edition)
    return render_template(
        "translation/policy.html",
        edition=edition,
        held=held,
        own_style=own.style.value if own and own.style else "",
        styles=list(Style),
        written=request.form.get("words", written) if faults else written,
        exceptions=request.form.get("exceptions", "") if faults else "\n".join(own.exceptions if own else []),
        chosen=request.form.get("style", "") if faults else None,
        counted=queries.counted(edition),
        months=months[-24:],
        faults=faults or {},
        edits=may(Permission.EDIT_CONTENT, edition),
    )
