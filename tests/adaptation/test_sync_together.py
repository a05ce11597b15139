"""Two people decide and apply at the same moment, on databases that really commit: nothing lost, nothing broken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.adaptation.models import Decision
from app.curriculum.models import Act, ActKind
from app.infra.db import db
from tests import factories as make

from . import desks
from .desks import SYNC, person

QUESTIONS = 20


def _world() -> list[str]:
    """An edition that has rewritten what the original then changes, in twenty paragraphs; the questions' subjects."""
    first = "# Unidad\n\n" + "\n\n".join(f"El párrafo {n} paga 25 soles." for n in range(QUESTIONS)) + "\n"
    edition = make.fork(desks.load(first), "PE")
    subjects = [f"{desks.block(edition, f'El párrafo {n} ')}:es" for n in range(QUESTIONS)]
    body = first.replace("25 soles", "28 soles")
    desks.actions.edit_unit(desks.COMMAND_LINE, edition, "my-coop-1-1", "es", body, why="Aquí se paga 28")
    desks.load(first.replace("25 soles", "30 soles"), "1.1.0")
    assert len(desks.asked(edition)) == QUESTIONS
    db.session.remove()
    return subjects


def _answer_all(client: FlaskClient, subjects: list[str], choice: str, together: Barrier) -> list[int]:
    statuses = []
    for subject in subjects:
        together.wait()
        statuses.append(client.post(f"{SYNC}/{subject}", data={"choice": choice}).status_code)
    return statuses


def test_twenty_decisions_of_two_people_at_once_are_all_kept(committed_app: Flask) -> None:
    committed_app.config["WTF_CSRF_ENABLED"] = False
    with committed_app.app_context():
        subjects = _world()
        people = [person(committed_app, name) for name in ("rosa", "luis")]
        db.session.remove()
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(_answer_all, client, subjects, choice, together)
            for client, choice in zip(people, ("ours", "theirs"), strict=True)
        ]
        statuses = [status for one in running for status in one.result()]
    assert statuses == [303] * 2 * QUESTIONS
    with committed_app.app_context():
        rows = list(db.session.scalars(select(Decision).order_by(Decision.id)))
        assert len(rows) == 2 * QUESTIONS
        for subject in subjects:
            mine = [row for row in rows if row.subject == subject]
            assert [row.overtaken for row in mine] == [False, True], "the second is kept and told, not put in force"


def test_two_people_applying_at_once_make_one_step(committed_app: Flask) -> None:
    committed_app.config["WTF_CSRF_ENABLED"] = False
    with committed_app.app_context():
        subjects = _world()
        people = [person(committed_app, name) for name in ("rosa", "luis")]
        for subject in subjects:
            people[0].post(f"{SYNC}/{subject}", data={"choice": "theirs"})
        head = desks.field(people[0].get(f"{SYNC}/apply"), "head")
        db.session.remove()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(f"{SYNC}/apply", data={"head": head, "why": "x"}), people))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with committed_app.app_context():
        syncs = db.session.scalar(select(func.count()).select_from(Act).where(Act.kind == ActKind.SYNC))
        assert syncs == 1
