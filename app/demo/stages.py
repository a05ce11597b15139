"""Leads an edition to its release as `stages.toml` tells: both workshops, a pilot, adjustments, signatures, each stage.

Every deed is done by the account whose task it is. It comes after the edition's study and before its release.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.adaptation import actions as adaptation
from app.core.content import Kind, ModuleKind, Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.people.permissions import Actor
from app.study import actions as study
from app.study.kinds import CheckState
from app.study.queries.checks import checklist_progress
from app.study.sheets import Kind as SheetKind
from app.translation import actions as translation
from app.translation.rules import NotStale
from app.validation import actions, stage_words
from app.validation.actions import adjustments, observations, pilots, stages
from app.validation.actions.answers import Paper
from app.validation.actions.pilots import PilotDetails, Sitting
from app.validation.actions.workshops import Details
from app.validation.models import Pilot
from app.validation.models.pilots import Moment, Severity
from app.validation.models.workshops import Verdict, WorkshopKind
from app.validation.queries import gates
from app.validation.queries import pilots as pilot_queries
from app.validation.queries import workshops as workshop_queries
from app.validation.queries.stages import stage_of
from app.validation.rules import persons
from app.validation.rules import pilots as pilot_rules
from app.validation.rules.persons import Person
from app.validation.rules.stages import SignRole, process

FILE = Path(__file__).parent / "stages.toml"
SIGNERS = {
    SignRole.CONTENT: "sanmartin",
    SignRole.LEGAL: "revision",
    SignRole.LANGUAGE: "revision",
    SignRole.REPRESENTATIVE: "cooperativa",
    SignRole.LICENCE: "admin",
}
STEPS = 8

Actors = Mapping[str, Actor]
Step = tuple[str, Callable[[], object]]


def steps(actors: Actors, edition: Edition) -> list[Step]:
    """What leads this edition to its release; nothing for editions that the file does not tell of."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    if (edition.slug, edition.region) != (data["slug"], data["region"]):
        return []
    designer, facilitator = actors["sanmartin"], actors["taller"]
    return [
        (f"{edition.name}, its way", lambda: _begin(designer, edition, data)),
        (f"{edition.name}, adapted", lambda: _move(designer, edition, "technical")),
        (f"{edition.name}, technical validation", lambda: _workshop(facilitator, edition, data, "technical")),
        (f"{edition.name}, workshop", lambda: _workshop(facilitator, edition, data, "population")),
        (f"{edition.name}, pilot", lambda: _pilot(facilitator, designer, edition, data["pilot"])),
        (f"{edition.name}, adjustments", lambda: _adjust(designer, edition)),
        (f"{edition.name}, signatures", lambda: _sign(actors, edition)),
        (f"{edition.name}, ready", lambda: _move(designer, edition, "release")),
    ]


def _move(actor: Actor, edition: Edition, to: str) -> None:
    """Move the edition on, stage by stage, up to this one."""
    on = process("validated")
    while (now := stage_of(edition)[1].key) != to:
        stages.move_stage(actor, edition, on.stages[on.at(now) + 1].key)


def _begin(actor: Actor, edition: Edition, data: Mapping[str, Any]) -> None:
    stages.choose_process(actor, edition, data["process"], data["why"])
    for item in checklist_progress(edition).open:
        study.check_item(actor, edition, item, CheckState.DONE, note=data["checklist"])
    _move(actor, edition, "adaptation")
    followed = study.keep(actor, edition, SheetKind.FINDINGS, {"statement": data["followed"], "strength": "strong"})
    for act in gates.acts_without_ground(edition):
        study.cite(actor, act, [followed.id])
    every = [block.uid for _, _, block in contents.state(editions.head_of(edition)).content.blocks()]
    with suppress(NotStale):
        translation.overrule(actor, edition, every, why=data["read"])


def _units(edition: Edition, kind: WorkshopKind) -> list[Uid]:
    """All units for specialists, those that are taught for the people they are for."""
    content = contents.state(editions.head_of(edition)).content
    every = kind is WorkshopKind.TECHNICAL
    return [unit.uid for module, unit in content.units() if every or module.kind is ModuleKind.MODULE]


def _people(text: str, year: int) -> list[Person]:
    rows = persons.read_list(text.strip(), year, set())
    faults = [fault for row in rows for fault in row.faults]
    if faults:
        raise faults[0]
    return [row.person for row in rows if row.person is not None]


def _workshop(actor: Actor, edition: Edition, data: Mapping[str, Any], name: str) -> None:
    told, kind = data[name], WorkshopKind(name)
    units = _units(edition, kind)
    details = Details(
        told["title"],
        told["starts_on"],
        kind=kind,
        purpose=told["purpose"],
        place=told["place"],
        host=told["host"],
        facilitators=(actor.name,),
        days=5,
        language="es",
    )
    workshop = actions.plan_workshop(actor, edition, details, units)
    actions.import_participants(actor, workshop, _people(told["people"], told["starts_on"].year))
    asked = [question.id for question in workshop_queries.questions(workshop)]
    for unit in units:
        papers = [
            Paper(number, {question: int(digit) for question, digit in zip(asked, row, strict=True)})
            for number, row in enumerate(told["rows"], 1)
        ]
        actions.enter_papers(actor, workshop, unit, papers)
    actions.close_workshop(actor, workshop)
    _move(actor, edition, "workshop" if kind is WorkshopKind.TECHNICAL else "pilot")


def _pilot(actor: Actor, designer: Actor, edition: Edition, told: Mapping[str, Any]) -> None:
    details = PilotDetails(
        told["title"],
        told["starts_on"],
        told["ends_on"],
        place=told["place"],
        host=told["host"],
        facilitators=tuple(told["facilitators"]),
        language="es",
    )
    pilot = pilots.plan_pilot(actor, edition, details, told["units"])
    learners = pilots.add_learners(actor, pilot, _people(told["learners"], told["starts_on"].year))
    sittings = {}
    for session, (more, came, left_out) in zip(pilot_queries.sessions(pilot), told["sittings"], strict=True):
        sittings[session.unit_uid] = Sitting(session.planned + more, came, left_out, told["starts_on"])
        _scores(actor, pilot, session.unit_uid, told, [one.number for one in learners])
    pilots.tell_sittings(actor, pilot, sittings)
    for row in told["observations"]:
        _observe(actor, designer, pilot, row)
    pilots.close_pilot(actor, pilot)
    _move(actor, edition, "adjustments")


def _scores(actor: Actor, pilot: Pilot, uid: Uid, told: Mapping[str, Any], numbers: list[int]) -> None:
    """So many questions right as the digits say, the first ones first; whoever was missing has no second score."""
    asked = pilot_queries.questions(pilot, [pilot_queries.unit(pilot, uid)])[uid]
    rows = {}
    for at, number in enumerate(numbers):
        for moment, digits in ((Moment.PRE, told["before"]), (Moment.POST, told["after"])):
            if moment is Moment.POST and number in told["missing"]:
                continue
            right = round(int(digits[at]) * len(asked) / 10)
            rows[number, moment] = {question.uid: (int(i < right), 1) for i, question in enumerate(asked)}
    pilots.enter_scores(actor, pilot, uid, rows)


def _observe(actor: Actor, designer: Actor, pilot: Pilot, row: Mapping[str, Any]) -> None:
    """Write an observation down, decide on it, and carry it out in both languages where it says how."""
    found = reading.unit_of(pilot_queries.taught(pilot), row["unit"])
    if found is None:
        raise pilot_rules.NotTaught
    block = [one for one in found[1].blocks if one.kind is Kind.PARAGRAPH][row["paragraph"] - 1]
    made = observations.observe(
        actor,
        pilot,
        row["unit"],
        row["text"],
        block=block.uid,
        observer=row["observer"],
        severity=Severity(row["severity"]),
    )
    observations.decide_observation(actor, pilot, made.number, Verdict(row["verdict"]), row["why"])
    evidence = f"{pilot.title}, observación {made.number} ({pilot_rules.mark(pilot.id, made.number)})"
    source = pilot.edition.curriculum.source_language  # first, so that what is translated from it stays up to date
    for language in sorted((code for code in pilot.edition.languages if code in row), key=lambda code: code != source):
        text = contents.texts_of([block], language)[0] or ""
        adaptation.edit_block(
            designer,
            pilot.edition,
            block.uid,
            language,
            text.rstrip("\n") + row[language] + ("\n" if text.endswith("\n") else ""),
            why=row["why"],
            evidence=evidence,
        )


def _adjust(actor: Actor, edition: Edition) -> None:
    adjustments.confirm_grades(actor, edition)
    _move(actor, edition, "sign_off")


def _sign(actors: Actors, edition: Edition) -> None:
    for role, username in SIGNERS.items():
        stages.sign(actors[username], edition, role, stage_words.STATEMENTS[role])
