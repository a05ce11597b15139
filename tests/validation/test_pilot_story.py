"""A pilot from the plan to the frozen report, through pages and actions, on both databases."""

from __future__ import annotations

import html
import io
import re

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.validation.actions import adjustments as grading
from app.validation.actions import observations, pilots
from app.validation.models.pilots import Moment
from app.validation.models.workshops import Verdict
from app.validation.queries import adjustments, gains
from app.validation.queries import pilots as queries
from app.validation.rules import adjustments as adjustment_rules
from app.validation.rules import pilots as rules
from app.validation.rules.adjustments import Grade
from tests import factories as make

from . import pilot_room as room
from .workshop_room import UNIT, peru

HERE = "/validation/my-coop/PE"
FORM = {"title": "Piloto (demo)", "starts_on": "2026-11-20", "ends_on": "2026-11-21", "language": "es"}


def said(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_pilot_is_planned_taught_scored_decided_and_closed_on_its_pages(app: Flask) -> None:
    edition = peru()
    client = room.browser(app, "facilita", Role.FACILITATOR)
    designer = room.browser(app, "disena", Role.DESIGNER)
    made = client.post(f"{HERE}/pilots/new", data={**FORM, "units": [UNIT]})
    assert made.status_code == 303
    (listed,) = queries.of_edition(edition)
    pilot, here = listed.pilot, f"{HERE}/pilots/{listed.pilot.id}"
    people = "\n".join(f"Alumna {n} (demo);{'F' if n % 2 else 'M'};{20 + n}" for n in range(1, 7))
    assert "Nothing is kept yet" in client.post(f"{here}/learners", data={"text": people, "do": "read"}).text
    assert client.post(f"{here}/learners", data={"text": people, "do": "keep"}).status_code == 303
    grid = {f"pre-{n}-0": "0" for n in range(1, 7)} | {f"post-{n}-0": "a" for n in range(1, 6)} | {"post-6-0": "b"}
    assert client.post(f"{here}/scores/{UNIT}", data={**grid, "do": "grid"}).status_code == 303
    (session,) = queries.sessions(pilot)
    told = {f"used-{session.id}": "105", f"attended-{session.id}": "6", f"left-{session.id}": "El cierre"}
    assert client.post(f"{here}/sittings", data=told).status_code == 303
    content = contents.state(editions.head_of(edition)).content
    uid = next(block.uid for _, _, block in content.blocks() if block.kind is Kind.PARAGRAPH)
    note = {"where": f"{UNIT}|{uid}", "text": "Nadie sabe qué es un saco", "observer": "Rosa (demo)"}
    assert client.post(f"{here}/observations", data=note).status_code == 303
    assert client.post(f"{here}/close").status_code == 409, "an observation waits for a decision"
    decided = {"verdict": "accepted", "why": "Aquí se dice quintal"}
    assert client.post(f"{here}/observations/1", data=decided).status_code == 303
    sheet = designer.get(f"{here}/observations/1").text
    form = next(one for one in sheet.split("<form")[1:] if "/blocks/" in one.partition(">")[0])
    fields = {k: html.unescape(v) for k, v in re.findall(r'name="(text|seen|why|evidence)" value="([^"]*)"', form)}
    assert f"(P{pilot.id}-1)" in fields["evidence"]
    target = html.unescape(re.findall(r'action="([^"]+/blocks/[^"]+/edit[^"]*)"', sheet)[0])
    saved = designer.post(target, data={**fields, "text": fields["text"].replace("saco", "quintal")})
    assert saved.status_code == 303
    db.session.expire_all()
    assert queries.observation(pilot, 1).act_id is not None
    (adjustment,) = adjustments.listed(edition)
    assert (adjustment.grade, adjustment.stems, adjustment.reasons) == (Grade.MINOR, [f"P{pilot.id}-1"], ["wording"])
    assert client.post(f"{here}/close").status_code == 303
    report = said(designer.get(f"{here}/report").text)
    for words in ("105", "El cierre", "before: 0%", "after: 83.3%", "+83.3 points", "0.83", "Aquí se dice quintal"):
        assert words in report, words
    assert "Alumna" not in report
    page = said(designer.get(f"{HERE}/adjustments").text)
    assert "nobody has said yes to it" in page
    assert designer.post(f"{HERE}/adjustments", data={"do": "confirm"}).status_code == 303
    assert adjustments.ungraded(edition) == []


def test_scores_come_from_a_file_with_an_answer_per_line(app: Flask) -> None:
    pilot = room.planned_pilot(peru(), 5)
    client = room.browser(app, "facilita", Role.FACILITATOR)
    here = f"{HERE}/pilots/{pilot.id}/scores/{UNIT}"
    bad = "n;momento;p1\n1;pre;1\n9;pre;1\n2;nunca;1\n3;post;7"
    read = client.post(here, data={"do": "keep", "file": (io.BytesIO(bad.encode()), "notas.csv")})
    assert read.status_code == 422
    assert queries.points(pilot) == {}
    for sentence in ("nobody with that number", "Write pre or post", "Write 1 for right"):
        assert sentence in read.text
    good = "\ufeffn;momento;p1;total\n1;pre;0;\n1;post;a;\n2;pre;;6/10\n"
    dry = client.post(here, data={"do": "read", "file": (io.BytesIO(good.encode()), "notas.csv")})
    assert dry.status_code == 200
    assert queries.points(pilot) == {}
    assert client.post(here, data={"do": "keep", "text": good}).status_code == 303
    uid, ids = room.question(pilot), {one.number: one.id for one in queries.learners(pilot)}
    assert queries.points(pilot) == {
        (ids[1], UNIT, "pre"): {uid: (0, 1)},
        (ids[1], UNIT, "post"): {uid: (1, 1)},
        (ids[2], UNIT, "pre"): {"": (6, 10)},
    }
    page = client.get(here).text
    assert 'value="6/10"' in page


def test_closing_freezes_the_results_and_reopening_lets_them_go(app: Flask) -> None:
    edition = peru()
    pilot = room.planned_pilot(edition, 6)
    room.scored(pilot, [0, 0, 0, 0, 1, 1], [1, 1, 1, 0, 1, 1])
    before = pilots.close_pilot(COMMAND_LINE, pilot)
    overall = before.results["overall"]
    assert (overall["paired"], overall["before"]) == (6, pytest.approx(1 / 3))
    assert overall["mean"] == pytest.approx(1 / 2)
    assert overall["normalised"] == pytest.approx(3 / 4)
    assert before.results["units"][0]["digest"]
    for deed in (
        lambda: room.scored(pilot, [1], [1]),
        lambda: pilots.add_learners(COMMAND_LINE, pilot, []),
        lambda: observations.observe(COMMAND_LINE, pilot, UNIT, "tarde"),
        lambda: pilots.tell_sittings(COMMAND_LINE, pilot, {}),
        lambda: pilots.close_pilot(COMMAND_LINE, pilot),
    ):
        with pytest.raises(rules.PilotClosed):
            deed()
    pilots.erase_learner(COMMAND_LINE, pilot, 1)
    assert gains.shown(pilot, running=False) == before.results
    pilots.reopen_pilot(COMMAND_LINE, pilot, "Faltaban hojas")
    assert queries.closed([edition.id]) == []
    assert gains.shown(pilot, running=False) is None
    assert gains.live(pilot)["overall"] == overall, "erasing somebody keeps the counts"


def test_an_adjustment_is_lowered_with_a_reason_alone(app: Flask) -> None:
    edition = peru()
    room.planned_pilot(edition, 0)
    block = next(b for _, _, b in contents.state(editions.head_of(edition)).content.blocks() if b.kind is Kind.LIST)
    adaptation.move_block(COMMAND_LINE, edition, block.uid, -1, why="antes")
    (one,) = adjustments.listed(edition)
    assert (one.computed, one.reasons) == (Grade.MAJOR, ["order"])
    with pytest.raises(adjustment_rules.NeedsLoweringReason):
        grading.grade_adjustment(COMMAND_LINE, edition, one, Grade.MINOR, "")
    grading.grade_adjustment(COMMAND_LINE, edition, one, Grade.MINOR, "Se lee igual")
    assert adjustments.counts(edition) == (1, 0)
    grading.grade_adjustment(COMMAND_LINE, edition, one, Grade.MAJOR, "")
    assert adjustments.counts(edition) == (1, 1)


def test_changes_before_anybody_tried_the_edition_are_no_adjustments(app: Flask) -> None:
    edition = peru()
    block = next(b for _, _, b in contents.state(editions.head_of(edition)).content.blocks() if b.kind is Kind.LIST)
    adaptation.move_block(COMMAND_LINE, edition, block.uid, -1, why="antes")
    assert adjustments.listed(edition) == []


def test_pilots_are_told_to_those_above_in_counts(app: Flask) -> None:
    world = make.load()
    pilot = room.held(make.fork(world, "PE"))
    (below,) = queries.below(COMMAND_LINE, world)
    assert (below.pilot.id, below.results["learners"]) == (pilot.id, room.LEARNERS)
    client = room.browser(app, "mundo", Role.DESIGNER, "my-coop/001")
    page = said(client.get("/validation/my-coop/001/pilots").text)
    assert "12 learners" in page
    assert "Alumna" not in page


def test_what_was_put_off_is_decided_after_closing_and_nothing_else(app: Flask) -> None:
    pilot = room.planned_pilot(peru(), 0)
    observations.observe(COMMAND_LINE, pilot, UNIT, "uno")
    observations.observe(COMMAND_LINE, pilot, UNIT, "dos")
    observations.decide_observation(COMMAND_LINE, pilot, 1, Verdict.LATER, "")
    observations.decide_observation(COMMAND_LINE, pilot, 2, Verdict.DECLINED, "no")
    pilots.close_pilot(COMMAND_LINE, pilot)
    observations.decide_observation(COMMAND_LINE, pilot, 1, Verdict.DECLINED, "ya no")
    with pytest.raises(rules.PilotClosed):
        observations.decide_observation(COMMAND_LINE, pilot, 2, Verdict.ACCEPTED, "")


def test_an_empty_row_takes_a_score_back(app: Flask) -> None:
    pilot = room.planned_pilot(peru(), 5)
    room.scored(pilot, [1, 1], [1, 1])
    pilots.enter_scores(COMMAND_LINE, pilot, UNIT, {(1, Moment.PRE): {}})
    assert len(queries.points(pilot)) == 3
