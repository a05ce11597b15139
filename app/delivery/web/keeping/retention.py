"""Who stayed: the curve session by session with those still watched, by group and by reason, as picture and table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.delivery.queries import retention as queries
from app.delivery.queries import scopes
from app.delivery.queries.retention import Retention
from app.delivery.rules import retention_chart
from app.delivery.rules.cascade_figures import Part
from app.delivery.rules.retention import Curve
from app.delivery.web.blueprints import cohorts, programmes
from app.infra import clock
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.pages import requires
from app.web.words import word

MOST_LINES = 4  # more cannot be told apart in grey
AGES = ("-17", "18-29", "30-44", "45-59", "60-", "")

P = TypeVar("P", Part, Curve)


@cohorts.get("/<slug>/retention")
@requires(Permission.SEE_COHORT)
def retention(slug: str) -> ResponseReturnValue:
    """Show who stayed in a cohort, and after which session others left."""
    actor = current_actor()
    cohort = scopes.cohort(actor, slug, Permission.SEE_COHORT)
    found = queries.of_cohort(actor, cohort, clock.now().date())
    return render_template("keeping/retention.html", cohort=cohort, **_given(found))


@programmes.get("/<slug>/retention", endpoint="retention")
@requires(Permission.SEE_FIGURES)
def retention_of_programme(slug: str) -> ResponseReturnValue:
    """Show who stayed in all cohorts of a programme together."""
    actor = current_actor()
    programme = scopes.programme(actor, slug, Permission.SEE_FIGURES)
    found = queries.of_programme(actor, programme, clock.now().date())
    return render_template("keeping/retention_programme.html", programme=programme, **_given(found))


def age_name(group: str) -> str:
    """What a group of ages is called."""
    names = {
        "-17": gettext("under 18"),
        "18-29": gettext("18 to 29"),
        "30-44": gettext("30 to 44"),
        "45-59": gettext("45 to 59"),
        "60-": gettext("60 and over"),
    }
    return str(names.get(group, gettext("not told")))


def youngest_first(groups: Sequence[P]) -> list[P]:
    """Groups of ages from the youngest to those who did not tell."""
    return sorted(groups, key=lambda one: AGES.index(one.key) if one.key in AGES else len(AGES))


def sex_name(group: str) -> str:
    """What a sex is called, as the person said."""
    return word(Sex(group)) if group in set(Sex) else str(gettext("not told"))


def organisation_name(group: str) -> str:
    """What an organisation is called; nobody sent those who came by themselves."""
    return group or str(gettext("no organisation"))


def _given(found: Retention) -> dict[str, Any]:
    groups: list[tuple[str, Sequence[Curve], Any]] = [
        (gettext("Women and men"), found.by_sex, sex_name),
        (gettext("Age"), youngest_first(found.by_age), age_name),
        (gettext("Organisation"), found.by_organisation, organisation_name),
    ]
    shown = [part for part in found.desertion.by_reason if part.count]
    return {
        "found": found,
        "chart": retention_chart.draw([found.curve]),
        "losses": retention_chart.losses(found.curve),
        "groups": [
            (title, retention_chart.draw([one for one in curves if one.steps][:MOST_LINES]), curves, name)
            for title, curves, name in groups
            if len(curves) > 1
        ],
        "largest": max((part.count or 0 for part in shown), default=0),
        "bar": retention_chart.bar,
        "day": clock.now().date(),
    }
