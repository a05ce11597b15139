"""What people do around an edition, one of each: a study, talk, a workshop, a pilot, a word, files from outside."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from app.core.checks.terms import Term
from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.delivery.actions import calendars
from app.delivery.rules import calendars as rules
from app.discussion import actions as discussion
from app.discussion.models import ProposalKind
from app.interchange import actions as interchange
from app.interchange.exchanging import packages, sending
from app.interchange.exporting import Wish, make
from app.people import queries as people
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Actor
from app.study import actions as study
from app.study.sheets import Kind
from app.translation import actions as translation
from app.validation import actions as validation
from app.validation.actions import observations, pilots, stages
from app.validation.actions.pilots import PilotDetails
from app.validation.actions.workshops import Details
from app.validation.rules.persons import Person
from tests import factories
from tests.interchange.reviewing import comments_xml, edited
from tests.interchange.test_word_in import manual as foreign_manual
from tests.security import fields


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
        "discussion.offer_unit.unit": [factories.own_unit(edition, "my-coop-1-1")],
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
    stages.choose_process(COMMAND_LINE, edition, "validated", "por ejemplo")
    planned = PilotDetails("Piloto (demo)", date(2026, 11, 20), date(2026, 11, 21), language="es")
    pilot = pilots.plan_pilot(COMMAND_LINE, edition, planned, ["my-coop-1-1"])
    pilots.add_learners(COMMAND_LINE, pilot, [Person("Alumna (demo)", "woman", age=21)])
    observations.observe(COMMAND_LINE, pilot, "my-coop-1-1", "Faltó tiempo", observer="Quien observa (demo)")
    return {
        "workshop": [workshop.id],
        "participant": [1],
        "remark": [1],
        "token": [workshop.token],
        "wanted": ["free"],
        "pilot": [pilot.id],
        "observation": [1],
        "validation.close_pilot.wanted": ["close"],
    }


def translated() -> dict[str, list[Any]]:
    """A word of the glossary."""
    word = translation.add_term(COMMAND_LINE, Term("member", "es", "PE", "socia o socio"), curriculum="my-coop")
    return {"translation.word.number": [word.id], "translation.change_word.number": [word.id]}


def taught(account: Account, release: Release) -> dict[str, list[Any]]:
    """A programme with one of everything that it can hold, and a cohort in which this account's person learns."""
    here = fields.grounds(release)[fields.HERE]
    account.person_id = here.learners[1].person_id
    calendar = calendars.open_address(people.actor_of(account))
    parts = here.parts
    return {
        "calendar.feed.token": [rules.token(current_app.config["SECRET_KEY"], calendar.id, calendar.stamp)],
        "cohorts.observe.person": [here.trainer.id],
        "sync.fetch.slug": [parts["slug"]],
        "notebook.shell.code": ["es"],
        "report_figures.slug": [here.programme.slug],
        **{name: [value] for name, value in parts.items() if "." in name},
        **{
            f"{family}.{name}": [value]
            for family in fields.FAMILIES
            for name, value in parts.items()
            if "." not in name and f"{family}.{name}" not in parts
        },
    }


def brought(actor: Actor, edition: Edition) -> dict[str, list[Any]]:
    """Files that somebody brought: a reviewed copy, a manual of anybody's, a package; each is its owner's alone."""
    copy = make(COMMAND_LINE, Wish(edition.slug, edition.region, "draft", "es", "docx"))
    remarks = {"word/comments.xml": comments_xml([("3", "Luis (demo)", "Sin ancla.")])}
    review = interchange.start_review(actor, edition, "revisado.docx", edited(copy, lambda _: None, remarks))
    manual = interchange.start_draft(actor, "manual.docx", foreign_manual())
    sent = sending.send(actor, edition, "peru.zip", packages.export(COMMAND_LINE, edition))
    reviews = ("review", "decide_review", "find_place", "set_place")
    manuals = ("manual", "correct_manual", "manual_units", "set_units", "name_manual", "make_manual", "manual_picture")
    return {
        **{f"interchange.{name}.number": [review.id] for name in reviews},
        **{f"interchange.{name}.number": [manual.id] for name in manuals},
        **{f"interchange.{name}.number": [sent.id] for name in ("came_back", "bring_in")},
        "at": [0],
        "interchange.manual_picture.name": ["picture1.png"],
        "interchange.take.name": ["package"],
    }
