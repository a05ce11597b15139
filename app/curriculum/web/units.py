"""Reading a unit, and the pictures in it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from typing import NamedTuple

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.content import Kind, LinkState, Lock, Uid, Unit
from app.core.merge import Link, state
from app.core.rendering import Audience
from app.curriculum.queries import contents, editions, parents, reading
from app.infra import storage
from app.infra.i18n import language as interface_language
from app.people.login import current_actor
from app.web.pages import public

from . import asked, bp, panels, text_language

PLAIN = Link()
UNNAMED = frozenset({Kind.NOTE, Kind.ACCESS, Kind.QUESTION})  # they belong to what stands before them
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)


class Landmark(NamedTuple):
    """A place in a unit that its list of contents leads to."""

    block: Uid
    title: str


class Article(NamedTuple):
    """A released unit's text as it stands on its page, and what its list of contents names."""

    html: Markup
    landmarks: list[Landmark]


_articles: contents.Kept[Article] = contents.Kept(2_000)
PICTURES = frozenset({"image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif"})


@bp.get("/<slug>/<region>/units/<unit>")
@public
def unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Show a unit to read and to print; `for=participant` leaves out what is the trainer's."""
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=request.args.get("v"), language=text_language())
    found = reading.unit_of(seen.state.content, unit)
    if found is None:
        abort(404)
    module, shown = found
    audience: Audience = "participant" if request.args.get("for") == "participant" else "facilitator"
    listed = reading.lines(seen)
    before, after = reading.neighbours(listed, unit)
    here = asked(seen.edition)
    entries = [] if seen.release else reading.entries(seen, shown, audience)
    article = _article(seen, shown, audience) if seen.release else Article(Markup(), _landmarks(entries))
    return render_template(
        "curriculum/unit.html",
        seen=seen,
        here=here,
        kept={**here, "unit": unit, **({"for": audience} if audience == "participant" else {})},
        module=module,
        unit=shown,
        line=next(line for _, units in listed for line in units if line.uid == unit),
        article=article,
        entries=entries,
        audience=audience,
        before=before,
        after=after,
        newer=reading.newer(seen) if "v" in here else None,
        may_edit=seen.release is None and editions.may_edit(actor, seen.edition),
        locks=_locks(seen) if seen.release is None and editions.may_edit(actor, seen.edition) else {},
        may_read_draft=editions.may_read_draft(actor, seen.edition),
        panels=[] if seen.release else panels.shown(panels.Place.UNIT, panels.Subject(seen, shown)),
    )


def _article(seen: reading.View, unit: Unit, audience: Audience) -> Article:
    """A released unit's page: the same for every reader of the same interface language."""
    revision = seen.revision
    key = ":".join(
        (revision.content_digest, revision.local_digest, unit.uid, seen.language, audience, interface_language())
    )
    kept = _articles.get(key)
    if kept is None:
        entries = reading.entries(seen, unit, audience)
        page = render_template("curriculum/_article.html", entries=entries, language_of_text=seen.language)
        kept = _articles.put(key, Article(Markup(page), _landmarks(entries)))  # noqa: S704 - our own template made it
    return kept


def _landmarks(entries: Sequence[reading.Entry]) -> list[Landmark]:
    """The sections, activities and cases of a unit, by their headings."""
    found = ((e.uid, _HEADING.search(e.html)) for e in entries if e.html is not None and e.kind not in UNNAMED)
    return [Landmark(uid, Markup(heading[1]).striptags()) for uid, heading in found if heading]  # noqa: S704 - cleaned


def _locks(seen: reading.View) -> dict[Uid, Lock]:
    """What the original's locks still mean here: what it fixed, and what it wants adapted that nobody answered yet."""
    local, content = seen.state.local, seen.state.content
    base = parents.base_content(local)
    found = {block.uid: block.lock for _, _, block in base.blocks() if block.lock is not Lock.ADAPTABLE}
    return {
        uid: lock
        for uid, lock in found.items()
        if lock is Lock.FIXED
        or (
            not local.links.get(uid, PLAIN).confirmed
            and state(uid, base, content, local.links.get(uid)) is LinkState.FOLLOW
        )
    }


@bp.get("/<slug>/<region>/units/media/<name>")
@public
def picture(slug: str, region: str, name: str) -> ResponseReturnValue:
    """Send a picture of an edition; units name it `media/<name>`."""
    seen = reading.view(current_actor(), slug, region, version=request.args.get("v"))
    stored = seen.state.local.media.get(name)
    kind = mimetypes.guess_type(name)[0]
    if stored is None or kind not in PICTURES:
        abort(404)
    response = Response(storage.get(stored), mimetype=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.set_etag(stored)
    return response.make_conditional(request)
