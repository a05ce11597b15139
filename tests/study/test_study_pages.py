"""The pages of a study: a story that works, refusals beside their fields, rows of other editions, who sees what."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.content import Kind as BlockKind
from app.curriculum.models import Edition
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.study import actions
from app.study.kinds import Answer, CheckState
from app.study.models import CaseRecord, Instrument
from app.study.queries import checks, rows
from app.study.sheets import SHEETS, Kind
from tests import factories as make
from tests.adaptation.desks import Queries

from .people import PERU, STATEMENT, block, finding, person

STUDY = f"{PERU}/study"
SOURCE = {"title": "Ley 31335", "kind": "law", "found_at": "El Peruano", "valid_from": "2021-08-10"}
ARTICLE = {"topic": "Quién elige", "law_says": "La asamblea elige", "gap": "major", "unit_says": "Elige la gerencia"}
SURVEY = {"name": "Encuesta de acopio (demo)", "kind": "survey", "asked": "38", "women": "20", "men": "18"}
CASE = {"title": "Los cajones", "organisation": "Cooperativa de ejemplo (demo)", "cleaned": "yes"}
GIVEN = {
    Kind.SOURCES: SOURCE,
    Kind.ARTICLES: ARTICLE,
    Kind.INSTRUMENTS: SURVEY,
    Kind.QUESTIONS: {"number": "6", "asked": "¿Por dónde entrega?", "answers": "por el río; 20; 9; 11\na pie; 18"},
    Kind.QUOTES: {"words": "Cuando llegamos, está cerrado", "said_by": "Una socia", "consent": "no"},
    Kind.FINDINGS: {"statement": STATEMENT, "strength": "fair"},
    Kind.CASES: CASE,
    Kind.AUTHORS: {"name": "Rosa Ejemplo (demo)", "consent": "no", "how": ""},
}
LISTED = {Kind.QUESTIONS: "asked", Kind.QUOTES: "words", Kind.AUTHORS: "name", Kind.FINDINGS: "statement"}


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


@pytest.fixture
def designer(app: Flask, peru: Edition) -> FlaskClient:
    return person(app, "ana")


def made(peru: Edition, kind: Kind, **changes: str) -> int:
    """One row of a kind, with what it belongs to."""
    within = SHEETS[kind].within
    parent = made(peru, within) if within else None
    return actions.keep(COMMAND_LINE, peru, kind, {**GIVEN[kind], **changes}, within=parent).id


@pytest.mark.parametrize("kind", list(Kind))
def test_everything_can_be_written_down_changed_put_away_and_brought_back(
    designer: FlaskClient, peru: Edition, kind: Kind
) -> None:
    within = SHEETS[kind].within
    query = f"?within={made(peru, within)}" if within else ""
    assert designer.get(f"{STUDY}/{kind}/new{query}").status_code == 200
    written = designer.post(f"{STUDY}/{kind}/new{query}", data=GIVEN[kind])
    assert written.status_code == 303
    page = written.location.partition("#")[0]
    name = LISTED.get(kind, SHEETS[kind].fields[0].name)
    assert GIVEN[kind][name] in designer.get(page).text
    row = rows_of(peru, kind)[-1]
    assert GIVEN[kind][name] in designer.get(f"{STUDY}/{kind}/{row}/edit").text
    assert designer.post(f"{STUDY}/{kind}/{row}/edit", data={**GIVEN[kind], name: "Otra cosa"}).status_code == 303
    assert "Otra cosa" in designer.get(page).text
    assert designer.post(f"{STUDY}/{kind}/{row}/away").status_code == 303
    if kind is not Kind.FINDINGS:
        assert "Otra cosa" not in designer.get(page).text or kind is Kind.INSTRUMENTS
    assert designer.post(f"{STUDY}/{kind}/{row}/away", data={"do": "back"}).status_code == 303
    assert "Otra cosa" in designer.get(page).text


def rows_of(peru: Edition, kind: Kind) -> list[int]:
    """The numbers of an edition's rows of a kind."""
    db.session.expire_all()
    model = SHEETS[kind].model
    return sorted(row.id for row in db.session.query(model).filter_by(edition_id=peru.id))


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_form_says_beside_which_field_something_is_missing(
    designer: FlaskClient, peru: Edition, kind: Kind
) -> None:
    within = SHEETS[kind].within
    query = f"?within={made(peru, within)}" if within else ""
    answer = designer.post(f"{STUDY}/{kind}/new{query}", data={})
    assert answer.status_code == 422
    required = next(field.name for field in SHEETS[kind].fields if field.required)
    assert f'id="{required}-fault"' in answer.text
    assert len(rows_of(peru, kind)) == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_rows_of_another_edition_are_not_found_here(designer: FlaskClient, peru: Edition, kind: Kind) -> None:
    assert peru.parent is not None
    row = made(make.fork(peru.parent, "EC"), kind)
    assert designer.get(f"{STUDY}/{kind}/{row}/edit").status_code == 404
    assert designer.post(f"{STUDY}/{kind}/{row}/edit", data=GIVEN[kind]).status_code == 404
    assert designer.post(f"{STUDY}/{kind}/{row}/away").status_code == 404


@pytest.mark.parametrize("page", ["", "/findings", "/sources", "/articles", "/instruments", "/cases", "/checklist"])
@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.DESIGNER, "my-coop/PE", 200),
        (Role.REPRESENTATIVE, "my-coop/PE", 200),
        (Role.READER, "*", 403),
        (Role.DESIGNER, "my-coop/EC", 404),
    ],
)
def test_only_those_who_read_the_draft_read_its_study(
    app: Flask, peru: Edition, page: str, role: Role, scope: str, status: int
) -> None:
    finding(peru)
    answer = person(app, "quien", role, scope).get(f"{STUDY}{page}")
    assert answer.status_code in {status, 403 if status == 404 else status}
    assert status == 200 or STATEMENT not in answer.text


def test_who_may_only_read_is_offered_no_form_and_refused_one(app: Flask, peru: Edition) -> None:
    reader = person(app, "rep", Role.REPRESENTATIVE)
    finding(peru)
    assert "/findings/new" not in reader.get(f"{STUDY}/findings").text
    assert reader.get(f"{STUDY}/findings/new").status_code == 403
    assert reader.post(f"{STUDY}/findings/new", data=GIVEN[Kind.FINDINGS]).status_code == 403


def test_a_name_and_words_without_consent_are_seen_only_by_those_who_keep_the_study(app: Flask, peru: Edition) -> None:
    made(peru, Kind.AUTHORS)
    quote = made(peru, Kind.QUOTES)
    instrument = db.session.get(Instrument, rows.get(peru, Kind.QUOTES, quote).instrument_id)  # type: ignore[attr-defined]
    assert instrument is not None
    keeper, reader = person(app, "ana"), person(app, "rep", Role.REPRESENTATIVE)
    assert "Rosa Ejemplo" in keeper.get(f"{STUDY}/cases").text
    assert "Cuando llegamos" in keeper.get(f"{STUDY}/instruments/{instrument.id}").text
    seen = reader.get(f"{STUDY}/cases").text
    assert "Rosa Ejemplo" not in seen
    assert "a member of the co-operative" in seen
    assert "Cuando llegamos" not in reader.get(f"{STUDY}/instruments/{instrument.id}").text


@pytest.mark.parametrize(("consent", "names", "unnamed"), [("yes", ["Rosa"], 0), ("no", [], 1), ("unasked", [], 1)])
def test_credits_of_a_case_name_whoever_agreed(
    app: Flask, peru: Edition, consent: str, names: list[str], unnamed: int
) -> None:
    uid = block(peru, BlockKind.CASE)
    case = actions.keep(COMMAND_LINE, peru, Kind.CASES, CASE)
    actions.place(COMMAND_LINE, peru, Kind.CASES, case.id, uid)
    author = {"name": "Rosa", "consent": consent, "how": "hoja firmada"}
    actions.keep(COMMAND_LINE, peru, Kind.AUTHORS, author, within=case.id)
    db.session.expire_all()
    credits = checks.case_credits(peru, uid)
    assert credits is not None
    assert (list(credits.names), credits.unnamed, credits.organisation) == (names, unnamed, CASE["organisation"])
    assert checks.case_credits(peru, block(peru)) is None


def test_an_edition_below_has_the_credits_of_the_case_it_took_over(app: Flask, peru: Edition) -> None:
    from app.adaptation import actions as adaptation
    from app.curriculum import actions as curriculum

    uid = block(peru, BlockKind.CASE)
    case = actions.keep(COMMAND_LINE, peru, Kind.CASES, CASE)
    actions.place(COMMAND_LINE, peru, Kind.CASES, case.id, uid)
    adaptation.confirm(COMMAND_LINE, peru, uid, why="Se usa igual")
    curriculum.release(COMMAND_LINE, peru, "Primera")
    below = make.fork(peru, "PE-SAM")
    assert checks.case_credits(below, uid) is not None


def test_a_finding_rests_on_counts_and_speaks_of_paragraphs(designer: FlaskClient, peru: Edition) -> None:
    one = finding(peru)
    question, uid = made(peru, Kind.QUESTIONS), block(peru)
    sent = {"on": f"questions-{question}", "note": "20 de 38 entregan por el río"}
    assert designer.post(f"{STUDY}/findings/{one.id}/evidence", data=sent).status_code == 303
    assert designer.post(f"{STUDY}/findings/{one.id}/evidence", data=sent).status_code == 303
    assert "my-coop-1-1" in designer.get(f"{STUDY}/findings/{one.id}/place").text
    step = designer.get(f"{STUDY}/findings/{one.id}/place?unit=my-coop-1-1").text
    assert "La cooperativa paga 25 soles" in step or "A co-operative pays 25" in step
    chosen = {"block": [uid, block(peru, BlockKind.LIST)]}
    assert designer.post(f"{STUDY}/findings/{one.id}/place", data=chosen).status_code == 303
    page = designer.get(f"{STUDY}/findings/{one.id}").text
    assert "20 de 38" in page
    assert page.count("por el río: 20") == 1
    assert f"#b-{uid}" in page
    assert STATEMENT in designer.get(f"{PERU}/blocks/{uid}").text
    drop = re.findall(r'name="drop" value="([^"]+)"', page)
    for value in drop:
        where = "evidence" if value.isdecimal() else "place"
        assert designer.post(f"{STUDY}/findings/{one.id}/{where}", data={"drop": value}).status_code == 303
    assert "20 de 38" not in designer.get(f"{STUDY}/findings/{one.id}").text


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("status", {"status": "no_change", "why": " "}, 422),
        ("status", {"status": "eaten"}, 400),
        ("evidence", {"on": "sources-99999"}, 404),
        ("evidence", {"on": "authors-1"}, 404),
        ("evidence", {"on": ""}, 422),
        ("evidence", {"drop": "99999999999999"}, 404),
        ("place", {"block": "no-such-block"}, 422),
    ],
)
def test_what_cannot_be_done_with_a_finding_is_told(
    designer: FlaskClient, peru: Edition, path: str, data: dict[str, str], status: int
) -> None:
    one = finding(peru)
    assert designer.post(f"{STUDY}/findings/{one.id}/{path}", data=data).status_code == status


def test_a_law_of_another_edition_cannot_be_named_in_the_review(designer: FlaskClient, peru: Edition) -> None:
    assert peru.parent is not None
    foreign = made(make.fork(peru.parent, "EC"), Kind.SOURCES)
    answer = designer.post(f"{STUDY}/articles/new", data={**ARTICLE, "source_id": str(foreign)})
    assert answer.status_code == 422
    assert "Elige la gerencia" in answer.text


def test_the_tables_hold_no_formulas(designer: FlaskClient, peru: Edition) -> None:
    made(peru, Kind.ARTICLES, topic='=HYPERLINK("http://x")')
    finding(peru, "=1+1")
    assert "'=HYPERLINK" in designer.get(f"{STUDY}/articles?format=csv").text
    assert "'=1+1" in designer.get(f"{STUDY}/findings?format=csv").text


def test_the_checklist_counts_what_was_answered_and_asks_why_something_is_not_needed(
    designer: FlaskClient, peru: Edition
) -> None:
    assert checks.checklist_progress(peru).done == 0
    refused = designer.post(f"{STUDY}/checklist", data={"item": "law", "state": "not_needed", "note": ""})
    assert refused.status_code == 422
    assert 'id="note-law-fault"' in refused.text
    sent = {"item": "law", "state": "done", "note": "Ley 31335 revisada", "units": "my-coop-1-1"}
    assert designer.post(f"{STUDY}/checklist", data=sent).status_code == 303
    assert "Ley 31335 revisada" in designer.get(f"{STUDY}/checklist").text
    db.session.expire_all()
    progress = checks.checklist_progress(peru)
    assert (progress.done, progress.total) == (1, 15)
    assert "law" not in progress.open
    actions.check_item(COMMAND_LINE, peru, "law", CheckState.OPEN)
    assert checks.checklist_progress(peru).done == 0
    assert designer.post(f"{STUDY}/checklist", data={**sent, "units": "elsewhere"}).status_code == 422
    assert designer.post(f"{STUDY}/checklist", data={"item": "nothing", "state": "done"}).status_code == 400


@pytest.mark.parametrize("kind", [Kind.SOURCES, Kind.ARTICLES, Kind.INSTRUMENTS, Kind.CASES])
def test_a_list_is_searched_and_its_queries_do_not_grow(designer: FlaskClient, peru: Edition, kind: Kind) -> None:
    def cost() -> int:
        db.session.expire_all()
        with Queries() as asked:
            assert designer.get(f"{STUDY}/{kind}").status_code == 200
        return len(asked.statements)

    made(peru, kind)
    cost()
    one = cost()
    name = SHEETS[kind].fields[0].name
    for number in range(6):
        made(peru, kind, **{name: f"Número {number}"})
    cost()
    assert cost() <= one
    page = designer.get(f"{STUDY}/{kind}?q=numero 3").text
    assert "Número 3" in page
    assert "Número 4" not in page


def test_sources_have_pages_each_row_is_found_on_its_own_and_all_print_together(
    designer: FlaskClient, peru: Edition
) -> None:
    numbers = [made(peru, Kind.SOURCES, title=f"Fuente {number:02}") for number in range(43)]
    url = f"{STUDY}/sources"
    first, last = designer.get(url).text, designer.get(f"{url}?page=99999").text
    assert ("Fuente 39" in first, "Fuente 40" in first, "Page 1 of 2" in first) == (True, False, True)
    assert ("Fuente 39" in last, "Fuente 40" in last) == (False, True)
    assert f'id="r-{numbers[-1]}"' in designer.get(f"{url}?row={numbers[-1]}").text
    assert f"{url}?all=1" in first
    together = designer.get(f"{url}?all=1").text
    assert together.count('id="r-') == 43
    assert "Page 1 of" not in together
    assert designer.get(f"{url}?row=x&page=-3").status_code == 200


def test_a_case_records_whether_it_was_cleared(app: Flask, peru: Edition) -> None:
    found = rows.get(peru, Kind.CASES, made(peru, Kind.CASES))
    assert isinstance(found, CaseRecord)
    assert found.cleaned is Answer.YES
