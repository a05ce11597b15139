"""`/api/v1/reports/<slug>`: the figures of a programme as JSON, for who sees its page; refusals as problem+json."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from app.core.errors import Refused
from app.delivery.api import problem
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting.queries import views
from app.reporting.rules.figures import groups_to_json
from app.web.errors import SENTENCES
from app.web.pages import requires

from .programme import asked_for

figures = Blueprint("report_figures", __name__, url_prefix="/api/v1/reports")


@figures.get("/<slug>")
@requires(Permission.SEE_FIGURES)
def show(slug: str) -> Response:
    """Give the figures of a year (`?year=2014`, or `all`), each with its definition's version and its groups."""
    report = asked_for(views.of(current_actor(), slug))
    question = report.question
    said: dict[str, Any] = {
        "programme": report.view.programme.slug,
        "year": question.period.year,
        "since": question.period.since.isoformat(),
        "until": question.period.until.isoformat(),
        "figures": [
            {
                "code": one.code,
                "version": one.version,
                "name": one.said(one.name, language()),
                "unit": one.unit.value,
                "value": figure.value,
                "of": figure.of,
                "missing": figure.missing,
                "groups": groups_to_json(figure.groups),
            }
            for one, figure in report.figures
        ],
    }
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@figures.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    """Say a refusal to a program."""
    return problem(refused.status, sentence(refused))


@figures.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    """Say to a program why there is nothing."""
    code = error.code or 500
    return problem(code, gettext(SENTENCES.get(code, SENTENCES[400])))
