"""Pages of cohorts: the board, a cohort with its attendance, its people and trainers, its list, joining by code."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.delivery.web import tabs
from app.delivery.web.tabs import Tab
from app.people.permissions import Permission
from app.web import navigation


def _all(*names: str) -> frozenset[str]:
    return frozenset(f"cohorts.{name}" for name in names)


PEOPLE = _all(
    "person", "change_person", "promise", "add_person", "enrol", "new_person", "enrol_new", "roster", "bring_in",
    "undo_roster", "joining", "door", "answer",
)  # fmt: skip


def install(app: Flask) -> None:
    """Add these pages, their tabs and their place in the menu."""
    from . import adding, board, door, first, here, joining, marks, people, person, roster, settings, show, trainers

    _ = (adding, joining, people, person, roster, settings, show, trainers)
    app.register_blueprint(door.bp)
    first.install()
    app.jinja_env.globals.update(way=here.way, mark_letter=marks.letter)
    tabs.of_cohort(
        Tab("cohorts.show", N_("The cohort"), Permission.SEE_COHORT, 10, _all("change_state", "teach_from")),
        Tab("cohorts.people", N_("People"), Permission.SEE_PEOPLE, 20, PEOPLE),
        Tab("cohorts.trainers", N_("Trainers"), Permission.SEE_COHORT, 60, _all("add_trainer", "end_teaching")),
        Tab("cohorts.settings", N_("Settings"), Permission.RUN_COHORT, 90, _all("save_settings")),
    )
    navigation.register(navigation.Entry("cohorts.board", N_("Cohorts"), board.offered, order=12))
