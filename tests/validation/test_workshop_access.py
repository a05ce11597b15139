"""Who sees what of a workshop: persons stay with those who run it, results wait for the closing, editions are apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.validation import actions
from app.validation.actions.answers import Paper
from app.validation.models import Workshop
from app.validation.models.workshops import Verdict
from app.validation.queries import results
from app.validation.queries import workshops as queries
from tests import factories as make

from .workshop_room import UNIT, address, answered, asked, person, peru, planned, with_people

PAGES = ["", "agenda", "remarks", "results", f"units/{UNIT}"]
RUNNING = ["edit", "agenda/edit", "questions", "paper", "people", "people/new", "people/1", "people/1/file",
           "attendance", "sign-in-sheet", "invitations", "invitations/1", f"papers/{UNIT}", f"hands/{UNIT}",
           "remarks/1", "minutes", "minutes.docx"]  # fmt: skip
WRITING = ["edit", "answers", "agenda/edit", "agenda/units", "questions", "scale", "people", "people/new", "people/1",
           "people/1/erase", "people/1/free", "attendance", "invitations/1", f"papers/{UNIT}", f"hands/{UNIT}",
           "remarks/1", "minutes", "close", "reopen"]  # fmt: skip


def used(edition_scope: str = "PE") -> Workshop:
    """A workshop in which people answered and remarked."""
    workshop = with_people(planned(peru()))
    answered(workshop, [5] * 10)
    first = asked(workshop)[0]
    paper = Paper(11, {first: 1}, {first: "Comentario de una persona"})
    actions.enter_papers(COMMAND_LINE, workshop, UNIT, [paper])
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "Cambiar la foto", paragraph=1, participant=3)
    return workshop


ROLES = [(Role.FACILITATOR, True), (Role.DESIGNER, True), (Role.TRANSLATOR, False), (Role.REVIEWER, False),
         (Role.REPRESENTATIVE, False)]  # fmt: skip


@pytest.mark.parametrize(("role", "runs"), ROLES)
def test_persons_are_seen_by_those_who_run_it_alone(client: FlaskClient, app: Flask, role: Role, runs: bool) -> None:
    workshop = used()
    browser = person(app, "alguien", role)
    for rest in PAGES:
        page = browser.get(address(workshop, rest))
        assert page.status_code == 200, rest
        if not runs:
            for secret in ("Persona", "Comentario de una persona", workshop.token, workshop.code):
                assert secret not in page.text, (rest, secret)
    for rest in RUNNING:
        assert browser.get(address(workshop, rest)).status_code == (200 if runs else 403), rest
    if not runs:
        for rest in WRITING:
            assert browser.post(address(workshop, rest), data={"why": "x"}).status_code == 403, rest


def test_readers_and_visitors_see_nothing(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    reader = person(app, "lee", Role.READER)
    for rest in [*PAGES, *RUNNING]:
        assert reader.get(address(workshop, rest)).status_code in (403, 404), rest
        assert client.get(address(workshop, rest)).status_code == 302, rest
    assert reader.get("/validation/").status_code == 403


def test_somebody_of_another_edition_finds_nothing(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    ecuador = make.fork(make.newest(workshop.edition.parent).edition, "EC")  # type: ignore[arg-type]
    other = planned(ecuador, "Taller de Ecuador (demo)")
    browser = person(app, "ecuador", Role.DESIGNER, "my-coop/EC")
    for rest in [*PAGES, *RUNNING]:
        assert browser.get(address(workshop, rest)).status_code in (403, 404), rest
        borrowed = f"/validation/my-coop/EC/workshops/{workshop.id}/{rest}"
        assert browser.get(borrowed).status_code == 404, "the id of another edition's workshop"
    for rest in WRITING:
        assert browser.post(address(workshop, rest), data={}).status_code in (403, 404), rest
        borrowed = f"/validation/my-coop/EC/workshops/{workshop.id}/{rest}"
        assert browser.post(borrowed, data={}).status_code == 404, rest
    board = browser.get("/validation/").text
    assert "Taller de Ecuador (demo)" in board
    assert workshop.title not in board
    assert other.id != workshop.id


def test_a_remark_or_person_of_another_workshop_is_not_found(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    empty = planned(workshop.edition, "Vacío (demo)")
    browser = person(app, "facilita")
    assert browser.get(address(empty, "remarks/1")).status_code == 404
    assert browser.post(address(empty, "remarks/1"), data={"verdict": "accepted"}).status_code == 404
    for rest in ("people/1", "people/1/file", "invitations/1"):
        assert browser.get(address(empty, rest)).status_code in (404, 422), rest
    paper = {f"r0-{q}": "5" for q in asked(workshop)} | {"r0-who": "1"}
    assert browser.post(address(empty, f"papers/{UNIT}"), data=paper).status_code == 422, "questions of another one"
    mine = {f"r0-{q}": "5" for q in asked(empty)} | {"r0-who": "1"}
    assert browser.post(address(empty, f"papers/{UNIT}"), data=mine).status_code == 422, "a number of another one"
    remark = {"text": "x", "participant": "1"}
    assert browser.post(address(empty, f"units/{UNIT}"), data=remark).status_code == 422
    assert not queries.has_answers(empty)


def test_results_wait_for_the_closing(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    browser = person(app, "revisa", Role.REVIEWER)
    assert "top band" not in browser.get(address(workshop, "results?lang=en")).text
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.LATER, "")
    actions.close_workshop(COMMAND_LINE, workshop)
    page = browser.get(address(workshop, "results?lang=en")).text
    assert "top band" in page
    assert "Comentario de una persona" not in page


def test_whoever_may_answer_can_remark_without_a_name_but_not_for_others(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    browser = person(app, "representa", Role.REPRESENTATIVE)
    kept = browser.post(address(workshop, f"units/{UNIT}"), data={"text": "De mi parte", "paragraph": "2"})
    assert kept.status_code == 303
    forged = browser.post(address(workshop, f"units/{UNIT}"), data={"text": "De ella", "participant": "3"})
    assert forged.status_code == 403


def test_what_is_found_below_is_told_above_in_counts(client: FlaskClient, app: Flask) -> None:
    workshop = used()
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.ACCEPTED, "")
    world = workshop.edition.parent
    assert world is not None
    assert results.below(COMMAND_LINE, world) == []
    actions.close_workshop(COMMAND_LINE, workshop)
    (told,) = results.below(COMMAND_LINE, world)
    assert (told.edition.id, told.passed, told.failed, told.remarks, told.accepted) == (
        workshop.edition_id, 1, 0, 1, 1,
    )  # fmt: skip
    browser = person(app, "mundo", Role.DESIGNER, "my-coop/001")
    for page in ("/validation/my-coop/001/?lang=en", "/editions/my-coop/001/?lang=en"):
        text = browser.get(page).text
        assert "1 unit passed" in text, page
        assert "Persona" not in text


def counted(deed: Callable[[], object]) -> int:
    """How many statements this sends."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("rest", ["", "people", "attendance", "invitations", "remarks", "results", "minutes",
                                  f"units/{UNIT}", f"papers/{UNIT}", "sign-in-sheet"])  # fmt: skip
def test_queries_do_not_grow_with_people_answers_and_remarks(client: FlaskClient, app: Flask, rest: str) -> None:
    workshop = with_people(planned(peru()), 2, 2)
    answered(workshop, [5] * 3)
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "uno", paragraph=1, participant=1)
    browser = person(app, "facilita")

    def show() -> None:
        db.session.expire_all()
        assert browser.get(address(workshop, rest)).status_code == 200

    show()
    few = counted(show)
    with_people(workshop, 20, 20)
    papers = [Paper(n, dict.fromkeys(asked(workshop), 5)) for n in range(4, 40)]
    actions.enter_papers(COMMAND_LINE, workshop, UNIT, papers)
    for n in range(20):
        actions.add_remark(COMMAND_LINE, workshop, UNIT, f"más {n}", paragraph=1 + n % 3, participant=1 + n)
    show()
    assert counted(show) <= few


def test_queries_of_the_lists_do_not_grow_with_workshops(client: FlaskClient, app: Flask) -> None:
    edition = peru()
    browser = person(app, "facilita")
    first = with_people(planned(edition))
    answered(first, [5] * 6)
    actions.close_workshop(COMMAND_LINE, first)

    def show() -> None:
        db.session.expire_all()
        assert browser.get("/validation/").status_code == 200
        assert browser.get("/validation/my-coop/PE/").status_code == 200

    show()
    few = counted(show)
    for n in range(5):
        more = with_people(planned(edition, f"Taller {n} (demo)"))
        answered(more, [5] * 6)
        actions.close_workshop(COMMAND_LINE, more)
    assert counted(show) <= few


@pytest.mark.parametrize(
    ("rest", "form"),
    [
        ("edit", {"title": "", "starts_on": "2026-01-01"}),
        ("edit", {"title": "x" * 500, "starts_on": "2026-01-01"}),
        ("edit", {"title": "T", "starts_on": "mañana"}),
        ("edit", {"title": "T", "starts_on": "9999-99-99"}),
        ("edit", {"title": "T", "starts_on": "2026-01-01", "days": "999999999999"}),
        ("edit", {"title": "T", "starts_on": "2026-01-01", "starts_at": "99:99"}),
        ("edit", {"title": "T", "starts_on": "2026-01-01", "purpose": "x" * 90_000}),
        ("scale", {"scale": "five", "top_from": "9", "threshold": "70"}),
        ("scale", {"scale": "five", "top_from": "4", "threshold": "9" * 30}),
        ("agenda/edit", {"line": "new", "minutes-new": "9" * 20}),
        ("agenda/edit", {"line": "9" * 30, "minutes-new": "5"}),
        ("agenda/edit", {}),
        ("agenda/units", {"units": "no-such-unit"}),
        ("questions", {"question": "a", "criterion-a": "attraction", "es-a": "x" * 5_000}),
        ("people", {"text": "Ana\n" * 5_000}),
        ("people", {"text": "Ana;Z", "do": "keep"}),
        ("people/new", {"name": ""}),
        ("people/new", {"name": "Ana", "phone": "javascript:alert(1)"}),
        (f"papers/{UNIT}", {"r0-who": "1"}),
        (f"papers/{UNIT}", {}),
        ("minutes", {"opening": "x" * 90_000}),
        ("remarks/1", {"verdict": "burn"}),
        ("remarks/1", {"verdict": "declined", "why": ""}),
        ("remarks/1", {"do": "link", "step": "9" * 20}),
        (f"units/{UNIT}", {"text": "", "paragraph": "1"}),
        (f"units/{UNIT}", {"text": "x", "paragraph": "4000000000"}),
        (f"units/{UNIT}", {"text": "x" * 90_000}),
    ],
)
def test_bad_input_is_said_in_a_sentence(client: FlaskClient, app: Flask, rest: str, form: dict[str, str]) -> None:
    workshop = planned(peru())
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "uno")
    browser = person(app, "facilita")
    answer = browser.post(address(workshop, rest), data=form)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.text or "notice-fault" in answer.text or "fault" in answer.text


def test_an_unknown_workshop_is_not_found(client: FlaskClient, app: Flask) -> None:
    peru()
    browser = person(app, "facilita")
    for number in ("0", "999999", "2147483647", "2147483648", "x"):
        assert browser.get(f"/validation/my-coop/PE/workshops/{number}/").status_code == 404
    assert browser.get("/validation/my-coop/XX/").status_code == 404
    assert browser.get("/validation/nothing/PE/").status_code == 404


def test_undecided_remarks_wait_on_the_first_page_of_those_who_run_it(client: FlaskClient, app: Flask) -> None:
    used()
    assert "1 remark waits for a decision" in person(app, "facilita").get("/?lang=en").text
    assert "remark waits" not in person(app, "traduce", Role.TRANSLATOR).get("/?lang=en").text
    assert "remark waits" not in person(app, "ecuador", Role.FACILITATOR, "my-coop/EC").get("/?lang=en").text
