"""The minutes of a validation workshop as a Word file, in the same look as a manual."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue

from app.core.splitting import split
from app.curriculum.queries import editions
from app.infra.i18n import LANGUAGES, language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import minutes_text
from app.validation.queries import workshops
from app.web.pages import requires

from .formats.document import Manual, ManualBlock, ManualModule, ManualUnit
from .formats.write import CONTENT_TYPES, write

bp = Blueprint("minutes", __name__, url_prefix="/validation")


def install(app: Flask) -> None:
    """Add this page."""
    app.register_blueprint(bp)


@bp.get("/<slug>/<region>/workshops/<int:workshop>/minutes.docx")
@requires(Permission.RUN_VALIDATION)
def file(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Send the minutes as a Word file, in the language asked for."""
    edition = editions.get(current_actor(), slug, region, Permission.RUN_VALIDATION)
    shown = workshops.get(edition, workshop)
    wanted = request.args.get("in", "") if request.args.get("in", "") in LANGUAGES else language()
    title = minutes_text.title(shown, wanted)
    blocks = tuple(
        ManualBlock(f"m{place}", piece.kind.value, piece.text)
        for place, piece in enumerate(split(minutes_text.write(shown, wanted)))
    )
    unit = ManualUnit("minutes", title, 0, blocks)
    manual = Manual(title, wanted, (ManualModule("minutes", "", (unit,)),), region=edition.region, cover=False)
    response = Response(write(manual, "docx"), mimetype=CONTENT_TYPES[".docx"])
    name = f"{slug}-{region}-{wanted}-{shown.starts_on.isoformat()}-{shown.id}.docx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
