"""Choices made while taking in cite findings, one by one, in bulk and for the whole; pages and the register tell it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.adaptation import actions
from app.adaptation.models import Decision, DecisionFinding
from app.curriculum.models import Edition
from app.curriculum.queries import deviations, reading
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.study import actions as study
from app.study.kinds import FindingStatus
from app.study.models import Finding
from app.study.queries import findings
from app.study.rules import UnknownFinding
from app.study.sheets import Kind
from tests import factories as make
from tests.study.people import finding

from . import desks
from .desks import SYNC, block, decide, person, peru, subject

PRICE = "La cooperativa paga 28"
REGISTER = "/editions/my-coop/PE/deviations"


def codes(edition: Edition) -> dict[str, list[str]]:
    """What each departure cites, by the first words of its text here."""
    found = deviations.register(reading.view(COMMAND_LINE, "my-coop", "PE", version="draft", language="es"))
    cited = findings.cited(COMMAND_LINE, {one.act.id for one in found if one.act})
    return {one.words("es")[1][:20]: [c.code for c in cited.get(one.act.id, [])] for one in found if one.act}


def test_a_choice_cites_findings_and_every_place_that_tells_why_tells_them(app: Flask) -> None:
    edition = peru()
    price, place = finding(edition, "Aquí se paga por quintal"), finding(edition, "La reunión es los lunes")
    rosa = person(app, "rosa")
    page = rosa.get(f"{SYNC}/{subject(edition, PRICE)}").text
    assert "Aquí se paga por quintal" in page
    assert decide(rosa, subject(edition, PRICE), "ours", findings=str(price.id)).status_code == 303
    assert f'value="{price.id}" checked' in rosa.get(f"{SYNC}/{subject(edition, PRICE)}").text
    assert price.status is FindingStatus.OPEN, "nothing is applied yet"
    decide(rosa, subject(edition, desks.SOFT), "proposal", why="Se juntó", findings=str(place.id))
    head = desks.field(rosa.get(f"{SYNC}/apply"), "head")
    assert rosa.post(f"{SYNC}/apply", data={"head": head}).status_code == 303

    db.session.expire_all()
    assert (price.status, place.status) == (FindingStatus.ACTED_ON, FindingStatus.ACTED_ON)
    assert codes(edition) == {"La cooperativa paga ": ["H1"], "Se reúnen el martes ": ["H2"]}
    register = rosa.get(REGISTER).text
    assert "Aquí se paga 28" in register, "the reason that stood stays, with a finding more"
    assert "Aquí se paga por quintal" in register
    assert "Se juntó" in register
    assert "Así lo dice el estatuto" not in register, "a new reason stands in the place of the older one"
    assert "H1: Aquí se paga por quintal" in rosa.get(f"{REGISTER}?format=csv").text
    story = rosa.get(f"/editions/my-coop/PE/blocks/{block(edition, PRICE)}").text
    assert "The original changed it; ours was kept." in story
    assert f"/study/findings/{price.id}" in story
    became = rosa.get(f"/editions/my-coop/PE/study/findings/{price.id}").text
    assert "1 change cites it" in became
    assert re.search(r'<h3><a href="[^"]*/history/\d+"', became), "a reason of its own leads to the step it was part of"


def test_a_finding_more_leaves_the_reason_and_what_it_rested_on(app: Flask) -> None:
    edition = peru()
    old, new = finding(edition, "Se pesa en quintales"), finding(edition, "El precio subió")
    uid, text = block(edition, PRICE), "La cooperativa paga 28 soles por quintal. La membresía decide en conjunto."
    actions.edit_block(
        COMMAND_LINE, edition, uid, "es", text, why="Acuerdo de asamblea", evidence="Acta 12", findings=[old.id]
    )
    rosa = person(app, "rosa")
    decide(rosa, f"{uid}:es", "ours", findings=str(new.id))
    rosa.post(f"{SYNC}/apply", data={"head": str(edition.head_id)})
    db.session.expire_all()
    assert codes(edition)["La cooperativa paga "] == ["H1", "H2"]
    register = rosa.get(REGISTER).text
    assert "Acuerdo de asamblea" in register
    assert "Acta 12" in register


def test_what_comes_in_as_it_is_cites_too(app: Flask) -> None:
    edition = peru()
    made = finding(edition)
    rosa = person(app, "rosa")
    uid = block(edition, "El estatuto")
    decide(rosa, f"{uid}:es", "theirs", findings=str(made.id))
    rosa.post(f"{SYNC}/apply", data={"head": str(edition.head_id)})
    assert [deed.act.kind.value for deed in findings.became_of(COMMAND_LINE, made)] == ["sync"]
    story = rosa.get(f"/editions/my-coop/PE/blocks/{uid}").text
    assert "What the original changed was taken as it was." in story
    assert f"/study/findings/{made.id}" in story


def test_many_choices_and_the_whole_cite_at_once(app: Flask) -> None:
    edition = peru()
    bulk, whole = finding(edition, "La caja chica falta"), finding(edition, "La campaña es corta")
    rosa = person(app, "rosa")
    ticked = re.findall(r'name="safe" id="[^"]*" value="([^"]*)"', rosa.get(SYNC).text)
    searched = rosa.post(f"{SYNC}/safe", data={"safe": ticked[:1], "look": "1", "find": "caja", "why": "Por eso"}).text
    assert searched.count("checked>") == 1, "what was ticked stays ticked while somebody searches"
    assert "Por eso" in searched
    assert "La campaña es corta" not in searched
    rosa.post(f"{SYNC}/safe", data={"safe": ticked, "findings": str(bulk.id)})
    assert db.session.scalar(select(func.count()).select_from(DecisionFinding)) == len(ticked) == 3
    assert {row.why for row in db.session.scalars(select(Decision))} == {"La caja chica falta"}
    head = {"head": str(edition.head_id), "findings": str(whole.id)}
    looked = rosa.post(f"{SYNC}/apply", data={**head, "look": "1", "find": "xyz", "safe": "1"})
    assert looked.status_code == 200
    assert f'value="{whole.id}" checked' in looked.text
    assert rosa.post(f"{SYNC}/apply", data=head).status_code == 303
    act = findings.became_of(COMMAND_LINE, whole)[0].act
    assert act.why == "La campaña es corta"
    assert [one.code for one in findings.cited(COMMAND_LINE, [act.id])[act.id]] == ["H2", "H1"]


def test_a_choice_that_gives_way_keeps_what_it_rests_on(app: Flask) -> None:
    edition = peru()
    made = finding(edition)
    rosa, lima = person(app, "rosa"), person(app, "lima")
    about = f"{SYNC}/{subject(edition, PRICE)}"
    late = desks.field(lima.get(about), "seen")
    decide(rosa, subject(edition, PRICE), "theirs")
    basis = desks.field(lima.get(about), "basis")
    lima.post(about, data={"basis": basis, "seen": late, "choice": "ours", "findings": str(made.id)})
    page = lima.get(about).text
    assert page.count(f'<input type="hidden" name="findings" value="{made.id}">') == 1


def test_what_was_put_away_since_does_not_stop_anybody(app: Flask) -> None:
    edition = peru()
    made = finding(edition)
    release = make.newest(edition.parent) if edition.parent else pytest.fail("no parent")
    actions.decide(COMMAND_LINE, edition, release, subject(edition, PRICE), "ours", findings=[made.id])
    study.put_away(COMMAND_LINE, edition, Kind.FINDINGS, made.id)
    actions.apply_sync(COMMAND_LINE, edition, release)
    assert len(findings.became_of(COMMAND_LINE, made)) == 1


@pytest.mark.parametrize("where", ["elsewhere", "nowhere"])
def test_a_foreign_finding_is_refused_and_no_choice_is_kept(app: Flask, where: str) -> None:
    edition = peru()
    parent = edition.parent
    assert parent is not None
    stranger = finding(make.fork(parent, "EC")).id if where == "elsewhere" else 999_999
    rosa = person(app, "rosa")
    sent = {"findings": str(stranger), "why": "Así"}
    answer = decide(rosa, subject(edition, PRICE), "ours", **sent)
    assert answer.status_code == 422
    assert "not of this edition" in answer.text
    assert "Así" in answer.text
    ticked = re.findall(r'name="safe" id="[^"]*" value="([^"]*)"', rosa.get(SYNC).text)
    assert rosa.post(f"{SYNC}/safe", data={"safe": ticked, **sent}).status_code == 422
    with pytest.raises(UnknownFinding):
        actions.apply_sync(COMMAND_LINE, edition, make.newest(parent), safe=True, why="x", findings=[stranger])
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_reader_of_the_edition_alone_is_not_told_a_finding_from_above(app: Flask) -> None:
    edition = peru()
    above = edition.parent
    assert above is not None
    secret = finding(above, "Solo para la casa matriz")
    release = make.newest(above)
    actions.decide(COMMAND_LINE, edition, release, subject(edition, PRICE), "ours", why="Así", findings=[secret.id])
    actions.apply_sync(COMMAND_LINE, edition, release)
    story = person(app, "sol", Role.REVIEWER, "my-coop/PE").get(f"/editions/my-coop/PE/blocks/{block(edition, PRICE)}")
    assert "The original changed it; ours was kept." in story.text
    assert "casa matriz" not in story.text


def test_the_pages_ask_no_more_for_many_citations(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    made: list[Finding] = []

    def cost(page: str) -> int:
        db.session.expire_all()
        rosa.get(page)
        with desks.Queries() as asked:
            assert rosa.get(page).status_code == 200
        return len(asked.statements)

    pages = [SYNC, f"{SYNC}/apply", f"{SYNC}/{subject(edition, PRICE)}"]
    numbers = []
    for number in range(1, 8):
        made.append(finding(edition, f"Hallazgo {number}"))
        if number in (1, 7):
            for about in (PRICE, desks.SOFT):
                decide(rosa, subject(edition, about), "ours", why=f"Así {number}", findings=[f.id for f in made])  # type: ignore[arg-type]
            numbers.append([cost(page) for page in pages])
    assert numbers[0] == numbers[1]
