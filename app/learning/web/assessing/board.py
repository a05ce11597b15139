"""The assessments of a cohort: which there are, who answered."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.delivery.models import Cohort
from app.delivery.queries import scopes
from app.learning.models import Assessment
from app.learning.queries import desk
from app.learning.web.blueprints import assessments
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.pages import requires


@assessments.get("/assessments/")
@requires(Permission.TEACH)
def board(slug: str) -> ResponseReturnValue:
    """List the assessments of a cohort."""
    cohort = taught(slug)
    return render_template("learning/board.html", cohort=cohort, listed=desk.of_cohort(cohort))


def taught(slug: str) -> Cohort:
    """The cohort of an address, for who teaches it."""
    return scopes.cohort(current_actor(), slug, Permission.TEACH)


def asked(slug: str, assessment: int) -> tuple[Cohort, Assessment]:
    """The cohort and its assessment, for who teaches it."""
    cohort = taught(slug)
    return cohort, desk.one(cohort, assessment)
