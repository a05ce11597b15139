"""Markdown as plain words."""

from __future__ import annotations

import pytest

from app.core.diff import Op, word_diff
from app.core.plain import excerpt, plain, shortened


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# La *asamblea* general", "La asamblea general"),
        ("/// case | El acopiador\n    lock: must_adapt\n\nRosa vendió.\n///\n", "El acopiador · Rosa vendió."),
        ("- [x] La membresía\n- [ ] Quien compra", "La membresía Quien compra"),
        ("| Minutos | Qué |\n|---|---|\n| 10 | Saludo |", "Minutos · Qué · 10 · Saludo"),
        ("Vea [la ley](https://example.org/l) y ![un saco](media/s.svg)", "Vea la ley y un saco"),
        ("Paga {{precio_saco}} soles", "Paga {{precio_saco}} soles"),
    ],
)
def test_marks_go_and_words_stay(text: str, words: str) -> None:
    assert plain(text) == words


def test_a_text_is_cut_between_words() -> None:
    assert shortened("uno dos tres", 8) == "uno dos …"
    assert shortened("uno dos", 8) == "uno dos"


def test_an_excerpt_keeps_every_changed_word_and_little_else() -> None:
    stays = "palabras que nadie tocó " * 40
    found = excerpt(word_diff(f"{stays}pagan 25 soles. {stays}", f"{stays}pagan 30 soles. {stays}"))
    changed = [(c.before, c.after) for c in found if c.op is not Op.EQUAL]
    assert [(a.strip(), b.strip()) for a, b in changed] == [("25 soles", "30 soles")]
    assert sum(len(c.after) for c in found) < 200
