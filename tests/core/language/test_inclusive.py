from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.language import RULES, Policy, Remark, Style, applied, inclusive, plain_language

NEUTRAL, SPLIT = Policy(Style.NEUTRAL), Policy(Style.SPLIT)
SETS = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
CHANGE = [text for one in SETS.values() for text in one["change"]]


def best(text: str, policy: Policy = NEUTRAL) -> str:
    """The text after the best suggestion of its first remark."""
    remark = inclusive(text, policy)[0]
    return applied(text, remark, remark.suggestions[0])


def flagged(text: str, policy: Policy = NEUTRAL) -> list[str]:
    return [remark.text for remark in inclusive(text, policy)]


@pytest.mark.parametrize(
    ("text", "neutral", "split"),
    [
        ("Los socios votan.", "Las personas socias votan.", "Las y los socios votan."),
        ("La cuota de los socios.", "La cuota de las personas socias.", "La cuota de las y los socios."),
        ("Informe del gerente.", "Informe de la gerencia.", "Informe de la o el gerente."),
        ("Avise al tesorero.", "Avise a la tesorería.", "Avise a la tesorera o al tesorero."),
        ("El presidente firma.", "La presidencia firma.", "La presidenta o el presidente firma."),
        ("Cada productor anota.", "Cada persona productora anota.", "Cada productora o productor anota."),
        ("El pago de los técnicos.", "El pago del personal técnico.", "El pago de las y los técnicos."),
        (
            "Varios campesinos capacitados vinieron.",
            "Varias personas campesinas capacitadas vinieron.",
            "Varias y varios campesinos capacitados vinieron.",
        ),
        (
            "Los socios no están muy contentos.",
            "Las personas socias no están muy contentas.",
            "Las y los socios no están muy contentos.",
        ),
        ("Los pequeños productores.", "Las personas productoras a pequeña escala.", "Las y los pequeños productores."),
        ("Doce inscritos.", "Doce personas inscritas.", "Doce inscritas e inscritos."),
        ("Los participantes llegan.", "Quienes participan llegan.", "Las y los participantes llegan."),
        ("Todos opinan.", "Todas las personas opinan.", "Todas y todos opinan."),
        ("El que llegue tarde espera.", "Quien llegue tarde espera.", "La o el que llegue tarde espera."),
        ("Bienvenidos al taller.", "Les damos la bienvenida al taller.", "Bienvenidas y bienvenidos al taller."),
        ("Quedan todos invitados.", "Quedan todas y todos invitados.", "Quedan todas y todos invitados."),
        ("La historia del hombre.", "La historia del ser humano.", "La historia del ser humano."),
        ("Tod@s hablan.", "Todas las personas hablan.", "Todas y todos hablan."),
        ("LOS SOCIOS VOTAN", "LAS PERSONAS SOCIAS VOTAN", "LAS Y LOS SOCIOS VOTAN"),
    ],
)
def test_the_best_suggestion_of_each_style_agrees_and_keeps_capitals(text: str, neutral: str, split: str) -> None:
    assert best(text, NEUTRAL) == neutral
    assert best(text, SPLIT) == split


@pytest.mark.parametrize("text", CHANGE)
def test_what_is_suggested_is_not_remarked_on_again(text: str) -> None:
    for policy in (NEUTRAL, SPLIT):
        for remark in inclusive(text, policy):
            assert remark.suggestions, remark
            for suggestion in remark.suggestions:
                end = remark.start + len(suggestion)
                again = inclusive(applied(text, remark, suggestion), policy)
                assert not [r for r in again if r.start < end and remark.start < r.end], (remark.text, suggestion)


def test_a_collective_is_offered_only_where_the_verb_fits_it() -> None:
    [as_subject] = inclusive("Los socios de la base votan.", NEUTRAL)
    [as_object] = inclusive("Avise a los socios que votan.", NEUTRAL)
    assert "la membresía" not in as_subject.suggestions
    assert "la membresía" in as_object.suggestions


def test_the_style_off_finds_nothing() -> None:
    assert inclusive("Los socios y tod@s.", Policy(Style.OFF)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Escriba `los socios` y ```los socios```.",
        "Vea [aquí](/los-socios.html) y https://example.org/los-socios.",
        "{{ los_socios }} y lista_socios.xlsx",
        '«Los socios votan», “los socios votan”, "los socios votan".',
        "> Los socios votan\n> y los socios pagan.",
        "—Los socios ya no vienen.",
        "La Ley N.° 31335, Ley de perfeccionamiento de la asociatividad de los productores agrarios, rige.",
        "La Asociación de Productores de Jaén vende.",
    ],
)
def test_what_is_not_the_authors_own_wording_stays_out(text: str) -> None:
    assert flagged(text) == []


def test_the_quotation_that_ends_a_question_is_the_authors_own_wording() -> None:
    text = "/// question | ¿Quién decide?\n    use: pre, post\n\n- [x] La asamblea\n\n> Deciden los socios.\n///"
    assert flagged(text) == ["los socios"]


def test_a_man_of_a_story_is_no_generic_masculine_but_a_group_is() -> None:
    assert flagged("/// case | La venta\n\nEl tesorero llegó. Los socios esperaban. Cada socio habló.\n///") == [
        "Los socios",
        "Cada socio",
    ]


def test_headings_lists_and_cells_of_tables_are_looked_through() -> None:
    assert flagged("# Los socios") == ["Los socios"]
    assert flagged("- Los socios\n- Los insumos") == ["Los socios"]
    assert flagged("| Quién | Qué |\n|---|---|\n| Los técnicos | Miden |") == ["Los técnicos"]


def test_emphasis_stays_whole_when_a_suggestion_replaces_its_beginning_or_its_end() -> None:
    assert best("Los **productores de café** venden.") == "**Las personas productoras de café** venden."
    assert best("**Nota de los** socios") == "**Nota de las personas socias**"


def test_an_exception_silences_what_it_touches() -> None:
    policy = Policy(Style.NEUTRAL, exceptions=frozenset({"escuela  de los Socios"}))
    assert flagged("La Escuela de los\nsocios abre. Los socios votan.", policy) == ["Los socios"]


def test_an_editions_own_words_come_before_all_others() -> None:
    policy = Policy(Style.NEUTRAL, words={"los acopiadores": ("quienes acopian",), "coyote": ("intermediaria",)})
    remarks = inclusive("Los  acopiadores y un Coyote.", policy)
    assert [(r.rule, r.text, r.suggestions) for r in remarks] == [
        ("inclusive-house", "Los  acopiadores", ("quienes acopian",)),
        ("inclusive-house", "Coyote", ("intermediaria",)),
    ]


def test_every_remark_has_a_rule_with_a_sentence() -> None:
    found = {remark.rule for text in CHANGE for remark in inclusive(text, NEUTRAL)}
    assert found <= set(RULES)
    assert all(sentence.endswith(".") for sentence in RULES.values())


PIECES = (
    "los socios y las o todos el que presidente del a técnicos « » “ ** _ ` > | \n # - {{x}} /// case . , : İ ß 🌱 "
    "tod@s niñxs están obligados Ley de Productores Juan uno mismo hombre (as) /as"
)
WORDS = st.sampled_from(PIECES.split(" "))


@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join)))
def test_remarks_stand_where_they_say_in_order_and_apart(text: str) -> None:
    for style in (Style.NEUTRAL, Style.SPLIT):
        remarks = inclusive(text, Policy(style))
        _are_in_place(text, remarks)
        assert all(one.end <= two.start for one, two in pairwise(remarks))
    _are_in_place(text, plain_language(text, "es"))


def _are_in_place(text: str, remarks: list[Remark]) -> None:
    for remark in remarks:
        assert remark.text == text[remark.start : remark.end] != ""
        for suggestion in remark.suggestions:
            assert applied(text, remark, suggestion).endswith(text[remark.end :])
