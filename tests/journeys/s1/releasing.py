"""What can be read from the release: the departures in print and as a table, the manual, the family of editions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from app.core.content import Uid
from app.curriculum.queries import citing, deviations, reading
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from tests.journeys.deeds import SLUG, at
from tests.journeys.screens import Screen

from . import agreeing, designing, piloting, trying
from .cast import HERE, Cast

# Evidence that people gave on screens, and must find again beside the departures.
GIVEN = (designing.FINDING, trying.TITLE, agreeing.SOURCE, piloting.TITLE)
PRINTED = """list => list.map(row => [...row.querySelectorAll('th, td > p, td')].filter(e => e.checkVisibility(
    {contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true})
).map(e => e.innerText).join('\\n'))"""


def register(cast: Cast, version: str) -> list[tuple[deviations.Entry, list[str]]]:
    """Every departure of a release as the database has it, each with the findings that it cites, by code."""
    with cast.site.app.app_context():
        found = deviations.register(reading.view(COMMAND_LINE, SLUG, HERE, version=version, language="es"))
        cited = citing.cited(COMMAND_LINE, {entry.act.id for entry in found if entry.act})
        db.session.remove()
        return [
            (one, [f"{c.code} {c.statement}" for c in cited.get(one.act.id if one.act else 0, [])]) for one in found
        ]


def prints_why(cast: Cast, screen: Screen) -> None:
    """Every entry of the printed register has a reason, who gave it, and evidence or a finding."""
    expected = register(cast, "1.0.0")
    assert len(expected) >= 18
    screen.go(at(HERE, "deviations?v=1.0.0"))
    screen.axe()
    screen.page.emulate_media(media="print")
    entries = screen.main.locator("tr[id^='d-']")
    expect(entries).to_have_count(len(expected))
    texts = entries.evaluate_all(PRINTED)
    screen.page.emulate_media(media="screen")
    evidence = screen.say("evidence: %(what)s", what="")
    for (entry, findings), text in zip(expected, texts, strict=True):
        assert entry.act is not None, entry.uid
        assert entry.act.why, entry.uid
        for line in entry.act.why.split("\n"):
            assert line.strip() in text, (entry.uid, text)
        assert entry.act.actor_name in text, (entry.uid, text)
        assert findings or entry.act.stems_from, entry.uid
        assert evidence in text or not entry.act.stems_from, (entry.uid, text)
        assert [one for one in findings if not all(part in text for part in one.split(" ", 1))] == [], (entry.uid, text)
    assert sum(bool(findings) for _, findings in expected) >= 0.8 * len(expected)
    whole = "\n".join(texts)
    for words in GIVEN:
        assert words in whole, words


def is_a_table(cast: Cast, screen: Screen) -> None:
    """The same as a table: no row without a reason and without evidence or a finding."""
    with screen.page.expect_download() as found:
        screen.link("As a table (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(found.value.path()).read_text("utf-8-sig"))))
    why, evidence, findings = (screen.say(head) for head in ("Why", "Evidence", "Findings"))
    assert {row[screen.say("Paragraph")] for row in rows} == {entry.uid for entry, _ in register(cast, "1.0.0")}
    assert [row for row in rows if not row[why] or not (row[evidence] or row[findings])] == []


def leads_from_paragraph_to_finding(screen: Screen, uid: Uid) -> None:
    """From a paragraph one sees why it is as it is; from the finding, all that became of it."""
    screen.go(at(HERE, "blocks", f"{uid}?in=es"))
    screen.reads("las dos deben verse")
    screen.axe()
    screen.send(screen.main.locator("aside a.title[href*='/study/findings/']").first)
    expect(screen.main.locator("ol.history > li")).to_have_count(3)
    expect(screen.main.locator("#blocks .extract").first).to_be_visible()
    expect(screen.main.locator("#rests")).to_contain_text(designing.TOPIC)
    screen.axe()


def shows_the_family(screen: Screen) -> None:
    screen.go(f"/editions/{SLUG}/lineage")
    screen.axe()
    levels = screen.main.locator(".tree-list li")
    expect(levels).to_have_count(3)
    expect(screen.main.locator(".tree-list li li li")).to_have_count(1)
    expect(screen.main.locator(".tree-list li li li")).to_contain_text("San Martín")


def is_a_manual(screen: Screen) -> None:
    """The released manual as a Word file, made by the worker, has what people put into it."""
    said = trying.words_of(_made(screen, format="docx", version="1.0.0"))
    for words in (designing.replaced("es"), trying.REPLACED, agreeing.PROPOSED, "Ribera Mansa", "1.0.0"):
        assert words in said.replace("\u00a0", " "), words


def _made(screen: Screen, format: str, version: str) -> Path:
    screen.go(at(HERE, "exports"))
    screen.main.locator("select[name=version]").select_option(version)
    screen.main.locator(f"label:has(input[name=format][value={format}])").click()
    screen.press("Make the file")
    link = screen.main.locator(".notice-done a.button")
    expect(link).to_be_visible(timeout=60_000)
    with screen.page.expect_download() as found:
        link.click()
    return Path(found.value.path())
