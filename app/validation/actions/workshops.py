"""Planning a workshop: what is tried, when and where, its agenda, its questionnaire, and when it takes answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete

from app.core import overtaken
from app.core.content import Uid
from app.curriculum.models import Edition, Release, Revision
from app.curriculum.queries import contents, editions, reading
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.validation.models import AgendaItem, Question, Workshop
from app.validation.models.workshops import ItemKind, WorkshopKind, WorkshopState
from app.validation.queries import workshops as queries
from app.validation.rules import agenda, scales
from app.validation.rules import workshops as rules
from app.validation.rules.scales import STEPS, Criterion, Scale

MOST_FACILITATORS = 20


@dataclass(frozen=True, slots=True)
class Details:
    """What people say of a workshop; a draft of a form, checked when it is saved."""

    title: str
    starts_on: date
    kind: WorkshopKind = WorkshopKind.POPULATION
    purpose: str = ""
    place: str = ""
    host: str = ""
    facilitators: tuple[str, ...] = ()
    days: int = 1
    starts_minute: int = 8 * 60 + 30
    language: str = ""
    threshold: int = 70


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is to be asked."""

    criterion: Criterion
    texts: dict[str, str] = field(default_factory=dict)


@transactional
def plan_workshop(
    actor: Actor, edition: Edition, details: Details, units: Sequence[Uid], *, release: Release | None = None
) -> Workshop:
    """Plan a workshop on these units as they stand at a release, or in the draft now; agenda and questions are made."""
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(edition))
    if release is not None and release.edition_id != edition.id:
        raise rules.NotInEdition
    revision = release.revision if release is not None else editions.head_of(edition)
    workshop = Workshop(
        edition=edition,
        revision=revision,
        release=release,
        state=WorkshopState.PLANNED,
        scale=Scale.FIVE,
        top_from=STEPS[Scale.FIVE].top_from,
        token=rules.new_token(),
        code=rules.new_code(),
        notes={},
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    _describe(workshop, details)
    lines = _plan(revision, details, units)
    db.session.add(workshop)
    db.session.flush()
    _write_agenda(workshop, lines)
    for position, (criterion, texts) in enumerate(scales.QUESTIONS):
        db.session.add(Question(workshop_id=workshop.id, criterion=criterion, position=position, texts=dict(texts)))
    record(actor.account_id, "workshop.planned", workshop, edition=edition.name)
    return workshop


@transactional
def change_workshop(actor: Actor, workshop: Workshop, details: Details, *, seen: str = "") -> None:
    """Say something else of a workshop that is not closed; what it tries stays.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    queries.hold(actor, workshop)
    overtaken.check_draft(seen, workshop, details)
    _describe(workshop, details)
    record(actor.account_id, "workshop.changed", workshop)


def _describe(workshop: Workshop, details: Details) -> None:
    rules.check_days(details.days)
    scales.check_settings(workshop.scale, workshop.top_from, details.threshold)
    if not 0 <= details.starts_minute < agenda.MIDNIGHT:
        raise agenda.BadClock
    languages = workshop.edition.languages
    workshop.kind = details.kind
    workshop.title = rules.title(details.title)
    workshop.purpose = rules.long_text(details.purpose)
    workshop.place = rules.line(details.place)
    workshop.host = rules.line(details.host)
    workshop.facilitators = [rules.line(one) for one in details.facilitators if one.strip()][:MOST_FACILITATORS]
    workshop.starts_on = details.starts_on
    workshop.days = details.days
    workshop.starts_minute = details.starts_minute
    workshop.language = details.language if details.language in languages else languages[0]
    workshop.threshold = details.threshold


def _plan(revision: Revision, details: Details, units: Sequence[Uid]) -> list[agenda.Line]:
    """The agenda for the chosen units in the order they have in the edition."""
    content = contents.state(revision).content
    wanted = set(units)
    if any(reading.unit_of(content, uid) is None for uid in wanted):
        raise rules.NotInEdition
    chosen = [(unit.uid, unit.minutes) for _, unit in content.units() if unit.uid in wanted]
    if not chosen:
        raise rules.NoUnits
    if 2 * len(chosen) > agenda.MOST_ITEMS // 2:
        raise agenda.TooManyItems(most=agenda.MOST_ITEMS)
    return agenda.plan(chosen, details.starts_minute, details.days)


def _write_agenda(workshop: Workshop, lines: Sequence[agenda.Line]) -> None:
    for position, line in enumerate(lines):
        is_unit = line.kind in (ItemKind.UNIT, ItemKind.ANSWERS)
        db.session.add(
            AgendaItem(
                workshop_id=workshop.id,
                day=line.day,
                position=position,
                kind=ItemKind(line.kind),
                unit_uid=line.what if is_unit else None,
                title="" if is_unit else line.what,
                minutes=line.minutes,
            )
        )


@transactional
def replan(actor: Actor, workshop: Workshop, units: Sequence[Uid]) -> None:
    """Make the agenda anew for these units; not any more once somebody has answered."""
    queries.hold(actor, workshop)
    if queries.has_answers(workshop):
        raise rules.HasAnswers
    details = Details(workshop.title, workshop.starts_on, days=workshop.days, starts_minute=workshop.starts_minute)
    lines = _plan(workshop.revision, details, units)
    db.session.execute(delete(AgendaItem).where(AgendaItem.workshop_id == workshop.id))
    _write_agenda(workshop, lines)
    record(actor.account_id, "workshop.replanned", workshop)


@dataclass(frozen=True, slots=True)
class Change:
    """How a line of the agenda is to stand; without an id it is a new one. `minutes` None takes it out."""

    item: int | None
    day: int
    place: int
    title: str
    minutes: int | None


@transactional
def set_agenda(actor: Actor, workshop: Workshop, changes: Sequence[Change], *, seen: str = "") -> None:
    """Put the agenda in another order, with other minutes and words. Units stay on it; replan to choose others.

    `seen` is the mark of the agenda that the form showed; raises `StaleAgenda` when it is another one by now.
    """
    queries.hold(actor, workshop)
    items = {item.id: item for item in queries.agenda(workshop)}
    is_stale = bool(seen) and seen != agenda.mark_of(items.values())
    if is_stale or {change.item for change in changes if change.item is not None} != items.keys():
        raise rules.StaleAgenda
    ordered = sorted(enumerate(changes), key=lambda pair: (pair[1].day, pair[1].place, pair[0]))
    kept = 0
    for position, (_, change) in enumerate(ordered):
        if not 1 <= change.day <= workshop.days:
            raise rules.BadDays(most=workshop.days)
        item = items.get(change.item or 0)
        if change.minutes is None:
            if item is None:
                continue
            if item.kind is ItemKind.UNIT:
                raise rules.NotInEdition
            db.session.delete(item)
            continue
        if not 0 <= change.minutes <= agenda.LONGEST_ITEM:
            raise agenda.BadTime(most=agenda.LONGEST_ITEM)
        if item is None:
            item = AgendaItem(workshop_id=workshop.id, kind=ItemKind.OTHER, unit_uid=None)
            db.session.add(item)
        item.day, item.position, item.minutes = change.day, position, change.minutes
        item.title = rules.line(change.title)
        kept += 1
    if kept > agenda.MOST_ITEMS:
        raise agenda.TooManyItems(most=agenda.MOST_ITEMS)
    record(actor.account_id, "workshop.agenda", workshop)


@transactional
def set_questions(actor: Actor, workshop: Workshop, asked: Sequence[Asked]) -> None:
    """Ask these questions about every unit, in this order; not any more once somebody has answered."""
    queries.hold(actor, workshop)
    if queries.has_answers(workshop):
        raise rules.HasAnswers
    scales.check_questions([one.criterion for one in asked])
    for one in asked:
        scales.check_question(one.texts)
    db.session.execute(delete(Question).where(Question.workshop_id == workshop.id))
    for position, one in enumerate(sorted(asked, key=lambda one: list(Criterion).index(one.criterion))):
        texts = {language: text.strip() for language, text in one.texts.items()}
        db.session.add(Question(workshop_id=workshop.id, criterion=one.criterion, position=position, texts=texts))
    record(actor.account_id, "workshop.questions", workshop)


@transactional
def set_scale(actor: Actor, workshop: Workshop, scale: Scale, top_from: int, threshold: int) -> None:
    """Choose the answers people are offered, which are the top band, and the share to reach."""
    queries.hold(actor, workshop)
    scales.check_settings(scale, top_from, threshold)
    if (scale, top_from, threshold) != (workshop.scale, workshop.top_from, workshop.threshold):
        if queries.has_answers(workshop):
            raise rules.HasAnswers
        workshop.scale, workshop.top_from, workshop.threshold = scale, top_from, threshold
    record(actor.account_id, "workshop.scale", workshop)


@transactional
def take_answers(actor: Actor, workshop: Workshop, taking: bool) -> None:
    """Let phones answer from now on, or no more for the moment."""
    queries.hold(actor, workshop)
    workshop.state = WorkshopState.OPEN if taking else WorkshopState.PLANNED
    record(actor.account_id, "workshop.opened" if taking else "workshop.paused", workshop)
