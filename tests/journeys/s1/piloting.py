"""The pilot: twelve learners, scores before and after, what was seen; then adjustments, and how weighty they are."""

from __future__ import annotations

from playwright.sync_api import expect

from app.core.content import Uid
from tests.journeys.screens import Screen

from .cast import agree, edits, pick, uid_of, unfold, validation

UNIT = "my-coop-1-1"
TITLE = "Piloto con la escuela de liderazgo (demo)"
LEARNERS = 12
LIST = "\n".join(f"Participante {n} (demo);{'mujer' if n % 2 else 'varón'};{20 + n}" for n in range(1, LEARNERS + 1))
SCORES = "\n".join(f"{n};pre;{2 + n % 3}/10\n{n};post;{7 + n % 3}/10" for n in range(1, LEARNERS + 1))
PARAGRAPH = "Ese servicio es real."
ENGLISH = ("That is a real service", "To buy at the plot, with cash, is a real service")
SEEN = "Tres personas preguntaron de qué servicio se habla (demo)"
REPLACED = "Ese servicio, comprar al pie de la chacra y en efectivo, es real."


def holds_it(screen: Screen) -> str:
    """Plan the pilot, write down who learns, how the sitting went, what was known before and after."""
    screen.go(validation("pilots", "new"))
    screen.fill({"title": TITLE, "starts_on": "2026-11-21", "ends_on": "2026-11-22", "place": "Juanjuí"})
    pick(screen, "units", UNIT)
    screen.axe()
    screen.press("Plan it")
    screen.sees("The pilot is planned. Write down who takes part.")
    pilot = screen.path.removesuffix("/learners")
    screen.fill({"text": LIST})
    screen.press("Read it")
    screen.press("Keep all of them")
    screen.reads(f"Participante {LEARNERS} (demo)")
    screen.go(f"{pilot}/sittings")
    sitting = screen.main.locator("fieldset").first
    sitting.locator("[name^=used-]").fill("135")
    sitting.locator("[name^=attended-]").fill(str(LEARNERS))
    screen.axe()
    screen.press("Save")
    screen.go(f"{pilot}/scores/{UNIT}")
    screen.fill({"text": SCORES})
    screen.press("Read it")
    screen.sees("Every line is understood. Nothing is kept yet.")
    screen.axe()
    screen.press("Keep all of them")
    return pilot


def observes(screen: Screen, pilot: str) -> tuple[str, Uid]:
    """Write down what was seen at a paragraph and decide to adjust it; returns the observation's address, and where."""
    uid = uid_of(screen, UNIT, PARAGRAPH)
    screen.go(f"{pilot}/observations")
    screen.main.locator("select[name=where]").select_option(f"{UNIT}|{uid}")
    screen.fill({"text": SEEN, "observer": "Una promotora (demo)"})
    screen.press("Write it down")
    screen.sees("Written down.")
    screen.axe()
    screen.send(screen.main.locator("li", has_text=SEEN).locator("a.title"))
    pick(screen, "verdict", "accepted")
    screen.fill({"why": "Se nombra el servicio (demo)"})
    screen.press("Decide")
    screen.sees("Decided.")
    screen.axe()
    return screen.path, uid


def adjusts(screen: Screen, observation: str) -> None:
    """The designer goes from the observation to its paragraph and puts it right."""
    screen.go(observation)
    screen.press("Change the paragraph")
    assert TITLE in screen.main.locator("form:has(#text) [name=evidence]").input_value()
    edits(screen, PARAGRAPH, REPLACED)


def closes(screen: Screen, pilot: str) -> None:
    screen.go(pilot + "/")
    screen.axe()
    agree(screen, "Close the pilot")
    screen.sees("The pilot is closed. Its results stay as they are now.")
    screen.axe()
    screen.fits()


def grades(screen: Screen) -> None:
    """Say yes to what was worked out, and look at one of them more closely."""
    screen.go(validation("adjustments"))
    screen.axe()
    mine = screen.main.locator("li", has_text="Se nombra el servicio (demo)")
    number = str(mine.get_attribute("id"))
    unfold(screen, "Grade it")
    mine.locator("details").evaluate("node => { node.open = true }")
    mine.locator("select[name=grade]").select_option("minor")
    mine.locator("[name=why]").fill("Solo se nombra lo que ya se decía (demo)")
    screen.press("Grade it", mine)
    expect(screen.main.locator(f"#{number}")).to_contain_text("Solo se nombra lo que ya se decía (demo)")
    screen.press("Say yes to all that were worked out")
    screen.fits()
