from __future__ import annotations

import pytest

from app.core.language import RULES, plain_language

LONG = "La familia lleva el café al centro de acopio " + "y anota el peso en su libreta " * 5 + "antes de volver."


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        (LONG, "plain-long-sentence", LONG.rstrip(".")),
        ("El pago es realizado por la gerencia.", "plain-passive", "es realizado por la"),
        (
            "Se pide la aprobación de la contratación de la asesoría para la capacitación.",
            "plain-nouns",
            None,
        ),
        ("Se deben efectuar los pagos.", "plain-word", "efectuar"),
        ("No es imposible llegar.", "plain-double-negation", "no es imposible"),
        ("Pida el formulario del SENASA.", "plain-acronym", "SENASA"),
    ],
)
def test_what_is_hard_to_read_is_found(text: str, rule: str, found: str | None) -> None:
    remarks = [remark for remark in plain_language(text, "es") if remark.rule == rule]
    if found is None:
        assert remarks == []
    else:
        assert [remark.text.lower() for remark in remarks] == [found.lower()]
        assert rule in RULES


@pytest.mark.parametrize(
    "text",
    [
        "Pese el café antes de venderlo. Anote el peso y la fecha.",
        "El Servicio Nacional de Sanidad Agraria (SENASA) visita la parcela.",
        "> El pago es realizado por la gerencia.",
        "| Se deben efectuar | los pagos |",
        "# REGISTRO DE ENTREGAS",
        "El kilo se paga a veinte soles por la tarde.",
    ],
)
def test_everyday_sentences_quotations_tables_and_headings_are_left_alone(text: str) -> None:
    assert plain_language(text, "es") == []


def test_three_nouns_made_of_verbs_in_a_row_are_too_many() -> None:
    text = "Apoyamos el mejoramiento de la organización para la comercialización."
    assert [r.rule for r in plain_language(text, "es") if r.rule == "plain-nouns"] == ["plain-nouns"]


def test_a_paragraph_of_long_words_is_hard_to_read_in_both_languages() -> None:
    spanish = (
        "La institucionalización descentralizada posibilita administrativamente intervenciones interdisciplinarias. "
        * 5
    )
    english = (
        "Institutional decentralisation administratively necessitates interdisciplinary organisational interventions. "
        * 5
    )
    for text, language in ((spanish, "es-PE"), (english, "en")):
        assert "plain-reading-ease" in {remark.rule for remark in plain_language(text, language)}


def test_spanish_rules_are_not_asked_of_other_languages() -> None:
    assert plain_language("Se deben efectuar los pagos.", "en") == []


def test_the_everyday_word_is_offered() -> None:
    [remark] = plain_language("Queremos llevar a cabo una feria.", "es")
    assert (remark.text, remark.suggestions) == ("llevar a cabo", ("hacer",))
