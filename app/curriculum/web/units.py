"""Reading a unit, and the pictures in it."""

from __future__ import annotations

import mimetypes

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.core.rendering import Audience
from app.curriculum.queries import editions, reading
from app.infra import storage
from app.people.login import current_actor
from app.web.pages import public

from . import asked, bp, text_language

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
    return render_template(
        "curriculum/unit.html",
        seen=seen,
        here=here,
        kept={**here, "unit": unit, **({"for": audience} if audience == "participant" else {})},
        module=module,
        unit=shown,
        line=next(line for _, units in listed for line in units if line.uid == unit),
        entries=reading.entries(seen, shown, audience),
        audience=audience,
        before=before,
        after=after,
        newer=reading.newer(seen) if "v" in here else None,
        may_edit=seen.release is None and editions.may_edit(actor, seen.edition),
        may_read_draft=editions.may_read_draft(actor, seen.edition),
    )


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
