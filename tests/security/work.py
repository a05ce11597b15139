"""What people do in every edition of the village: a need, a study, talk, an offer, a notice, a workshop, a pilot.

Everything that can be typed holds a word that tells whose it is, so that a leak says where it came from.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.core.checks.terms import Status, Term
from app.core.content import Kind
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import actions as discussion
from app.discussion.models import ProposalKind
from app.infra import clock
from app.people.permissions import COMMAND_LINE
from app.study import actions as study
from app.study.checklist import ITEMS
from app.study.kinds import CheckState
from app.study.sheets import Kind as Sheet
from app.translation import actions as translation
from app.validation import actions as validation
from app.validation.actions.observations import observe
from app.validation.actions.pilots import PilotDetails, add_learners, plan_pilot
from app.validation.actions.workshops import Details
from app.validation.models import Workshop
from app.validation.rules.persons import Person

from .village import Place, uid_of

DAY = date(2026, 11, 20)
SOON = 30  # days until an urgent notice wants an answer


def secret(place: Place) -> str:
    """The word that stands in all that was written down for an edition."""
    return f"secreto-{place.slug}-{place.region}".lower()


def worked(place: Place, word: str = "") -> dict[str, Any]:
    """Do one of everything in an edition; return what its addresses can be filled with, `endpoint.part` before `part`.

    The words are the edition's own unless some are given. A few begin as what a spreadsheet would calculate.
    """
    edition = editions.find(place.slug, place.region)
    assert edition is not None
    word = word or secret(place)
    unit, block = place.parts["unit"], place.parts["block"]
    return {
        **_studied(edition, word, block),
        **_discussed(edition, word, block),
        **_tried(edition, word, unit),
        **_translated(edition, word),
        "at": 0,
        "discussion.tend.number": _comment(edition, word, block),
        "curriculum.picture.name": "buyer",
    }


def _studied(edition: Edition, word: str, block: str) -> dict[str, Any]:
    said = f"necesidad-{edition.region.lower()}" if word.startswith("secreto") else word  # a need is of no curriculum
    need = study.keep_need(
        COMMAND_LINE, edition.region, {**dict.fromkeys(("title", "conclusion"), f"={said}"), "priority": "high"}
    )
    source = study.keep(COMMAND_LINE, edition, Sheet.SOURCES, {"title": word, "kind": "law"})
    finding = study.keep(COMMAND_LINE, edition, Sheet.FINDINGS, {"statement": f"={word}", "strength": "fair"})
    article = study.keep(COMMAND_LINE, edition, Sheet.ARTICLES, {"topic": f"={word}", "law_says": word, "gap": "minor"})
    survey = study.keep(COMMAND_LINE, edition, Sheet.INSTRUMENTS, {"name": word, "kind": "survey"})
    asked = {"number": "1", "asked": word, "answers": f"{word}; 9"}
    question = study.keep(COMMAND_LINE, edition, Sheet.QUESTIONS, asked, within=survey.id)
    quote = study.keep(COMMAND_LINE, edition, Sheet.QUOTES, {"words": word, "consent": "yes"}, within=survey.id)
    case = study.keep(COMMAND_LINE, edition, Sheet.CASES, {"title": word, "cleaned": "yes"})
    author = study.keep(COMMAND_LINE, edition, Sheet.AUTHORS, {"name": word, "consent": "no"}, within=case.id)
    study.place(COMMAND_LINE, edition, Sheet.CASES, case.id, uid_of(edition, Kind.CASE))
    evidence = study.rest_on(COMMAND_LINE, edition, finding, Sheet.SOURCES, source.id)  # type: ignore[arg-type]
    study.attach(COMMAND_LINE, edition, finding, [block])  # type: ignore[arg-type]
    study.take_up(COMMAND_LINE, need, edition)
    study.check_item(COMMAND_LINE, edition, ITEMS[0].key, CheckState.DONE, note=word)
    assert evidence is not None
    rows = {
        "sources": source.id, "findings": finding.id, "articles": article.id, "instruments": survey.id,
        "questions": question.id, "quotes": quote.id, "cases": case.id, "authors": author.id,
    }  # fmt: skip
    return {
        "need": need.id,
        "kind": "findings",
        "row": finding.id,
        "study.instrument.row": survey.id,
        "rows": rows,
        "evidence": evidence.id,
    }


def _comment(edition: Edition, word: str, block: str) -> int:
    return discussion.add_comment(COMMAND_LINE, edition, block, f"{word} dicho", quote=word).id


def _discussed(edition: Edition, word: str, block: str) -> dict[str, Any]:
    text = f"Una propuesta: {word}."
    proposal = discussion.propose(COMMAND_LINE, edition, block, ProposalKind.CHANGE, text, language="es", why=word)
    found: dict[str, Any] = dict.fromkeys(
        ("discussion.proposal.number", "discussion.decide_proposal.number"), proposal.id
    )
    if edition.parent is not None:
        found["offer"] = discussion.offer(
            COMMAND_LINE, edition, uid_of(edition, Kind.LIST), texts={"es": f"- {word}"}, why=word
        ).id
    newest = editions.latest_release(edition)
    if newest is not None:
        soon = clock.now().date() + timedelta(days=SOON)
        told = word.replace("secreto", "aviso")  # whoever is below reads it
        found["notice"] = discussion.send_notice(COMMAND_LINE, newest, told, soon).id
    number = found.get("notice", 2**31 - 1)
    return {**found, "discussion.notice.number": number, "discussion.answer_notice.number": number}


def workshop_of(edition: Edition, word: str) -> Workshop:
    """A workshop that takes answers, with a person and a remark."""
    unit = next(unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units())
    made = validation.plan_workshop(COMMAND_LINE, edition, Details(word, DAY, place=word, language="es"), [unit])
    validation.add_participant(COMMAND_LINE, made, Person(f"{word}-persona", "woman", age=30, organisation=word))
    validation.add_remark(COMMAND_LINE, made, unit, f"{word} dice", paragraph=1, participant=1)
    validation.take_answers(COMMAND_LINE, made, True)
    return made


def _tried(edition: Edition, word: str, unit: str) -> dict[str, Any]:
    workshop = workshop_of(edition, word)
    pilot = plan_pilot(COMMAND_LINE, edition, PilotDetails(word, DAY, DAY, place=word, language="es"), [unit])
    add_learners(COMMAND_LINE, pilot, [Person(f"{word}-aprendiz", "man", age=20)])
    observe(COMMAND_LINE, pilot, unit, f"{word} visto", observer=word)
    return {
        "workshop": workshop.id,
        "participant": 1,
        "remark": 1,
        "token": workshop.token,
        "pilot": pilot.id,
        "observation": 1,
        "wanted": "free",
        "validation.close_pilot.wanted": "reopen",
    }


def _translated(edition: Edition, word: str) -> dict[str, Any]:
    agreed = word.replace("secreto", "acordado")  # holds in the regions within too
    term = Term(agreed, "es", edition.region, agreed, Status.PREFERRED, "", "")
    row = translation.add_term(COMMAND_LINE, term, curriculum=edition.slug)
    translation.add_exception(COMMAND_LINE, edition, f"{word} excepción")
    return {"term": row.id}
