"""Words and signs: doubled, left as they were, too few, without partner, at the end and at the beginning."""

from __future__ import annotations

import pytest

from app.core.checks import Context, Found, run
from app.core.checks.things import Check
from app.core.content import Kind

from .pairs import asking, marked

LONG_EN = "The co-operative belongs to the people who deliver coffee to it and everybody has one vote in the assembly."
LONG_ES = "La cooperativa es de quienes entregan su café y cada persona tiene un voto en la asamblea general."
LONG_QUY = "Cooperativaqa café qupuq runakunapam, sapa runam huk vototam asambleapi churan, llapan kikinllam."


@pytest.mark.parametrize(
    ("check", "source", "target", "languages"),
    [
        ("doubled_words", "a", "no, no es así", "en>es"),
        ("doubled_words", "a", "nos nos vimos", "en>es"),
        ("doubled_words", "a", "he said that that was it", "es>en"),
        ("doubled_words", "a", "utqay utqaylla hamuy hamuy", "es>quy"),
        ("doubled_words", "a", "de la A a la Z: A a", "en>es"),
        ("doubled_words", "a", "| sí | sí |\n|---|---|\n| uno | uno |", "en>es"),
        ("doubled_words", "a", "- pan\n- pan", "en>es"),
        ("same_as_source", "FACT", "FACT", "en>es"),
        ("same_as_source", "Rosa Quispe, Lima 2024", "Rosa Quispe, Lima 2024", "en>es"),
        ("same_as_source", "{{crop}} 25 kg", "{{crop}} 25 kg", "es>quy"),
        ("same_as_source", "Cada persona tiene un voto aquí", "Cada persona tiene un voto aquí", "es>es-PE"),
        ("same_as_source", LONG_EN, LONG_ES, "en>es"),
        ("untranslated", LONG_EN, LONG_ES, "en>es"),
        (
            "untranslated",
            "Ley General de Cooperativas de El Salvador",
            "La Ley General de Cooperativas de El S.",
            "es>en",
        ),
        ("untranslated", LONG_ES, LONG_ES + " Y algo más.", "es>es-PE"),
        ("length", LONG_EN, LONG_ES, "en>es"),
        ("length", LONG_ES, LONG_QUY, "es>quy"),
        ("length", "Yes", "De ninguna manera", "en>es"),
        ("question_marks", "How?", "¿Cómo?", "en>es"),
        ("question_marks", "How?!", "¿¡Cómo!?", "en>es"),
        ("question_marks", "How?", "¡Cómo?", "en>es"),
        ("question_marks", "Sure (?)", "Seguro (?)", "en>es"),
        ("question_marks", "Why? And how?", "¿Por qué? Y ¿cómo?", "en>es"),
        ("question_marks", "![a](b.svg) x", "![a](b.svg) x", "en>es"),
        ("question_marks", "¿Cómo?", "Imayna?", "es>quy"),
        ("question_marks", "A? B", "«¿A?»: dijo B", "en>es"),
        ("brackets", "a) one (two)", "a) uno (dos)", "en>es"),
        ("brackets", "(the 5 over 4 and 5)", "(el 5 entre el 4 y el 5)", "en>es"),
        ("brackets", "“a” (b", "«a» (b", "en>es"),
        ("brackets", 'He said "a"', "Dijo «a»", "en>es"),
        ("brackets", "Uno (dos)", "Huk (iskay)", "es>quy"),
        ("end_punctuation", "One. Two!", "Uno. Dos.", "en>es"),
        ("end_punctuation", "“Why?”", "«¿Por qué?».", "en>es"),
        ("end_punctuation", "One **two.**", "Uno **dos**.", "en>es"),
        ("end_punctuation", "| 12 Nov |\n|---|\n| a |", "| 12 nov. |\n|---|\n| a |", "en>es"),
        ("end_punctuation", "Uno.", "Huk", "es>quy"),
        ("spaces", "a", "uno  \ndos", "en>es"),
        ("spaces", "a", "| a   | b |\n|-----|---|\n| 1   | 2 |", "en>es"),
        ("spaces", "a", "- uno\n\n    dos", "en>es"),
        ("spaces", "a", "1,5 y .org, {{x}} , `a  b`", "en>es"),
        ("spaces", "a", "huk, iskay", "es>quy"),
        ("capital", "One", "Uno", "en>es"),
        ("capital", "One", "1 uno", "en>es"),
        ("capital", "One", "{{x}} uno", "en>es"),
        ("capital", "one", "uno", "en>es"),
    ],
)
def test_nothing_is_said_of(check: str, source: str, target: str, languages: str) -> None:
    assert asking(check)(source, target, languages) == []


@pytest.mark.parametrize(
    ("check", "source", "target", "languages", "places", "suggestion"),
    [
        ("doubled_words", "a", "en la la asamblea", "en>es", ["la la"], "la"),
        ("doubled_words", "a", "La la asamblea", "en>es", ["La la"], "La"),
        ("doubled_words", "a", "the\nthe vote", "es>en", ["the\nthe"], "the"),
        ("same_as_source", LONG_EN, LONG_EN, "en>es", [LONG_EN], None),
        ("same_as_source", f"- One\n- {LONG_EN}", f"- Uno\n- {LONG_EN}", "en>es", [LONG_EN], None),
        ("same_as_source", LONG_ES, LONG_ES, "es>quy", [LONG_ES], None),
        (
            "untranslated",
            LONG_EN,
            "La cooperativa belongs to the people who deliver y nadie más.",
            "en>es",
            ["belongs to the people who deliver"],
            None,
        ),
        ("untranslated", LONG_ES, f"{LONG_QUY} entregan su café y cada persona.", "es>quy", None, None),
        ("length", LONG_EN, "La coop es de la gente.", "en>es", [], None),
        ("length", "One vote each, whatever they deliver", LONG_ES * 2, "en>es", [], None),
        ("length", "Some words here", "…", "en>es", [], None),
        ("question_marks", "How?", "Cómo?", "en>es", ["?"], None),
        ("question_marks", "Great!", "Muy bien!", "en>es-PE", ["!"], None),
        ("question_marks", "How? Well.", "¿Cómo. Bien.", "en>es", ["¿"], None),
        ("question_marks", "A? B?", "¿A? B?", "en>es", ["?"], None),
        ("brackets", "One (two)", "Uno (dos", "en>es", ["("], None),
        ("brackets", "One (two)", "Uno dos)", "en>es", [")"], None),
        ("brackets", "“One”", "«Uno”", "en>es", ["«", "”"], None),
        ("brackets", 'Say "a"', 'Diga "a', "en>es", ['"'], None),
        ("brackets", "Uno (dos)", "Huk (iskay", "es>quy", ["("], None),
        ("end_punctuation", "Is it so?", "Es así.", "en>es", ["."], "?"),
        ("end_punctuation", "The steps:", "Los pasos.", "en>es", ["."], ":"),
        ("end_punctuation", "A title", "Un título.", "en>es", ["."], ""),
        ("end_punctuation", "A sentence.", "Una oración", "en>es", [""], "."),
        ("end_punctuation", "- One.\n- Two.", "- Uno\n- Dos.", "en>es", [""], "."),
        ("spaces", "a", "uno  dos", "en>es", ["  "], " "),
        ("spaces", "a", "uno , dos", "en>es", [" "], ""),
        ("spaces", "a", "uno,dos", "en>es", None, ", "),
        ("spaces", "a", "huk  iskay", "es>quy", ["  "], " "),
        ("capital", "One vote", "un voto", "en>es", ["u"], "U"),
        ("capital", "/// case | One\n\nx\n///", "/// case | uno\n\nx\n///", "en>es", ["u"], "U"),
    ],
)
def test_something_is_said_of(
    check: str, source: str, target: str, languages: str, places: list[str] | None, suggestion: str | None
) -> None:
    kind = Kind.CASE if source.startswith("///") else Kind.PARAGRAPH
    found = asking(check)(source, target, languages, kind)
    assert found
    assert places is None or marked(target, found) == places
    assert found[0].suggestion == suggestion
    assert all(one.text % one.values for one in found)


def hard(source: object, target: object, context: Context) -> list[Found]:
    return [Found("This is the house's own matter.")]


def test_a_hook_is_asked_with_the_checks() -> None:
    hook = Check("house", "House", "The house's own rule.", hard, frozenset({"es"}))
    context = Context("en", "es", hooks=(hook,))
    assert [advice.check for advice in run("One", "Uno", context)] == ["house"]
    assert run("Uno", "Huk", Context("es", "quy", hooks=(hook,))) == []


def test_advice_is_another_once_a_text_or_the_policy_changes() -> None:
    def name(source: str, target: str, policy: str) -> str:
        return run(source, target, Context("en", "es", policy=policy), ["spaces"])[0].fingerprint

    names = {
        name("a", "uno  dos", ""),
        name("b", "uno  dos", ""),
        name("a", "uno  tres", ""),
        name("a", "uno  dos", "split"),
    }
    assert len(names) == 4
    assert name("a", "uno  dos", "") in names


def test_nothing_is_said_while_there_is_no_translation() -> None:
    assert run(LONG_EN, "", Context("en", "es")) == []
