"""Asking a cohort and keeping what is answered: once each, corrected by name, scored by key or by a person."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.delivery.models import Quarantined
from app.infra.db import db
from app.learning.actions import assessments
from app.learning.actions.assessments import Outcome, Response
from app.learning.kinds import AnswerMode, AssessmentKind, ItemKind, Moment
from app.learning.models import Answer, AssessmentResult
from app.learning.queries import assessments as queries
from app.learning.queries.papers import Paper
from app.learning.rules import assessments as rules
from app.learning.rules.assessments import OwnItem
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed
from tests.delivery import field as delivery

from . import paper as make


def test_a_pair_asks_the_same_before_and_after_and_tells_the_gain(app: Flask) -> None:
    field = make.field(8)
    assessment = make.pair(field.cohort)
    paper = Paper(assessment)
    assert [item.kind for item in paper.items] == list(ItemKind)[:5]
    sheets = [one for learner in field.learners[:7] for one in make.sheet(paper, learner, 1, Moment.PRE)]
    sheets += [one for learner in field.learners[1:] for one in make.sheet(paper, learner, 4, Moment.POST)]
    random.Random(5).shuffle(sheets)  # noqa: S311
    kept = assessments.keep_answers(COMMAND_LINE, assessment, sheets)
    assert {one.outcome for one in kept} == {Outcome.KEPT}
    found = queries.gain(assessment)
    assert (found.before, found.after, found.gain.paired) == (7, 7, 6)
    assert (found.gain.before, found.gain.after) == (pytest.approx(0.2), pytest.approx(0.8))
    figures = queries.item_figures(paper, Moment.POST)
    assert [figures[item.uid].difficulty for item in paper.items] == [1, 1, 1, 1, 0]
    assert queries.gain(assessment, make.UNIT).gain == found.gain


def test_answers_arrive_once_each_in_any_order_and_what_does_not_fit_waits(app: Flask) -> None:
    field = make.field(3)
    assessment = make.pair(field.cohort)
    paper, (one, two, _) = Paper(assessment), field.learners
    first = make.response(paper, 0, one, {"ticked": [1]}, mode=AnswerMode.READ_ALOUD, assisted_by="Teresa")
    later = make.response(paper, 0, one, {"ticked": [0]}, supersedes=(first.uid,))
    odd = [
        replace(first, value={"ticked": [0]}),
        make.response(paper, 1, one, {"ticked": [9]}),
        make.response(paper, 1, one, {}),
        make.response(paper, 1, one, {"ticked": [0]}, Moment.ONCE),
        make.response(paper, 1, two, {"ticked": [0]}, supersedes=(first.uid,)),
        replace(make.response(paper, 1, one, {"ticked": [0]}), enrolment="nobody-there"),
        replace(make.response(paper, 1, one, {"ticked": [0]}), item="\x00"),
        replace(make.response(paper, 1, one, {"ticked": [0]}), uid="\x00" * 300),
    ]
    kept = assessments.keep_answers(COMMAND_LINE, assessment, [later, first, *odd, first])
    assert [each.outcome for each in kept] == [
        Outcome.KEPT, Outcome.KEPT, *[Outcome.QUARANTINED] * len(odd), Outcome.REPEATED,
    ]  # fmt: skip
    again = assessments.keep_answers(COMMAND_LINE, assessment, [first, later, *odd])
    assert [each.outcome for each in again][:2] == [Outcome.REPEATED] * 2
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 2
    assert db.session.scalar(select(func.count()).select_from(Quarantined)) == len(odd)
    result = db.session.scalars(select(AssessmentResult)).one()
    assert (result.points, result.out_of, result.answered, result.rivals) == (1, 5, 1, 0)


def test_two_corrections_of_one_answer_stand_until_a_person_chooses(app: Flask) -> None:
    field = make.field(1)
    assessment = make.pair(field.cohort)
    paper, learner = Paper(assessment), field.learners[0]
    first = make.response(paper, 0, learner, {"ticked": [1]})
    late = make.WHEN[Moment.PRE] + timedelta(hours=1)
    rivals = [
        make.response(paper, 0, learner, {"ticked": [0]}, supersedes=(first.uid,), recorded_at=late),
        make.response(paper, 0, learner, {"ticked": [1]}, supersedes=(first.uid,)),
    ]
    assessments.keep_answers(COMMAND_LINE, assessment, [rivals[1], first, rivals[0]])
    result = db.session.scalars(select(AssessmentResult)).one()
    assert (result.points, result.rivals) == (1, 1)
    chosen = make.response(paper, 0, learner, {"ticked": [1]}, supersedes=(rivals[0].uid, rivals[1].uid))
    assessments.keep_answers(COMMAND_LINE, assessment, [chosen])
    result = db.session.scalars(select(AssessmentResult)).one()
    assert (result.points, result.rivals) == (0, 0)


def test_an_answer_that_two_people_entered_alike_is_corrected_without_disagreement(app: Flask) -> None:
    field = make.field(1)
    assessment = make.pair(field.cohort)
    paper, learner = Paper(assessment), field.learners[0]
    alike = [make.response(paper, 0, learner, {"ticked": [1]}) for _ in range(2)]
    assessments.keep_answers(COMMAND_LINE, assessment, alike)
    (held,) = queries.holding(paper, Moment.PRE).values()
    assert (set(held.stand), held.disagree) == ({one.uid for one in alike}, False)
    right = make.response(paper, 0, learner, {"ticked": [0]}, supersedes=held.stand)
    assessments.keep_answers(COMMAND_LINE, assessment, [right])
    result = db.session.scalars(select(AssessmentResult)).one()
    assert (result.points, result.rivals) == (1, 0)


def test_an_open_answer_waits_for_a_person_and_can_be_given_other_points(app: Flask) -> None:
    field = make.field(2)
    assessment = assessments.create_assessment(
        COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Prueba", units=[make.UNIT]
    )  # fmt: skip
    paper, learner = Paper(assessment), field.learners[0]
    open_at = next(at for at, item in enumerate(paper.items) if item.kind is ItemKind.OPEN)
    actor = delivery.as_person(db.session.get_one(Person, learner.person_id))
    trainer = delivery.as_person(field.trainer)
    said = make.response(paper, open_at, learner, {"text": "Porque así lo acordamos."}, Moment.ONCE)
    kept = assessments.answer(actor, assessment, said)
    assert [(one.answer.uid, one.worth) for one in queries.open_answers(paper)] == [(said.uid, None)]
    assert queries.shares(assessment, Moment.ONCE) == {}
    with pytest.raises(NotAllowed):
        assessments.give_points(actor, kept, 1, 1)
    given = assessments.give_points(trainer, kept, 1, 2, comment="Falta un ejemplo.")
    assert queries.shares(assessment, Moment.ONCE) == {learner.id: Fraction(1, 12)}
    assessments.give_points(trainer, kept, 2, 2, supersedes=[given.uid])
    assert queries.shares(assessment, Moment.ONCE) == {learner.id: Fraction(1, 6)}
    (read,) = queries.open_answers(paper)
    assert read.worth is not None
    assert (read.worth.points, read.worth.differ) == (1, False)
    with pytest.raises(rules.BadPoints):
        assessments.give_points(trainer, kept, 3, 2)


def test_a_learner_answers_for_themselves_alone(app: Flask) -> None:
    field = make.field(2)
    assessment = make.pair(field.cohort)
    paper, (one, two) = Paper(assessment), field.learners
    actor = delivery.as_person(db.session.get_one(Person, one.person_id))
    assessments.answer(actor, assessment, make.response(paper, 0, one, {"ticked": [0]}))
    for refused in (
        make.response(paper, 0, two, {"ticked": [0]}),
        make.response(paper, 1, one, {"ticked": [0]}, mode=AnswerMode.PAPER),
    ):
        with pytest.raises(NotAllowed):
            assessments.answer(actor, assessment, refused)
    with pytest.raises(NotAllowed):
        assessments.create_assessment(actor, field.cohort, AssessmentKind.QUIZ, "Prueba", units=[make.UNIT])
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 1


def test_a_group_answers_as_one_and_says_nothing_of_any_one_of_them(app: Flask) -> None:
    field = make.field(6)
    assessment = make.pair(field.cohort)
    paper = Paper(assessment)
    together = [
        one
        for learner in field.learners
        for one in make.sheet(paper, learner, 5, Moment.PRE, mode=AnswerMode.GROUP, assisted_by="Teresa")
    ]
    assessments.keep_answers(COMMAND_LINE, assessment, together)
    assert queries.gain(assessment).before == 0
    assert queries.item_figures(paper, Moment.PRE)[paper.items[0].uid].takers == 0


def test_a_closed_test_takes_what_was_answered_before(app: Flask) -> None:
    field = make.field(1)
    assessment = make.pair(field.cohort)
    paper, learner = Paper(assessment), field.learners[0]
    assessments.close_assessment(COMMAND_LINE, assessment)
    assert assessment.closed_at is not None
    before = make.response(paper, 0, learner, {"ticked": [0]})
    after = make.response(paper, 1, learner, {"ticked": [0]}, occurred_at=assessment.closed_at + timedelta(hours=1))
    kept = assessments.keep_answers(COMMAND_LINE, assessment, [before, after])
    assert [one.outcome for one in kept] == [Outcome.KEPT, Outcome.QUARANTINED]
    with pytest.raises(rules.Closed):
        assessments.answer(COMMAND_LINE, assessment, replace(after, uid=str(uuid.uuid4())))


def test_a_survey_and_a_rubric_ask_what_is_written_for_them(app: Flask) -> None:
    field = make.field(6)
    levels = [{"es": word} for word in ("No", "Un poco", "Sí")]
    asked = [OwnItem(ItemKind.SCALE, {"es": "¿Le sirvió?", "en": "Was it useful?"}, levels)]
    survey = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.SURVEY, "Encuesta", own=asked)
    paper = Paper(survey)
    assert paper.words(paper.items[0], "es-PE") == ("¿Le sirvió?", ("No", "Un poco", "Sí"))
    given = [make.response(paper, 0, learner, {"level": 2}, Moment.ONCE) for learner in field.learners]
    assessments.keep_answers(COMMAND_LINE, survey, given[:4])
    assert queries.scale_figures(paper)[paper.items[0].uid].levels is None
    assessments.keep_answers(COMMAND_LINE, survey, given)
    assert queries.scale_figures(paper)[paper.items[0].uid].levels == (0, 0, 6)
    rubric = assessments.create_assessment(
        COMMAND_LINE, field.cohort, AssessmentKind.RUBRIC, "Facilitación",
        own=[OwnItem(ItemKind.CRITERION, {"es": "Escucha"}, levels)],
    )  # fmt: skip
    paper = Paper(rubric)
    assessments.answer(
        delivery.as_person(field.trainer), rubric, make.response(paper, 0, field.learners[0], {"level": 1}, Moment.ONCE)
    )
    assert queries.shares(rubric, Moment.ONCE) == {field.learners[0].id: Fraction(1, 2)}
    for bad in (
        [],
        [OwnItem(ItemKind.CRITERION, {"es": "Mal"}, levels)],
        [OwnItem(ItemKind.SCALE, {"es": ""}, levels)],
    ):
        with pytest.raises(rules.BadItems):
            assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.SURVEY, "Otra", own=bad)


def test_the_number_of_queries_does_not_grow_with_what_arrives(app: Flask) -> None:
    from tests.translation.counting import counted

    field = make.field(6)
    assessment = make.pair(field.cohort)
    paper = Paper(assessment)
    counts = []
    for moment, learners in ((Moment.PRE, field.learners[:1]), (Moment.POST, field.learners)):
        given: list[Response] = [one for learner in learners for one in make.sheet(paper, learner, 2, moment)]
        with counted() as count:
            assessments.keep_answers(COMMAND_LINE, assessment, given)
            counts.append(count())
    assert counts[1] <= counts[0] + 1
