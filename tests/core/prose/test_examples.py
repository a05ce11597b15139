"""What merging does with the sentences a designer writes, in Spanish and English."""

from __future__ import annotations

import pytest

from app.core.prose import Why, merge_text

TAKEN = [
    pytest.param(
        "La cosecha empieza en abril.\n\nSe vende en la plaza.\n\nCada socia tiene un voto.\n",
        "La cosecha empieza en mayo.\n\nSe vende en la plaza.\n\nCada socia tiene un voto.\n",
        "La cosecha empieza en abril.\n\nSe vende en la plaza.\n\nCada socia y cada socio tiene un voto.\n",
        "La cosecha empieza en mayo.\n\nSe vende en la plaza.\n\nCada socia y cada socio tiene un voto.\n",
        id="paragrafos apart",
    ),
    pytest.param(
        "One member, one vote. The price is set\nby all.\n",
        "One member, one vote.\nThe price is set by all of us.\n",
        "One member,\none vote. The price is set by all of us.\n",
        "One member, one vote.\nThe price is set by all of us.\n",
        id="the same words in other lines",
    ),
    pytest.param("Uno.\r\nDos.\r\n", "Uno.\nDos.\n", "Uno.\r\nTres.\r\n", "Uno.\nTres.\n", id="line ends"),
    pytest.param("a\n\nb\n\nc", "a\n\nb\n\nd", "x\n\nb\n\nc", "x\n\nb\n\nd", id="no final newline"),
    pytest.param(
        "a  \n\nb\t\n\nc\n", "a  \n\nb\t\n\nd\n", "x  \n\nb\t\n\nc\n", "x  \n\nb\t\n\nd\n", id="trailing space"
    ),
    pytest.param(
        "<<<<<<< HEAD\nrojo\n=======\nverde\n>>>>>>> rama\n\nAsí se ve un conflicto.\n\nFin.\n",
        "<<<<<<< HEAD\nrojo\n=======\nverde\n>>>>>>> rama\n\nAsí se ve un conflicto en git.\n\nFin.\n",
        "<<<<<<< HEAD\nrojo\n=======\nverde\n>>>>>>> rama\n\nAsí se ve un conflicto.\n\nFin de la lección.\n",
        "<<<<<<< HEAD\nrojo\n=======\nverde\n>>>>>>> rama\n\nAsí se ve un conflicto en git.\n\nFin de la lección.\n",
        id="markers that are lesson text",
    ),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), TAKEN)
def test_what_only_one_side_changed_is_taken_byte_for_byte(base: str, ours: str, theirs: str, expected: str) -> None:
    merged = merge_text(base, ours, theirs)

    assert merged.clean
    assert merged.text(lambda place: "") == expected


PROPOSED = [
    pytest.param(
        "Las socias venden juntas el café en la plaza.",
        "Las socias venden juntas el cacao en la plaza.",
        "Las socias y los socios venden juntas el café en la plaza.",
        "Las socias y los socios venden juntas el cacao en la plaza.",
        True,
        Why.SAME_SENTENCE,
        id="two words of one sentence",
    ),
    pytest.param(
        "The price is {{price}} for each sack of coffee.",
        "The price is {{local_price}} for each sack of coffee.",
        "The price is {{price}} for every sack of coffee.",
        "The price is {{local_price}} for every sack of coffee.",
        False,
        Why.VARIABLE,
        id="another variable",
    ),
    pytest.param(
        "El saco vale {{precio}} en Lima.",
        "El saco vale {{precio_local}} en Lima.",
        "El saco costará {{precio}} en Lima.",
        "El saco costará {{precio_local}} en Lima.",
        False,
        Why.VARIABLE,
        id="another variable right beside the words",
    ),
    pytest.param(
        "Pagan 25 soles por cada saco de 46 kilos en la feria.",
        "Pagan 30 soles por cada saco de 46 kilos en la feria.",
        "Pagan 25 soles por cada saco de 50 kilos en la feria.",
        "Pagan 30 soles por cada saco de 50 kilos en la feria.",
        True,
        Why.AMOUNT,
        id="two numbers of one sentence",
    ),
    pytest.param(
        "Las reuniones son abiertas y el voto es secreto para todas las personas.",
        "Las reuniones no son abiertas y el voto es secreto para todas las personas.",
        "Las reuniones son abiertas y el voto nunca es secreto para todas las personas.",
        "Las reuniones no son abiertas y el voto nunca es secreto para todas las personas.",
        True,
        Why.NEGATION,
        id="two negations",
    ),
    pytest.param(
        "Vendemos café. Compramos abono.\n",
        "Vendemos café y panela. Compramos abono.\n",
        "Vendemos café. Compramos abono juntas.\n",
        "Vendemos café y panela. Compramos abono juntas.\n",
        True,
        Why.NEIGHBOURS,
        id="two sentences of one paragraph",
    ),
    pytest.param(
        "- Uno\n- Dos\n",
        "- Uno\n- Dos\n- Tres\n",
        "- Uno\n- Dos\n- Cuatro\n",
        "- Tres\n- Cuatro\n",
        True,
        Why.BOTH_ADDED,
        id="two new items",
    ),
    pytest.param(
        "Read the guide.\n",
        "Read the guide.\n[a]: http://a.example/\n",
        "Read the guide.\nThen ask.\n",
        "Then ask.\n[a]: http://a.example/\n",
        True,
        Why.BOTH_ADDED,
        id="link definitions go last",
    ),
    pytest.param(
        "Las socias venden juntas el café en la plaza del pueblo.",
        "Las socias venden juntas el cacao en la plaza del pueblo.",
        "Las socias y los socios venden juntas el mate en la plaza del pueblo.",
        "Las socias y los socios venden juntas el cacao en la plaza del pueblo.",
        True,
        Why.PARTLY,
        id="ours where both changed a word",
    ),
    pytest.param(
        "Las socias venden juntas el café en la plaza del pueblo.",
        "Las socias y los socios venden juntas el mate en la plaza del pueblo.",
        "Las socias venden juntas el cacao en la plaza del pueblo.",
        "Las socias y los socios venden juntas el cacao en la plaza del pueblo.",
        True,
        Why.PARTLY,
        id="theirs there when ours would be no more than our side",
    ),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "proposal", "careful", "why"), PROPOSED)
def test_changes_that_do_not_overlap_are_proposed_with_their_reason(
    base: str, ours: str, theirs: str, proposal: str, careful: bool, why: Why
) -> None:
    merged = merge_text(base, ours, theirs)

    assert [(p.proposal, p.careful, p.why) for p in merged.places] == [(proposal, careful, why)]


REFUSED = [
    pytest.param("Pagan 5 soles.", "Pagan 25 dólares.", "Pagan 75 soles.", Why.OVERLAP, id="money both changed"),
    pytest.param("It costs 5 dollars.", "It costs 25 dollars.", "It costs 75 soles.", Why.OVERLAP, id="an amount"),
    pytest.param("Se puede vender.", "No se puede vender.", "Nunca se puede vender.", Why.OVERLAP, id="negations"),
    pytest.param("Cada socia vota.\nFin.\n", "Fin.\n", "Cada socia vota hoy.\nFin.\n", Why.DELETED, id="removed"),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "why"), REFUSED)
def test_words_that_both_sides_changed_have_no_proposal(base: str, ours: str, theirs: str, why: Why) -> None:
    merged = merge_text(base, ours, theirs)

    assert [(place.proposal, place.why) for place in merged.places] == [(None, why)]
    assert merged.proposed() is None


def test_a_place_is_one_sentence_not_the_whole_paragraph() -> None:
    around = ["Ayer llovió mucho. ", " Mañana vendemos café."]

    merged = merge_text(
        *(f"{around[0]}{own}{around[1]}\n" for own in ("Hoy sale el sol.", "Hoy nieva.", "Hoy graniza."))
    )

    assert [(place.ours, place.theirs) for place in merged.places] == [("Hoy nieva. ", "Hoy graniza. ")]


def test_prose_in_front_matter_is_cut_into_sentences_too() -> None:
    page = "---\ntitle: Café\ntext: Ayer llovió mucho. {} Mañana vendemos café.\n---\n"

    merged = merge_text(*(page.format(own) for own in ("Hoy sale el sol.", "Hoy nieva.", "Hoy graniza.")))

    assert [(place.ours, place.theirs) for place in merged.places] == [("Hoy nieva. ", "Hoy graniza. ")]


def test_one_line_that_nobody_changed_parts_two_places() -> None:
    page = "Primero {}:\n```\n{} papas\n"

    merged = merge_text(*(page.format(*own) for own in (("lave", "hervir"), ("pele", "asar"), ("corte", "freír"))))

    assert [place.ours for place in merged.places] == ["Primero pele:\n", "asar papas\n"]


def test_a_place_is_one_row_of_a_table() -> None:
    table = "| Mes | Precio |\n| --- | --- |\n| Abril | {} |\n| Mayo | 40 |\n"

    merged = merge_text(*(table.format(price) for price in ("25", "30", "35")))

    assert [(place.ours, place.theirs) for place in merged.places] == [("| Abril | 30 |\n", "| Abril | 35 |\n")]
    assert merged.places[0].proposal is None


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    merged = merge_text("El café y el té.\n", "El cafe\u0301 y el té.\n", "El café, y el mate.\n")

    assert [place.proposal for place in merged.places] == ["El café, y el mate.\n"]


def test_filling_takes_one_text_for_each_place() -> None:
    merged = merge_text("Uno.\n\nx\n\nDos.\n", "Una.\n\nx\n\nDoce.\n", "Único.\n\nx\n\nDocena.\n")

    assert merged.text(lambda place: place.ours) == "Una.\n\nx\n\nDoce.\n"
    assert merged.text(lambda place: place.theirs) == "Único.\n\nx\n\nDocena.\n"
