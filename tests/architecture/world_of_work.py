"""What people do around an edition, one of each: a need and a study, talk and proposals, a workshop."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.discussion import actions as discussion
from app.discussion.models import ProposalKind
from app.people.permissions import COMMAND_LINE
from app.study import actions as study
from app.study.sheets import Kind
from app.validation import actions as validation
from app.validation.actions.workshops import Details
from app.validation.rules.persons import Person


def studied(edition: Edition) -> dict[str, list[Any]]:
    """A need, and an edition's study with a source, a finding and a survey."""
    need = study.keep_need(
        COMMAND_LINE, edition.region, {"title": "Un curso", "conclusion": "Lo pidió el foro", "priority": "high"}
    )
    study.keep(COMMAND_LINE, edition, Kind.SOURCES, {"title": "Ley 31335", "kind": "law"})
    finding = study.keep(
        COMMAND_LINE, edition, Kind.FINDINGS, {"statement": "Se pesa en quintales", "strength": "fair"}
    )
    survey = study.keep(COMMAND_LINE, edition, Kind.INSTRUMENTS, {"name": "Encuesta", "kind": "survey"})
    asked = {"number": "1", "asked": "¿Cómo pesa?", "answers": "quintal; 9"}
    study.keep(COMMAND_LINE, edition, Kind.QUESTIONS, asked, within=survey.id)
    return {
        "need": [need.id],
        "kind": ["findings"],
        "row": [finding.id],
        "study.instrument.row": [survey.id],
        "study.new_row.kind": ["sources", "findings", "instruments", "cases", "articles"],
        "study.edit_row.kind": ["findings"],
    }


def discussed(edition: Edition, below: Edition, uid: Uid, newest: Release) -> dict[str, list[Any]]:
    """A proposal, one that another edition offers, a comment, an urgent notice."""
    proposal = discussion.propose(
        COMMAND_LINE, edition, uid, ProposalKind.CHANGE, "Pagamos 29 soles.", language="es", why="Subió"
    )
    discussion.offer(COMMAND_LINE, below, uid, texts={"es": "Pagan 31 soles."}, why="Así se paga")
    comment = discussion.add_comment(COMMAND_LINE, edition, uid, "¿Y el flete?", quote="quintal")
    notice = discussion.send_notice(COMMAND_LINE, newest, "El precio estaba mal", date(2030, 1, 31))
    return {
        "discussion.proposal.number": [proposal.id],
        "discussion.decide_proposal.number": [proposal.id],
        "discussion.tend.number": [comment.id],
        "discussion.notice.number": [notice.id],
        "discussion.answer_notice.number": [notice.id],
    }


def tried(edition: Edition) -> dict[str, list[Any]]:
    """A workshop that takes answers, with one person and one remark."""
    details = Details("Taller (demo)", date(2026, 11, 20), language="es")
    workshop = validation.plan_workshop(COMMAND_LINE, edition, details, ["my-coop-1-1"])
    validation.add_participant(COMMAND_LINE, workshop, Person("Persona (demo)", "woman", age=30))
    validation.add_remark(COMMAND_LINE, workshop, "my-coop-1-1", "Decir quintal", paragraph=1, participant=1)
    validation.take_answers(COMMAND_LINE, workshop, True)
    return {
        "workshop": [workshop.id],
        "participant": [1],
        "remark": [1],
        "token": [workshop.token],
        "wanted": ["free"],
    }
