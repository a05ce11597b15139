"""The designer of San Martín: from a need to an adapted draft in which every change says what speaks for it."""

from __future__ import annotations

from playwright.sync_api import expect

from app.core.content import Uid
from app.demo import adaptations, studies
from app.infra.db import db
from app.study import actions as study
from app.study.kinds import CheckState
from app.study.queries.checks import checklist_progress
from tests.journeys import deeds
from tests.journeys.deeds import SLUG, at
from tests.journeys.screens import Screen

from .cast import HERE, Cast, pick, planned, unfold, validation

NEED = "Un curso de cooperativismo que hable de cacao y de río (demo)"
CONCLUSION = "La mesa de cooperativas pide que la escuela use casos, pesos y meses de la provincia (demo)."
STATUTE = "Estatuto de la cooperativa Ribera Mansa (demo)"
TOPIC = "Quién lleva la voz de cada lugar a la asamblea (demo)"
FINDING = "La membresía vive en caseríos y comunidades nativas, y cada uno manda a su persona con sus preguntas (demo)"
VOICES = "my-coop-1-3"
FIND = "una persona por comunidad que lleve las preguntas y traiga las respuestas"
REMINDER, REPEATED = "Para recordar.", "El triángulo se apoya en sus tres esquinas."
VARIABLE = "case_coop"
KEPT = "Actividad 2: qué esperar"


def records_the_need(screen: Screen) -> None:
    """A forum asked for an edition; it is written down and found again on the way to the graft."""
    screen.go("/editions/needs/new")
    screen.axe()
    screen.fill({"title": NEED, "conclusion": CONCLUSION, "event": "Foro de análisis de la realidad (demo)"})
    region = screen.main.locator("select[name=region]")
    if region.input_value() != HERE:
        region.select_option(HERE)
    pick(screen, "priority", "high")
    screen.press("Save")
    screen.reads(CONCLUSION)
    screen.axe()


def opens_the_edition(screen: Screen) -> None:
    """From the need to the form of the graft, in which everything is filled in already."""
    screen.send(screen.main.locator(f"a[href*='/{SLUG}/PE/'][href*='need=']"))
    screen.reads(NEED)
    expect(screen.main.locator("select[name=region]")).to_have_value(HERE)
    expect(screen.main.locator("[name=why]")).to_have_value(CONCLUSION)
    assert screen.main.locator("input[name=languages]:checked").count() == 2
    screen.axe()
    screen.press("Graft it")
    assert screen.path.startswith(at(HERE))
    screen.reads(NEED)


def chooses_the_long_way(screen: Screen) -> None:
    screen.go(validation("stages"))
    way = unfold(screen, "Choose another way to a release")
    pick(screen, "process", "validated", way)
    screen.fill({"why": "Como se hizo en 2017: con la gente, de la necesidad a las firmas"}, way)
    screen.press("Take this way", way)
    screen.sees("The edition takes this way from now on.")
    screen.sees("Needs that this edition answers: %(count)s.", count=1)
    screen.axe()


def lets_english_follow_spanish(screen: Screen) -> None:
    """The original was written in English; here people write in Spanish, and English is translated from it."""
    screen.go(f"/translate/{SLUG}/{HERE}/")
    screen.axe()
    row = screen.main.locator("#languages li", has=screen.page.locator("input[name=language][value=en]"))
    row.locator("summary").click()
    row.locator("select[name=source]").select_option("es")
    screen.press("Translate from it", row)
    screen.sees("Noted. What agreed with the old source counts as made from the new one.")


def lacks(screen: Screen) -> int:
    """How many things the release page says are missing; it offers no release while there are any."""
    screen.go(at(HERE, "release"))
    screen.sees("Not ready to be released yet")
    assert screen.button("Release it").count() == 0
    screen.axe()
    return int(screen.main.locator(".slip .count").first.inner_text())


def studies_the_statute(screen: Screen) -> None:
    """A source, a row of the review that compares it with the unit, and the finding that rests on the row."""
    screen.go(at(HERE, "study", "sources", "new"))
    screen.fill(
        {"title": STATUTE, "organisation": "Ribera Mansa (demo)", "found_at": "Archivo de la cooperativa (demo)"}
    )
    pick(screen, "kind", "statute")
    screen.press("Save")
    screen.reads(STATUTE)
    screen.go(at(HERE, "study", "articles", "new"))
    screen.main.locator("select[name=source_id]").select_option(label=STATUTE)
    said = {"unit_says": "Una persona por comunidad", "law_says": "Una persona por caserío o comunidad nativa"}
    screen.fill({"topic": TOPIC, "article": "art. 31 (demo)", **said})
    pick(screen, "gap", "major")
    screen.axe()
    screen.press("Save")
    screen.reads(TOPIC)
    screen.axe()
    screen.go(at(HERE, "study", "findings", "new"))
    screen.fill({"statement": FINDING})
    pick(screen, "strength", "strong")
    screen.press("Save")
    screen.reads(FINDING)
    rests = unfold(screen, "Add what it rests on")
    row = rests.locator("select[name=on] option", has_text=TOPIC).get_attribute("value")
    rests.locator("select[name=on]").select_option(row)
    screen.press("Add it", rests)
    expect(screen.main.locator("#rests")).to_contain_text(TOPIC)
    screen.axe()


def changes_what_the_finding_speaks_of(screen: Screen) -> Uid:
    """Tie the finding to its paragraph, and change that from the finding: it is ticked already."""
    screen.follow("Choose paragraphs")
    screen.send(screen.main.locator(f"a[href*='unit={VOICES}']"))
    card = screen.main.locator("label.choice", has_text="el precio se sabe por el camino")
    uid = card.locator("input").get_attribute("value")
    card.click()
    screen.axe()
    screen.press("Save")
    screen.follow("Change this paragraph")
    form = screen.main.locator("form:has(#text)")
    expect(form.locator("input[name=findings]:checked")).to_have_count(1)
    text = screen.page.locator("#text")
    assert FIND in text.input_value()
    text.fill(text.input_value().replace(FIND, replaced("es")))
    screen.fill({"why": "En la provincia se vive en caseríos y comunidades nativas, y las dos deben verse"}, form)
    screen.axe()
    screen.press("Save", form)
    screen.sees("Saved.")
    assert uid
    return uid


def adds_a_reminder(screen: Screen, after: Uid) -> None:
    """A paragraph of the edition's own, which cites the finding that its neighbour cites."""
    deeds.open_block(screen, HERE, "my-coop-1-1", REPEATED)
    said = screen.page.locator("#text").input_value()
    screen.go(at(HERE, "blocks", f"{after}/insert?in=es"))
    form = screen.main.locator("form:has(#text)")
    screen.page.locator("#text").fill(f"{REMINDER} {said}")
    screen.fill({"why": "Quien lleva las preguntas también controla; se recuerda la sesión 1"}, form)
    unfold(screen, "Findings it rests on")
    form.locator("label.choice", has_text=FINDING).click()
    screen.axe()
    screen.press("Add it", form)
    screen.reads(REMINDER)


def replaced(language: str) -> str:
    """What the demonstration's file puts into that paragraph in a language."""
    return next(str(c["replace"]) for c in _voices() if c["language"] == language)


def _voices() -> list[dict[str, str]]:
    pair = iter([c for c in planned(HERE).data["changes"] if c["unit"] == VOICES])
    return next([first, second] for first, second in zip(pair, pair, strict=False) if first["find"] == FIND)


def names_the_cooperative(screen: Screen) -> None:
    """A variable of its own, with the finding ticked."""
    screen.go(at(HERE, "variables", VARIABLE))
    form = screen.main.locator("form").first
    given = planned(HERE).data["variables"][VARIABLE]
    screen.fill({f"value-{language}": value for language, value in given.items()}, form)
    screen.fill({"why": "El nombre inventado tiene que sonar a río"}, form)
    unfold(screen, "Findings it rests on")
    form.locator("label.choice", has_text=FINDING).click()
    screen.press("Save", form)
    screen.sees("Saved.")


def confirms_what_holds(screen: Screen) -> None:
    """What the original asks to adapt, and holds here as it is."""
    deeds.open_block(screen, HERE, "my-coop-1-1", KEPT)
    screen.sees("The original asks you for your own version")
    form = unfold(screen, "Confirm that it holds here as it is")
    screen.fill({"why": "Revisado con dos facilitadoras: sigue a la actividad (demo)"}, form)
    screen.press("Confirm it", form)
    screen.sees("Confirmed: the original's text holds here as it is.")


def answers_the_checklist(screen: Screen) -> None:
    screen.go(at(HERE, "study", "checklist"))
    screen.axe()
    form = screen.main.locator("#c-prices")
    form.locator("summary").first.click()
    screen.fill({"note": "Precios inventados, con su fecha (demo)"}, form)
    screen.press("Save", form)
    expect(screen.main.locator("#c-prices")).to_contain_text("Precios inventados, con su fecha (demo)")


def adapts_the_rest(cast: Cast) -> None:
    """Forty changes more with their reasons and findings, and the study behind them, through the actions."""
    data = dict(planned(HERE).data)
    done = _voices()
    data["changes"] = [c for c in data["changes"] if c not in done]
    data["confirmed"] = [k for k in data["confirmed"] if k["unit"] != "my-coop-1-1" or KEPT not in k["find"]["es"]]
    data["variables"] = {name: value for name, value in data["variables"].items() if name != VARIABLE}
    deeds.adapt(cast.site, "disena", HERE, adaptations.Adaptation(data))
    behind = {k: v for k, v in studies.read(SLUG, HERE).items() if k not in {"needs", "cases"}}
    with cast.site.app.app_context():
        actor, edition = cast.actor("disena"), deeds.edition_of(HERE)
        assert studies.build(actor, edition, behind) > 20
        for item in checklist_progress(edition).open:
            study.check_item(actor, edition, item, CheckState.DONE, note="Revisado en la provincia (demo)")
        db.session.remove()
