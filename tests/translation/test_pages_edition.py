"""The pages around the workbench: how far all is, an edition's units and languages, what changed, words, policy."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.translating import State, Status
from app.curriculum.models import Edition
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.translation import actions
from app.translation.queries import glossary, policy
from app.translation.web.policy import words_of
from tests import factories as make

from .cells import UNIT, edit, row, uid
from .counting import counted
from .desk_people import BENCH, CHANGED, SCRIPT, TEXT, come, fresh, row_of

PERU = "/translate/my-coop/PE"


@pytest.fixture
def peru(app: Flask) -> Edition:
    edition = make.fork(make.load(), "PE")
    edit(edition, CHANGED)
    return edition


def test_the_page_of_translations_says_how_far_each_edition_is_and_leads_there(app: Flask, peru: Edition) -> None:
    page = come(app, "ana").get("/translate/").text
    assert "4 of 5" in page
    assert f"{PERU}/?in=es&amp;show=stale" in page
    assert "Adapted to the place" in page
    assert "Translate" in page
    for query, there in (("q=zzz", False), ("show=stale", True), ("show=missing", False), ("in=fr", False)):
        assert ("4 of 5" in come(app, "ana").get(f"/translate/?{query}").text) is there
    for strange in ("show=fly&sort=up&page=-4", "page=99999999999", "q=%25&in=%3Cscript%3E"):
        assert come(app, "ana").get(f"/translate/?{strange}").status_code == 200


def test_nobody_sees_the_progress_of_drafts_they_may_not_read(app: Flask, peru: Edition) -> None:
    page = come(app, "sara", region="SV").get("/translate/").text
    assert "4 of 5" not in page
    assert come(app, "lea", Role.READER).get("/translate/").status_code == 403


def test_the_page_of_translations_asks_as_little_for_many_editions_as_for_few(app: Flask, peru: Edition) -> None:
    ana, spent = come(app, "ana", region=None), []
    for regions in (("SV",), ("HN", "GT", "BO", "CO")):
        for region in regions:
            make.fork(peru.parent or peru, region)
        ana.get("/translate/")
        with counted() as count:
            assert ana.get("/translate/").status_code == 200
            spent.append(count())
    assert spent[0] == spent[1]


def test_the_overview_counts_each_unit_and_bulk_actions_say_what_was_left_out(app: Flask, peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT)
    ana, rita = come(app, "ana"), come(app, "rita", Role.REVIEWER)
    page = ana.get(f"{PERU}/?in=es").text
    assert "4 of 5" in page
    assert f"{BENCH}?in=es&amp;show=draft" in page
    assert ana.post(f"{PERU}/bulk?in=es", data={"do": "in_review"}).status_code == 303
    assert row(fresh(peru)).status is Status.IN_REVIEW
    page = rita.get(f"{PERU}/?in=es").text
    assert "waits for your review" in page
    assert rita.post(f"{PERU}/bulk?in=es", data={"do": "approved", "unit": [UNIT]}).status_code == 303
    assert row(fresh(peru)).status is Status.APPROVED


def test_nobody_approves_their_own_in_bulk_either(app: Flask, peru: Edition) -> None:
    ana = come(app, "ana")
    data = {"do": "in_review", "text": TEXT, "seen": row(peru).target_digest}
    assert ana.post(f"{BENCH}/{uid(peru)}?in=es", data=data).status_code == 303
    ana.post(f"{PERU}/bulk?in=es", data={"do": "approved"})
    assert row(fresh(peru)).status is Status.IN_REVIEW
    assert "1 text was left as it is" in ana.get(f"{PERU}/?in=es").text
    assert "waits for your review" not in ana.get(f"{PERU}/?in=es").text
    assert "1 text waits for your review" in come(app, "berta").get("/").text


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 400), ({"do": "fly"}, 400), ({"do": "not_applicable"}, 422), ({"do": "approved", "unit": ["nobody's"]}, 303)],
)
def test_strange_bulk_actions_change_nothing(app: Flask, peru: Edition, data: dict[str, str], status: int) -> None:
    assert come(app, "ana").post(f"{PERU}/bulk?in=es", data=data).status_code == status
    assert come(app, "ana").post(f"{PERU}/bulk?in=fr", data={"do": "approved"}).status_code == 404
    assert row(fresh(peru)).status is Status.STALE_MAJOR


def test_a_designer_adds_quechua_from_spanish_and_the_spanish_of_the_country(app: Flask, peru: Edition) -> None:
    dina, ana = come(app, "dina", Role.DESIGNER), come(app, "ana")
    assert "es-PE" in dina.get(f"{PERU}/").text
    assert dina.post(f"{PERU}/languages", data={"language": "quy", "source": "es"}).status_code == 303
    assert dina.post(f"{PERU}/languages", data={"language": "es-PE"}).status_code == 303
    assert fresh(peru).languages == ["en", "es", "quy", "es-PE"]
    page = ana.get(f"{BENCH}?in=quy").text
    assert "to translate" in row_of(page, uid(peru))
    variant = row_of(ana.get(f"{BENCH}?in=es-PE").text, uid(peru))
    assert "as in the wider language" in variant
    refused = dina.post(f"{PERU}/languages", data={"language": "runasimi"})
    assert refused.status_code == 422
    assert "runasimi" in refused.text
    assert dina.post(f"{PERU}/languages", data={"do": "source", "language": "en", "source": "en"}).status_code == 422
    assert ana.post(f"{PERU}/languages", data={"language": "ay"}).status_code == 403


def test_a_variant_keeps_the_words_of_its_country_alone(app: Flask, peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT)
    actions.add_language(COMMAND_LINE, peru, "es-PE")
    ana = come(app, "ana")
    data = {"do": "draft", "text": "Quien ingresa paga su cuota y tiene un voto.", "seen": ""}
    assert ana.post(f"{BENCH}/{uid(peru)}?in=es-PE", data=data).status_code == 303
    assert row(fresh(peru), "es-PE").own
    seen = row(fresh(peru), "es-PE").target_digest
    assert ana.post(f"{BENCH}/{uid(peru)}?in=es-PE", data={**data, "text": TEXT, "seen": seen}).status_code == 303
    assert row(fresh(peru), "es-PE").status is Status.CARRIED


def test_the_author_says_that_a_change_does_not_touch_the_translation(app: Flask, peru: Edition) -> None:
    dina, ana = come(app, "dina", Role.DESIGNER), come(app, "ana")
    page = dina.get(f"{PERU}/changed").text
    assert "<ins>" in page
    name = f"es:{uid(peru)}"
    assert f'value="{name}"' in page
    assert f'value="{name}"' not in ana.get(f"{PERU}/changed").text
    assert ana.post(f"{PERU}/changed", data={"cell": name, "why": "x"}).status_code == 403
    refused = dina.post(f"{PERU}/changed", data={"cell": name})
    assert refused.status_code == 422
    assert f'value="{name}" checked' in refused.text
    assert dina.post(f"{PERU}/changed", data={"cell": ["nothing", "xx:y"], "why": "x"}).status_code == 409
    assert dina.post(f"{PERU}/changed", data={"cell": name, "why": "Igual en español"}).status_code == 303
    assert row(fresh(peru)).status is Status.APPROVED
    assert "Everything agrees" in dina.get(f"{PERU}/changed").text


def test_words_are_added_changed_found_and_taken_out(app: Flask, peru: Edition) -> None:
    ana = come(app, "ana")
    word = {"concept": "member", "term": "socia o socio", "language": "es", "region": "PE", "status": "preferred"}
    sent = {**word, "curriculum": "my-coop", "note": SCRIPT}
    assert ana.post("/translate/glossary", data=sent).status_code == 303
    assert ana.post("/translate/glossary", data=sent).status_code == 409, "the same twice"
    page = ana.get("/translate/glossary?region=PE").text
    assert "socia o socio" in page
    assert "<script>alert" not in page
    number = glossary.listed(COMMAND_LINE, search="socia")[0].id
    assert "socia o socio" not in ana.get("/translate/glossary?q=quintal").text
    assert ana.get("/translate/glossary?region=PE&view=here").status_code == 200
    assert ana.post(f"/translate/glossary/{number}", data={**word, "term": "integrante"}).status_code == 303
    assert glossary.listed(COMMAND_LINE)[0].term == "integrante"
    sara = come(app, "sara", region="SV")
    assert sara.get(f"/translate/glossary/{number}").status_code == 404
    for data in ({"do": "remove"}, {**word, "term": "otra"}):
        assert sara.post(f"/translate/glossary/{number}", data=data).status_code == 404
    assert ana.post(f"/translate/glossary/{number}", data={"do": "remove"}).status_code == 303
    assert ana.get(f"/translate/glossary/{number}").status_code == 404
    assert not glossary.listed(COMMAND_LINE)


@pytest.mark.parametrize(
    "change",
    [
        {"term": ""},
        {"concept": ""},
        {"language": "xx-xx"},
        {"region": "PE-XYZ"},
        {"term": "x" * 5000},
        {"note": "n" * 9000},
    ],
)
def test_a_word_with_a_fault_is_refused_and_what_was_typed_is_kept(
    app: Flask, peru: Edition, change: dict[str, str]
) -> None:
    word = {"concept": "member", "term": "socia", "language": "es", "region": "PE", "curriculum": "my-coop", "note": ""}
    refused = come(app, "ana").post("/translate/glossary", data={**word, **change})
    assert refused.status_code == 422
    assert 'value="PE"' in refused.text or "region" in change
    assert "socia" in refused.text or "term" in change
    assert not glossary.listed(COMMAND_LINE)


def test_a_translator_adds_no_word_for_places_that_are_not_theirs(app: Flask, peru: Edition) -> None:
    word = {"concept": "member", "term": "socia", "language": "es", "curriculum": "my-coop"}
    for region in ("", "SV", "001"):
        assert come(app, "ana").post("/translate/glossary", data={**word, "region": region}).status_code == 403


def test_the_policy_is_set_by_those_who_edit_and_comes_down(app: Flask, peru: Edition) -> None:
    dina, ana = come(app, "dina", Role.DESIGNER), come(app, "ana")
    data = {
        "style": "split",
        "words": "los acopiadores = el equipo de acopio, quienes acopian",
        "exceptions": "Los Andes",
    }
    assert ana.post(f"{PERU}/policy", data=data).status_code == 403
    assert dina.post(f"{PERU}/policy", data=data).status_code == 303
    held = policy.policy_of(fresh(peru)).policy
    assert held.style == "split"
    assert held.words == {"los acopiadores": ("el equipo de acopio", "quienes acopian")}
    assert held.exceptions == {"Los Andes"}
    assert "los acopiadores" in ana.get(f"{PERU}/policy").text
    for fault in ({"words": "= nada"}, {"words": "a" * 61_000}, {"exceptions": "x" * 300}):
        refused = dina.post(f"{PERU}/policy", data={**data, **fault})
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert policy.policy_of(fresh(peru)).policy.style == "split"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", {}),
        ("a = b, c\n\n d", {"a": ["b", "c"], "d": []}),
        ("los socios = la membresía,", {"los socios": ["la membresía"]}),
        ("x = y = z", {"x": ["y = z"]}),
    ],
)
def test_own_words_are_read_line_by_line(written: str, read: dict[str, list[str]]) -> None:
    assert words_of(written) == read


def test_the_memory_is_searched_and_shows_the_source_with_it(app: Flask, peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT)
    page = come(app, "ana").get(f"{PERU}/memory?in=es&q=Whoever joins pays a share and has one vote").text
    assert TEXT in page
    assert CHANGED in page
    assert "nothing to translate here" in come(app, "ana").get(f"{PERU}/memory?in=en&q=x").text
    assert come(app, "rita", Role.REVIEWER).get(f"{PERU}/memory?in=es").status_code == 403


def test_a_unit_s_draft_says_how_its_translations_stand(app: Flask, peru: Edition) -> None:
    page = come(app, "ana").get(f"/editions/my-coop/PE/units/{UNIT}?in=es").text
    assert "Translations of this unit" in page
    assert f"{BENCH}?in=es" in page


def test_the_first_page_asks_for_what_is_out_of_date(app: Flask, peru: Edition) -> None:
    page = come(app, "ana").get("/").text
    assert "1 translation is out of date" in page
    assert "out of date" not in come(app, "rita", Role.REVIEWER).get("/").text
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT, state=State.IN_REVIEW)
    assert "1 text waits for your review" in come(app, "rita", Role.REVIEWER).get("/").text


def test_the_bench_asks_at_most_ten_questions_and_stays_light(app: Flask, peru: Edition) -> None:
    long = {
        "en": "# One\n\n" + "\n\n".join(f"Paragraph {n} of a unit. " + CHANGED for n in range(59)),
        "es": "# Uno\n\n" + "\n\n".join(f"Párrafo {n} de una unidad. " + TEXT for n in range(59)),
    }
    units = [make.unit("long", long), make.unit("short", {"en": make.EN, "es": make.ES})]
    make.fork(make.load(make.original("other", units=units)), "PE")
    make.account("dora", Role.DESIGNER, Scope())
    dora, spent = come(app, "dora"), []
    for unit in ("short", "long"):
        address = f"/translate/other/PE/{unit}?in=es"
        dora.get(address)
        with counted() as count:
            answer = dora.get(address, headers={"Accept-Encoding": "gzip"})
            spent.append(count())
        assert answer.status_code == 200
        assert answer.content_encoding == "gzip"
        assert len(answer.data) <= 60_000
    assert spent[0] == spent[1] <= 10


def test_the_first_page_asks_as_little_when_more_editions_wait(app: Flask, peru: Edition) -> None:
    rita, spent = come(app, "rita", Role.REVIEWER, region=None), []
    for regions in (("SV",), ("HN", "GT", "BO")):
        for region in regions:
            other = make.fork(peru.parent or peru, region)
            edit(other, CHANGED)
            actions.save_translation(COMMAND_LINE, other, uid(other), "es", TEXT, state=State.IN_REVIEW)
        rita.get("/")
        with counted() as count:
            assert "waits for your review" in rita.get("/").text
            spent.append(count())
    assert spent[0] == spent[1]
