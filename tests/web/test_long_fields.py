"""A field that is longer than any text may be is refused at the door, and its words come back."""

from __future__ import annotations

from flask import Flask

from app.core.rendering.limits import LONGEST_TEXT


def test_too_long_a_field_is_refused_with_both_lengths_and_nothing_is_lost(app: Flask) -> None:
    words = "café " * 25_000
    answer = app.test_client().post("/sign-in", data={"username": "ana", "note": words})
    assert answer.status_code == 422
    assert "has 125000 letters" in answer.text
    assert f"takes {LONGEST_TEXT} at most" in answer.text
    assert words.strip() in answer.text


def test_the_end_of_a_line_is_one_letter_however_a_browser_sends_it(app: Flask) -> None:
    lines = "a\r\n" * (LONGEST_TEXT // 2)
    assert "at most" not in app.test_client().post("/sign-in", data={"username": "ana", "note": lines}).text
    assert "at most" in app.test_client().post("/sign-in", data={"username": "ana", "note": f"{lines}a"}).text
