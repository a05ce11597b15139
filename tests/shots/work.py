"""What a day of work around an edition leaves for the pictures, and the pages that show it.

What the demonstration has already is looked up; the rest comes about through the actions that the screens call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.checks.terms import Term
from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.discussion import actions as discussion
from app.discussion.models import Notice, ProposalKind
from app.infra.db import db
from app.interchange import actions as interchange
from app.interchange.exchanging import packages, sending
from app.interchange.exporting import Wish, make
from app.people.permissions import COMMAND_LINE, Actor
from app.study.models import Finding, Instrument, Need
from app.translation import actions as translation
from app.validation import actions as validation
from app.validation.actions.answers import Paper
from app.validation.actions.workshops import Details
from app.validation.models import Pilot
from app.validation.queries import workshops
from app.validation.rules.persons import Person
from tests import factories
from tests.interchange.reviewing import comments_xml, edited
from tests.interchange.test_word_in import manual as foreign_manual

Found = Mapping[str, Any]
Values = Mapping[str, Any]
Examples = Callable[[Found], list[Values]]
PE = {"slug": "my-coop", "region": "PE"}
WORLD = {"slug": "my-coop", "region": "001"}
SAM = {"slug": "my-coop", "region": "PE-SAM"}

NOT_A_PAGE = {
    "validation.person_file": "a file to keep",
    "minutes.file": "a file to keep",
    "interchange.take": "a file to keep",
    "interchange.manual_picture": "a picture of a manual",
    "phones.answer": "asks a phone for its number first; the journeys look at it",
}


def _of(name: str, *others: Values) -> Examples:
    """Peru's page with one of what was found, under the name that it has in addresses."""
    return lambda found: [{**PE, **found[name], **other} for other in (others or ({},))]


EXAMPLES: dict[str, Examples] = {
    "adaptation.settings": lambda _: [PE],
    "study.study": lambda _: [PE, SAM],
    "study.findings": lambda _: [SAM],
    "study.finding": _of("finding"),
    "study.sources": lambda _: [PE],
    "study.articles": lambda _: [PE],
    "study.instruments": lambda _: [PE],
    "study.instrument": _of("survey"),
    "study.cases": lambda _: [PE],
    "study.checklist": lambda _: [PE],
    "study.new_row": lambda _: [{**PE, "kind": "articles"}, {**PE, "kind": "findings"}],
    "study.edit_row": _of("finding", {"kind": "findings"}),
    "study.choose_place": _of("finding", {"kind": "findings"}),
    "study.need": lambda found: [found["need"]],
    "study.edit_need": lambda found: [found["need"]],
    "discussion.conversation": lambda _: [PE],
    "discussion.talk": _of("block"),
    "discussion.proposals": lambda _: [PE, {**PE, "show": "sent"}],
    "discussion.proposal": _of("proposal", {}, {"write": 1}),
    "discussion.propose": _of("block", {}, {"kind": "move"}),
    "discussion.offer": _of("block"),
    "discussion.offer_unit": _of("own_unit"),
    "discussion.offers": lambda _: [PE],
    "discussion.others": _of("block"),
    "discussion.notices": lambda _: [PE, WORLD],
    "discussion.notice": lambda found: [{**PE, **found["notice"]}, {**WORLD, **found["notice"]}],
    "validation.workshops": lambda _: [PE, SAM],
    "validation.new_workshop": lambda _: [PE],
    **{
        f"validation.{name}": _of("workshop")
        for name in (
            "workshop", "edit_workshop", "agenda", "edit_agenda", "questions", "paper", "people", "new_person",
            "attendance", "sign_in_sheet", "invitations", "remarks", "results", "minutes", "seats",
        )
    },
    "validation.person": _of("workshop", {"participant": 1}),
    "validation.invitation": _of("workshop", {"participant": 1}),
    "validation.remark": _of("workshop", {"remark": 1}),
    "validation.papers": _of("workshop", {"unit": "my-coop-1-1"}),
    "validation.hands": _of("workshop", {"unit": "my-coop-1-1"}),
    "validation.paragraphs": _of("workshop", {"unit": "my-coop-1-1"}),
    "validation.stages": lambda _: [SAM, PE],
    "validation.adjustments": lambda _: [SAM],
    "validation.signatures": lambda _: [SAM],
    "validation.pilots": lambda _: [SAM, PE],
    "validation.new_pilot": lambda _: [SAM],
    **{
        f"validation.{name}": lambda found: [{**SAM, **found["pilot"]}]
        for name in ("pilot", "pilot_report", "observations", "edit_pilot", "learners", "sittings")
    },
    "validation.scores": lambda found: [{**SAM, **found["pilot"], "unit": "my-coop-1-1"}],
    "validation.observation": lambda found: [{**SAM, **found["pilot"], "observation": 1}],
    "translation.bench": lambda found: [{**PE, "unit": found["unit"], "in": "es"}],
    "translation.cell": lambda found: [{**PE, **found["block"], "unit": found["unit"], "in": "es"}],
    "translation.changed": lambda _: [PE],
    "translation.overview": lambda _: [{**PE, "in": "es"}],
    "translation.policy": lambda _: [PE],
    "translation.remembered": lambda _: [{**PE, "in": "es", "q": "cooperative"}],
    "translation.word": lambda found: [found["word"]],
    "adaptation.minutes": lambda _: [PE],
    "interchange.reviews": lambda _: [PE],
    "interchange.review": _of("review"),
    "interchange.find_place": _of("review", {"at": 0}),
    "interchange.manual": lambda found: [found["manual"]],
    "interchange.manual_units": lambda found: [found["manual"]],
    "interchange.name_manual": lambda found: [found["manual"]],
    "interchange.exchange": lambda _: [PE],
    "interchange.came_back": _of("package"),
    "phones.join": lambda found: [found["phone"]],
}  # fmt: skip


def prepare(designer: Actor, boss: Actor, peru: Edition, unit: Uid, adapted: Uid, newest: Release) -> Found:
    """Do it, and return what addresses can be made of, by what it is."""
    first = discussion.add_comment(designer, peru, adapted, "¿Se dice así en la sierra? (demo)")
    discussion.add_comment(designer, peru, adapted, "En Cusco sí (demo)", reply_to=first)
    proposal = discussion.propose(
        designer, peru, adapted, ProposalKind.CHANGE, "La cooperativa paga 31 soles por quintal.",
        language="es", why="Subió el precio (demo)", evidence="Acta de asamblea 3 (demo)",
    )  # fmt: skip
    notice = db.session.scalars(select(Notice).where(Notice.release_id == newest.id)).one()
    workshop, token = _workshop(peru)
    word = translation.add_term(boss, Term("member", "es", "PE", "socia o socio", note="(demo)"), curriculum="my-coop")
    copy = make(designer, Wish("my-coop", "PE", "draft", "es", "docx"))
    remarks = {"word/comments.xml": comments_xml([("3", "Luis (demo)", "¿Y el flete? Sin ancla.")])}
    review = interchange.start_review(designer, peru, "revisado.docx", edited(copy, lambda _: None, remarks))
    manual = interchange.start_draft(boss, "manual.docx", foreign_manual())
    sent = sending.send(designer, peru, "peru.zip", packages.export(designer, peru))
    return {
        "unit": unit,
        "own_unit": {"unit": factories.own_unit(peru, unit)},
        "word": {"number": word.id},
        "review": {"number": review.id},
        "manual": {"number": manual.id},
        "package": {"number": sent.id},
        "block": {"block": adapted},
        "proposal": {"number": proposal.id},
        "notice": {"number": notice.id},
        "workshop": {"workshop": workshop},
        "phone": {"token": token},
        "pilot": {"pilot": db.session.scalars(select(Pilot.id).order_by(Pilot.id)).first()},
        "finding": {"row": _first(Finding, peru)},
        "survey": {"row": _first(Instrument, peru)},
        "need": {"need": db.session.scalars(select(Need.id).order_by(Need.id)).first()},
    }


def _first(table: type[Finding] | type[Instrument], edition: Edition) -> int:
    found = db.session.scalars(select(table.id).where(table.edition_id == edition.id).order_by(table.id)).first()
    assert found is not None
    return found


def _workshop(edition: Edition) -> tuple[int, str]:
    """A workshop of twelve people who have answered on one unit, with a remark: its id and its phones' token."""
    details = Details("Taller en Juanjuí (demo)", date(2026, 11, 20), place="Juanjuí", language="es")
    workshop = validation.plan_workshop(COMMAND_LINE, edition, details, ["my-coop-1-1"])
    people = [
        Person(f"Persona {n} (demo)", "woman" if n < 7 else "man", age=20 + n, role="member") for n in range(1, 13)
    ]
    validation.import_participants(COMMAND_LINE, workshop, people)
    asked = [question.id for question in workshops.questions(workshop)]
    papers = [Paper(n, dict.fromkeys(asked, 5 if n < 11 else 3)) for n in range(1, 13)]
    validation.enter_papers(COMMAND_LINE, workshop, "my-coop-1-1", papers)
    validation.add_remark(COMMAND_LINE, workshop, "my-coop-1-1", "Decir quintal", paragraph=1, participant=1)
    validation.take_answers(COMMAND_LINE, workshop, True)
    return workshop.id, workshop.token
