"""The words people see for roles, scopes and deeds on accounts. What a role may do is in permissions.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.core.errors import N_
from app.infra.i18n import region_name

from .permissions import Role
from .queries import places

ROLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.DESIGNER: N_("Designer"),
    Role.TRANSLATOR: N_("Translator"),
    Role.FACILITATOR: N_("Workshop facilitator"),
    Role.REPRESENTATIVE: N_("Representative of a co-operative"),
    Role.REVIEWER: N_("Reviewer"),
    Role.READER: N_("Reader"),
    Role.COORDINATOR: N_("Coordinator of programmes"),
    Role.MASTER_TRAINER: N_("Master trainer"),
    Role.TRAINER: N_("Trainer"),
    Role.OBSERVER: N_("Observer of trainers"),
    Role.MONITORING: N_("Monitoring"),
    Role.DONOR: N_("Donor"),
    Role.LEARNER: N_("Learner"),
}
ROLE_HINTS: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Makes accounts, loads originals and may do everything else."),
    Role.DESIGNER: N_("Makes, changes and releases editions."),
    Role.TRANSLATOR: N_("Translates, and approves what others translated."),
    Role.FACILITATOR: N_("Keeps the study, runs validation workshops and pilots."),
    Role.REPRESENTATIVE: N_("Comments, proposes, answers questionnaires and signs for the co-operative."),
    Role.REVIEWER: N_("Reads what is not released yet, approves translations and signs off."),
    Role.READER: N_("Reads and prints released editions."),
    Role.COORDINATOR: N_("Runs programmes and cohorts: people, organisations, trainers, certificates."),
    Role.MASTER_TRAINER: N_("Teaches trainers, opens their cohorts and observes how they teach."),
    Role.TRAINER: N_("Teaches cohorts: attendance, tests, visits and calls."),
    Role.OBSERVER: N_("Watches trainers teach and fills in the observation."),
    Role.MONITORING: N_("Reads lists and figures, and approves the figures that are reported."),
    Role.DONOR: N_("Reads the figures of the programmes it supports, never names."),
    Role.LEARNER: N_("Sees their own progress, results and certificates."),
}
DEEDS: dict[str, str] = {
    "account.created": N_("Account made"),
    "account.linked": N_("Tied to a person"),
    "account.signed_in": N_("Signed in"),
    "account.password_confirmed": N_("Current password confirmed"),
    "account.password_changed": N_("Password changed"),
    "account.password_reset": N_("New password given"),
    "account.closed": N_("Account closed"),
    "account.opened": N_("Account opened again"),
    "role.granted": N_("Role given"),
    "role.ended": N_("Role ended"),
}


def role_name(role: Role | str) -> str:
    """A role in the reader's language."""
    return str(gettext(ROLES[Role(role)]))


def role_hint(role: Role) -> str:
    """What somebody with this role does here, in one sentence."""
    return str(gettext(ROLE_HINTS[role]))


def scope_name(
    curriculum: str | None, region: str | None, organisation: int | None = None, programme: int | None = None
) -> str:
    """Where a role holds, e.g. "my-coop · Peru", "every curriculum · everywhere", "Acopagro · Cacao 2026 · Peru"."""
    where = region_name(region) if region else gettext("everywhere")
    if organisation is None and programme is None:
        of = curriculum or gettext("every curriculum")
        return f"{of} · {where}"
    named = places.of_roles()
    within = [curriculum, named.organisation(organisation), named.programme(programme), where if region else None]
    return " · ".join(part for part in within if part)


def deed_name(action: str, details: Mapping[str, Any]) -> str:
    """A deed from the record in the reader's language, with the role it was about."""
    name = gettext(DEEDS[action]) if action in DEEDS else action
    if "role" not in details:
        return name
    return f"{name}: {role_name(details['role'])}, {_told_scope(details)}"


def _told_scope(details: Mapping[str, Any]) -> str:
    return scope_name(*(details.get(name) for name in ("curriculum", "region", "organisation", "programme")))
