"""The checks on the originals that come with the program, which are good translations, and on the same ones spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from app.core.checks import CHECKS, Context, inclusive_check, run
from app.core.content import Kind
from app.core.language import Policy, Style
from app.core.unitfile import parse

CURRICULA = Path(__file__).parents[3] / "curricula"
Pair = tuple[str, str, Kind]


@cache
def pairs() -> list[Pair]:
    """All blocks of the originals, English and Spanish, paired by their places as the loader does."""
    found: list[Pair] = []
    for english in sorted(CURRICULA.glob("*/en/*/*.md")):
        spanish = CURRICULA / english.relative_to(CURRICULA).parts[0] / "es" / Path(*english.parts[-2:])
        blocks = zip(parse(english.read_bytes()).blocks, parse(spanish.read_bytes()).blocks, strict=True)
        found += [(a.text, b.text, a.kind) for a, b in blocks]
    return found


@pytest.mark.parametrize("languages", [("en", "es"), ("es", "en")])
def test_good_translations_raise_hardly_any_alarm(languages: tuple[str, str]) -> None:
    alarmed = 0
    for english, spanish, kind in pairs():
        texts = (english, spanish) if languages[0] == "en" else (spanish, english)
        alarmed += bool(run(*texts, Context(*languages, kind)))
    assert len(pairs()) > 2000
    assert alarmed / len(pairs()) < 0.01


def _digit(text: str) -> str:
    found = list(re.finditer(r"(?<![\w.,{/(-])(?!1\b|2\b)\d+(?![\w.,)}-])(?= [a-záéíóú])", text))
    return text if not found else text[: found[-1].start()] + f"9{found[-1][0]}" + text[found[-1].end() :]


def _cut(text: str) -> str:
    return text[: len(text) // 4] if len(text) > 200 else text


def _item(text: str) -> str:
    lines = text.split("\n")
    items = [i for i, line in enumerate(lines) if line.startswith(("- ", "1. ", "2. "))]
    return "\n".join(lines[: items[-1]] + lines[items[-1] + 1 :]) if items else text


SPOILT: dict[str, tuple[str, Callable[[str], str]]] = {
    "a digit too many": ("numbers", _digit),
    "a variable fewer": ("variables", lambda text: re.sub(r"\{\{(\w+)\}\}", "x", text)),
    "no opening ¿": ("question_marks", lambda text: text.replace("¿", "")),
    "a picture fewer": ("links", lambda text: re.sub(r"!\[[^\]]*\]\([^)]*\)", "x", text)),
    "another key": ("keys", lambda text: text.replace("[x]", "[-]").replace("[ ]", "[x]").replace("[-]", "[ ]")),
    "an item fewer": ("lists", _item),
    "another heading": ("headings", lambda text: re.sub(r"^##(?=\s)", "###", text)),
    "a word twice": ("doubled_words", lambda text: re.sub(r"\b(de|en) (la|el)\b", r"\1 \2 \2", text, count=1)),
    "only a quarter": ("length", _cut),
    "minutes for hours": ("units", lambda text: re.sub(r"(?<=\d) minutos", " horas", text)),
    "options": ("blocks", lambda text: re.sub(r"^( +)minutes: (\d+)", r"\1minutes: 1\2", text, flags=re.M)),
    "a bracket": ("brackets", lambda text: re.sub(r"(?<=\w)\)(?=[ ,.])", "", text, count=1)),
    "a row fewer": ("tables", lambda text: re.sub(r"\n\|[^\n]*(?=\n*(?:///)?\Z)", "", text)),
}


def _spoilt(spoil: Callable[[str], str]) -> Iterator[tuple[str, str, Kind]]:
    for english, spanish, kind in pairs():
        wrong = spoil(spanish)
        if wrong != spanish and kind is not Kind.CODE:
            yield english, wrong, kind


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_spoilt_is_found(how: str) -> None:
    check, spoil = SPOILT[how]
    tried = found = 0
    for english, wrong, kind in _spoilt(spoil):
        tried += 1
        found += bool(run(english, wrong, Context("en", "es", kind), [check]))
    assert tried >= 3
    assert found / tried >= 0.9, f"{found} of {tried}"


def test_texts_that_were_not_translated_are_found() -> None:
    long = [(english, kind) for english, _, kind in pairs() if len(english) > 80 and kind is Kind.PARAGRAPH]
    found = sum(bool(run(text, text, Context("en", "es", kind), ["same_as_source"])) for text, kind in long)
    assert found == len(long)


def test_structure_and_numbers_are_asked_in_every_language_and_habits_only_in_those_we_know() -> None:
    context = Context("es", "quy")
    assert {check.name for check in CHECKS.values() if not check.applies(context)} == {
        *("doubled_words", "question_marks", "end_punctuation", "capital", "reading_ease"),
    }


def test_a_variant_of_the_same_language_may_say_the_same() -> None:
    context = Context("es", "es-PE")
    names = {check.name for check in CHECKS.values() if check.translation}
    assert names == {"same_as_source", "untranslated", "length", "acronyms"}
    assert not any(check.applies(context) for check in CHECKS.values() if check.translation)


def test_an_edition_s_policy_on_inclusive_language_is_one_more_check() -> None:
    context = Context("en", "es", hooks=(inclusive_check(Policy(Style.NEUTRAL)),))
    (advice,) = run("The members vote.", "Los socios votan.", context)
    assert advice.check == "inclusive"
    assert advice.suggestion
    off = Context("en", "es", hooks=(inclusive_check(Policy(Style.OFF)),))
    assert run("The members vote.", "Los socios votan.", off) == []


@pytest.mark.parametrize(
    ("check", "source", "target", "fires"),
    [
        ("acronyms", "The PDCA cycle", "El ciclo PCDA", True),
        ("acronyms", "The PDCA cycle", "El ciclo PDCA", False),
        ("acronyms", "The ILO and the UN", "La OIT y la ONU", False),
        ("emails", "Write to a@example.org", "Escriba a b@example.org", True),
        ("emails", "Write to a@example.org", "Escriba a a@example.org", False),
        ("capitals", "OUR RULES", "Nuestras reglas", True),
        ("capitals", "OUR RULES", "NUESTRAS REGLAS", False),
        ("capitals", "FACT", "FACT", False),
        ("reading_ease", "We sell. " * 30, "La comercialización cooperativizada institucionalizada, " * 15, True),
        ("reading_ease", "We sell. " * 30, "Aquí se vende. " * 30, False),
    ],
)
def test_filters_of_the_toolkit_and_reading_ease(check: str, source: str, target: str, fires: bool) -> None:
    found = run(source, target, Context("en", "es"), [check])
    assert bool(found) is fires
    assert all(advice.text % advice.values for advice in found)
