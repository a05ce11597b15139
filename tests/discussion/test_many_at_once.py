"""What a file brings at once: the same checks as one by one, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.core import editing
from app.discussion import actions, rules
from app.discussion.actions import Idea, Saying
from app.discussion.models import Comment, Proposal, ProposalKind, Source
from app.discussion.queries import proposals
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, NotAllowed, Role

from . import valley
from .valley import MEETING, PRICE, QUESTION, STATUTE

CHANGE = ProposalKind.CHANGE


def deeds(action: str) -> list[str]:
    """The subjects of what was noted under an action, in order."""
    chosen = select(AuditEntry.subject_id).where(AuditEntry.action == action).order_by(AuditEntry.id)
    return list(db.session.scalars(chosen))


@contextmanager
def questions() -> Iterator[list[str]]:
    """What the database is asked meanwhile; rows that are written are not questions."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_each_idea_gets_its_proposal_or_the_reason_why_there_is_none(app: Flask) -> None:
    _, _, province = valley.tree()
    price, statute, meeting, question = (valley.uid(province, one) for one in (PRICE, STATUTE, MEETING, QUESTION))
    answers = actions.propose_all(
        COMMAND_LINE,
        province,
        [
            Idea(price, CHANGE, {"es": "Paga 30 soles."}, base="Pagaba 20 soles.", author_name="Rosa (demo)", key="a"),
            Idea("nowhere", CHANGE, {"es": "Otra cosa."}, key="b"),
            Idea(meeting, CHANGE, {"es": "Se reúnen en {{nada}}."}, key="c"),
            Idea(question, ProposalKind.REMOVE, key="d"),
            Idea(price, CHANGE, {"es": "Paga 30 soles."}, base="Pagaba 20 soles.", key="a"),
            Idea(statute, ProposalKind.MOVE, after=meeting, key="e"),
            Idea(statute, CHANGE, {"es": "El estatuto se lee en voz alta. Después se vota."}, key="f"),
            Idea(statute, CHANGE, {"es": " "}, key="g"),
        ],
        Source.WORD,
    )
    faults = {1: rules.NoSuchBlock, 2: editing.UnknownVariable, 3: editing.FixedBlock, 6: rules.NothingProposed}
    for at, fault in {**faults, 7: rules.NothingSaid}.items():
        assert type(answers[at]) is fault
    first, moved = answers[0], answers[5]
    assert isinstance(first, Proposal)
    assert isinstance(moved, Proposal)
    assert answers[4] is first, "the same key is the same proposal, within one file too"
    assert db.session.scalars(select(Proposal).order_by(Proposal.id)).unique().all() == [first, moved]
    assert deeds("proposal.made") == [str(first.id), str(moved.id)]
    (judged,) = proposals.judged(province, [first])
    assert judged.texts["es"].base == "Pagaba 20 soles."
    again = actions.propose_all(COMMAND_LINE, province, [Idea(price, CHANGE, {"es": "Otra."}, key="a")], Source.WORD)
    assert again == [first]


def test_answers_join_the_thread_and_what_was_settled_in_the_file_is_settled_here(app: Flask) -> None:
    _, _, province = valley.tree()
    price = valley.uid(province, PRICE)
    first, empty, lost = actions.add_comments(
        COMMAND_LINE,
        province,
        [
            Saying(price, "¿Por saco?", "es", "por cada saco", "Rosa (demo)", key="1", resolved=True),
            Saying(price, "  ", key="2"),
            Saying("nowhere", "¿Dónde?", key="3"),
        ],
        Source.WORD,
    )
    assert isinstance(first, Comment)
    assert (first.quote_at, first.resolved, first.settled_by_name) == (29, True, COMMAND_LINE.name)
    assert (type(empty), type(lost)) == (rules.NothingSaid, rules.NoSuchBlock)
    (reply,) = actions.add_comments(COMMAND_LINE, province, [Saying("", "Sí.", reply_to=first, resolved=True)])
    assert isinstance(reply, Comment)
    assert (reply.thread_id, reply.block_uid, reply.resolved) == (first.id, price, False)
    assert deeds("comment.added") == [str(first.id), str(reply.id)]
    assert deeds("comment.resolved") == [str(first.id)]


def test_what_the_database_is_asked_does_not_grow_with_what_is_brought(app: Flask) -> None:
    _, _, province = valley.tree()
    price = valley.uid(province, PRICE)

    def count(number: int) -> int:
        keys = [f"{number}-{n}" for n in range(number)]
        ideas = [Idea(price, CHANGE, {"es": f"Paga {key} soles."}, base=f"Antes {key}", key=key) for key in keys]
        sayings = [Saying(price, f"¿{key}?", "es", "cada", key=key) for key in keys]
        with questions() as asked:
            actions.propose_all(COMMAND_LINE, province, ideas, Source.WORD)
            actions.add_comments(COMMAND_LINE, province, sayings, Source.WORD)
        return len(asked)

    count(1)
    assert count(40) == count(2) < 15


def test_who_may_not_brings_nothing(app: Flask) -> None:
    _, _, province = valley.tree()
    reader, price = valley.person("leo", Role.READER), valley.uid(province, PRICE)
    with pytest.raises(NotAllowed):
        actions.propose_all(reader, province, [Idea(price, CHANGE, {"es": "Otra."})])
    with pytest.raises(NotAllowed):
        actions.add_comments(reader, province, [Saying(price, "Hola.")])
