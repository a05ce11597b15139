"""Diagnoses, lines of action, milestones, targets and outputs: what may be written, by whom, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.delivery.actions import diagnosis, milestones, outputs, programmes
from app.delivery.actions.diagnosis import DiagnosisDetails
from app.delivery.actions.outputs import OutputDetails
from app.delivery.kinds import OutputKind, ProgrammeRole, TargetIndicator
from app.delivery.queries import diagnosis as queries
from app.delivery.queries import milestones as milestone_queries
from app.delivery.queries import outputs as output_queries
from app.delivery.rules import diagnosis as rules
from app.delivery.rules import milestones as milestone_rules
from app.delivery.rules.diagnosis import Trace
from app.infra import clock
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope

from . import field as make

DAY = date(2026, 5, 4)
Pairs = st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15)


@given(Pairs, Pairs)
@settings(max_examples=50)
def test_a_trace_says_the_same_in_both_directions(
    answers: frozenset[tuple[int, int]], serves: frozenset[tuple[int, int]]
) -> None:
    trace = Trace(answers, serves)
    for limitation in range(6):
        for activity in range(6):
            there = activity in trace.activities_of(limitation)
            assert there == (limitation in trace.limitations_of(activity))
    assert trace.unanswered(range(6)) == {one for one in range(6) if not trace.activities_of(one)}


def test_a_line_answers_what_its_own_programme_found(app: Flask) -> None:
    ours, theirs = make.programme(), make.programme("otro")
    found = ("La organización es débil.", "Los costos son altos.")
    ours_found = diagnosis.keep_diagnosis(COMMAND_LINE, ours, DiagnosisDetails("Diagnóstico", DAY, found))
    foreign = diagnosis.keep_diagnosis(COMMAND_LINE, theirs, DiagnosisDetails("Ajeno", DAY, found[:1]))
    first, second = queries.limitations_of(ours_found)
    line = diagnosis.add_line(COMMAND_LINE, ours, "Autogestión", answers=[first])
    diagnosis.answer(COMMAND_LINE, line, [first, second])
    assert queries.trace(ours).lines_of(second.id) == {line.id}
    with pytest.raises(rules.LineOfAnother):
        diagnosis.answer(COMMAND_LINE, line, queries.limitations_of(foreign))
    third = diagnosis.add_limitations(COMMAND_LINE, ours_found, ["La escala es pequeña."])
    assert [one.position for one in queries.limitations_of(ours_found)] == [1, 2, 3]
    assert queries.trace(ours).unanswered([one.id for one in queries.limitations(ours)]) >= {third[0].id}
    stranger = make.actor("ss1", Role.COORDINATOR, Scope(programmes=frozenset({theirs.id})))
    with pytest.raises(NotAllowed):
        diagnosis.answer(stranger, line, [first])


@pytest.mark.parametrize("found", [("",), ("x" * 2_001,), ("a\x00b",), ("algo",) * 101])
def test_what_a_diagnosis_cannot_have_found_is_refused_whole(app: Flask, found: tuple[str, ...]) -> None:
    programme = make.programme()
    with pytest.raises(Refused):
        diagnosis.keep_diagnosis(COMMAND_LINE, programme, DiagnosisDetails("Diagnóstico", DAY, ("bien", *found)))
    assert queries.diagnoses(programme) == []


def test_a_milestone_is_reached_by_an_organisation_of_the_programme_on_a_day_with_evidence(app: Flask) -> None:
    programme, coop, stranger = make.programme(), make.organisation("Una"), make.organisation("Ajena")
    programmes.take_part(COMMAND_LINE, programme, coop, ProgrammeRole.PARTICIPANT)
    area = milestones.add_area(COMMAND_LINE, programme, "Certificación")
    step = milestones.add_milestone(COMMAND_LINE, area, "Solicitud admitida", wanted=1)
    milestones.plan_milestone(COMMAND_LINE, step, coop, DAY)
    ahead = clock.now().date() + timedelta(days=1)
    for on, evidence, refused in (
        (DAY, " ", milestone_rules.NeedsEvidence),
        (ahead, "Carta", milestone_rules.ReachedAhead),
    ):
        with pytest.raises(refused):
            milestones.reach_milestone(COMMAND_LINE, step, coop, on, evidence)
    with pytest.raises(milestone_rules.NotInProgramme):
        milestones.reach_milestone(COMMAND_LINE, step, stranger, DAY, "Carta")
    milestones.reach_milestone(COMMAND_LINE, step, coop, DAY, "Carta de la certificadora")
    (progress,) = milestone_queries.progress(programme, DAY)
    assert (progress.planned, progress.reached) == (1, 1)
    milestones.reach_milestone(COMMAND_LINE, step, coop, None, "")
    assert milestone_queries.progress(programme, DAY)[0].reached == 0
    cell = milestone_queries.matrix(programme).cells[coop.id, area.id]
    assert (cell.covered, cell.planned, cell.reached) == (False, 1, 0)


def test_a_target_is_promised_once_for_an_area(app: Flask) -> None:
    programme = make.programme()
    area = milestones.add_area(COMMAND_LINE, programme, "Calidad")
    milestones.set_target(COMMAND_LINE, programme, TargetIndicator.PEOPLE, 40)
    milestones.set_target(COMMAND_LINE, programme, TargetIndicator.PEOPLE, 42)
    milestones.set_target(COMMAND_LINE, programme, TargetIndicator.PEOPLE, 10, area=area)
    assert [one.target.value for one in milestone_queries.targets(programme)] == [42, 10]
    for value in (0, -5, 10**9):
        with pytest.raises(milestone_rules.OddTarget):
            milestones.set_target(COMMAND_LINE, programme, TargetIndicator.YOUNG, value)
    other = milestones.add_area(COMMAND_LINE, make.programme("otro"), "Ajena")
    with pytest.raises(Refused):
        milestones.set_target(COMMAND_LINE, programme, TargetIndicator.WOMEN, 5, area=other)


def test_outputs_of_a_cohort_are_kept_by_who_teaches_it_and_shown_without_strangers_names(app: Flask) -> None:
    field = make.field()
    trainer = make.as_person(field.trainer)
    learner = db.session.get_one(Person, field.learners[0].person_id)
    details = OutputDetails(OutputKind.POWER_MAP, "Mapa de poder", DAY, "Quién decide\n\nQuién influye")
    outputs.keep_output(trainer, field.cohort, details, people={learner: "dibujó"}, organisations=[field.coops[0]] * 2)
    (listed,) = output_queries.of(trainer, field.cohort)
    assert listed.people == ((learner, "dibujó"),)
    assert listed.organisations == (field.coops[0],)
    donor = make.actor("dd1", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    assert output_queries.of(donor, field.programme)[0].people == ()
    stranger = make.person("Ajena Persona", make.organisation("Ajena", "SV"))
    with pytest.raises(NotAllowed):
        outputs.keep_output(trainer, field.cohort, details, people=[stranger])
    with pytest.raises(NotAllowed):
        outputs.keep_output(donor, field.cohort, details)
    ahead = OutputDetails(OutputKind.OTHER, "Algo", clock.now().date() + timedelta(days=1))
    with pytest.raises(Refused):
        outputs.keep_output(trainer, field.cohort, ahead)
    assert len(output_queries.of(COMMAND_LINE, field.programme)) == 1
