"""A cohort's list out to a spreadsheet and back: an answer per row, nothing written before it is meant, and undone."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import event, func, select

from app.cli import vivero
from app.delivery.actions import cohorts, rosters, rosters_undo
from app.delivery.actions.rosters import Report
from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment, RosterChange, RosterImport
from app.delivery.queries import rosters as queries
from app.delivery.rules import rosters as rules
from app.delivery.rules.rosters import Outcome
from app.infra.db import Base, db
from app.people.actions import erasing, merging, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import ContactKind, Sex
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from app.people.rules.persons import Born
from tests.delivery import field as make

HEAD = "Nombres,Apellidos,Sexo,Nacimiento,N.º de documento,Teléfono,Organización"


def csv(*rows: str, head: str = HEAD) -> bytes:
    """A list as somebody types it."""
    return "\n".join([head, *rows]).encode()


def state() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the record of deeds and of lists."""
    db.session.flush()
    without = {"audit_entry", "roster_import", "roster_change", "person_key", "contact_point"}
    return {
        table.name: sorted(tuple(map(repr, row)) for row in db.session.execute(select(table)))
        for table in Base.metadata.sorted_tables
        if table.name not in without
    }


def outcomes(report: Report) -> list[str]:
    """What became of the rows."""
    return [answer.outcome.value for answer in report.answers]


def said(report: Report) -> list[tuple[int, str, str]]:
    """What was found wrong: line, column and the kind of refusal."""
    return [
        (answer.line, fault.column, type(fault.says).__name__) for answer in report.answers for fault in answer.faults
    ]


def lamas() -> make.Field:
    """A cohort with all that a list tells, of people who write their names as formulas too."""
    field = make.field(learners=3, meetings=1)
    first, second = (db.session.get_one(Person, one.person_id) for one in field.learners[:2])
    persons.change_person(
        COMMAND_LINE, first,
        PersonDetails("=Rosa", "Quispe “la Chola”, hija", known_as="+Chana", sex=Sex.WOMAN,
                      born=Born(on=date(1990, 2, 3)), document_kind="DNI", document_number="01234567",
                      place="Alto Mayo; km 3"),
    )  # fmt: skip
    persons.change_person(COMMAND_LINE, second, PersonDetails("Luz", born=Born(age=36, age_on=date(2025, 1, 1))))
    persons.add_contact(COMMAND_LINE, first, ContactKind.PHONE, "+51 987 654 321")
    cohorts.change_enrolment(
        COMMAND_LINE, field.learners[2], EnrolmentState.WITHDRAWN, date(2026, 4, 1), reason="distance"
    )
    return field


@pytest.mark.parametrize("workbook", [False, True])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_list_that_was_written_out_changes_nothing_when_it_comes_back(
    app: Flask, language: str, workbook: bool
) -> None:
    field = lamas()
    data = rosters.export(COMMAND_LINE, field.cohort, language, workbook=workbook)
    before = state()
    report = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista")
    assert (outcomes(report), said(report)) == (["same"] * 3, [])
    assert report.done is None
    assert state() == before
    assert rosters.export(COMMAND_LINE, field.cohort, language, workbook=False) == rosters.export(
        COMMAND_LINE, field.cohort, language
    )
    assert rosters.cohort_named(data) == field.cohort.slug


def test_a_dry_run_answers_every_row_and_writes_nothing(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    data = csv(
        "Rosa,Quispe Huamán,mujer,1990-02-03,1234567,987654321,ACOPAGRO",
        "Luz,Vela,ninguno,31/02/1990,,12,Cooperativa X",
        ",,,,87654321,,",
        "Rosa,Quispe Huamán,mujer,1990-02-03,1234567,987654321,ACOPAGRO",
    )
    before = state()
    report = rosters.look(COMMAND_LINE, field.cohort, data)
    assert state() == before
    assert outcomes(report) == ["new", "faulty", "faulty", "faulty"]
    assert said(report) == [
        (3, "birth", "OddBirth"),
        (3, "sex", "OddSex"),
        (3, "phone", "OddPhone"),
        (3, "organisation", "UnknownOrganisation"),
        (4, "given_names", "NeedsName"),
        (5, "given_names", "TwiceInFile"),
    ]
    refused = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv")
    assert (refused.done, state() == before) == (None, True)
    partly = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv", leave_out=True)
    assert partly.done is not None
    assert len(queries.members(field.cohort)) == 2


def test_people_who_are_known_are_not_written_down_again(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    rosa = persons.create_person(
        COMMAND_LINE, PersonDetails("Rosa", "Quispe Huamán", document_kind="DNI", document_number="01234567"),
        field.coops[0],
    )  # fmt: skip
    luz = persons.create_person(COMMAND_LINE, PersonDetails("Luz", "Vela Ríos"), field.coops[0])
    count = db.session.scalar(select(func.count(Person.id)))
    data = csv("Roza,Quispe,mujer,1990,1234567,,Oro Verde", "Luz,Vela Rios,,,,,")
    report = rosters.look(COMMAND_LINE, field.cohort, data)
    assert outcomes(report) == ["enrolled", "ask"]
    assert [one.person.id for one in report.answers[1].candidates] == [luz.id]
    report = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv", choices={3: luz.id})
    assert outcomes(report) == ["enrolled", "enrolled"]
    assert [answer.person_id for answer in report.answers] == [rosa.id, luz.id]
    assert (rosa.given_names, rosa.sex, rosa.birth_year) == ("Rosa", Sex.WOMAN, 1990)
    assert [type(one.says) for one in report.answers[0].notes][-1] is rules.KeptAsWritten
    assert db.session.scalar(select(func.count(Person.id))) == count
    again = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv", choices={3: luz.id})
    assert outcomes(again) == ["same", "same"]


def test_somebody_new_who_looks_like_another_is_written_down_when_that_was_answered(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    make.person("Luz Vela", field.coops[0])
    stranger = make.person("Otra Persona", field.coops[0])
    data = csv("Luz,Vela,,,,,")
    assert outcomes(rosters.bring_in(COMMAND_LINE, field.cohort, data, "l", choices={2: stranger.id})) == ["ask"]
    report = rosters.bring_in(COMMAND_LINE, field.cohort, data, "l", choices={2: "new"})
    assert outcomes(report) == ["new"]


def test_two_people_with_one_document_are_asked_about(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    persons.create_person(COMMAND_LINE, PersonDetails("Zoila", "Ximénez", document_number="01234567"), field.coops[0])
    report = rosters.look(COMMAND_LINE, field.cohort, csv("Rosa,Quispe,,,01234567,,"))
    assert outcomes(report) == ["ask"]


def test_a_list_shows_nobody_whom_the_actor_does_not_see(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    elsewhere = make.organisation("Cooperativa ajena", "SV-SO")
    hidden = persons.create_person(
        COMMAND_LINE, PersonDetails("Rosa", "Quispe Huamán", document_number="01234567"), elsewhere
    )
    actor = make.actor("c1", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})))
    report = rosters.look(actor, field.cohort, csv("Rosa,Quispe Huamán,,,01234567,,"))
    assert outcomes(report) == ["new"]
    by_number = csv(f"{hidden.uid},Rosa", head="Person no.,Given names")
    assert said(rosters.look(actor, field.cohort, by_number)) == [(2, "person", "UnknownPerson")]


def test_who_may_not_run_a_cohort_brings_nothing_in(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    for actor in (make.as_person(field.trainer), make.actor("m1", Role.MONITORING, Scope())):
        with pytest.raises(NotAllowed):
            rosters.look(actor, field.cohort, csv("Rosa,Quispe,,,,,"))
        with pytest.raises(NotAllowed):
            rosters.bring_in(actor, field.cohort, csv("Rosa,Quispe,,,,,"), "l")
    with pytest.raises(NotAllowed):
        rosters.export(make.actor("d1", Role.DONOR, Scope()), field.cohort, "es")
    assert rosters.export(make.as_person(field.trainer), field.cohort, "es")


def test_a_file_changes_neither_states_nor_days_nor_full_cohorts(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    left, stays = (db.session.get_one(Person, one.person_id) for one in field.learners)
    cohorts.change_enrolment(
        COMMAND_LINE, field.learners[0], EnrolmentState.WITHDRAWN, date(2026, 4, 1), reason="harvest"
    )
    field.cohort.capacity = 2
    head = "Person no.,Given names,State,Enrolled on"
    rows = (
        f"{left.uid},,,", f"{stays.uid},,completed,", f"{stays.uid}x,,,", ",Nueva,withdrawn,", ",Uno,,", ",Dos,,",
        f"{field.trainer.uid},,,",
    )  # fmt: skip
    report = rosters.look(COMMAND_LINE, field.cohort, csv(*rows, head=head))
    assert said(report) == [
        (2, "state", "LeftBefore"),
        (3, "state", "StateNotHere"),
        (4, "person", "UnknownPerson"),
        (5, "state", "StateNotHere"),
        (7, "", "CohortFull"),
        (8, "person", "TeachesHere"),
    ]
    day = csv(f"{stays.uid},,,2026-01-01", head=head)
    assert said(rosters.look(COMMAND_LINE, field.cohort, day)) == [(2, "enrolled_on", "DayNotHere")]


def test_a_list_is_taken_back_as_if_it_had_never_come(app: Flask) -> None:
    field = lamas()
    first, second = (db.session.get_one(Person, one.person_id) for one in field.learners[:2])
    before = state()
    head = "Person no.,Given names,Family names,Born,Telephone,Organisation"
    data = csv(
        f"{first.uid},Rosa,Quispe,1991,999888777,Oro Verde",
        f"{second.uid},Lucía,,1989,,",
        ",Nueva,Persona Distinta,2000,912345678,ACOPAGRO",
        head=head,
    )
    report = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv")
    assert (outcomes(report), said(report)) == (["changed", "changed", "new"], [])
    assert state() != before
    done = queries.get(field.cohort, queries.imports(field.cohort)[0].id)
    back = rosters_undo.undo(COMMAND_LINE, field.cohort, done)
    assert back.stays == ()
    assert state() == before
    with pytest.raises(rosters_undo.AlreadyUndone):
        rosters_undo.undo(COMMAND_LINE, field.cohort, done)


def test_what_something_hangs_on_by_now_stays_and_is_told(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    old = make.person("Vieja Conocida", field.coops[0])
    data = csv("Ana,Uno,,,,,", "Berta,Dos,,,,,", "Carla,Tres,,,,,", "Delia,Cuatro,,,,,")
    report = rosters.bring_in(COMMAND_LINE, field.cohort, data, "lista.csv")
    ana, berta, carla, _ = (db.session.get_one(Person, one.person_id) for one in report.answers)
    enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == ana.id)).one()
    cohorts.change_enrolment(COMMAND_LINE, enrolment, EnrolmentState.WITHDRAWN, enrolment.enrolled_on, reason="study")
    persons.change_person(COMMAND_LINE, berta, PersonDetails("Berta", "Dos Santos"))
    merging.merge(COMMAND_LINE, old, carla)
    assert report.done is not None
    back = rosters_undo.undo(COMMAND_LINE, field.cohort, report.done)
    assert [line for line, _ in back.stays] == [2, 3, 4]
    assert {one.person.id for one in queries.members(field.cohort)} == {field.learners[0].person_id, ana.id}


def test_erasing_somebody_empties_what_a_list_noted_of_them(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    report = rosters.bring_in(COMMAND_LINE, field.cohort, csv("Rosalinda,Quispe,,,,,"), "lista.csv")
    erasing.erase(COMMAND_LINE, db.session.get_one(Person, report.answers[0].person_id))
    db.session.expire_all()
    assert "Rosalinda" not in repr([(one.before, one.after) for one in db.session.scalars(select(RosterChange))])
    assert "Rosalinda" not in rosters.export(COMMAND_LINE, field.cohort, "es").decode()


def statements(work: Any) -> int:
    """How many statements some work sends."""
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    bind = db.session.connection()
    event.listen(bind, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(bind, "before_cursor_execute", note)
    return len(seen)


def test_writing_a_list_out_asks_no_more_for_more_people(app: Flask) -> None:
    few = make.field(learners=1, meetings=1)
    one = statements(lambda: rosters.export(COMMAND_LINE, few.cohort, "es"))
    many = [make.person(f"Nombre{n} Apellido", few.coops[0]) for n in range(12)]
    for person in many:
        cohorts.enrol(COMMAND_LINE, few.cohort, person, date(2026, 3, 2))
    db.session.expire_all()
    db.session.refresh(few.cohort)
    assert statements(lambda: rosters.export(COMMAND_LINE, few.cohort, "es")) <= one + 1


def test_the_commands_write_a_list_and_bring_it_in(app: Flask, tmp_path: Path) -> None:
    field = make.field(learners=2, meetings=1)
    run = CliRunner()
    out = tmp_path / "lista.xlsx"
    wrote = run.invoke(vivero, ["roster", "export", field.cohort.slug, "-o", str(out), "--json"])
    assert (wrote.exit_code, json.loads(wrote.output)["people"]) == (0, 2)
    same = run.invoke(vivero, ["roster", "import", str(out), "--json"])
    assert (same.exit_code, json.loads(same.output)["counts"]["same"]) == (0, 2)
    extra = tmp_path / "más.csv"
    extra.write_bytes(csv("Rosa,Quispe,,,,,", "Luz,,raro,,,,"))
    nameless = run.invoke(vivero, ["roster", "import", str(extra)])
    assert nameless.exit_code == 1
    for more in (["--dry-run"], []):
        told = run.invoke(vivero, ["roster", "import", str(extra), "--cohort", field.cohort.slug, "--json", *more])
        found = json.loads(told.output)
        assert (told.exit_code, found["written"]) == (1, False)
        assert found["rows"][1]["faults"][0]["field"] == "sex"
        assert "raro" in found["rows"][1]["faults"][0]["says"]
    shown = run.invoke(vivero, ["roster", "import", str(extra), "--cohort", field.cohort.slug, "--leave-out"])
    assert shown.exit_code == 1
    assert "Rosa Quispe" in shown.output
    assert len(queries.members(field.cohort)) == 3
    assert db.session.scalars(select(RosterImport)).one().counts["new"] == 1


def test_a_list_of_another_cohort_is_turned_down_row_by_row(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    data = rosters.export(COMMAND_LINE, field.cohort, "es")
    report = rosters.look(COMMAND_LINE, field.masters, data)
    assert isinstance(report.answers[0].faults[0].says, rules.OtherCohort)
    assert {one.outcome for one in report.answers} == {Outcome.FAULTY}
    with pytest.raises(queries.NoSuchImport):
        queries.get(field.masters, 999_999)


def test_a_list_that_two_people_bring_in_at_once_writes_everybody_down_once(committed_app: Flask) -> None:
    with committed_app.app_context():
        field = make.field(learners=1, meetings=1)
        cohort, before = field.cohort.id, db.session.scalar(select(func.count(Person.id)))
    data = csv(*(f"Ana{n},Huamán Ríos,mujer,1990-02-{n:02},900000{n:02}," for n in range(1, 25)))
    gate, made = threading.Barrier(2), list[Report]()

    def bring_in() -> None:
        with committed_app.app_context():
            mine = db.session.get_one(Cohort, cohort)
            db.session.rollback()
            gate.wait()
            made.append(rosters.bring_in(COMMAND_LINE, mine, data, "lista.csv"))
            db.session.remove()

    threads = [threading.Thread(target=bring_in) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(report.done is not None for report in made) == [False, True], "the second changes nothing"
    with committed_app.app_context():
        assert db.session.scalar(select(func.count(Person.id))) == (before or 0) + 24
        assert db.session.scalar(select(func.count(Enrolment.id)).where(Enrolment.cohort_id == cohort)) == 25
