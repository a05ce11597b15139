"""What a day of work around an edition leaves for the pictures, and the pages it is shown on: study, talk, workshops.

What the demonstration has already is looked up; the rest comes about through the actions that the screens call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.discussion import actions as discussion
from app.discussion.models import ProposalKind
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Actor
from app.study.models import Finding, Instrument, Need
from app.validation import actions as validation
from app.validation.actions.answers import Paper
from app.validation.actions.workshops import Details
from app.validation.queries import workshops
from app.validation.rules.persons import Person

Found = Mapping[str, Any]
Values = Mapping[str, Any]
Examples = Callable[[Found], list[Values]]
PE = {"slug": "my-coop", "region": "PE"}
WORLD = {"slug": "my-coop", "region": "001"}
SAM = {"slug": "my-coop", "region": "PE-SAM"}

NOT_A_PAGE = {
    "validation.person_file": "a file to keep",
    "minutes.file": "a file to keep",
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
            "attendance", "sign_in_sheet", "invitations", "remarks", "results", "minutes",
        )
    },
    "validation.person": _of("workshop", {"participant": 1}),
    "validation.invitation": _of("workshop", {"participant": 1}),
    "validation.remark": _of("workshop", {"remark": 1}),
    "validation.papers": _of("workshop", {"unit": "my-coop-1-1"}),
    "validation.hands": _of("workshop", {"unit": "my-coop-1-1"}),
    "validation.paragraphs": _of("workshop", {"unit": "my-coop-1-1"}),
    "phones.join": lambda found: [found["phone"]],
    "phones.answer": lambda found: [{**found["phone"], "unit": "my-coop-1-1"}],
}  # fmt: skip


def prepare(designer: Actor, peru: Edition, adapted: Uid, newest: Release) -> Found:
    """Do it, and return what addresses can be made of, by what it is."""
    first = discussion.add_comment(designer, peru, adapted, "¿Se dice así en la sierra? (demo)")
    discussion.add_comment(designer, peru, adapted, "En Cusco sí (demo)", reply_to=first)
    proposal = discussion.propose(
        designer, peru, adapted, ProposalKind.CHANGE, "La cooperativa paga 31 soles por quintal.",
        language="es", why="Subió el precio (demo)", evidence="Acta de asamblea 3 (demo)",
    )  # fmt: skip
    notice = discussion.send_notice(COMMAND_LINE, newest, "La ley cambió (demo)", date(2030, 1, 31))
    workshop, token = _workshop(peru)
    return {
        "block": {"block": adapted},
        "proposal": {"number": proposal.id},
        "notice": {"number": notice.id},
        "workshop": {"workshop": workshop},
        "phone": {"token": token},
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
