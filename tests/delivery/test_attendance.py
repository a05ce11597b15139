"""Attendance: taken in once in whatever order, nothing lost, disagreements shown, everything reversible."""

from __future__ import annotations

import itertools
import random
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.errors import Refused
from app.delivery.actions import attendance, repairs, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.kinds import Mark, Repair
from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession, Enrolment, Quarantined, WalkIn
from app.delivery.queries import attendance as queries
from app.delivery.queries import rollcall
from app.delivery.rules import attendance as rules
from app.infra import clock
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from tests.translation.counting import counted

from . import field as make
from .phones import NOON, held, mark, send, signed_in, statuses, walk_in


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=6))


def views() -> dict[tuple[int, int], tuple[str, int | None, str, int]]:
    """What holds everywhere: session and enrolment to mark, minutes, reason and number of rivals."""
    db.session.expire_all()
    return {
        (one.session_id, one.enrolment_id): (one.mark.value, one.minutes, one.reason, len(one.rivals))
        for one in db.session.scalars(select(AttendanceMark))
    }


def waiting() -> list[str]:
    """The reasons of what has not been put right."""
    rows = db.session.scalars(select(Quarantined).where(Quarantined.resolved_at.is_(None)).order_by(Quarantined.id))
    return [row.reason for row in rows]


def test_what_is_sent_twice_is_taken_in_once_and_answered_again(app: Flask) -> None:
    field = make.field()
    trainer, session = signed_in(field.trainer), field.sessions[0]
    events = [mark(session, one) for one in field.learners]
    assert statuses(send(trainer, *events)) == ["accepted"] * 6
    assert statuses(send(trainer, *reversed(events))) == ["repeated"] * 6
    assert statuses(send(trainer, *events, *events)) == ["repeated"] * 12
    assert db.session.scalar(select(func.count(AttendanceEvent.uid))) == 6
    assert set(views().values()) == {("present", None, "", 0)}


def test_the_same_uid_with_other_content_is_kept_apart(app: Flask) -> None:
    field = make.field()
    trainer, session = signed_in(field.trainer), field.sessions[0]
    first = mark(session, field.learners[0])
    other = first | {"mark": "absent"}
    assert statuses(send(trainer, first, other)) == ["accepted", "quarantined:other_content"]
    assert statuses(send(trainer, other, first)) == ["quarantined:other_content", "repeated"]
    assert waiting() == ["other_content"]
    assert views() == {(session.id, field.learners[0].id): ("present", None, "", 0)}


ODD: list[tuple[str, dict[str, Any]]] = [
    ("unknown_session", {"session": "nowhere"}),
    ("unknown_enrolment", {"enrolment": "nobody"}),
    ("unknown_walk_in", {"enrolment": None, "walk_in": "nobody"}),
    ("unknown_superseded", {"supersedes": ["never-sent"]}),
    ("malformed", {"mark": "perhaps"}),
    ("malformed", {"mark": ["present"]}),
    ("malformed", {"enrolment": None}),
    ("malformed", {"supersedes": "x"}),
    ("malformed", {"kind": "song"}),
    ("malformed", {"uid": "a\0b"}),
    ("malformed", {"reason": "x\0"}),
    ("blank", {"mark": ""}),
    ("unknown_field", {"mood": "good"}),
    ("odd_minutes", {"mark": "partial"}),
    ("odd_minutes", {"mark": "partial", "minutes": -5}),
    ("odd_minutes", {"mark": "partial", "minutes": 10**30}),
    ("odd_minutes", {"minutes": 30}),
    ("malformed", {"mark": "partial", "minutes": True}),
    ("odd_reason", {"mark": "absent", "reason": "no idea"}),
    ("odd_time", {"recorded_at": "yesterday"}),
    ("odd_time", {"recorded_at": "2026-04-03T12:00:00"}),
    ("odd_time", {"recorded_at": "0001-01-01T00:00:00+23:59"}),
    ("in_future", {"occurred_at": "2031-01-01T00:00:00+00:00"}),
    ("long_ago", {"occurred_at": "1970-01-01T00:00:00+00:00"}),
]


def test_what_does_not_fit_is_kept_with_its_reason(app: Flask) -> None:
    field = make.field()
    trainer, session = signed_in(field.trainer), field.sessions[0]
    events = [mark(session, field.learners[0]) | odd for _, odd in ODD]
    junk: list[Any] = [None, 7, "mark", [], {}]
    expected = [f"quarantined:{fault}" for fault, _ in ODD] + ["quarantined:malformed"] * len(junk)
    assert statuses(send(trainer, *events, *junk)) == expected
    assert statuses(send(trainer, *events, *junk)) == expected
    assert len(waiting()) == len(expected)
    assert [row.payload for row in db.session.scalars(select(Quarantined).order_by(Quarantined.id))][-5:] == junk
    assert views() == {}


def test_nobody_marks_the_people_of_a_cohort_they_do_not_teach(app: Flask) -> None:
    field = make.field()
    stranger, trainer = make.person("Otra Instructora", field.coops[1]), signed_in(field.trainer)
    other = make.cohort(field.programme, "tarapoto")
    elsewhere = make.cohorts.enrol(COMMAND_LINE, other, make.person("Ajena"), make.START)
    event = mark(field.sessions[0], field.learners[0])
    assert statuses(send(make.as_person(stranger), event)) == ["quarantined:not_your_cohort"]
    assert statuses(send(trainer, mark(field.sessions[0], elsewhere))) == ["quarantined:other_cohort"]
    assert views() == {}
    assert statuses(send(trainer, event)) == ["accepted"], "the phone came back to whom it belongs to"
    assert waiting() == ["other_cohort"]
    donor = make.actor("d1", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    with pytest.raises(NotAllowed):
        send(donor, event)


def test_whatever_the_order_of_arrival_the_same_holds(app: Flask) -> None:
    field = make.field(learners=2, meetings=2)
    trainer = signed_in(field.trainer)
    one, two = field.learners
    chance = random.Random(7)  # noqa: S311 - picks orders
    for order in chance.sample(list(itertools.permutations(range(6))), 24):
        s = "new-" + uuid.uuid4().hex[:8]
        came = walk_in(s, "Rosa de paso")
        first = mark(s, one, "absent", at=1)
        events = [
            held(s, cohort="lamas", title="Sin plan", minutes=100),
            first,
            mark(s, one, "late", at=2, supersedes=[first["uid"]]),
            mark(s, two, "present", at=1),
            mark(s, two, "partial", minutes=50, at=3),
            mark(s, "", "present", at=1) | {"walk_in": came["uid"]},
        ]
        for at in order:
            send(trainer, events[at])
        assert send(trainer, came).said[0].fault is None
        session = db.session.scalars(select(CohortSession).where(CohortSession.uid == s)).one()
        found = {pair[1]: what for pair, what in views().items() if pair[0] == session.id}
        assert found == {one.id: ("late", None, "", 0), two.id: ("partial", 50, "", 1)}, order
        assert (session.state.value, session.held_minutes) == ("held", 100)
        assert waiting() == []


def test_what_waited_costs_the_same_however_much_of_it_there_is(app: Flask) -> None:
    field = make.field(learners=12)
    trainer = signed_in(field.trainer)
    counts = []
    for uid, some in (("s-one", 1), ("s-two", 2), ("s-all", 12)):
        send(trainer, *(mark(uid, one) for one in field.learners[:some]))
        assert waiting() == ["unknown_session"] * some
        with counted() as count:
            send(trainer, held(uid, cohort="lamas", title="Sin plan", minutes=100))
            counts.append(count())
        assert waiting() == []
    assert counts[1] == counts[2]


def test_a_correction_must_be_of_the_same_person_and_session(app: Flask) -> None:
    field = make.field()
    trainer, session = signed_in(field.trainer), field.sessions[0]
    first = mark(session, field.learners[0])
    foreign = mark(session, field.learners[1], "absent", supersedes=[first["uid"]])
    elsewhere = mark(field.sessions[1], field.learners[0], "absent", supersedes=[first["uid"]])
    assert statuses(send(trainer, foreign, elsewhere)) == ["quarantined:unknown_superseded"] * 2
    send(trainer, first)
    assert waiting() == ["supersedes_other"] * 2
    assert views() == {(session.id, field.learners[0].id): ("present", None, "", 0)}


def test_what_was_odd_can_be_corrected_by_who_sent_it(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    odd = mark(session, learner, "partial", minutes=0)
    right = mark(session, learner, "partial", minutes=40, supersedes=[odd["uid"]])
    assert statuses(send(trainer, right, odd)) == ["accepted", "quarantined:odd_minutes"]
    assert views() == {(session.id, learner.id): ("partial", 40, "", 0)}


def test_two_corrections_of_one_mark_are_both_kept_until_somebody_chooses(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    first = mark(session, learner)
    late = mark(session, learner, "late", at=1, supersedes=[first["uid"]])
    absent = mark(session, learner, "absent", at=2, supersedes=[first["uid"]])
    assert statuses(send(trainer, first, late)) == ["accepted", "accepted"]
    answer = send(trainer, absent)
    assert statuses(answer) == ["conflict"]
    assert answer.said[0].rivals == (late["uid"],)
    (conflict,) = rollcall.conflicts(field.cohort)
    assert [one.mark for one in conflict.events] == [Mark.ABSENT, Mark.LATE]
    attendance.choose(trainer, session, learner, late["uid"])
    assert views() == {(session.id, learner.id): ("late", None, "", 0)}
    assert rollcall.conflicts(field.cohort) == []
    assert len(rollcall.history(session, learner)) == 4
    with pytest.raises(rules.NothingToChoose):
        attendance.choose(trainer, session, learner, first["uid"])


def test_a_mark_that_two_people_made_alike_is_corrected_without_a_conflict(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    first, second = mark(session, learner, "absent", at=1), mark(session, learner, "absent", at=2)
    assert statuses(send(trainer, first)) == ["accepted"]
    answer = send(trainer, second)
    assert statuses(answer) == ["accepted"], "they agree"
    assert (answer.said[0].rivals, answer.said[0].alike) == ((), (first["uid"],))
    (held,) = db.session.scalars(select(AttendanceMark)).all()
    assert (held.event_uid, held.rivals, held.alike) == (second["uid"], [], [first["uid"]])
    assert rollcall.conflicts(field.cohort) == []
    right = mark(session, learner, at=3, supersedes=[held.event_uid, *held.alike])
    assert statuses(send(trainer, right)) == ["accepted"]
    db.session.expire_all()
    assert (held.event_uid, held.rivals, held.alike) == (right["uid"], [], [])


def test_the_answer_to_a_mark_in_conflict_names_all_that_stand_beside_it(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    first, late = mark(session, learner, "absent", at=1), mark(session, learner, "late", at=3)
    send(trainer, first)
    assert send(trainer, late).said[0].rivals == (first["uid"],)
    again = send(trainer, mark(session, learner, "absent", at=2))
    assert statuses(again) == ["conflict"]
    assert set(again.said[0].rivals) == {late["uid"], first["uid"]}
    assert again.said[0].alike == (), "a choice names the rivals, and those are all"


def test_a_choice_between_marks_names_those_that_say_the_same_too(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    late = mark(session, learner, "late", at=3)
    send(trainer, mark(session, learner, "absent", at=1), mark(session, learner, "late", at=2), late)
    (conflict,) = rollcall.conflicts(field.cohort)
    assert [one.mark for one in conflict.events] == [Mark.LATE, Mark.ABSENT], "each of what was said once"
    attendance.choose(trainer, session, learner, conflict.events[1].uid)
    (held,) = db.session.scalars(select(AttendanceMark)).all()
    assert (held.mark, held.rivals, held.alike) == (Mark.ABSENT, [], [])


def test_a_wrong_clock_is_set_right_for_the_order_and_kept_as_it_was(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    now = clock.now()
    in_1970 = {"recorded_at": "1970-01-01T05:59:00+00:00", "occurred_at": "1970-01-01T05:59:00+00:00"}
    old = mark(session, learner, "absent") | in_1970
    send(trainer, old, clock=now.replace(year=1970, month=1, day=1, hour=6))
    answer = send(trainer, mark(session, learner, "present", at=5), clock=now)
    assert statuses(answer) == ["conflict"]
    assert views() == {(session.id, learner.id): ("absent", None, "", 1)}, "it was recorded a minute ago"
    kept = db.session.get_one(AttendanceEvent, old["uid"])
    assert kept.recorded_at.year == 1970


def test_roll_is_called_for_all_and_says_only_what_changed(app: Flask) -> None:
    field = make.field()
    trainer, session, (one, two, *_) = signed_in(field.trainer), field.sessions[0], field.learners
    page = [Marked(each.id, Mark.PRESENT) for each in field.learners[:-1]] + [Marked(field.learners[-1].id, None)]
    assert attendance.roll_call(trainer, session, page) == 5
    assert attendance.roll_call(trainer, session, page) == 0
    seen = {mark.enrolment_id: (mark.event_uid,) for mark in db.session.scalars(select(AttendanceMark))}
    send(trainer, mark(session, one, "late", supersedes=list(seen[one.id])))
    send(trainer, mark(session, two, "excused", reason="illness", supersedes=list(seen[two.id])))
    again = [Marked(one.id, Mark.PRESENT, seen=seen[one.id]), Marked(two.id, Mark.ABSENT, seen=seen[two.id])]
    assert attendance.roll_call(trainer, session, again) == 1
    found = views()
    assert found[session.id, one.id] == ("late", None, "", 0), "an unchanged line overwrites nothing"
    assert found[session.id, two.id] == ("absent", None, "", 1), "both were said of the same mark"
    stranger = make.cohorts.enrol(COMMAND_LINE, field.masters, make.person("Ajena"), make.START)
    for bad in (
        Marked(stranger.id, Mark.PRESENT),
        Marked(one.id, Mark.PARTIAL),
        Marked(one.id, Mark.ABSENT, None, "?"),
    ):
        with pytest.raises(Refused):
            attendance.roll_call(trainer, session, [Marked(two.id, Mark.LATE), bad])
    assert views() == found


def test_a_walk_in_is_matched_and_unmatched(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    came = walk_in(session, "Rosa  Ejemplo", sex="woman", age=34)
    there = mark(session, "", "late") | {"walk_in": came["uid"]}
    assert statuses(send(trainer, there, came)) == ["accepted", "accepted"]
    assert views() == {}
    found = db.session.scalars(select(WalkIn)).one()
    repairs.match(trainer, found, learner)
    assert views() == {(session.id, learner.id): ("late", None, "", 0)}
    right = mark(session, learner, "present", at=9, supersedes=[there["uid"]])
    assert statuses(send(trainer, right)) == ["accepted"]
    assert views() == {(session.id, learner.id): ("present", None, "", 0)}
    with pytest.raises(rules.MatchedAlready):
        repairs.match(trainer, found, learner)
    repairs.unmatch(trainer, found)
    assert views() == {(session.id, learner.id): ("present", None, "", 0)}
    with pytest.raises(rules.NotMatched):
        repairs.unmatch(trainer, found)
    assert statuses(send(trainer, there, came)) == ["repeated", "repeated"]


def test_what_did_not_fit_is_put_right_or_set_aside_by_who_teaches_there(app: Flask) -> None:
    field = make.field()
    trainer, session, learner = signed_in(field.trainer), field.sessions[0], field.learners[0]
    stranger = signed_in(make.person("Otra Instructora", field.coops[1]), "otra")
    odd, junk = mark(session, learner, "partial", minutes=0), mark(session, "nobody")
    lost, twice = mark("nowhere", learner), mark(session, field.learners[1])
    send(stranger, mark(session, field.learners[2]))
    send(trainer, odd, junk, lost, twice, twice | {"mark": "absent"})
    items = {item.reason: item for item in rollcall.quarantine(trainer)}
    assert sorted(items) == ["not_your_cohort", "odd_minutes", "other_content", "unknown_enrolment", "unknown_session"]
    assert rollcall.quarantine(stranger) == []
    with pytest.raises(rules.NoSuchItem):
        repairs.resolve(stranger, items["odd_minutes"], Repair.SET_ASIDE)
    with pytest.raises(rules.StillOdd):
        repairs.resolve(trainer, items["odd_minutes"], Repair.AGAIN)
    repairs.resolve(trainer, items["odd_minutes"], Repair.CHANGED, {"minutes": 45})
    repairs.resolve(trainer, items["not_your_cohort"], Repair.AGAIN)
    repairs.resolve(trainer, items["unknown_enrolment"], Repair.SET_ASIDE, note="nobody knows who that is")
    repairs.resolve(trainer, items["other_content"], Repair.AGAIN)
    with pytest.raises(rules.RepairedAlready):
        repairs.resolve(trainer, items["odd_minutes"], Repair.AGAIN)
    assert views() == {
        (session.id, learner.id): ("partial", 45, "", 0),
        (session.id, field.learners[1].id): (holding(session, field.learners[1]), None, "", 1),
        (session.id, field.learners[2].id): ("present", None, "", 0),
    }
    assert waiting() == ["unknown_session"]
    assert statuses(send(trainer, odd, junk, twice | {"mark": "absent"})) == [
        "repeated", "quarantined:unknown_enrolment", "repeated",
    ]  # fmt: skip


def holding(session: CohortSession, learner: Enrolment) -> str:
    """Which of two marks of the same moment holds, as their uids sort."""
    return max(rollcall.events(session, {learner.id})[learner.id], key=lambda event: event.uid).mark.value


def test_the_sheet_says_who_took_part_and_how_much(app: Flask) -> None:
    field = make.field(learners=3)
    trainer, (one, two, three) = signed_in(field.trainer), field.learners
    pattern = sessions.SessionDetails("Sesión", make.START)
    (more,) = sessions.plan_weekly(trainer, field.cohort, date(2026, 3, 30), {4}, 1, pattern, skip=[date(2026, 4, 3)])
    assert (more.number, more.planned_on) == (5, date(2026, 4, 10))
    field.sessions.append(more)
    says: list[tuple[str, dict[str, Any]]] = [
        ("present", {}), ("late", {}), ("partial", {"minutes": 45}), ("excused", {"reason": "illness"}), ("absent", {}),
    ]  # fmt: skip
    send(trainer, *(held(session, minutes=90) for session in field.sessions))
    send(trainer, *(mark(at, one, word, **more) for at, (word, more) in zip(field.sessions, says, strict=True)))
    send(trainer, *(mark(at, two, "excused") for at in field.sessions))
    sheet = queries.sheet(field.cohort)
    lines = {line.enrolment_id: line for line in sheet.lines}
    assert (lines[one.id].rate.attended, lines[one.id].rate.expected) == (2.5, 4)
    assert lines[two.id].rate.share is None
    assert (lines[three.id].rate.share, lines[three.id].unmarked) == (None, 5)
    assert [column.took_part for column in sheet.columns] == [1, 1, 1, 0, 0]
    attended, rate = queries.of_learner(one)
    assert [each.cell.mark.value for each in attended if each.cell] == [word for word, _ in says]
    assert rate == lines[one.id].rate == queries.rates([one.id])[one.id]
    assert [line.number for line in queries.sign_in_sheet(field.cohort)] == [1, 2, 3]
