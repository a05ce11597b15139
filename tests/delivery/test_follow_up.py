"""Contacts, agreements and what came of them; desertion that is verified; which follow-ups worked."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from flask import Flask

from app.delivery.actions import cohorts
from app.delivery.actions import follow_up as actions
from app.delivery.actions import leaving as proposing
from app.delivery.kinds import ContactWay, EnrolmentState, Mark, Outcome
from app.delivery.models import FollowUpContact
from app.delivery.queries import follow_up as queries
from app.delivery.queries import leaving, retention
from app.delivery.rules import follow_up as rules
from app.delivery.rules.cascade_figures import Share
from app.delivery.rules.follow_up import Contact, Worked, since, what_worked
from app.delivery.rules.risk import Meeting
from app.infra.db import db
from app.people.actions import merging
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope

from . import field as make
from . import roll

START = date(2026, 3, 6)
TODAY = date(2026, 11, 22)


def meetings(letters: str) -> list[Meeting]:
    """One session a week, marked by letters."""
    return [Meeting(START + timedelta(days=7 * n), roll.LETTERS.get(letter)) for n, letter in enumerate(letters)]


def test_a_follow_up_worked_when_somebody_who_was_away_came_to_one_of_the_next_sessions() -> None:
    """1 and 2 were called after two absences: 1 came to the second session after it, 2 did not; 3 came of their own."""
    day = START + timedelta(days=15)
    contacts = [
        Contact(1, ContactWay.CALL, True, day),
        Contact(2, ContactWay.CALL, True, day),
        Contact(2, ContactWay.VISIT, False, START + timedelta(days=29)),
        Contact(4, ContactWay.CALL, True, day),
    ]
    met = {1: meetings("paaap"), 2: meetings("paaaaa"), 3: meetings("pap"), 4: meetings("ppp.."), 5: meetings("ppa")}
    assert what_worked(contacts, met) == (
        Worked(ContactWay.VISIT, False, Share(0, 0), 1),
        Worked(ContactWay.CALL, True, Share(1, 2), 0),
        Worked(None, False, Share(1, 1), 1),
    )


def test_what_came_of_an_agreement_is_asked_of_sessions_after_14_and_30_days() -> None:
    fortnight, month = since(START, meetings("aaapp"), START + timedelta(days=20))
    assert (fortnight.sessions, fortnight.is_over, fortnight.came_back) == (Share(0, 2), True, False)
    assert (month.sessions, month.is_over, month.came_back) == (Share(2, 4), False, True)
    assert since(START, meetings("a"), TODAY)[0].came_back is None


def test_a_contact_sent_twice_is_kept_once_and_another_under_its_number_is_refused(app: Flask) -> None:
    field = make.field(learners=2)
    trainer, one = make.as_person(field.trainer), field.learners[0]
    uid = str(uuid.uuid4())
    first = actions.log_contact(trainer, one, ContactWay.VISIT, reached=False, on=START, note="Nadie en casa", uid=uid)
    again = actions.log_contact(trainer, one, ContactWay.VISIT, reached=False, on=START, note="Nadie en casa", uid=uid)
    assert first.id == again.id
    with pytest.raises(rules.KnownContact):
        actions.log_contact(trainer, one, ContactWay.VISIT, reached=True, on=START, note="Nadie en casa", uid=uid)
    with pytest.raises(rules.ContactInFuture):
        actions.log_contact(trainer, one, ContactWay.CALL, reached=True, on=date(2999, 1, 1))
    with pytest.raises(rules.LongNote):
        actions.log_contact(trainer, one, ContactWay.CALL, reached=True, on=START, note="x\x00")
    assert db.session.query(FollowUpContact).count() == 1


def test_only_those_who_teach_a_cohort_write_contacts_and_only_they_read_them(app: Flask) -> None:
    field = make.field(learners=2)
    learner = make.as_person(db.session.get_one(Person, field.learners[1].person_id))
    donor = make.actor("d1", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    made = actions.log_contact(COMMAND_LINE, field.learners[0], ContactWay.CALL, reached=True, on=START)
    for actor in (learner, donor):
        with pytest.raises(NotAllowed):
            actions.log_contact(actor, field.learners[0], ContactWay.CALL, reached=True, on=START)
        with pytest.raises(rules.NoSuchContact):
            queries.contact(actor, made.uid)
    assert queries.contact(make.as_person(field.trainer), made.uid) is made


def test_an_agreement_has_an_owner_and_a_day_and_ends_with_its_result(app: Flask) -> None:
    field = make.field(learners=2, meetings=4)
    roll.season(field.sessions, {field.learners[0]: "aapp"}, field.trainer)
    trainer, one = make.as_person(field.trainer), field.learners[0]
    day = date(2026, 3, 14)
    contact = actions.log_contact(trainer, one, ContactWay.VISIT, reached=True, on=day, reason="distance")
    with pytest.raises(rules.OthersContact):
        actions.agree(trainer, field.learners[1], field.trainer, "Pasaje", on=day, due=day, contact=contact)
    with pytest.raises(rules.DueBeforeStart):
        actions.agree(trainer, one, field.trainer, "Pasaje", on=day, due=START)
    with pytest.raises(rules.NeedsAgreement):
        actions.agree(trainer, one, field.trainer, "  ", on=day, due=day)
    made = actions.agree(trainer, one, field.trainer, "La cooperativa paga el pasaje", on=day, due=day, contact=contact)
    wanted = queries.of_cohort(trainer, field.cohort)
    assert [row.uid for row in queries.open_interventions(wanted)[one.id]] == [made.uid]
    actions.tell_result(trainer, made, Outcome.CAME_BACK, on=date(2026, 3, 20))
    assert queries.open_interventions(wanted) == {}
    [(kept, told, after)] = queries.interventions(wanted, TODAY)
    assert (kept.id, told and told.outcome, after[0].came_back) == (made.id, Outcome.CAME_BACK, True)


def test_desertion_is_verified_only_by_a_contact_at_which_somebody_answered(app: Flask) -> None:
    field = make.field(learners=4, meetings=4)
    roll.season(field.sessions, {field.learners[0]: "paaa", field.learners[1]: "ppaa"}, field.trainer)
    first, second, third, _ = field.learners
    day = date(2026, 4, 1)
    unheard = actions.log_contact(COMMAND_LINE, first, ContactWay.CALL, reached=False, on=day)
    early = actions.log_contact(COMMAND_LINE, second, ContactWay.CALL, reached=True, on=date(2026, 3, 7))
    actions.desert(COMMAND_LINE, first, day, "migration")
    actions.desert(COMMAND_LINE, second, day, "unknown")
    with pytest.raises(rules.NobodyReached):
        actions.verify(COMMAND_LINE, first, unheard)
    with pytest.raises(rules.ContactTooOld):
        actions.verify(COMMAND_LINE, second, early)
    with pytest.raises(rules.OthersContact):
        actions.verify(COMMAND_LINE, first, early)
    with pytest.raises(rules.NotDeserted):
        actions.verify(COMMAND_LINE, third, early)
    heard = actions.log_contact(COMMAND_LINE, first, ContactWay.VISIT, reached=True, on=day, reason="migration")
    assert actions.verify(COMMAND_LINE, first, heard) is actions.verify(COMMAND_LINE, first, heard)
    assert queries.verified(queries.of_cohort(COMMAND_LINE, field.cohort)) == {first.id}
    found = retention.of_cohort(COMMAND_LINE, field.cohort, TODAY).desertion
    assert (found.deserted, found.verified) == (Share(2, 4), Share(1, 2))


@pytest.mark.parametrize("end", [EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN, EnrolmentState.DESERTED])
def test_whatever_ends_an_enrolment_settles_what_was_proposed_of_it(app: Flask, end: EnrolmentState) -> None:
    field = make.field(learners=2, meetings=1)
    one, other = field.learners
    for each in (one, other):
        proposing.propose(make.as_person(field.trainer), each, "migration")
    if end is EnrolmentState.DESERTED:
        actions.desert(COMMAND_LINE, one, START, "migration")
    else:
        cohorts.change_enrolment(COMMAND_LINE, one, end, START, reason="migration")
    assert leaving.of(one) is None
    assert [held.enrolment_id for held in leaving.open_in(field.cohort)] == [other.id]
    runs = make.actor("c1", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})))
    assert [held.enrolment_id for held in leaving.to_decide(runs, field.programme)] == [other.id]
    assert leaving.to_decide(make.as_person(field.trainer), field.programme) == []


def test_a_proposal_waits_while_the_enrolment_is_ended_because_two_records_were_joined(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    one, two = (db.session.get_one(Person, each.person_id) for each in field.learners)
    proposing.propose(make.as_person(field.trainer), field.learners[1], "migration")
    done = merging.merge(COMMAND_LINE, one, two)
    assert leaving.open_in(field.cohort) == []
    merging.unmerge(COMMAND_LINE, done)
    assert [held.enrolment_id for held in leaving.open_in(field.cohort)] == [field.learners[1].id]


def test_a_desertion_that_is_refused_leaves_nothing_behind(app: Flask) -> None:
    field = make.field(learners=1)
    one = field.learners[0]
    unheard = actions.log_contact(COMMAND_LINE, one, ContactWay.CALL, reached=False, on=START)
    with pytest.raises(rules.NobodyReached):
        actions.desert(COMMAND_LINE, one, START, "migration", contact=unheard)
    db.session.expire_all()
    assert one.state is EnrolmentState.ACTIVE


def test_somebody_who_comes_back_is_enrolled_anew_and_counts_as_staying(app: Flask) -> None:
    field = make.field(learners=2, meetings=2)
    roll.season(field.sessions, dict.fromkeys(field.learners, "pp"), field.trainer)
    one = field.learners[0]
    actions.desert(COMMAND_LINE, one, date(2026, 4, 1), "paid_job")
    person = db.session.get_one(Person, one.person_id)
    cohorts.enrol(COMMAND_LINE, field.cohort, person, date(2026, 6, 1))
    found = retention.of_cohort(COMMAND_LINE, field.cohort, TODAY)
    assert (found.desertion.deserted, found.desertion.came_back) == (Share(0, 2), Share(1, 1))
    assert sum(found.standing.values()) == 3
    before = retention.of_cohort(COMMAND_LINE, field.cohort, date(2026, 5, 1)).desertion
    assert before.deserted == Share(1, 2)
    assert Mark.ABSENT in rules.AWAY
