"""Pages of the cascade and of keeping people: licences, observation, risk, contacts, retention, messages."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.delivery.actions import keeping_erasing
from app.delivery.web import tabs
from app.delivery.web.tabs import Tab
from app.people.permissions import Permission


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
    from . import (
        calling,
        cascade,
        follow_up,
        licences,
        messages,
        observing,
        own,
        panelled,
        retention,
        seeking,
        settings,
        telling,
    )

    _ = (cascade, follow_up, messages, observing, retention, seeking, settings)
    calling.install()
    own.install()
    panelled.install()
    keeping_erasing.install()
    app.jinja_env.globals.update(
        risk_why=telling.why,
        risk_relaxed=telling.relaxed,
        risk_contact=telling.last_contact,
        risk_seen=telling.seen,
        risk_share=telling.counted,
        share_percent=telling.percent,
        gate_said=licences.missing,
        standing_name=licences.standing_name,
    )
    seek = frozenset({"cohorts.seek", "cohorts.seek_contact", "cohorts.seek_agree", "cohorts.seek_result"})
    tabs.of_cohort(Tab("cohorts.follow_up", N_("Keeping people"), Permission.SEE_PEOPLE, 40, also=seek))
    also = frozenset({"programmes.risk_settings", "programmes.set_thresholds", "programmes.add_harvest"})
    tabs.of_programme(Tab("programmes.follow_up", N_("Keeping people"), Permission.SEE_PEOPLE, 40, also=also))
    tabs.of_cohort(Tab("cohorts.retention", N_("Who stays"), Permission.SEE_COHORT, 45))
    tabs.of_programme(Tab("programmes.retention", N_("Who stays"), Permission.SEE_FIGURES, 45))
    tabs.of_cohort(
        Tab("cohorts.cascade", N_("Cascade"), Permission.SEE_COHORT, 60, also=frozenset({"cohorts.cascade_promise"}))
    )
    tabs.of_programme(Tab("programmes.cascade", N_("Cascade"), Permission.SEE_FIGURES, 35))
    watching = frozenset({"cohorts.observe", "cohorts.keep_observation"})
    tabs.of_cohort(Tab("cohorts.observing", N_("Observing"), Permission.OBSERVE_TRAINER, 70, also=watching))
    licence = frozenset({"programmes.licence", "programmes.grant_licence"})
    tabs.of_programme(Tab("programmes.licences", N_("Licences"), Permission.SEE_PEOPLE, 50, also=licence))
    tabs.of_cohort(
        Tab("cohorts.messages", N_("Messages"), Permission.TEACH, 75, frozenset({"cohorts.prepare_messages"}))
    )
