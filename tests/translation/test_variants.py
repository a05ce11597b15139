"""A regional variant holds what differs; everywhere else the wider language is read, exported, found."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.adaptation import rules as adapting_rules
from app.core.content import Kind
from app.core.editing import FixedBlock
from app.core.translating import Status
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading, searching
from app.interchange.exporting import Wish
from app.interchange.exporting import make as export
from app.people.permissions import COMMAND_LINE, Actor
from app.translation import actions, rules
from app.translation.queries import workbench
from tests import factories as make

from .cells import UNIT, row, uid

OURS = "La cooperativa paga 25 soles por cada quintal. La membresía decide en conjunto."


def peru(*languages: str) -> Edition:
    return adapting.fork(COMMAND_LINE, make.newest(make.load()), "PE", languages=list(languages), why="for a test")


def pages(edition: Edition, language: str) -> list[str | None]:
    seen = reading.view(COMMAND_LINE, edition.slug, edition.region, version="draft", language=language)
    assert seen.language == language
    found = reading.unit_of(seen.state.content, UNIT)
    assert found is not None
    return [entry.html for entry in reading.entries(seen, found[1])]


def document(edition: Edition, language: str) -> bytes:
    data = export(COMMAND_LINE, Wish(edition.slug, edition.region, "draft", language, "docx"))
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def test_a_fork_may_be_taught_in_a_variant_and_begins_with_the_wider_language_s_texts(app: Flask) -> None:
    edition = peru("es-PE", "en")
    rows = workbench.bench(COMMAND_LINE, edition, UNIT, "es-PE").rows
    assert {one.status for one in rows} == {Status.CARRIED}
    assert {one.shown_in for one in rows} == {"es"}
    assert all(page for page in pages(edition, "es-PE"))


def test_a_fork_in_a_language_that_its_parent_lacks_is_refused(app: Flask) -> None:
    for language in ("quy", "es-ZZ", "es_PE", "", "x" * 500):
        with pytest.raises(adapting_rules.NoSuchLanguage):
            peru(language)


def test_a_variant_is_read_in_its_own_words_where_it_has_some(app: Flask, root: Actor) -> None:
    edition = peru("es", "es-PE", "en")
    actions.save_translation(root, edition, uid(edition), "es-PE", OURS, seen_digest="")
    wide, ours = pages(edition, "es"), pages(edition, "es-PE")
    assert [a == b for a, b in zip(wide, ours, strict=True)].count(False) == 1
    assert row(edition, "es-PE").own
    content = contents.state(editions.head_of(edition)).content
    assert workbench.own_blocks(edition, content.modules[0].units[0], "es-PE") == {uid(edition)}
    assert searching.search(root, "quintal", "es").total == 1


def test_the_word_file_of_a_variant_differs_in_its_own_block_alone(app: Flask, root: Actor) -> None:
    edition = peru("es", "es-PE", "en")
    actions.save_translation(root, edition, uid(edition), "es-PE", OURS)
    wide, ours = document(edition, "es").decode(), document(edition, "es-PE").decode()
    assert "quintal" in ours
    assert "quintal" not in wide
    assert wide.replace("por cada saco", "por cada quintal").replace('"es-419"', '"es-PE"') == ours.replace(
        '"es-419"', '"es-PE"'
    ) or wide.replace("por cada saco", "por cada quintal") == ours.replace('"es-PE"', '"es"')


def test_a_variant_s_text_like_the_wider_language_s_is_not_kept(app: Flask, root: Actor) -> None:
    edition = peru("es", "es-PE", "en")
    wider = row(edition, "es-PE").shown or ""
    assert actions.save_translation(root, edition, uid(edition), "es-PE", wider) is None
    actions.save_translation(root, edition, uid(edition), "es-PE", OURS)
    actions.save_translation(root, edition, uid(edition), "es-PE", wider)
    assert not row(edition, "es-PE").own
    actions.save_translation(root, edition, uid(edition), "es-PE", OURS)
    actions.remove_translation(root, edition, uid(edition), "es-PE")
    assert row(edition, "es-PE").status is Status.CARRIED


def test_rewriting_a_unit_in_a_variant_keeps_the_differences_alone(app: Flask, root: Actor) -> None:
    edition = peru("es-PE", "en")
    body = make.ES.replace("cada saco", "cada quintal")
    adapting.edit_unit(root, edition, UNIT, "es-PE", body, why="In Peru coffee is weighed in quintales.")
    content = contents.state(editions.head_of(edition)).content
    assert workbench.own_blocks(edition, content.modules[0].units[0], "es-PE") == {uid(edition)}
    adapting.edit_unit(root, edition, UNIT, "es-PE", make.ES, why="Back.")
    content = contents.state(editions.head_of(edition)).content
    assert not workbench.own_blocks(edition, content.modules[0].units[0], "es-PE")


def test_a_variant_turns_stale_when_the_wider_text_changes(app: Flask, root: Actor) -> None:
    edition = peru("es", "es-PE", "en")
    actions.save_translation(root, edition, uid(edition), "es-PE", OURS)
    assert row(edition, "es-PE").status is Status.DRAFT
    adapting.edit_block(root, edition, uid(edition), "es", "Otra cosa muy distinta se dice aquí.", why="for a test")
    assert row(edition, "es-PE").status is Status.STALE_MAJOR


def test_a_variant_does_not_get_around_what_the_original_fixed(app: Flask, root: Actor) -> None:
    edition = peru("es", "es-PE", "en")
    question = row(edition, "es-PE", Kind.QUESTION)
    assert question.fixed
    with pytest.raises(FixedBlock):
        actions.save_translation(root, edition, question.uid, "es-PE", (question.shown or "").replace("Quien", "Otra"))


def test_what_the_original_fixed_may_be_translated_into_a_language_it_lacks(app: Flask, root: Actor) -> None:
    edition = peru("es", "en")
    actions.add_language(root, edition, "quy", "es")
    question = row(edition, "quy", Kind.QUESTION)
    actions.save_translation(root, edition, question.uid, "quy", (question.source or "").replace("Quien", "Pi"))
    case = uid(edition, Kind.CASE)
    adapting.confirm(root, edition, case, why="It holds here.")
    assert curriculum.release(root, edition, "First").version == "1.0.0"


def test_a_release_lacks_nothing_where_a_variant_says_nothing(app: Flask, root: Actor) -> None:
    edition = peru("es-PE", "en")
    adapting.confirm(root, edition, uid(edition, Kind.CASE), why="It holds here.")
    assert curriculum.release(root, edition, "First").version == "1.0.0"


def test_taking_a_language_up(app: Flask, root: Actor) -> None:
    edition = peru("es", "en")
    actions.add_language(root, edition, "quy", "es")
    assert edition.languages == ["es", "en", "quy"]
    bench = workbench.bench(root, edition, UNIT, "quy")
    assert bench.source == "es"
    assert {one.status for one in bench.rows} == {Status.MISSING}
    for language, source, fault in (
        ("quy", "es", rules.LanguageHere),
        ("runasimi", "es", rules.NotALanguage),
        ("ay", "fr", rules.NoSuchSource),
        ("ay", "ay", rules.NoSuchSource),
    ):
        with pytest.raises(fault):
            actions.add_language(root, edition, language, source)
    with pytest.raises(rules.Circle):
        actions.set_source(root, edition, "en", "en")


def test_a_direction_comes_down_to_the_editions_below(app: Flask, root: Actor) -> None:
    edition = peru("es", "en")
    actions.add_language(root, edition, "quy", "es")
    adapting.confirm(root, edition, uid(edition, Kind.CASE), why="It holds here.")
    curriculum.release(root, edition, "First")
    below = adapting.fork(root, make.newest(edition), "PE-CUS", languages=["quy", "es"], why="for a test")
    assert workbench.bench(root, below, UNIT, "quy").source == "es"


def test_translating_from_another_language_makes_nothing_stale_that_agreed(app: Flask, root: Actor) -> None:
    edition = peru("es", "en")
    actions.set_source(root, edition, "en", "es")
    bench = workbench.bench(root, edition, UNIT, "en")
    assert bench.source == "es"
    assert {one.status for one in bench.rows} == {Status.APPROVED}
    assert workbench.bench(root, edition, UNIT, "es").source is None
    adapting.edit_block(root, edition, uid(edition), "es", "Otra cosa se dice aquí.", why="for a test")
    assert row(edition, "en").status is Status.STALE_MAJOR
