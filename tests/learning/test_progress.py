"""How far somebody is, in any language and release; a learner's home; who completes, proposed and then decided."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adaptation import actions as adaptation
from app.curriculum import actions as releasing
from app.curriculum.models import Release
from app.curriculum.queries import editions
from app.delivery.actions import attendance, cohorts, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report, Taught
from app.delivery.kinds import EnrolmentState, Extent, Mark, TeachingRole
from app.delivery.models import CohortSession, Enrolment
from app.infra.db import db
from app.learning.actions import assessments, certificates
from app.learning.actions import progress as actions
from app.learning.kinds import AnswerMode, AssessmentKind, CertificateKind, Evidence, Moment, Standing
from app.learning.queries import completing, home
from app.learning.queries.home import MyCohort
from app.learning.queries.papers import Paper
from app.learning.rules import progress as rules
from app.learning.rules.progress import Presence, Sign
from app.people.actions import persons
from app.people.kinds import ContactKind
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed
from tests.delivery import field as delivery
from tests.delivery.phones import NOON, held, mark
from tests.translation.counting import counted, forget

from . import paper as make

TODAY = date(2026, 3, 21)
DAY = date(2026, 3, 6)
SIGNS = st.builds(
    Sign,
    st.sampled_from("ab"),
    st.sampled_from(list(Evidence)),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.integers(1, 4),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=50)
@given(st.lists(SIGNS, max_size=8), SIGNS, st.randoms(use_true_random=False))
def test_one_more_fact_never_lowers_a_unit_and_their_order_does_not_matter(
    signs: list[Sign], more: Sign, chance: random.Random
) -> None:
    order = list(Standing)
    before, after = rules.standings(signs), rules.standings([*signs, more])
    for unit, found in before.items():
        assert order.index(after[unit].standing) >= order.index(found.standing)
    shuffled = list(signs)
    chance.shuffle(shuffled)
    assert rules.standings(shuffled) == before


@pytest.mark.parametrize(
    ("presence", "there"),
    [
        (Presence(Mark.PRESENT), True),
        (Presence(Mark.LATE), True),
        (Presence(Mark.PARTIAL, 45, 90), True),
        (Presence(Mark.PARTIAL, 44, 90), False),
        (Presence(Mark.PARTIAL, None, 90), False),
        (Presence(Mark.EXCUSED), False),
        (Presence(None), False),
    ],
)
def test_who_was_there_for_half_of_it_has_been_through_what_was_taught(presence: Presence, there: bool) -> None:
    assert rules.was_there(presence) is there
    signs = rules.attended_units([("a", Extent.FULLY, 1, DAY)], presence)
    assert (rules.standings(signs).get("a", rules.NOT_BEGUN).standing is Standing.DONE) is there


def test_a_unit_taught_partly_is_done_after_two_such_sessions() -> None:
    partly = rules.attended_units([("a", Extent.PARTLY, 1, DAY)], Presence(Mark.PRESENT))
    assert rules.standings(partly)["a"].standing is Standing.BEGUN
    assert rules.standings(partly * 2)["a"].standing is Standing.DONE


def test_looking_in_twice_for_five_minutes_makes_no_unit_done() -> None:
    glimpse = rules.attended_units([("a", Extent.FULLY, 1, DAY)], Presence(Mark.PARTIAL, 5, 120))
    assert rules.standings(glimpse * 2)["a"].standing is Standing.BEGUN


@pytest.mark.parametrize("bad", [{"attended": 2}, {"test": "x"}, {"unit_by": []}, {"unit_by": ["luck"]}, {"other": 1}])
def test_what_is_no_rule_is_turned_down(bad: dict[str, object]) -> None:
    with pytest.raises(rules.BadRule):
        rules.rule(bad)
    assert rules.rule(rules.as_data(rules.DEFAULT)) == rules.DEFAULT


def hold(session: CohortSession, marks: dict[int, Mark], extent: Extent = Extent.FULLY) -> None:
    """Report a session with the first unit taught, and take roll."""
    report = Report(session.planned_on, 90, taught=(Taught(make.UNIT, extent),))
    sessions.report_session(COMMAND_LINE, session, report)
    attendance.roll_call(COMMAND_LINE, session, [Marked(id_, mark) for id_, mark in marks.items()])


def mine(enrolment: Enrolment, language: str | None = None) -> MyCohort:
    """A learner's own view of a cohort."""
    person = db.session.get_one(Person, enrolment.person_id)
    seen = home.learner(delivery.as_person(person), person.id, TODAY, language)
    return next(one for one in seen.cohorts if one.enrolment_id == enrolment.id)


def newer(field: delivery.Field, text: str) -> Release:
    """A newer release of the edition, in which the first paragraph says this."""
    edition = field.release.edition
    unit = next(u for _, u in completing.units.contents.state(field.release.revision).content.units())
    adaptation.edit_block(COMMAND_LINE, edition, unit.blocks[1].uid, "es", text, why="precios nuevos")
    releasing.release(COMMAND_LINE, edition, why="nuevos precios")
    found = editions.latest_release(edition)
    assert found is not None
    return found


def test_a_learner_sees_where_they_are_what_is_next_and_whom_to_call(app: Flask) -> None:
    field = make.field(2)
    one, two = field.learners
    persons.add_contact(COMMAND_LINE, field.trainer, ContactKind.WHATSAPP, "+51 987 654 321", preferred=True)
    hold(field.sessions[0], {one.id: Mark.PRESENT, two.id: Mark.ABSENT})
    hold(field.sessions[1], {one.id: Mark.LATE, two.id: Mark.EXCUSED})
    assessment = make.pair(field.cohort)
    assessments.keep_answers(COMMAND_LINE, assessment, make.sheet(Paper(assessment), one, 2, Moment.PRE))
    seen = mine(one)
    assert [(path.title, path.standing.standing) for path in seen.path] == [
        ("Precios", Standing.DONE), ("Por qué tenemos una cooperativa", Standing.NOT_BEGUN),
    ]  # fmt: skip
    assert seen.due is not None
    assert seen.due.uid == make.OTHER
    assert seen.coming is not None
    assert (seen.coming.number, seen.coming.on) == (4, date(2026, 3, 27))
    assert [leaf.mark for leaf in seen.leaves] == [Mark.PRESENT, Mark.LATE]
    assert seen.attendance.share == 1
    assert [(score.moment, score.share) for score in seen.scores] == [(Moment.PRE, pytest.approx(0.4))]
    assert seen.trainers[0].contacts == ((ContactKind.WHATSAPP, "+51987654321"),)
    assert mine(one, "en").path[0].title == "Prices"
    assert mine(two).attendance.share == 0
    with pytest.raises(NotAllowed):
        home.learner(delivery.as_person(db.session.get_one(Person, two.person_id)), one.person_id, TODAY)


def test_there_is_one_progress_in_both_languages_and_a_new_release_only_adds_what_is_new(app: Flask) -> None:
    field = make.field(1)
    learner = field.learners[0]
    person = db.session.get_one(Person, learner.person_id)
    actions.set_rule(COMMAND_LINE, field.cohort, {"unit_by": ["read"]})
    actions.keep_reading(delivery.as_person(person), person, field.release, make.UNIT, "es")
    actions.keep_reading(delivery.as_person(person), person, field.release, make.UNIT, "es")
    assert [mine(learner, code).done for code in ("es", "en")] == [1, 1]
    assert mine(learner).path[0].news is None
    release = newer(field, "El precio se fija cada mes en asamblea.")
    for taught in (False, True):
        if taught:
            cohorts.teach_from(COMMAND_LINE, field.cohort, release, TODAY)
        unit = mine(learner).path[0]
        assert unit.standing.standing is Standing.DONE
        assert unit.news is not None
        assert (unit.news.since, unit.news.version) == (field.release.version, release.version)
        assert len(unit.news.blocks) == 1
    actions.keep_reading(delivery.as_person(person), person, release, make.UNIT, "en")
    assert mine(learner).path[0].news is None
    with pytest.raises(actions.NoSuchUnit):
        actions.keep_reading(delivery.as_person(person), person, release, "elsewhere", "en")


def test_what_was_done_in_an_earlier_cohort_is_done(app: Flask) -> None:
    field = make.field(1)
    learner = field.learners[0]
    hold(field.sessions[0], {learner.id: Mark.PRESENT})
    person = db.session.get_one(Person, learner.person_id)
    later = delivery.cohort(field.programme, "lamas-2")
    cohorts.teach_from(COMMAND_LINE, later, field.release, TODAY)
    again = cohorts.enrol(COMMAND_LINE, later, person, TODAY)
    assert mine(again).done == 1


def test_completing_is_proposed_by_the_rule_and_decided_by_a_person(app: Flask) -> None:
    field = make.field(3)
    one, two, three = field.learners
    for at, session in enumerate(field.sessions):
        marks = {one.id: Mark.PRESENT, two.id: Mark.PRESENT if at else Mark.ABSENT}
        hold(session, {**marks, three.id: Mark.EXCUSED if at == 3 else Mark.PRESENT})
    assessment = make.pair(field.cohort)
    paper = Paper(assessment)
    for learner, right in ((one, 4), (two, 5), (three, 3)):
        assessments.keep_answers(COMMAND_LINE, assessment, make.sheet(paper, learner, right, Moment.POST))
    found = {proposal.enrolment_id: proposal.completion for proposal in completing.proposals(field.cohort)}
    assert [found[learner.id].fulfils for learner in field.learners] == [True, False, False]
    assert [lack.why for lack in found[two.id].lacks] == [rules.TOO_FEW_SESSIONS]
    assert [lack.why for lack in found[three.id].lacks] == [rules.LOW_TEST]
    assert found[three.id].attendance.share == 1
    assert found[one.id].test == Fraction(4, 5)
    with pytest.raises(NotAllowed):
        actions.decide_completion(delivery.as_person(field.trainer), field.cohort, {one.id: True}, TODAY)
    with pytest.raises(actions.NeedsNote):
        actions.decide_completion(COMMAND_LINE, field.cohort, {one.id: True, two.id: True}, TODAY)
    assert one.state is EnrolmentState.ACTIVE
    actions.decide_completion(COMMAND_LINE, field.cohort, {one.id: True}, TODAY)
    made = actions.decide_completion(COMMAND_LINE, field.cohort, {two.id: True}, TODAY, note="Recuperó en una visita.")
    assert (one.state, two.state, three.state) == (
        EnrolmentState.COMPLETED, EnrolmentState.COMPLETED, EnrolmentState.ACTIVE,
    )  # fmt: skip
    assert (made[0].proposed, made[0].figures["lacks"][0]["share"]) == (False, 75)
    with pytest.raises(actions.StaysCompleted):
        actions.decide_completion(COMMAND_LINE, field.cohort, {one.id: False}, TODAY, note="Se anotó por error.")
    kept = {proposal.enrolment_id: proposal.decided for proposal in completing.proposals(field.cohort)}
    assert [kept[learner.id] and kept[learner.id].note for learner in field.learners] == ["", made[0].note, None]
    certificate = certificates.issue(COMMAND_LINE, one, CertificateKind.COMPLETION, TODAY)
    assert (certificate.content["sessions_attended"], certificate.content["hours"]) == (4, 6)
    assert certificate.content["units"] == ["Precios"]
    assert [seen.serial for seen in home.learner(COMMAND_LINE, one.person_id, TODAY).certificates] == [
        certificate.serial
    ]  # fmt: skip


def test_a_home_takes_twelve_queries_at_most_and_no_more_for_more_rows(app: Flask) -> None:
    field = make.field(3)
    one = field.learners[0]
    actor = delivery.as_person(db.session.get_one(Person, one.person_id))

    person_id = one.person_id

    def queries(*, begun: bool = False) -> int:
        if begun:
            forget()
        held = list(db.session)
        db.session.expunge_all()  # a request has a session of its own; what lingers here would be asked for anew
        with counted() as count:
            home.learner(actor, person_id, TODAY)
            asked = count()
        db.session.expunge_all()
        db.session.add_all(held)
        return asked

    queries()
    few = queries()
    for session in field.sessions:
        hold(session, {learner.id: Mark.PRESENT for learner in field.learners})
    assessment = make.pair(field.cohort)
    for moment in (Moment.PRE, Moment.POST):
        assessments.keep_answers(COMMAND_LINE, assessment, make.sheet(Paper(assessment), one, 5, moment))
    newer(field, "El precio se fija cada mes en asamblea.")
    later = delivery.cohort(field.programme, "lamas-2")
    cohorts.teach_from(COMMAND_LINE, later, field.release, TODAY)
    cohorts.add_trainer(
        COMMAND_LINE, later, field.trainer, TeachingRole.LEAD, since=TODAY, despite="Known to teach well"
    )
    cohorts.enrol(COMMAND_LINE, later, db.session.get_one(Person, one.person_id), TODAY)
    queries()  # the newer release's texts are read once by a process
    many, at_first = queries(), queries(begun=True)
    assert many <= few <= 8
    assert at_first <= 12


def test_a_test_that_one_has_not_taken_alone_and_whole_completes_nobody(app: Flask) -> None:
    field = make.field(2)
    one, two = field.learners
    hold(field.sessions[0], {one.id: Mark.PRESENT, two.id: Mark.PRESENT})
    pair = make.pair(field.cohort)
    quiz = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Prueba", units=[make.UNIT])

    def tests() -> list[Fraction | None]:
        return [one.completion.test for one in completing.proposals(field.cohort)]

    for learner, mode in ((one, AnswerMode.PAPER), (two, AnswerMode.GROUP)):
        sheet = make.sheet(Paper(quiz), learner, 5, Moment.ONCE, mode=mode)
        assessments.keep_answers(COMMAND_LINE, quiz, sheet)
    assert tests() == [None, None], "the test afterwards was not taken"
    for learner in (one, two):
        assessments.keep_answers(COMMAND_LINE, pair, make.sheet(Paper(pair), learner, 5, Moment.POST))
    assert tests() == [Fraction(10, 11), None], "what a group answered says nothing of one"


def test_a_session_whose_minutes_nobody_told_took_those_that_were_planned(app: Flask) -> None:
    field = make.field(1)
    session, learner = field.sessions[0], field.learners[0]
    minutes = session.planned_minutes
    told = held(session, on=session.planned_on.isoformat(), recorded_at=NOON.isoformat())
    part = mark(session, learner, "partial", minutes=minutes // 2)
    attendance.receive(COMMAND_LINE, attendance.Batch("one", [told, part], device_clock=NOON))
    (proposal,) = completing.proposals(field.cohort)
    assert proposal.completion.attendance.share == Fraction(1, 2)


def test_certifying_many_asks_no_more_often_than_certifying_a_few(app: Flask) -> None:
    field = make.field(8)
    ids, asked = [learner.id for learner in field.learners], []
    for some in (ids[:2], ids[2:]):
        forget()
        with counted() as questions:
            certificates.issue_many(COMMAND_LINE, field.cohort, some, CertificateKind.PARTICIPATION, TODAY)
            asked.append(questions())
    assert asked[1] - asked[0] <= 4, "SQLite writes each row by itself; nothing is read once for each"
