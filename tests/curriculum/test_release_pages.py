"""Releasing from the screen, a release to look at, the deviation register: the story, refusals, a row per role."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask

from app.adaptation import actions
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, credits, editions, steps
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from tests import factories as make
from tests.adaptation import desks
from tests.adaptation.desks import person

RELEASE = "/editions/my-coop/PE/release"
REGISTER = "/editions/my-coop/PE/deviations"


def uid(edition: Edition, kind: Kind) -> str:
    assert edition.head is not None
    return next(b.uid for _, _, b in contents.state(edition.head).content.blocks() if b.kind is kind)


def peru() -> Edition:
    """An edition for Peru whose list was adapted; the case that has to be adapted is not yet."""
    edition = make.fork(make.load(), "PE")
    text = "- Traiga los quintales el lunes\n- Pésenlos en conjunto"
    actions.edit_block(
        COMMAND_LINE, edition, uid(edition, Kind.LIST), "es", text, why="En el Perú se pesa en quintales"
    )
    return edition


def test_a_release_is_refused_with_what_is_missing_and_where(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    case = uid(edition, Kind.CASE)
    page = rosa.get(RELEASE).text
    assert "thing is missing" in page
    assert f"/units/my-coop-1-1#b-{case}" in page
    assert f"/blocks/{case}/edit" in page
    refused = rosa.post(RELEASE, data={"head": str(edition.head_id), "why": "Primera"})
    assert refused.status_code == 409
    assert editions.latest_release(edition) is None


def test_a_conflict_left_for_later_is_missing_and_leads_to_its_question(app: Flask) -> None:
    edition = desks.peru()
    rosa = person(app, "rosa")
    price = desks.block(edition, "La cooperativa paga 28")
    desks.decide(rosa, f"{desks.block(edition, 'El estatuto')}:es", "theirs")
    rosa.post(f"{desks.SYNC}/apply", data={"head": desks.field(rosa.get(f"{desks.SYNC}/apply"), "head")})
    link = re.search(r'href="([^"]*/sync/[^"]*)"', rosa.get(RELEASE).text)
    assert link
    assert price in link[1]
    assert rosa.get(link[1]).status_code == 200


def test_an_edition_is_released_with_its_changelog(app: Flask) -> None:
    edition = peru()
    actions.confirm(COMMAND_LINE, edition, uid(edition, Kind.CASE), why="También pasa aquí")
    rosa = person(app, "rosa")
    page = rosa.get(RELEASE)
    assert "En el Perú se pesa en quintales" in page.text
    assert "This is the first release." in page.text
    sent = {"head": desks.field(page, "head"), "version": "1.0.0", "why": "Para las escuelas de campo"}
    made = rosa.post(RELEASE, data=sent)
    assert made.location == "/editions/my-coop/PE/releases/1.0.0"
    shown = rosa.get(made.location).text
    for words in ("Para las escuelas de campo", "Rosa", "En el Perú se pesa en quintales", "CC-BY-SA-4.0"):
        assert words in shown
    again = rosa.post(RELEASE, data=sent)
    assert again.location == made.location, "a form sent twice releases once"
    assert "Nothing has changed since 1.0.0" in rosa.get(RELEASE).text


def test_a_version_may_be_raised_and_never_lowered(app: Flask) -> None:
    edition = desks.load(desks.FIRST)
    actions.edit_block(
        COMMAND_LINE, edition, desks.block(edition, "El estatuto"), "es", "El estatuto se canta.", why="x"
    )
    rosa = person(app, "rosa", Role.DESIGNER, "my-coop")
    address = RELEASE.replace("PE", "001")
    page = rosa.get(address)
    assert re.findall(r'name="version" value="([^"]*)"', page.text) == ["1.0.1", "1.1.0", "2.0.0"]
    sent = {"head": desks.field(page, "head"), "why": "x"}
    low = rosa.post(address, data={**sent, "version": "0.9.0"})
    assert low.status_code == 409
    assert rosa.post(address, data={**sent, "version": "nonsense"}).status_code == 422
    assert rosa.post(address, data={**sent, "version": "1.1.0", "why": " "}).status_code == 422
    assert rosa.post(address, data={**sent, "version": "1.1.0"}).location.endswith("/1.1.0")


def test_what_was_changed_after_the_page_was_opened_is_looked_at_first(app: Flask) -> None:
    edition = desks.load(desks.FIRST)
    uid_of = desks.block(edition, "El estatuto")
    actions.edit_block(COMMAND_LINE, edition, uid_of, "es", "El estatuto se canta.", why="x")
    rosa = person(app, "rosa", Role.DESIGNER, "my-coop")
    address = RELEASE.replace("PE", "001")
    head = desks.field(rosa.get(address), "head")
    actions.edit_block(COMMAND_LINE, edition, uid_of, "es", "El estatuto se baila.", why="x")
    answer = rosa.post(address, data={"head": head, "version": "1.0.1", "why": "Una razón"})
    assert answer.status_code == 409
    assert "Una razón" in answer.text


def test_the_changelog_leaves_out_what_was_taken_back(app: Flask) -> None:
    edition = desks.peru()
    release = make.newest(edition.parent)  # type: ignore[arg-type]
    revision = actions.apply_sync(COMMAND_LINE, edition, release, safe=True, why="Una prueba")
    actions.undo_sync(COMMAND_LINE, edition, revision.number, why="Nada")
    whys = [step.act.why for step in steps.between(edition, 1)]
    assert "Una prueba" not in whys
    assert "Nada" not in whys
    assert "Aquí se paga 28" in whys


def test_credit_goes_to_every_edition_whose_words_live_on(app: Flask) -> None:
    edition = peru()
    actions.confirm(COMMAND_LINE, edition, uid(edition, Kind.CASE), why="vale")
    curriculum.release(COMMAND_LINE, edition, "Primera")
    province = make.fork(edition, "PE-SAM")
    assert province.head is not None
    chain = credits.chain(province, province.head)
    assert [(c.edition.region, c.paragraphs) for c in chain.above] == [("PE", 1), ("001", 5)]
    assert chain.own.paragraphs == 0
    for block in list(contents.state(province.head).content.blocks()):
        if block[2].kind is Kind.LIST:
            for language in ("es", "en"):
                actions.edit_block(COMMAND_LINE, province, block[2].uid, language, f"- {language}", why="x")
    chain = credits.chain(province, province.head)
    assert [c.edition.region for c in chain.above] == ["001"], "nothing of Peru's own is left"


def test_the_register_names_every_departure_with_its_reason(app: Flask) -> None:
    edition = peru()
    actions.remove_block(COMMAND_LINE, edition, uid(edition, Kind.PARAGRAPH), why="Se dice en la charla")
    rosa = person(app, "rosa", Role.REVIEWER, "*/PE")
    page = rosa.get(REGISTER).text
    assert "2 paragraphs depart from the original" in page
    assert "En el Perú se pesa en quintales" in page
    assert "Se dice en la charla" in page
    assert "sacos" in rosa.get(f"{REGISTER}?in=es").text
    assert "1 paragraph departs" in rosa.get(f"{REGISTER}?state=dropped").text
    assert "2 paragraphs" in rosa.get(f"{REGISTER}?unit=my-coop-1-1&state=nonsense").text
    assert "Nothing departs" in rosa.get(f"{REGISTER}?unit=my-coop-9-9").text


def test_the_register_as_a_table_opens_without_harm(app: Flask) -> None:
    edition = peru()
    actions.edit_block(COMMAND_LINE, edition, uid(edition, Kind.PARAGRAPH), "es", "Solo.", why='=HYPERLINK("http://x")')
    answer = person(app, "rosa").get(f"{REGISTER}?format=csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert len(rows) == 3
    assert all(len(row) == len(rows[0]) for row in rows)
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


@pytest.mark.parametrize(
    ("role", "scope", "release", "register"),
    [
        (Role.ADMINISTRATOR, "*", 200, 200),
        (Role.DESIGNER, "my-coop/PE", 200, 200),
        (Role.DESIGNER, "my-coop/EC", 404, 404),
        (Role.REVIEWER, "*/PE", 403, 200),
        (Role.READER, "*", 403, 404),
    ],
)
def test_who_may_release_and_who_may_read_the_register(
    app: Flask, role: Role, scope: str, release: int, register: int
) -> None:
    peru()
    someone = person(app, "someone", role, scope)
    assert someone.get(RELEASE).status_code == release
    assert someone.get(REGISTER).status_code == register
    if release != 200:
        assert someone.post(RELEASE, data={"why": "x"}).status_code == release


def test_a_public_release_is_everybody_s_and_others_are_not(app: Flask) -> None:
    edition = make.load()
    visitor = app.test_client()
    assert visitor.get("/editions/my-coop/001/releases/1.0.0").status_code == 200
    assert visitor.get("/editions/my-coop/001/releases/9.9.9").status_code == 404
    edition.public = False
    db.session.commit()
    assert visitor.get("/editions/my-coop/001/releases/1.0.0").status_code == 404


def test_the_register_asks_as_little_of_the_database_for_many_as_for_few(app: Flask) -> None:
    numbers = []
    for slug, paragraphs in (("few", 2), ("many", 40)):
        first = "# Unidad\n\n" + "\n\n".join(f"Párrafo número {n} de la unidad." for n in range(paragraphs)) + "\n"
        edition = make.fork(desks.load(first, slug=slug), "PE")
        body = first.replace("de la unidad", "de esta unidad")
        actions.edit_unit(COMMAND_LINE, edition, f"{slug}-1-1", "es", body, why="x")
        client = person(app, f"{slug}.one", Role.DESIGNER, slug)
        client.get(f"/editions/{slug}/PE/deviations")
        with desks.Queries() as counted:
            page = client.get(f"/editions/{slug}/PE/deviations")
        assert f"{paragraphs} paragraphs depart" in page.text
        numbers.append(len(counted.statements))
    assert numbers[0] == numbers[1] <= 12, "\n".join(counted.statements)


def test_the_register_begins_with_counts_and_shows_one_language_whole_only_when_asked(app: Flask) -> None:
    edition = make.fork(make.load(), "PE")
    list_, words = uid(edition, Kind.LIST), " ".join(f"Una frase larga, la número {n}." for n in range(40))
    actions.edit_block(COMMAND_LINE, edition, list_, "es", f"- {words} Fin.", why="Es larga")
    client = person(app, "rosa")
    page = client.get(f"{REGISTER}?in=es").text
    assert "How many, by module and kind" in page
    assert "Es larga" in page
    assert "Fin." not in page
    assert "Fin." in client.get(f"{REGISTER}?in=es&whole=1").text
    english = client.get(f"{REGISTER}?in=en").text
    assert "the same words; it differs in: Spanish" in english
    assert "Es larga" in english, "every departure has its reason in every language"


def test_whoever_reads_a_release_reads_why_it_departs_unless_what_it_departs_from_is_hidden(app: Flask) -> None:
    edition = peru()
    actions.confirm(COMMAND_LINE, edition, uid(edition, Kind.CASE), why="Se usa igual")
    visitor = app.test_client()
    assert visitor.get(REGISTER).status_code == 404
    curriculum.release(COMMAND_LINE, edition, "Primera")
    edition.public = True
    db.session.commit()
    assert "En el Perú se pesa en quintales" in visitor.get(REGISTER).text
    assert f"{REGISTER}?v=1.0.0" in visitor.get("/editions/my-coop/PE/releases/1.0.0").text
    assert visitor.get(f"{REGISTER}?v=draft").status_code == 404
    assert edition.parent is not None
    edition.parent.public = False
    db.session.commit()
    assert visitor.get(REGISTER).status_code == 404
