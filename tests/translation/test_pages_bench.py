"""The workbench as translators and reviewers use it, without a script: write, check, approve, and what is refused."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.core.checks.terms import Status as TermStatus
from app.core.checks.terms import Term
from app.core.content import Kind
from app.core.translating import Status
from app.curriculum.models import Edition
from app.curriculum.originals import OriginalUnit
from app.discussion.queries import comments
from app.people.permissions import COMMAND_LINE, Role
from app.translation import actions
from app.translation.queries import states
from tests import factories as make

from .cells import UNIT, edit, row, uid
from .counting import counted, forget
from .desk_people import BENCH, CHANGED, SCRIPT, TEXT, come, fresh, row_of, sent


@pytest.fixture
def peru(app: Flask) -> Edition:
    edition = make.fork(make.load(), "PE")
    edit(edition, CHANGED)
    return edition


def test_a_translator_brings_a_text_up_to_date_and_another_person_approves_it(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru)
    page = ana.get(f"{BENCH}?in=es").text
    here = row_of(page, block)
    assert "out of date" in here
    assert "<del>" in here
    assert "Whoever joins" in here
    data = sent(page, block, text=TEXT, do="draft")
    answer = ana.post(f"{BENCH}/{block}?in=es", data=data)
    assert answer.status_code == 303
    assert "#r-" in answer.location
    assert row(fresh(peru)).status is Status.DRAFT
    page = ana.get(f"{BENCH}?in=es").text
    assert TEXT in row_of(page, block)
    assert "Ana" in row_of(page, block)
    ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, do="in_review"))
    assert row(fresh(peru)).status is Status.IN_REVIEW

    page = ana.get(f"{BENCH}?in=es&show=in_review").text
    assert 'value="approved"' not in row_of(page, block), "one does not approve one's own"
    refused = ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, do="approved"))
    assert refused.status_code == 403
    assert TEXT in row_of(refused.text, block), "what was typed is kept"
    assert row(fresh(peru)).status is Status.IN_REVIEW

    rita = come(app, "rita", Role.REVIEWER)
    page = rita.get(f"{BENCH}?in=es").text
    assert 'value="approved"' in row_of(page, block)
    assert "<textarea" not in row_of(page, block), "whoever only approves does not write"
    assert rita.post(f"{BENCH}/{block}?in=es", data={"do": "approved"}).status_code == 303
    assert row(fresh(peru)).status is Status.APPROVED
    history = come(app, "ana").get(f"{BENCH}/{block}?in=es").text
    assert "Rita" in history


def test_a_workbench_takes_ten_queries_at_most_in_a_process_that_has_just_begun_too(app: Flask) -> None:
    def units(paid: str) -> list[OriginalUnit]:
        texts = {"en": make.EN.replace("25 soles", paid), "es": make.ES.replace("25 soles", paid)}
        return [make.unit(f"u{number}", texts) for number in range(3)]

    world = make.load(make.original(units=units("25 soles")))
    peru = make.fork(world, "PE")
    edit(peru, CHANGED)
    make.load(make.original(version="1.0.1", units=units("30 soles")))
    adapting.apply_sync(COMMAND_LINE, fresh(peru), make.newest(world), safe=True)
    ana = come(app, "ana")
    ana.get("/translate/my-coop/PE/u1?in=es")
    for has_just_begun in (False, True):
        if has_just_begun:
            forget()
        with counted() as count:
            assert ana.get("/translate/my-coop/PE/u1?in=es").status_code == 200
            assert count() <= 10


def test_what_lags_behind_by_a_figure_is_brought_up_to_date_with_one_button(app: Flask) -> None:
    edition = make.fork(make.load(), "PE")
    edit(edition, "A co-operative pays 30 soles for each sack. Members decide together.")
    ana, block = come(app, "ana"), uid(edition)
    here = row_of(ana.get(f"{BENCH}/{block}?in=es").text, block)
    assert "with the figures as they are now" in here
    digest = here.partition('name="use" value="')[2].partition('"')[0]
    page = ana.post(f"{BENCH}/{block}?in=es", data=sent(here, block, do="", use=digest)).text
    assert "paga 30 soles por cada saco" in row_of(page, block)
    assert row(fresh(edition)).status is Status.STALE_MINOR, "nothing is saved by it"


def test_a_text_is_sent_back_with_a_note_and_only_with_one(app: Flask, peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT)
    ana, address = come(app, "ana"), f"{BENCH}/{uid(peru)}?in=es"
    assert ana.post(address, data={"do": "back"}).status_code == 422
    assert ana.post(address, data={"do": "back", "note": SCRIPT}).status_code == 303
    page = ana.get(f"{BENCH}?in=es").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in row_of(page, uid(peru))
    assert states.history(fresh(peru), uid(peru), "es")[0].note == SCRIPT


def test_departing_from_the_original_s_translation_asks_why_and_keeps_the_words(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru, Kind.HEADING)
    page = ana.get(f"{BENCH}?in=es").text
    data = sent(page, block, text="# Para qué tenemos una cooperativa", do="draft")
    refused = ana.post(f"{BENCH}/{block}?in=es", data=data)
    assert refused.status_code == 422
    assert "Para qué tenemos" in row_of(refused.text, block)
    assert 'name="why"' in row_of(refused.text, block)
    assert ana.post(f"{BENCH}/{block}?in=es", data={**data, "why": "Así se dice aquí"}).status_code == 303


@pytest.mark.parametrize("text", ["", "  ", "Uno.\n\nDos.", "# Un título", "Vendió al {{desconocido}}."])
def test_what_is_no_translation_is_refused_in_a_sentence_and_nothing_is_lost(
    app: Flask, peru: Edition, text: str
) -> None:
    ana, block = come(app, "ana"), uid(peru)
    before = peru.head_id
    page = ana.get(f"{BENCH}?in=es").text
    refused = ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, text=text, do="draft"))
    assert refused.status_code in (409, 422)
    assert 'role="alert"' in row_of(refused.text, block)
    assert text.strip()[:50] in row_of(refused.text, block).replace("&#39;", "'")
    assert fresh(peru).head_id == before


def test_a_text_longer_than_any_is_refused_by_the_page_for_all_fields_which_hands_it_back(
    app: Flask, peru: Edition
) -> None:
    ana, block, text = come(app, "ana"), uid(peru), "x" * 200_000
    before = peru.head_id
    page = ana.get(f"{BENCH}?in=es").text
    refused = ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, text=text, do="draft"))
    assert refused.status_code == 422
    assert text in refused.text
    assert fresh(peru).head_id == before


@pytest.mark.parametrize("do", ["draft", "check"])
def test_a_text_that_no_reader_could_bear_is_told_so_once_and_nothing_looks_through_it(
    app: Flask, peru: Edition, do: str
) -> None:
    ana, block, long = come(app, "ana"), uid(peru), "- socios\n" * 11_000
    page = ana.get(f"{BENCH}?in=es").text

    def answered(text: str, do: str) -> str:
        return row_of(ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, text=text, do=do)).text, block)

    assert 'name="reject"' in answered("Deciden los socios.", "check")
    here = answered(long, do)
    assert here.count("Too many special characters") == 1
    assert long.strip() in html.unescape(here)
    assert 'name="reject"' not in here


def test_two_people_on_one_text_both_keep_theirs(app: Flask, peru: Edition) -> None:
    ana, berta, block = come(app, "ana"), come(app, "berta"), uid(peru)
    page = ana.get(f"{BENCH}?in=es").text
    berta.post(f"{BENCH}/{block}?in=es", data=sent(page, block, text="Lo de Berta.", do="draft"))
    refused = ana.post(f"{BENCH}/{block}?in=es", data=sent(page, block, text="Lo de Ana.", do="draft"))
    assert refused.status_code == 409
    here = row_of(refused.text, block)
    assert "Lo de Berta." in here
    assert sent(refused.text, block)["text"] == "Lo de Ana."
    again = ana.post(f"{BENCH}/{block}?in=es", data=sent(refused.text, block, do="draft"))
    assert again.status_code == 303
    assert row(fresh(peru)).target == "Lo de Ana."


def test_a_suggestion_fills_the_field_and_is_not_saved_by_that(app: Flask, peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT)
    salvador = make.fork(fresh(peru).parent or peru, "SV")
    edit(salvador, CHANGED)
    ines, block = come(app, "ines", region=None), uid(salvador)
    address = f"/translate/my-coop/SV/{UNIT}/{block}?in=es"
    page = ines.post(address, data={"do": "check", "text": "A medias", "seen": row(salvador).target_digest}).text
    here = row_of(page, block)
    assert TEXT in here
    assert "another edition, of the same text" in here
    assert sent(page, block)["text"] == "A medias", "asking for help loses nothing"
    digest = here.split('name="use" value="')[1][:64]
    used = ines.post(address, data=sent(page, block, use=digest))
    assert used.status_code == 200
    if sent(used.text, block)["text"] != TEXT:
        digests = [part[:64] for part in here.split('name="use" value="')[1:]]
        texts = [sent(ines.post(address, data=sent(page, block, use=d)).text, block)["text"] for d in digests]
        assert TEXT in texts
    assert row(fresh(salvador)).target != TEXT
    assert ines.post(address, data=sent(page, block, use="0" * 64)).status_code == 409


def test_suggestions_never_show_what_a_person_may_not_read(app: Flask, peru: Edition) -> None:
    secret = "Esto es un secreto de Perú."
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", secret)
    salvador = make.fork(fresh(peru).parent or peru, "SV")
    edit(salvador, CHANGED)
    sara, block = come(app, "sara", region="SV"), uid(salvador)
    address = f"/translate/my-coop/SV/{UNIT}/{block}?in=es"
    assert secret not in sara.get(address).text
    assert secret not in sara.post(address, data={"do": "check", "text": "x"}).text
    assert secret not in sara.get("/translate/my-coop/SV/memory?in=es&q=" + CHANGED).text
    assert secret in come(app, "ines", region=None).get(address).text


def test_glossary_checks_and_wording_stand_beside_the_text(app: Flask, peru: Edition) -> None:
    actions.add_term(COMMAND_LINE, Term("vote", "en", "PE", "vote"))
    actions.add_term(COMMAND_LINE, Term("vote", "es", "PE", "sufragio"))
    actions.add_term(COMMAND_LINE, Term("vote", "es", "PE", "voto", TermStatus.FORBIDDEN))
    ana, block = come(app, "ana"), uid(peru)
    text = "Los socios pagan un aporte y tienen un voto."
    address = f"{BENCH}/{block}?in=es"
    page = ana.post(address, data={"do": "check", "text": text, "seen": row(peru).target_digest}).text
    here = row_of(page, block)
    assert "sufragio" in here
    assert "not: voto" in here
    assert "<mark>Los socios</mark>" in here or "<mark>los socios</mark>" in here.lower()
    assert 'name="accept"' in here
    assert "membresía" in here or "socias" in here
    mended = ana.post(address, data=sent(page, block, mend=here.split('name="mend" value="')[1][:24])).text
    assert "sufragio" in sent(mended, block)["text"]
    choice = here.split('name="accept" value="')[1].split('"')[0]
    assert ana.post(address, data=sent(page, block, accept=choice)).status_code == 303
    now = row(fresh(peru))
    assert now.target
    assert "Los socios" not in now.target
    policy = come(app, "dina", Role.DESIGNER).get("/translate/my-coop/PE/policy").text
    assert "What became of the remarks" in policy
    assert "By month" in policy


def test_a_remark_is_turned_down_with_a_reason_or_made_an_exception(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru)
    text, address = "Los socios tienen un voto.", f"{BENCH}/{block}?in=es"
    page = ana.post(address, data={"do": "check", "text": text, "seen": row(peru).target_digest}).text
    name = row_of(page, block).split('name="reject" value="')[1].split('"')[0]
    assert ana.post(address, data=sent(page, block, reject=name)).status_code == 422
    done = ana.post(address, data=sent(page, block, reject=name, **{f"reason-{name}": "Es una cita"}))
    assert done.status_code == 200
    assert 'name="reject"' not in row_of(done.text, block)
    assert "turned down earlier" in row_of(done.text, block) or "nothing to say" in row_of(done.text, block)
    dina = come(app, "dina", Role.DESIGNER)
    other = "Los productores tienen un voto."
    page = dina.post(address, data={"do": "check", "text": other, "seen": row(peru).target_digest}).text
    name = row_of(page, block).split('name="except" value="')[1].split('"')[0]
    assert dina.post(address, data=sent(page, block, **{"except": name})).status_code == 200
    assert "Los productores" in dina.get("/translate/my-coop/PE/policy").text
    assert ana.post(address, data={"except": name, "text": other}).status_code in (403, 409)


def test_a_comment_is_said_from_the_row_and_counted_there(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru)
    done = ana.post(f"{BENCH}/{block}?in=es", data={"do": "comment", "comment": "¿Aporte o cuota?"})
    assert done.status_code == 303
    assert comments.open_by_block(fresh(peru), [block]) == {block: 1}
    assert "1 open conversation" in row_of(ana.get(f"{BENCH}?in=es").text, block)


@pytest.mark.parametrize(
    ("name", "role", "region", "reads", "writes"),
    [
        ("ana", Role.TRANSLATOR, "PE", 200, 303),
        ("rita", Role.REVIEWER, "PE", 200, 403),
        ("fabi", Role.FACILITATOR, "PE", 200, 403),
        ("lea", Role.READER, "PE", 403, 403),
        ("sara", Role.TRANSLATOR, "SV", 404, 404),
    ],
)
def test_who_reads_and_who_writes_on_the_bench(
    app: Flask, peru: Edition, name: str, role: Role, region: str, reads: int, writes: int
) -> None:
    browser, block = come(app, name, role, region), uid(peru)
    assert browser.get(f"{BENCH}?in=es").status_code == reads
    data = {"do": "draft", "text": TEXT, "seen": row(peru).target_digest}
    answer = browser.post(f"{BENCH}/{block}?in=es", data=data)
    assert answer.status_code == writes or (role is Role.REVIEWER and answer.status_code in (403, 409))
    assert (row(fresh(peru)).target == TEXT) is (writes == 303)


def test_the_language_an_edition_is_written_in_is_not_changed_here(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru)
    page = ana.get(f"{BENCH}?in=en").text
    assert "nothing to translate here" in page
    assert "<textarea" not in page
    refused = ana.post(f"{BENCH}/{block}?in=en", data={"do": "draft", "text": "Changed", "seen": ""})
    assert refused.status_code == 409
    assert row(fresh(peru)).source == CHANGED


@pytest.mark.parametrize("address", ["nowhere?in=es", f"{UNIT}?in=fr", f"{UNIT}/nobody?in=es", f"{UNIT}?in=%00"])
def test_strange_addresses_find_nothing(app: Flask, peru: Edition, address: str) -> None:
    ana = come(app, "ana")
    assert ana.get(f"/translate/my-coop/PE/{address}").status_code in (400, 404)


def test_a_block_of_another_unit_or_edition_is_not_written_through_this_one(app: Flask, peru: Edition) -> None:
    ana = come(app, "ana")
    assert ana.post(f"{BENCH}/somebody-s?in=es", data={"do": "draft", "text": TEXT}).status_code == 404
    for strange in ({}, {"do": "fly"}, {"accept": "x:y"}, {"use": ""}, {"mend": ""}, {"reject": ""}):
        assert ana.post(f"{BENCH}/{uid(peru)}?in=es", data=strange).status_code in (200, 409)


def test_a_script_gets_one_row_and_knows_it_by_its_head(app: Flask, peru: Edition) -> None:
    ana, block = come(app, "ana"), uid(peru)
    page = ana.get(f"{BENCH}?in=es").text
    data = sent(page, block, text=TEXT, do="draft")
    answer = ana.post(f"{BENCH}/{block}?in=es", data=data, headers={"X-Part": "row"})
    assert answer.status_code == 200
    assert answer.headers["X-Part"] == "row"
    assert answer.text.strip().startswith("<li")
    assert "Saved as a draft." in answer.text
    refused = ana.post(f"{BENCH}/{block}?in=es", data={**data, "text": ""}, headers={"X-Part": "row"})
    assert refused.status_code in (409, 422)
    assert refused.headers["X-Part"] == "row"
    assert ana.get(f"{BENCH}/{block}?in=es&part=1").text.strip().startswith("<li")


def test_the_wording_of_a_text_that_is_written_here_is_mended_by_those_who_edit(app: Flask) -> None:
    spoken = make.ES.replace("La membresía decide en conjunto.", "Los socios deciden en conjunto.")
    given = make.original(
        source_language="es",
        languages=("es",),
        units=[make.unit(UNIT, {"es": spoken})],
    )
    peru = make.fork(make.load(given), "PE")
    dina, ana, block = come(app, "dina", Role.DESIGNER), come(app, "ana"), uid(peru)
    address = f"{BENCH}/{block}?in=es"
    assert "1 remark" in row_of(dina.get(f"{BENCH}?in=es").text, block)
    page = dina.post(address, data={"do": "check"}).text
    here = row_of(page, block)
    assert "<mark>Los socios</mark>" in here
    assert "<textarea" not in here
    choice = here.split('name="accept" value="')[1].split('"')[0]
    assert 'name="accept"' not in row_of(ana.post(address, data={"do": "check"}).text, block)
    assert ana.post(address, data={"accept": choice}).status_code == 403
    assert dina.post(address, data={"accept": choice}).status_code == 303
    assert "Los socios" not in (row(fresh(peru)).target or "")
