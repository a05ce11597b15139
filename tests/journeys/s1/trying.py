"""The workshop: planned and run on the facilitator's phone, answered on the phones of those who came and on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Locator, expect

from tests.journeys.screens import Screen

from .cast import PHONE, Cast, agree, edits, pick, uid_of, validation

TITLE = "Taller de la escuela de liderazgo (demo)"
UNIT = "my-coop-1-1"
UNITS = [f"my-coop-1-{number}" for number in range(1, 6)]
NAMES = ("Nélida", "Wilson", "Keyla", "Segundo", "Maruja", "Jhonatan", "Teodoro")
LIST = "\n".join(
    f"{name} (demo);{'mujer' if n in (0, 2, 4) else 'varón'};{24 + 6 * n};socia;Ribera Mansa (demo);Juanjuí;sí;;;sí"
    for n, name in enumerate(NAMES)
)
ON_PHONES = 3
CRITERIA, PASSING = 5, 70
PARAGRAPH = "A veces el pago llega en dos partes"
ENGLISH = ("Payment may come in two parts", "Payment often comes in two parts, the second when the river falls,")
REMARK = "Aquí la segunda parte espera a que baje el río (demo)"
WISH = "Más dibujos, por favor (demo)"
DECLINED = "Los dibujos ya están en la hoja de materiales (demo)"
REPLACED = "Muchas veces el pago llega en dos partes, la segunda cuando baja el río,"


def plans_it(screen: Screen) -> str:
    """Plan the workshop on all units; returns its address."""
    screen.go(validation("workshops", "new"))
    screen.fill({"title": TITLE, "starts_on": "2026-11-21", "place": "Juanjuí", "host": "Ribera Mansa (demo)"})
    screen.fill({"facilitators": "Facilitación del taller (demo)"})
    for unit in UNITS:
        pick(screen, "units", unit)
    screen.axe()
    screen.fits()
    screen.press("Plan it")
    screen.sees("The workshop is planned. Its agenda and its questionnaire are ready; change what you like.")
    screen.axe()
    return screen.path.rstrip("/")


def invites(screen: Screen, workshop: str) -> None:
    """Paste the list as it came, see what was understood, keep it; say who came."""
    screen.go(f"{workshop}/people")
    screen.fill({"text": LIST})
    screen.press("Read it")
    screen.sees("Every line is understood. Nothing is kept yet.")
    screen.axe()
    screen.press("Keep all of them")
    screen.reads("Maruja (demo)")
    screen.go(f"{workshop}/attendance")
    for number in range(1, len(NAMES) + 1):
        pick(screen, f"p-{number}", "present")
    screen.axe()
    screen.press("Save the attendance")


def opens_the_answers(screen: Screen, workshop: str) -> str:
    """Let phones answer; returns the address that is drawn on the screen."""
    screen.go(workshop + "/")
    screen.press("Let phones answer")
    screen.sees("Phones can answer now.")
    screen.axe()
    return str(screen.main.locator("aside a[href*='/w/']").get_attribute("href"))


def answer_on_phones(cast: Cast, address: str) -> None:
    """Three people who came, each on a phone of their own and without an account."""
    for number in range(1, ON_PHONES + 1):
        phone = cast.open_screen(cast.site, PHONE)
        phone.go(address.removeprefix(cast.site.address))
        pick(phone, "number", str(number))
        if number == 1:
            phone.axe()
            phone.fits()
        phone.press("That is me")
        phone.reads(NAMES[number - 1])
        phone.send(phone.main.locator(f"a[href$='{UNIT}']"))
        for place, asked in enumerate(_asked(phone)):
            asked.locator(f"label:has(input[value='{4 + (place + number) % 2}'])").click()
        if number == 1:
            phone.axe()
            phone.fits()
        phone.press("Send my answers")
        phone.sees("Your answers are kept. Thank you!")
        if number == ON_PHONES:
            phone.send(phone.main.locator(f"a[href$='{UNIT}']"))
            phone.fill({"remark": WISH})
            phone.press("Send it")
            phone.sees("Thank you. Those who run the workshop will read it and decide.")


def _asked(phone: Screen) -> Sequence[Locator]:
    return phone.main.locator("fieldset").all()


def types_the_papers_in(screen: Screen, workshop: str) -> None:
    """Those without a phone, and everybody on the other units: a row for each sheet."""
    for unit in UNITS:
        screen.go(f"{workshop}/papers/{unit}")
        rows = range(ON_PHONES if unit == UNIT else 0, len(NAMES))
        for row, person in enumerate(rows):
            cells = screen.main.locator(f"input[name^='r{row}-']:not([name$='-said'])").all()
            cells[0].fill(str(person + 1))
            for place, cell in enumerate(cells[1:]):
                cell.fill("3" if (place + row) % 7 == 0 else "4" if place % 2 else "5")
        screen.press("Keep these sheets")
        screen.reads(str(len(NAMES)))
    screen.axe()
    screen.go(workshop + "/")
    assert screen.main.locator("li").get_by_text(str(len(NAMES))).count() >= len(UNITS)


def says_what_should_differ(screen: Screen, workshop: str) -> None:
    """The representative reads the unit with its numbers and writes a remark at a paragraph."""
    screen.go(f"{workshop}/units/{UNIT}")
    screen.axe()
    entry = screen.main.locator(".entry", has_text=PARAGRAPH)
    number = str(entry.get_attribute("id")).removeprefix("n-")
    screen.fill({"paragraph": number, "text": REMARK})
    screen.press("Keep the remark")
    screen.reads(REMARK)


def decides(screen: Screen, workshop: str) -> str:
    """Accept the representative's remark, decline the other one with a reason; returns the address of the first."""
    screen.go(f"{workshop}/remarks")
    screen.axe()
    screen.send(screen.main.get_by_role("link", name=REMARK).or_(_led(screen, REMARK)).first)
    accepted = screen.path
    screen.reads(PARAGRAPH)
    pick(screen, "verdict", "accepted")
    screen.fill({"why": "Lo dijeron cuatro personas de río arriba (demo)"})
    screen.axe()
    screen.press("Decide")
    screen.sees("Whoever writes this edition can change the paragraph from here.")
    screen.go(f"{workshop}/remarks?verdict=open")
    screen.send(_led(screen, WISH).first)
    pick(screen, "verdict", "declined")
    screen.fill({"why": DECLINED})
    screen.press("Decide")
    screen.sees("Decided.")
    return accepted


def _led(screen: Screen, words: str) -> Locator:
    """The links of the row that has these words."""
    return screen.main.locator("li", has_text=words).locator("a[href*='/remarks/']")


def carries_it_out(screen: Screen, remark: str) -> str:
    """The designer goes from the remark to the paragraph, which opens with reason and evidence; returns its uid."""
    uid = uid_of(screen, UNIT, PARAGRAPH)
    screen.go(remark)
    screen.press("Change the paragraph")
    assert screen.main.locator("form:has(#text) [name=why]").input_value()
    assert TITLE in screen.main.locator("form:has(#text) [name=evidence]").input_value()
    screen.axe()
    edits(screen, PARAGRAPH, REPLACED)
    screen.go(remark)
    screen.sees("carried out in step %(number)s", number="")
    expect(screen.main).not_to_contain_text(screen.say("Carry it out"))
    return uid


def closes(screen: Screen, workshop: str) -> None:
    """Write the minutes, close, see that every unit passed, and take the minutes home as a Word file."""
    screen.go(f"{workshop}/minutes")
    screen.fill(
        {"opening": "Llegaron en bote desde las dos orillas (demo)", "agreements": "- Probar con la escuela (demo)"}
    )
    screen.press("Save these words")
    screen.axe()
    agree(screen, "Close the workshop")
    screen.sees("The workshop is closed. Its results and minutes stay as they are now.")
    passed = screen.main.locator("section > p.facts", has_text=screen.say("passed"))
    expect(passed).to_have_count(len(UNITS))
    expect(passed.filter(has_text=f"{len(NAMES)} personas")).to_have_count(len(UNITS))
    shares = screen.main.locator("section th + td.number:not(details td)").all_inner_texts()
    assert len(shares) == len(UNITS) * CRITERIA
    assert [share for share in shares if int(re.sub(r"\D", "", share)) < PASSING] == []
    screen.axe()
    screen.fits()
    screen.go(f"{workshop}/minutes")
    with screen.page.expect_download() as found:
        screen.link("As a Word file").click()
    said = words_of(Path(found.value.path()))
    for words in (TITLE, "Llegaron en bote", REMARK, WISH, DECLINED, "Facilitación del taller (demo)"):
        assert words in said, words


def words_of(path: Path) -> str:
    """All words of a Word file, tables included."""
    whole = Document(BytesIO(path.read_bytes())).element.body.iter()
    paragraphs = [element for element in whole if element.tag.endswith("}p")]
    return "\n".join("".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in paragraphs)
