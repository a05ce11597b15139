"""Who may see and do what on the way to a release; bad input; how many queries pages ask. On both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.core.errors import Refused
from app.curriculum import actions as curriculum
from app.curriculum.queries.readiness import readiness
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, TABLE, Permission, Role
from app.translation.queries import axes
from app.validation.actions import observations, pilots, stages
from app.validation.queries import adjustments, signing
from app.validation.queries import pilots as queries
from app.validation.rules import stages as rules
from app.validation.rules.scores import NoSuchLearner
from app.validation.rules.stages import SignRole
from tests import factories as make
from tests.translation.counting import counted

from . import pilot_room as room
from .workshop_room import UNIT, peru

HERE = "/validation/my-coop/PE"
OPEN = ("stages", "pilots", "adjustments", "signatures")
KEPT = ("learners", "sittings", f"scores/{UNIT}", "observations/1", "edit")


@pytest.mark.parametrize("role", list(Role))
def test_pages_open_for_those_who_read_drafts_and_persons_for_those_who_run(app: Flask, role: Role) -> None:
    pilot = room.planned_pilot(peru(), 6)
    observations.observe(COMMAND_LINE, pilot, UNIT, "algo", observer="Rosa Quispe")
    client = room.browser(app, "alguien", role)
    reads, runs = (one in TABLE[role] for one in (Permission.READ_DRAFT, Permission.RUN_VALIDATION))
    for page in OPEN:
        status = client.get(f"{HERE}/{page}").status_code
        assert status == 200 if reads else status in (403, 404), page
    for page in KEPT:
        status = client.get(f"{HERE}/pilots/{pilot.id}/{page}").status_code
        assert status == 200 if runs else status in (403, 404), page
    for page in ("", "report", "observations"):
        answer = client.get(f"{HERE}/pilots/{pilot.id}/{page}")
        assert answer.status_code == 200 if reads else answer.status_code in (403, 404)
        assert "Alumna" not in answer.text
        if not runs:
            assert "Rosa Quispe" not in answer.text


def test_visitors_are_sent_to_sign_in(app: Flask) -> None:
    room.planned_pilot(peru(), 0)
    for page in (*OPEN, "pilots/1/", "pilots/1/report"):
        assert app.test_client().get(f"{HERE}/{page}").status_code in (302, 303, 401, 404), page


def test_pilots_and_signatures_of_another_edition_are_not_found(app: Flask) -> None:
    world = make.load()
    here, there = make.fork(world, "PE"), make.fork(world, "EC")
    pilot = room.planned_pilot(there, 2)
    client = room.browser(app, "disena", Role.DESIGNER)
    for page in ("", "report", *KEPT):
        assert client.get(f"{HERE}/pilots/{pilot.id}/{page}").status_code == 404
    assert client.post(f"{HERE}/pilots/{pilot.id}/close").status_code == 404
    assert client.get(f"/validation/my-coop/EC/pilots/{pilot.id}/").status_code in (403, 404)
    who = room.actor("firma", Role.DESIGNER, "my-coop/EC")
    signature = stages.sign(who, there, SignRole.CONTENT, "Respondo")
    gone = client.post(f"{HERE}/signatures", data={"do": "withdraw", "signature": str(signature.id), "why": "x"})
    assert gone.status_code == 404
    assert signing.signatures(here, here.head) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("stages", {"to": "release", "seen": "need"}, 422),
        ("stages", {"to": "nada\0", "seen": "need"}, 400),
        ("stages", {"to": "study", "seen": "otra"}, 409),
        ("stages", {}, 422),
        ("stages", {"do": "choose", "process": "nada", "why": "x"}, 422),
        ("stages", {"do": "choose", "process": "direct", "why": ""}, 422),
        ("stages", {"do": "skip", "to": "study", "why": "x" * 5000}, 422),
        ("signatures", {"role": "rey"}, 403),
        ("signatures", {"role": "legal", "seen": "1"}, 403),
        ("signatures", {"role": "content", "seen": "99999999999999999999"}, 409),
        ("signatures", {"do": "withdraw", "signature": "-4", "why": "x"}, 404),
        ("signatures", {"do": "withdraw", "signature": "9" * 40, "why": "x"}, 404),
        ("adjustments", {"adjustment": "7", "grade": "minor"}, 404),
        ("adjustments", {"adjustment": "x", "grade": "minor"}, 404),
        ("pilots/new", {}, 422),
        ("pilots/new", {"title": "x", "starts_on": "2026-13-01"}, 422),
        ("pilots/new", {"title": "x", "starts_on": "2026-02-01", "ends_on": "2025-02-01", "units": UNIT}, 422),
        ("pilots/new", {"title": "x", "starts_on": "2026-02-01", "units": "nada"}, 422),
        ("pilots/new", {"title": "x", "starts_on": "2026-02-01", "units": UNIT, "version": "9.9.9"}, 404),
        ("pilots/1/learners", {"text": "x" * 300_000, "do": "keep"}, 422),
        ("pilots/1/learners", {"do": "erase", "learner": "99"}, 422),
        ("pilots/1/learners", {}, 422),
        ("pilots/1/sittings", {"used-1": "-3"}, 422),
        ("pilots/1/sittings", {"attended-1": "mil"}, 422),
        ("pilots/1/sittings", {"left-1": "x" * 9000}, 422),
        (f"pilots/1/scores/{UNIT}", {"pre-1-0": "9"}, 422),
        (f"pilots/1/scores/{UNIT}", {"pre-1-0": "1", "pre-1-total": "1/1"}, 422),
        ("pilots/1/scores/nada", {}, 422),
        ("pilots/1/observations", {}, 422),
        ("pilots/1/observations", {"where": f"{UNIT}|nada", "text": "x"}, 422),
        ("pilots/1/observations", {"where": "otra", "text": "x"}, 422),
        ("pilots/1/observations", {"where": UNIT, "text": "x" * 9000}, 422),
        ("pilots/1/observations/9", {"verdict": "accepted"}, 404),
        ("pilots/1/observations/1", {"verdict": "quizás"}, 422),
        ("pilots/1/observations/1", {"verdict": "declined"}, 422),
        ("pilots/1/observations/1", {"do": "link", "step": "99"}, 422),
        ("pilots/1/reopen", {"why": "x"}, 409),
        ("pilots/99/close", {}, 404),
    ],
)
def test_bad_input_is_answered_and_changes_nothing(app: Flask, path: str, data: dict[str, str], status: int) -> None:
    edition = room.validated(peru())
    pilot = room.planned_pilot(edition, 3)
    observations.observe(COMMAND_LINE, pilot, UNIT, "algo")
    (session,) = queries.sessions(pilot)
    path = path.replace("pilots/1/", f"pilots/{pilot.id}/")
    data = {key.replace("-1", f"-{session.id}") if path.endswith("sittings") else key: v for key, v in data.items()}
    client = room.browser(app, "disena", Role.DESIGNER)
    before = (queries.points(pilot), len(queries.learners(pilot)), len(queries.observations(pilot)))
    assert client.post(f"{HERE}/{path}", data=data).status_code == status
    assert (queries.points(pilot), len(queries.learners(pilot)), len(queries.observations(pilot))) == before
    assert len(queries.of_edition(edition)) == 1
    assert signing.signatures(edition, edition.head) == []  # type: ignore[arg-type]


def test_people_move_and_choose_by_their_roles(app: Flask) -> None:
    edition = peru()
    for role in (Role.FACILITATOR, Role.REVIEWER, Role.REPRESENTATIVE, Role.READER, Role.TRANSLATOR):
        who = room.actor(f"p.{role.value}", role)
        with pytest.raises(Refused) as refused:
            stages.choose_process(who, edition, "validated", "x")
        assert refused.value.status == 403
    room.validated(edition)
    reviewer = room.actor("revisa", Role.REVIEWER)
    with pytest.raises(rules.NotYourStage):
        stages.move_stage(reviewer, edition, "study", skip=True, why="x")
    elsewhere = room.actor("lejos", Role.DESIGNER, "my-coop/EC")
    with pytest.raises(Refused):
        stages.move_stage(elsewhere, edition, "study", skip=True, why="x")
    with pytest.raises(Refused):
        pilots.close_pilot(reviewer, room.planned_pilot(edition, 0))
    with pytest.raises(NoSuchLearner):
        pilots.erase_learner(COMMAND_LINE, queries.of_edition(edition)[0].pilot, 5)


def test_signing_twice_or_for_others_is_refused_and_taking_back_is_ones_own(app: Flask) -> None:
    edition = peru()
    designer, reviewer = room.actor("disena", Role.DESIGNER), room.actor("revisa", Role.REVIEWER)
    signature = stages.sign(designer, edition, SignRole.CONTENT, "Respondo")
    with pytest.raises(rules.SignedAlready):
        stages.sign(designer, edition, SignRole.CONTENT, "Respondo")
    with pytest.raises(rules.NotYourSignature):
        stages.sign(reviewer, edition, SignRole.CONTENT, "Respondo")
    with pytest.raises(rules.NotYourSignature):
        stages.withdraw_signature(reviewer, edition, signature, "x")
    stages.withdraw_signature(designer, edition, signature, "Leí mal")
    assert SignRole.CONTENT in signing.missing(edition, edition.head)  # type: ignore[arg-type]
    (kept,) = signing.history(edition)
    assert kept.withdrawn_why == "Leí mal"


def test_the_first_page_says_what_waits(app: Flask) -> None:
    edition = room.validated(peru())
    room.with_need(edition)
    pilot = room.planned_pilot(edition, 0)
    observations.observe(COMMAND_LINE, pilot, UNIT, "algo")
    page = room.browser(app, "facilita", Role.FACILITATOR).get("/").text
    assert "Ready to go on: “Need” is done" in page
    assert "1 observation of a pilot waits for a decision" in page
    row = stages.queries.row_of(edition)
    assert row is not None
    row.stage = "sign_off"
    db.session.commit()
    assert "Your signature is asked for" in room.browser(app, "coop", Role.REPRESENTATIVE).get("/").text
    assert "Your signature is asked for" not in room.browser(app, "traduce", Role.TRANSLATOR).get("/").text


def test_queries_do_not_grow_with_learners_scores_or_observations(app: Flask) -> None:
    world = make.load()
    small, large = make.fork(world, "PE"), make.fork(world, "EC")
    client = room.browser(app, "disena", Role.ADMINISTRATOR, "*")
    asked: dict[str, list[int]] = {}
    for edition, size in ((small, 5), (large, 40)):
        pilot = room.planned_pilot(edition, size)
        room.scored(pilot, [0] * size, [1] * size)
        for number in range(size):
            observations.observe(COMMAND_LINE, pilot, UNIT, f"algo {number}")
        here = f"/validation/my-coop/{edition.region}"
        for page in (
            "stages",
            "pilots",
            "adjustments",
            "signatures",
            f"pilots/{pilot.id}/report",
            f"pilots/{pilot.id}/scores/{UNIT}",
            f"pilots/{pilot.id}/observations",
            f"pilots/{pilot.id}/learners",
        ):
            client.get(f"{here}/{page}")
            with counted() as count:
                assert client.get(f"{here}/{page}").status_code == 200
                asked.setdefault(page.replace(f"pilots/{pilot.id}", "pilots/n"), []).append(count())
    assert {page: counts for page, counts in asked.items() if counts[0] != counts[1]} == {}


def test_the_table_of_translations_asks_the_same_for_many_editions(app: Flask) -> None:
    world = make.load()
    found = [make.fork(world, region) for region in ("PE", "EC", "BO", "CO")]
    for edition in found:
        room.held(edition)
    (module,) = {key[1] for key in axes.progress(found)["pilot"]}
    axes.progress(found[:1])
    numbers = []
    for some in (found[:1], found):
        with counted() as count:
            told = axes.progress(some)
            numbers.append(count())
    assert numbers[0] == numbers[1]
    assert told["pilot"][found[0].id, module].share == 1.0
    assert adjustments.passed_at([edition.id for edition in found]) == {}


def test_a_release_names_who_answers_for_it_to_everybody_who_reads_it(app: Flask) -> None:
    edition = peru()
    for uid, _ in readiness(edition).missing:
        adaptation.confirm(COMMAND_LINE, edition, uid, why="Vale aquí")
    stages.sign(room.actor("firma", Role.DESIGNER), edition, SignRole.CONTENT, "Respondo", note="Leí todo")
    release = curriculum.release(COMMAND_LINE, edition, "Lista").version
    page = app.test_client().get(f"/editions/my-coop/PE/releases/{release}").text
    assert "Who answers for it" in page
    assert "Leí todo" in page

    adaptation.set_variables(COMMAND_LINE, edition, {"buyer": {"*": "acopiador"}}, why="Se dice así")
    later = curriculum.release(COMMAND_LINE, edition, "Otra palabra").version
    assert "Who answers for it" not in app.test_client().get(f"/editions/my-coop/PE/releases/{later}").text
    assert "Leí todo" in app.test_client().get(f"/editions/my-coop/PE/releases/{release}").text
