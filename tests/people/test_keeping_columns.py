"""Every text that is kept with somebody is either erased with them or said to stay, whatever table it stands in.

A new table that names a person, an enrolment or what hangs on one makes this fail until somebody decides.
"""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import JSON, Enum, String, Table, select, update

from app.delivery.actions import cascade, follow_up, licences, observing
from app.delivery.kinds import ContactWay, LicenceKind, Outcome
from app.delivery.rules import observing as rubrics
from app.infra.db import Base, db
from app.people import references
from app.people.actions import erasing, merging
from app.people.models import Person
from app.people.permissions import COMMAND_LINE
from app.people.queries import keeping
from tests.delivery import field as make

THINGS = ("person", "enrolment", "follow_up_contact", "intervention", "assessment_answer")
# What identifies rows and machines, and what is chosen from a list: it tells nothing of anybody.
CODED = {"uid", "digest", "device", "supersedes", "rivals", "alike", "event_uid", "unit_uid", "reason", "source",
         "language", "text_version", "rubric", "scores", "stamp", "region", "kind", "answer_uid",
         "problem"}  # fmt: skip
STAYS = {
    ("certificate", "serial"), ("certificate", "content"), ("certificate", "revoked_reason"),  # frozen: law 8
    ("completion_decision", "figures"),  # numbers
    ("learner_card", "code"),  # opens nothing any more
    ("walk_in", "sex"),
}  # fmt: skip
ERASED = {
    ("account", "username"), ("account", "name"), ("account", "password_hash"),
    ("activity_participation", "removed_why"), ("answer_points", "comment"), ("assessment_answer", "value"),
    ("assessment_answer", "assisted_by"), ("certificate", "name"), ("certificate", "initials"), ("certificate", "code"),
    ("commitment", "note"), ("completion_decision", "note"), ("consent", "guardian_name"),
    ("consent", "guardian_tie"), ("enrolment_change", "note"), ("follow_up_contact", "note"),
    ("intervention", "agreed"), ("intervention_result", "note"), ("join_request", "details"),
    ("join_request", "address"), ("learner_card", "pin_hash"), ("leaving_proposal", "note"), ("message", "subject"),
    ("message", "text"), ("message", "address"), ("output_person", "part"), ("person_contact", "note"),
    ("trainer_licence", "granted_despite"), ("trainer_licence", "revoked_reason"), ("trainer_observation", "note"),
    ("walk_in", "name"), ("walk_in", "organisation"), ("walk_in", "phone"),
}  # fmt: skip
SECRET = "Lo que dijo Rosa"


def texts(table: Table) -> set[str]:
    """The columns of a table that hold words."""
    return {
        one.name for one in table.columns if isinstance(one.type, (String, JSON)) and not isinstance(one.type, Enum)
    }


def test_every_text_beside_a_person_is_erased_or_said_to_stay() -> None:
    tables = {one.table for one in references.to_persons()}
    tables |= {one.table for thing in THINGS for one in references.to(thing)} - {Base.metadata.tables["person"]}
    tables -= {Base.metadata.tables[name] for name in ("not_same_person", "person_key", "person_merge")}
    every = {(table.name, name) for table in tables for name in texts(table) - CODED}
    assert every - ERASED - STAYS == set()


def test_what_was_written_of_somebody_who_teaches_and_learns_goes_with_them(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    trainer, enrolment, day = field.trainer, field.learners[0], date(2026, 5, 4)
    learner = db.session.get_one(Person, enrolment.person_id)
    called = follow_up.log_contact(COMMAND_LINE, enrolment, ContactWay.CALL, reached=True, on=day, note="x")
    agreed = follow_up.agree(COMMAND_LINE, enrolment, trainer, "x", on=day, due=day, contact=called)
    follow_up.tell_result(COMMAND_LINE, agreed, Outcome.CAME_BACK, on=day, note="x")
    cascade.promise(COMMAND_LINE, enrolment, cohorts=1, people=5, by=date(2026, 12, 1), note="x")
    scores = {one.key: 3 for one in rubrics.current().criteria}
    observing.observe(COMMAND_LINE, field.cohort, trainer, scores, on=day, solo=True, note="x")
    given = licences.grant(COMMAND_LINE, field.programme, trainer, LicenceKind.TRAINER, on=day, despite="x")
    licences.revoke(COMMAND_LINE, given, on=day, why="x")
    written = [(table, name) for table, name in sorted(ERASED) if table not in ("account", "certificate")]
    for table, name in written:
        column = Base.metadata.tables[table].c[name]
        if isinstance(column.type, String):
            db.session.execute(update(column.table).values({name: SECRET}))
    there = {table for table, name in written if SECRET in said(table, name)}
    assert {"follow_up_contact", "intervention", "intervention_result", "trainer_observation", "trainer_licence",
            "commitment"} <= there  # fmt: skip
    handed_out = keeping.everything(COMMAND_LINE, learner)["tables"]
    assert {"follow_up_contact", "intervention", "intervention_result", "commitment"} <= handed_out.keys()
    assert "agreed" in handed_out["intervention"][0]
    assert "agreed" not in keeping.everything(COMMAND_LINE, trainer)["tables"]["intervention"][0]
    for person in (learner, trainer):
        erasing.erase(COMMAND_LINE, person)
    db.session.flush()
    assert [(table, name) for table, name in written if SECRET in said(table, name)] == []


def said(table: str, name: str) -> list[object]:
    """Everything that stands in a column."""
    return list(db.session.scalars(select(Base.metadata.tables[table].c[name])))


def test_licences_observations_and_agreements_go_over_and_come_back(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    trainer, day = field.trainer, date(2026, 5, 4)
    again = make.person("Teresa Instructor", field.coops[0])
    scores = {one.key: 3 for one in rubrics.current().criteria}
    seen = observing.observe(COMMAND_LINE, field.cohort, trainer, scores, on=day, solo=True)
    licence = licences.grant(COMMAND_LINE, field.programme, trainer, LicenceKind.TRAINER, on=day, despite="x")
    owned = follow_up.agree(COMMAND_LINE, field.learners[0], trainer, "x", on=day, due=day)
    done = merging.merge(COMMAND_LINE, again, trainer)
    for thing in (seen, licence, owned):
        db.session.refresh(thing)
    assert {seen.person_id, licence.person_id, owned.owner_id} == {again.id}
    merging.unmerge(COMMAND_LINE, done)
    for thing in (seen, licence, owned):
        db.session.refresh(thing)
    assert {seen.person_id, licence.person_id, owned.owner_id} == {trainer.id}
