"""The pages on which people decide on the original's changes: the story, refusals, roles, two people at once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.adaptation import actions
from app.adaptation.models import Decision
from app.core.content import Kind
from app.core.merge import Action
from app.curriculum import actions as curriculum
from app.curriculum.models import ActKind
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from tests import factories as make

from . import desks
from .desks import SYNC, decide, person, peru, subject, words


def test_the_overview_says_what_came_why_and_what_waits(app: Flask) -> None:
    peru()
    page = person(app, "rosa").get(SYNC).text
    assert "1.1.0" in page
    assert "Lo pidieron quienes facilitan" in page
    assert "La asamblea" in page
    assert "0 of 5 decided" in page
    assert page.count('name="safe"') == 3
    assert "Waits for a person 2" in page


def test_a_designer_decides_applies_and_takes_it_all_back(app: Flask) -> None:
    edition = peru()
    before = words(edition)
    rosa = person(app, "rosa")
    price, soft = subject(edition, desks.PRICE.replace("25", "28")), subject(edition, desks.SOFT)

    first = decide(rosa, price, "ours", why="Aquí son 28")
    assert first.status_code == 303
    assert first.location == f"{SYNC}/{soft}"
    last = decide(rosa, soft, "proposal")
    assert last.location == SYNC
    overview = rosa.get(SYNC)
    ticked = re.findall(r'name="safe" id="[^"]*" value="([^"]*)"', overview.text)
    assert rosa.post(f"{SYNC}/safe", data={"safe": ticked}).status_code == 303
    assert words(edition) == before, "nothing is applied before Apply"

    summary = rosa.get(f"{SYNC}/apply")
    done = rosa.post(f"{SYNC}/apply", data={"head": desks.field(summary, "head"), "why": "Corrección de la 1.1.0"})
    assert done.status_code == 303
    after = words(edition)
    assert "28 soles" in after
    assert "martes por la tarde. La hora la pone el consejo" in after
    assert "voz alta y despacio" in after
    assert "Este párrafo se va" not in after
    assert "caja chica" in after
    assert not desks.asked(edition)

    page = rosa.get(done.location)
    assert "Corrección de la 1.1.0" in page.text
    undone = rosa.post(f"{done.location}/undo")
    assert undone.location == SYNC
    assert words(edition) == before
    assert sum(q.decided for q in desks.asked(edition)) == 5, "the choices are kept"


def test_a_question_shows_both_voices_their_reasons_and_why_it_is_careful(app: Flask) -> None:
    edition = peru()
    page = person(app, "rosa").get(f"{SYNC}/{subject(edition, desks.PRICE.replace('25', '28'))}").text
    assert "Aquí se paga 28" in page
    assert "Lo pidieron quienes facilitan" in page
    assert re.search(r"<del[^>]*>.*28", page)
    assert re.search(r"<ins[^>]*>.*30", page)
    for key in "onael":
        assert f'data-key="{key}"' in page


def test_a_choice_is_there_when_one_comes_back(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    decide(rosa, about, "theirs")
    rosa.post("/sign-out")
    rosa.post("/sign-in", data={"username": "rosa", "password": make.PASSWORD})
    page = rosa.get(f"{SYNC}/{about}").text
    assert re.search(r'value="theirs"[^>]*aria-pressed="true"', page)


def test_writing_begins_with_the_joined_text_and_keeps_what_is_wrong(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    opened = decide(rosa, about, "write")
    assert "write=1" in opened.location
    assert "martes por la tarde. La hora la pone el consejo" in rosa.get(opened.location).text
    refused = decide(rosa, about, "written", written="Se reúnen en {{lugar}}.")
    assert refused.status_code == 422
    assert "Se reúnen en {{lugar}}." in refused.text
    assert decide(rosa, about, "written", written="Se reúnen cuando {{buyer}} quiere.").status_code == 303
    assert desks.asked(edition)[2].decided


@pytest.mark.parametrize("choice", ["", "nonsense", "proposal", "written"])
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_kept(app: Flask, choice: str) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    assert decide(rosa, f"{desks.block(edition, 'El estatuto')}:es", choice, written=" ").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


def test_two_people_at_once_lose_nothing_and_are_told(app: Flask) -> None:
    edition = peru()
    rosa, luis = person(app, "rosa"), person(app, "luis")
    about = subject(edition, desks.SOFT)
    seen = luis.get(f"{SYNC}/{about}")
    decide(rosa, about, "theirs")

    sent = {"basis": desks.field(seen, "basis"), "seen": desks.field(seen, "seen")}
    answer = luis.post(f"{SYNC}/{about}", data={**sent, "choice": "ours", "why": "El consejo"})
    assert answer.location == f"{SYNC}/{about}"
    page = luis.get(answer.location)
    assert "Rosa had decided already; your choice is kept" in page.text
    assert "Luis" in page.text
    assert next(q for q in desks.asked(edition) if q.subject == about).decision.choice == "theirs"  # type: ignore[union-attr]
    assert "Luis chose otherwise" in rosa.get(f"{SYNC}/{about}").text

    standing = re.search(r'name="seen" value="(\d+)"', page.text)
    assert standing
    luis.post(f"{SYNC}/{about}", data={**sent, "seen": standing[1], "choice": "ours", "why": "El consejo"})
    question = next(q for q in desks.asked(edition) if q.subject == about)
    assert question.decision is not None
    assert (question.decision.choice, question.decision.actor_name) == ("ours", "Luis")
    assert "had decided already" not in luis.get(f"{SYNC}/{about}").text


def test_a_form_sent_twice_is_kept_once(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    sent = {"basis": desks.field(rosa.get(f"{SYNC}/{about}"), "basis"), "choice": "theirs"}
    assert [rosa.post(f"{SYNC}/{about}", data=sent).status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_applying_twice_does_it_once(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(rosa, subject(edition, desks.SOFT), "theirs")
    sent = {"head": desks.field(rosa.get(f"{SYNC}/apply"), "head"), "why": "x"}
    first, second = (rosa.post(f"{SYNC}/apply", data=sent) for _ in range(2))
    assert first.location == second.location
    kinds = [r.act.kind for r in editions.revisions(edition)]
    assert kinds.count(ActKind.SYNC) == 1


def test_applying_what_was_looked_at_before_an_edit_asks_to_look_again(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(rosa, subject(edition, desks.SOFT), "theirs")
    head = desks.field(rosa.get(f"{SYNC}/apply"), "head")
    actions.edit_block(COMMAND_LINE, edition, desks.block(edition, "# La"), "es", "# La asamblea general", why="x")
    answer = rosa.post(f"{SYNC}/apply", data={"head": head, "why": "Una razón escrita"})
    assert answer.status_code == 409
    assert "Una razón escrita" in answer.text


def test_a_choice_on_other_texts_is_shown_again_and_not_applied(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    decide(rosa, about, "theirs")
    desks.load(desks.SECOND.replace("martes", "jueves"), "1.1.1")
    question = next(q for q in desks.asked(edition) if q.subject == about)
    assert question.outdated
    assert "The texts have changed since this was decided" in rosa.get(f"{SYNC}/{about}").text
    assert question.decision is not None
    decide(rosa, about, "theirs")
    assert not next(q for q in desks.asked(edition) if q.subject == about).outdated


def test_a_choice_on_the_same_texts_outlives_a_newer_release(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    decide(rosa, about, "theirs")
    desks.load(desks.SECOND.replace("y despacio", "y muy despacio"), "1.1.1")
    assert next(q for q in desks.asked(edition) if q.subject == about).decided


def test_a_stale_form_is_kept_and_shown_not_applied(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = subject(edition, desks.SOFT)
    seen = rosa.get(f"{SYNC}/{about}")
    desks.load(desks.SECOND.replace("martes", "jueves"), "1.1.1")
    answer = rosa.post(f"{SYNC}/{about}", data={"basis": desks.field(seen, "basis"), "choice": "theirs"})
    assert answer.location == f"{SYNC}/{about}"
    assert next(q for q in desks.asked(edition) if q.subject == about).outdated


def test_what_is_asked_no_more_leads_back_to_the_list_and_a_written_text_is_shown(app: Flask) -> None:
    peru()
    rosa = person(app, "rosa")
    assert rosa.get(f"{SYNC}/nothing:es").location == SYNC
    assert rosa.post(f"{SYNC}/nothing:es", data={"choice": "theirs"}).location == SYNC
    kept = rosa.post(f"{SYNC}/nothing:es", data={"choice": "written", "written": "Mi texto largo"})
    assert kept.status_code == 409
    assert "Mi texto largo" in kept.text


def test_keeping_ours_without_any_reason_asks_for_one_at_the_end(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(rosa, f"{desks.block(edition, 'El estatuto')}:es", "ours")
    summary = rosa.get(f"{SYNC}/apply")
    refused = rosa.post(f"{SYNC}/apply", data={"head": desks.field(summary, "head"), "why": " "})
    assert refused.status_code == 409
    assert "say why" in refused.text


def test_a_reason_for_one_paragraph_stands_in_the_register(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(
        rosa, f"{desks.block(edition, 'El estatuto')}:es", "written", written="El estatuto se canta.", why="Costumbre"
    )
    rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head"), "why": "Todo lo demás"})
    page = rosa.get("/editions/my-coop/PE/deviations").text
    assert "Costumbre" in page


def test_a_declined_change_is_remembered_and_said(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    about = f"{desks.block(edition, 'El estatuto')}:es"
    decide(rosa, about, "ours", why="Ya se leía despacio")
    rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head")})
    page = rosa.get(SYNC).text
    assert "Declined before" in page
    assert "Ya se leía despacio" in page
    desks.load(desks.SECOND.replace("y despacio", "y otra vez"), "1.1.1")
    assert "You said no to an earlier form of this change" in rosa.get(f"{SYNC}/{about}").text


def test_an_undo_that_meets_later_edits_names_them(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(rosa, f"{desks.block(edition, 'El estatuto')}:es", "theirs")
    done = rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head")})
    uid = desks.block(edition, "El estatuto")
    actions.edit_block(COMMAND_LINE, edition, uid, "es", "El estatuto se lee en voz baja.", why="x")
    answer = rosa.post(f"{done.location}/undo")
    assert answer.status_code == 409
    assert f"#b-{uid}" in answer.text
    assert "voz baja" in words(edition)


def test_undoing_twice_does_it_once(app: Flask) -> None:
    edition = peru()
    rosa = person(app, "rosa")
    decide(rosa, subject(edition, desks.SOFT), "theirs")
    done = rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head")})
    assert rosa.post(f"{done.location}/undo").location == SYNC
    assert rosa.post(f"{done.location}/undo").location == done.location
    assert "Taken back" in rosa.get(done.location).text


def test_what_the_original_fixed_can_only_be_taken_or_left(app: Flask) -> None:
    edition = make.fork(desks.load(desks.FIRST), "PE")
    assert edition.head is not None
    question = next(b for _, _, b in contents.state(edition.head).content.blocks() if b.kind is Kind.QUESTION)
    desks.load(desks.FIRST.replace("- [ ] Quien compra", "- [ ] Quien vende"), "1.0.1")
    rosa = person(app, "rosa")
    page = rosa.get(f"{SYNC}/{question.uid}:es").text
    assert 'value="theirs"' in page
    assert 'value="ours"' not in page
    assert "does not allow another text here" in page
    assert decide(rosa, f"{question.uid}:es", "ours").status_code == 422


def test_a_new_unit_is_one_question(app: Flask) -> None:
    edition = peru(corrected=False)
    desks.load(desks.FIRST, "1.1.0", extra={"my-coop-1-2": "# La caja\n\nUno.\n\nDos.\n"})
    (question,) = desks.asked(edition)
    assert (question.action, question.subject) == (Action.INSERTED, "my-coop-1-2:")
    rosa = person(app, "rosa")
    assert "La caja" in rosa.get(f"{SYNC}/my-coop-1-2:").text
    decide(rosa, "my-coop-1-2:", "theirs")
    rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head")})
    assert "Dos." in words(edition)


def test_a_release_that_changes_nothing_here_can_be_taken_in(app: Flask) -> None:
    edition = make.fork(desks.load(desks.FIRST), "PE")
    text = "El estatuto se lee en voz alta y despacio."
    actions.edit_block(COMMAND_LINE, edition, desks.block(edition, "El estatuto"), "es", text, why="x")
    desks.load(desks.FIRST.replace("en voz alta.", "en voz alta y despacio."), "1.0.1")
    rosa = person(app, "rosa")
    assert "Take it in" in rosa.get(SYNC).text
    rosa.post(f"{SYNC}/apply", data={"head": desks.field(rosa.get(f"{SYNC}/apply"), "head")})
    assert "Nothing to decide" in rosa.get(SYNC).text


def test_what_stands_two_levels_up_is_a_notice(app: Flask, root: object) -> None:
    edition = peru(corrected=False)
    curriculum.release(COMMAND_LINE, edition, "Primera")
    make.fork(edition, "PE-SAM")
    desks.load(desks.SECOND, "1.1.0")
    page = person(app, "rosa").get("/editions/my-coop/PE-SAM/sync").text
    assert "has not passed on yet" in page
    assert "1.1.0" in page


def test_a_second_original_has_a_tab_of_its_own(app: Flask) -> None:
    edition = peru(corrected=False)
    other = desks.load(desks.FIRST, slug="relevo")
    actions.add_module(COMMAND_LINE, edition, make.newest(other), "relevo-1", why="S2")
    desks.load(desks.SECOND, "1.1.0", slug="relevo")
    rosa = person(app, "rosa")
    page = rosa.get(f"{SYNC}?from=relevo/001").text
    assert "0 of 5 decided" in page
    link = re.search(r'href="([^"]*/sync/[^"]*:es[^"]*)"', page)
    assert link
    assert "from=relevo" in link[1]
    assert rosa.get(f"{SYNC}?from=nobody/001").status_code == 404


def test_an_original_has_nothing_above_it(app: Flask) -> None:
    desks.load(desks.FIRST)
    page = person(app, "rosa", Role.DESIGNER, "my-coop").get("/editions/my-coop/001/sync")
    assert page.status_code == 200
    assert "This is an original itself" in page.text


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.ADMINISTRATOR, "*", 200),
        (Role.DESIGNER, "my-coop/PE", 200),
        (Role.DESIGNER, "my-coop/EC", 404),
        (Role.REVIEWER, "*", 403),
        (Role.READER, "*", 403),
    ],
)
def test_only_those_who_may_take_changes_in_get_in(app: Flask, role: Role, scope: str, status: int) -> None:
    edition = peru()
    about = subject(edition, desks.SOFT)
    someone = person(app, "someone", role, scope)
    for address in (SYNC, f"{SYNC}/{about}", f"{SYNC}/apply"):
        assert someone.get(address).status_code == status
    if status != 200:
        for address in (f"{SYNC}/{about}", f"{SYNC}/safe", f"{SYNC}/apply"):
            assert someone.post(address, data={"choice": "theirs"}).status_code == status
    assert app.test_client().get(SYNC).status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_changes(app: Flask) -> None:
    numbers = []
    for slug, paragraphs in (("few", 3), ("many", 60)):
        first = "# Unidad\n\n" + "\n\n".join(f"Párrafo número {n} de la unidad." for n in range(paragraphs))
        edition = make.fork(desks.load(first + "\n", slug=slug), "PE")
        desks.load(first.replace("de la unidad", "de esta unidad") + "\n", "1.0.1", slug=slug)
        client = person(app, f"{slug}.one", Role.DESIGNER, slug)
        client.get(f"/editions/{slug}/PE/sync")
        with desks.Queries() as counted:
            page = client.get(f"/editions/{slug}/PE/sync")
        assert page.text.count('name="safe"') == paragraphs
        numbers.append(len(counted.statements))
        assert edition.head is not None
    assert numbers[0] == numbers[1], numbers
    assert numbers[1] <= 12, "\n".join(counted.statements)


def test_modules_stand_in_the_original_s_order_however_they_are_named(app: Flask) -> None:
    given = [
        make.OriginalModule(
            f"m-{n}", make.ModuleKind.MODULE, {"es": f"M{n}"}, (make.unit(f"u-{n}", {"es": f"# U{n}\n"}),)
        )
        for n in (2, 10, 1)
    ]
    original = make.original(source_language="es", languages=("es",), modules=tuple(given))
    edition = make.fork(make.load(original), "PE")
    assert edition.head is not None
    again = make.original(
        version="1.1.0",
        source_language="es",
        languages=("es",),
        modules=tuple(given),
        variables={"x": make.Variable({})},
    )
    make.load(again)
    assert [m.uid for m in contents.state(edition.head).content.modules] == ["m-2", "m-10", "m-1"]
    assert not desks.asked(edition)
