"""Pages of programmes: organisations in them, activities, diagnoses, coverage, milestones, outputs, the map."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.delivery.kinds import TargetIndicator
from app.delivery.queries import programmes as queries
from app.delivery.web import tabs
from app.delivery.words import place_of
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web import navigation, words

from . import (
    activities,
    activity,
    activity_people,
    board,
    cohort_outputs,
    coverage,
    diagnosis,
    organisations,
    outputs,
    overview,
    panels,
    places,
)

SEE, RUN = Permission.SEE_FIGURES, Permission.RUN_PROGRAMME
_UNDER_ACTIVITIES = frozenset(
    {"programmes.new_activity", "programmes.activity", "programmes.edit_activity", "programmes.activity_list"}
)
TABS = (
    tabs.Tab("programmes.show", N_("Overview"), SEE, 10, frozenset({"programmes.settings", "programmes.targets"})),
    tabs.Tab("programmes.organisations", N_("Organisations"), SEE, 15),
    tabs.Tab("programmes.activities", N_("Activities"), SEE, 20, _UNDER_ACTIVITIES),
    tabs.Tab(
        "programmes.diagnosis",
        N_("Diagnosis"),
        SEE,
        30,
        frozenset({"programmes.edit_diagnosis", "programmes.edit_line"}),
    ),
    tabs.Tab("programmes.coverage", N_("Coverage"), SEE, 32),
    tabs.Tab(
        "programmes.outputs", N_("What was made"), SEE, 34, frozenset({"programmes.output", "programmes.output_need"})
    ),
    tabs.Tab("programmes.map", N_("Map"), SEE, 36, frozenset({"programmes.new_place", "programmes.edit_place"})),
)


def install(app: Flask) -> None:
    """Add these pages, their tabs and their place in the menu."""
    _ = (activities, activity, activity_people, board, cohort_outputs, coverage)
    _ = (diagnosis, organisations, outputs, overview, places)
    tabs.of_programme(*TABS)
    tabs.of_cohort(tabs.Tab("cohorts.outputs", N_("What was made"), Permission.SEE_COHORT, 80))
    panels.install()
    navigation.register(navigation.Entry("programmes.board", N_("Programmes"), _offered, order=55))
    app.jinja_env.filters["of_programmes"] = place_of
    app.jinja_env.globals["target_word"] = lambda indicator: words.word(TargetIndicator(indicator))


def _offered() -> bool:
    """Whether this person starts programmes, or sees anything of one."""
    actor = current_actor()
    if allows(actor, RUN):
        return True
    return allows(actor, SEE) and queries.any_seen(actor)
