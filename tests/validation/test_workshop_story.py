"""A workshop from the plan to the closed minutes, through actions and pages, on both databases."""

from __future__ import annotations

import html
import io
import re

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.core.errors import Refused
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.validation import actions, minutes_text
from app.validation.actions.answers import Paper
from app.validation.actions.workshops import Asked, Change
from app.validation.models.workshops import Channel, Presence, RemarkKind, Verdict, WorkshopState
from app.validation.queries import open_remarks, remarks, results, validation_state, workshop_results
from app.validation.queries import workshops as queries
from app.validation.rules import phones, scales
from app.validation.rules import workshops as rules
from app.validation.rules.results import Standing
from app.validation.rules.scales import Criterion, Scale
from tests import factories as make

from .workshop_room import UNIT, address, answered, asked, person, peru, planned, with_people

FORM = {
    "title": "Taller de validación (demo)",
    "kind": "population",
    "starts_on": "2026-11-21",
    "days": "1",
    "starts_at": "08:00",
    "threshold": "70",
    "language": "es",
    "facilitators": "Equipo (demo)\n",
}


def said(page: str) -> str:
    """What a page says, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_a_workshop_is_planned_answered_decided_and_closed_on_its_pages(client: FlaskClient, app: Flask) -> None:
    edition = peru()
    client = person(app, "facilita")
    designer = person(app, "disena", Role.DESIGNER)
    made = client.post("/validation/my-coop/PE/workshops/new", data={**FORM, "units": [UNIT]})
    assert made.status_code == 303
    here = made.location
    page = said(client.get(here).text)
    assert "Taller de validación (demo)" in page
    listed = "Rosa (demo);F;34;socia\n" + "\n".join(f"P{n} (demo);{'F' if n % 2 else 'M'};{20 + n}" for n in range(11))
    read = client.post(f"{here}people", data={"text": listed, "do": "read"})
    assert read.status_code == 200
    assert "Nothing is kept yet" in read.text
    assert client.post(f"{here}people", data={"text": listed, "do": "keep"}).status_code == 303
    (workshop,) = [one.workshop for one in queries.of_edition(edition)]
    assert len(queries.participants(workshop)) == 12
    day = {f"p-{n}": "present" for n in range(1, 11)} | {"p-11": "absent", "day": "1"}
    assert client.post(f"{here}attendance", data=day).status_code == 303
    rows = {f"r{row}-{q}": "5" for row in range(10) for q in asked(workshop)} | {
        f"r{row}-who": str(row + 1) for row in range(10)
    }
    assert client.post(f"{here}papers/{UNIT}", data=rows).status_code == 303
    first = asked(workshop)[0]
    assert client.post(f"{here}hands/{UNIT}", data={f"{first}-5": "3", f"{first}-1": "1"}).status_code == 303
    remark = {"paragraph": "1", "text": "Aquí se dice quintal", "kind": "wording", "participant": "1"}
    assert client.post(f"{here}units/{UNIT}", data=remark).status_code == 303
    assert client.post(f"{here}close").status_code == 409, "a remark waits for a decision"
    decided = client.post(f"{here}remarks/1", data={"verdict": "accepted", "why": "Así se pesa"})
    assert decided.status_code == 303
    sheet = designer.get(f"{here}remarks/1").text
    fields = {k: html.unescape(v) for k, v in re.findall(r'name="(text|seen|why|evidence)" value="([^"]*)"', sheet)}
    assert fields["why"] == "Así se pesa"
    target = html.unescape(re.findall(r'action="([^"]+/blocks/[^"]+/edit[^"]*)"', sheet)[0])
    offered = designer.post(target, data={**fields, "do": "preview"})
    assert offered.status_code == 200
    assert "Así se pesa" in offered.text
    saved = designer.post(target, data={**fields, "text": fields["text"].replace("saco", "quintal")})
    assert saved.status_code == 303
    db.session.expire_all()
    (done,) = remarks.listed(workshop, remarks.Filter())
    assert done.remark.act_id is not None
    assert done.revision == editions.head_of(edition).number
    words = {"opening": "Se abrió con música.", "agreements": "- Imprimir\n- Volver en marzo", "closing": ""}
    assert client.post(f"{here}minutes", data=words).status_code == 303
    assert client.post(f"{here}close").status_code == 303
    results_page = said(client.get(f"{here}results").text)
    assert "passed" in results_page
    assert "100" in results_page
    minutes = client.get(f"{here}minutes?in=es").text
    for words_in in ("Rosa (demo)", "Aquí se dice quintal", "Así se pesa", "Se abrió con música.", "Volver en marzo"):
        assert words_in in minutes
    file = client.get(f"{here}minutes.docx?in=es")
    assert file.status_code == 200
    read_back = docx.Document(io.BytesIO(file.data))
    text = "\n".join(p.text for p in read_back.paragraphs)
    cells = [cell.text for table in read_back.tables for row in table.rows for cell in row.cells]
    assert "Se abrió con música." in text
    assert "Rosa (demo)" in cells
    assert "Aquí se dice quintal" in " ".join(cells)


def test_closing_pins_results_to_the_texts_that_were_tried(app: Flask) -> None:
    edition = peru()
    workshop = with_people(planned(edition))
    answered(workshop, [5] * 8 + [2] * 4)
    before = actions.close_workshop(COMMAND_LINE, workshop)
    (held,) = workshop_results(edition)
    assert held.results.units[0].standing is Standing.FAILED  # 8 of 12 are 66.7 per cent
    state = validation_state(edition)[UNIT]
    assert (state.standing, state.outdated, state.workshop_id) == (Standing.FAILED, False, workshop.id)
    assert edition.head is not None
    block = next(b for _, _, b in contents.state(edition.head).content.blocks() if b.kind is Kind.PARAGRAPH)
    adaptation.edit_block(COMMAND_LINE, edition, block.uid, "es", "Otro texto.", why="porque sí")
    state = validation_state(edition)[UNIT]
    assert (state.outdated, state.changed) == (True, (block.uid,))
    assert queries.closing(workshop) == before


def test_a_closed_workshop_takes_nothing_until_it_is_opened_with_a_reason(app: Flask) -> None:
    workshop = with_people(planned(peru()))
    answered(workshop, [5] * 5)
    actions.close_workshop(COMMAND_LINE, workshop)
    paper = [Paper(6, dict.fromkeys(asked(workshop), 1))]
    for deed in (
        lambda: actions.enter_papers(COMMAND_LINE, workshop, UNIT, paper),
        lambda: actions.tally(COMMAND_LINE, workshop, UNIT, {}),
        lambda: actions.add_remark(COMMAND_LINE, workshop, UNIT, "tarde"),
        lambda: actions.write_notes(COMMAND_LINE, workshop, {}),
        lambda: actions.set_attendance(COMMAND_LINE, workshop, 1, {1: Presence.PRESENT}),
        lambda: actions.take_answers(COMMAND_LINE, workshop, True),
        lambda: actions.close_workshop(COMMAND_LINE, workshop),
    ):
        with pytest.raises(rules.Closed):
            deed()
    with pytest.raises(rules.NeedsReopenReason):
        actions.reopen_workshop(COMMAND_LINE, workshop, "  ")
    actions.reopen_workshop(COMMAND_LINE, workshop, "Faltaban hojas")
    assert workshop_results(workshop.edition) == []
    assert validation_state(workshop.edition)[UNIT].standing is Standing.NOT_TRIED
    actions.enter_papers(COMMAND_LINE, workshop, UNIT, paper)
    actions.close_workshop(COMMAND_LINE, workshop)
    assert "Faltaban hojas" in minutes_text.write(workshop, "es")
    assert results.unit_result(workshop_results(workshop.edition)[0].results, UNIT).people == 6  # type: ignore[union-attr]
    with pytest.raises(rules.NotClosed):
        actions.reopen_workshop(COMMAND_LINE, with_people(planned(workshop.edition, "Otro")), "por qué no")


def test_a_remark_that_was_put_off_can_be_decided_after_closing(app: Flask) -> None:
    workshop = planned(peru())
    for text in ("uno", "dos"):
        actions.add_remark(COMMAND_LINE, workshop, UNIT, text)
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.LATER, "")
    actions.decide_remark(COMMAND_LINE, workshop, 2, Verdict.DECLINED, "No corresponde")
    actions.close_workshop(COMMAND_LINE, workshop)
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.ACCEPTED, "Ya se vio")
    assert [one.number for one in open_remarks(workshop.edition)] == [1]
    with pytest.raises(rules.Closed):
        actions.decide_remark(COMMAND_LINE, workshop, 2, Verdict.ACCEPTED, "")
    assert workshop.edition.head is not None
    actions.link_step(COMMAND_LINE, workshop, 1, workshop.edition.head.number)
    assert not open_remarks(workshop.edition)
    with pytest.raises(rules.NoSuchStep):
        actions.link_step(COMMAND_LINE, workshop, 1, 9_999)


def test_declining_and_taking_a_part_need_a_reason(app: Flask) -> None:
    workshop = planned(peru())
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "algo", kind=RemarkKind.LAW)
    for verdict in (Verdict.DECLINED, Verdict.PARTLY):
        with pytest.raises(rules.NeedsDecisionReason):
            actions.decide_remark(COMMAND_LINE, workshop, 1, verdict, " ")
    with pytest.raises(rules.UnknownVerdict):
        actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.OPEN, "x")


def test_questions_and_scale_stay_once_somebody_answered(app: Flask) -> None:
    workshop = with_people(planned(peru()))
    fewer = [Asked(c, {"es": f"¿{c.value}?"}) for c in Criterion]
    actions.set_questions(COMMAND_LINE, workshop, fewer)
    actions.set_scale(COMMAND_LINE, workshop, Scale.FOUR, 3, 80)
    with pytest.raises(scales.NeedsEveryCriterion):
        actions.set_questions(COMMAND_LINE, workshop, fewer[:4])
    answered(workshop, [3, 3, 3, 3, 2])
    with pytest.raises(rules.HasAnswers):
        actions.set_questions(COMMAND_LINE, workshop, fewer)
    with pytest.raises(rules.HasAnswers):
        actions.set_scale(COMMAND_LINE, workshop, Scale.FIVE, 4, 70)
    with pytest.raises(rules.HasAnswers):
        actions.replan(COMMAND_LINE, workshop, [UNIT])
    assert results.live(workshop).units[0].standing is Standing.PASSED


def test_the_agenda_is_put_in_another_order_and_units_stay(app: Flask) -> None:
    workshop = planned(peru())
    items = queries.agenda(workshop)
    turned = [Change(item.id, 1, -place, item.title, item.minutes) for place, item in enumerate(items)]
    actions.set_agenda(COMMAND_LINE, workshop, [*turned, Change(None, 1, 5, "Dinámica", 20)])
    now = queries.agenda(workshop)
    assert [item.id for item in now][:-1] == [item.id for item in reversed(items)]
    assert now[-1].title == "Dinámica"
    unit = next(item for item in now if item.unit_uid and item.kind == "unit")
    gone = [Change(item.id, 1, 0, "", None if item is unit else 5) for item in now]
    with pytest.raises(rules.NotInEdition):
        actions.set_agenda(COMMAND_LINE, workshop, gone)
    with pytest.raises(rules.StaleAgenda):
        actions.set_agenda(COMMAND_LINE, workshop, turned[:1])
    with pytest.raises(rules.BadDays):
        actions.set_agenda(COMMAND_LINE, workshop, [Change(item.id, 9, 0, "", 5) for item in now])


def test_a_workshop_on_a_release_tries_the_release(app: Flask) -> None:
    world = make.load()
    workshop = actions.plan_workshop(
        COMMAND_LINE, world, actions.workshops.Details("T", editions.head_of(world).at.date()), [UNIT],
        release=make.newest(world),
    )  # fmt: skip
    assert workshop.version == "1.0.0"
    edition = make.fork(world, "EC")
    with pytest.raises(rules.NotInEdition):
        actions.plan_workshop(
            COMMAND_LINE,
            edition,
            actions.workshops.Details("T", workshop.starts_on),
            [UNIT],
            release=make.newest(world),
        )
    with pytest.raises(rules.NotInEdition):
        actions.plan_workshop(COMMAND_LINE, edition, actions.workshops.Details("T", workshop.starts_on), ["nada"])
    with pytest.raises(rules.NoUnits):
        actions.plan_workshop(COMMAND_LINE, edition, actions.workshops.Details("T", workshop.starts_on), [])


def test_invitations_are_ready_to_send_and_it_is_noted_who_sent_them(client: FlaskClient, app: Flask) -> None:
    workshop = planned(peru())
    client = person(app, "facilita")
    data = {"name": "Ana (demo)", "phone": "+51 999 111 222", "email": "ana@ejemplo.pe", "role": "member"}
    assert client.post(address(workshop, "people/new"), data=data).status_code == 303
    page = html.unescape(client.get(address(workshop, "invitations")).text)
    assert "https://wa.me/51999111222?text=" in page
    assert "sms:+51999111222?body=" in page
    assert "mailto:ana@ejemplo.pe?subject=" in page
    assert "Ana (demo)" in client.get(address(workshop, "invitations/1")).text
    assert client.post(address(workshop, "invitations/1"), data={"channel": "whatsapp"}).status_code == 303
    (sent,) = queries.sent(workshop)[queries.participant(workshop, 1).id]
    assert (sent.channel, sent.actor_name) == (Channel.WHATSAPP, "Facilita")
    assert client.post(address(workshop, "invitations/1"), data={"channel": "pigeon"}).status_code == 400


def test_erasing_somebody_keeps_the_counts_and_nothing_else(client: FlaskClient, app: Flask) -> None:
    workshop = with_people(planned(peru()))
    answered(workshop, [5] * 12)
    actions.enter_papers(
        COMMAND_LINE, workshop, UNIT, [Paper(1, {asked(workshop)[0]: 1}, {asked(workshop)[0]: "Mi tía Rosa dice"})],
        correcting=True,
    )  # fmt: skip
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "algo", participant=1)
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.DECLINED, "no")
    client = person(app, "facilita")
    file = client.get(address(workshop, "people/1/file")).json
    assert file is not None
    assert file["person"]["name"] == "Persona 1 (demo)"
    assert "Mi tía Rosa dice" in str(file["answers"])
    assert file["remarks"][0]["text"] == "algo"
    actions.close_workshop(COMMAND_LINE, workshop)
    kept = workshop_results(workshop.edition)[0].results
    assert client.post(address(workshop, "people/1/erase")).status_code == 303
    db.session.expire_all()
    assert results.live(workshop).units[0].people == 12
    assert workshop_results(workshop.edition)[0].results == kept
    for rest in ("people", "minutes", "results", "people/1/file", "people/1", "remarks", "minutes?in=es"):
        page = client.get(address(workshop, rest)).text
        assert "Persona 1 (demo)" not in page, rest
        assert "Mi tía Rosa" not in page, rest
    assert client.post(address(workshop, "people/1"), data={"name": "Otra"}).status_code in (409, 422)
    assert client.get(address(workshop, "invitations/1")).status_code == 404


def test_words_that_look_like_marks_stay_words_in_the_minutes(client: FlaskClient, app: Flask) -> None:
    workshop = planned(peru(), "*Taller* <b>de</b> | [x](javascript:alert(1))")
    actions.add_remark(COMMAND_LINE, workshop, UNIT, "# | no\n\n- _es_ {{buyer}} <script>alert(1)</script>")
    actions.decide_remark(COMMAND_LINE, workshop, 1, Verdict.LATER, "1. `x`")
    actions.write_notes(COMMAND_LINE, workshop, {"opening": "1. uno <i>dos</i>\n# tres", "agreements": "> cita"})
    client = person(app, "facilita")
    page = client.get(address(workshop, "minutes?in=es")).text
    article = page[page.index('<article class="reading"') : page.index("</article>")]
    for forbidden in ("<script", "<b>", "<i>", "<em>", "<a ", "<blockquote", "<code>"):
        assert forbidden not in article
    shown = said(article)
    for kept in ("*Taller* <b>de</b> | [x](javascript:alert(1))", "<script>alert(1)</script>", "1. uno <i>dos</i>"):
        assert kept in shown
    file = client.get(address(workshop, "minutes.docx"))
    assert file.status_code == 200
    assert docx.Document(io.BytesIO(file.data)).tables


def test_phones_answer_only_while_the_workshop_is_open(app: Flask) -> None:
    workshop = with_people(planned(peru()))
    assert workshop.state is WorkshopState.PLANNED
    with pytest.raises(rules.NotOpen):
        actions.claim_number(COMMAND_LINE, workshop, 1, "geheim")
    actions.take_answers(COMMAND_LINE, workshop, True)
    actions.claim_number(COMMAND_LINE, workshop, 1, "geheim")
    refused: list[type[Refused]] = []
    for secret, number in (("otro", 1), ("geheim", 2), ("geheim", 99)):
        try:
            actions.answer_by_phone(
                COMMAND_LINE, workshop, UNIT, dict.fromkeys(asked(workshop), 5), {}, secret=secret, number=number
            )
        except Refused as one:
            refused.append(type(one))
    assert refused == [phones.TakenNumber, phones.TakenNumber, rules.NoSuchParticipant]
