"""The checklist of an edition and the credits of its cases, for pages, gates and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.content import Uid
from app.curriculum.models import Edition
from app.infra.db import db
from app.study.checklist import ITEMS, Item
from app.study.kinds import Answer, CheckState
from app.study.models import CaseRecord, Checked


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the checklist of an edition is: questions answered, of how many, and the keys of the open ones."""

    done: int
    total: int
    open: Sequence[str]


def answers(edition: Edition) -> list[tuple[Item, Checked | None]]:
    """Every question of the checklist with its answer in this edition, if there is one; one query."""
    found = {one.item: one for one in db.session.scalars(select(Checked).where(Checked.edition_id == edition.id))}
    return [(item, found.get(item.key)) for item in ITEMS]


def checklist_progress(edition: Edition) -> Progress:
    """How far the checklist is; what is open hinders nothing, it is a hint before a release."""
    waiting = [item.key for item, given in answers(edition) if given is None or given.state is CheckState.OPEN]
    return Progress(len(ITEMS) - len(waiting), len(ITEMS), waiting)


@dataclass(frozen=True, slots=True)
class CaseCredits:
    """Who wrote a case: the names of those who agreed, how many more there are, their organisation."""

    names: Sequence[str]
    unnamed: int
    organisation: str
    version: str


def case_credits(edition: Edition, uid: Uid) -> CaseCredits | None:
    """The credits of a case block for whoever reads or prints it; None when nothing was written down of it.

    Looks in the edition's own records, then in those of the editions it comes from, the nearest first. Nobody is named
    who has not agreed.
    """
    return credits_of_cases(edition, [uid]).get(uid)


def credits_of_cases(edition: Edition, uids: Sequence[Uid]) -> Mapping[Uid, CaseCredits]:
    """The credits of many case blocks, as `case_credits` finds each; two queries per edition up to the original."""
    result: dict[Uid, CaseCredits] = {}
    current: Edition | None = edition
    seen: set[int] = set()
    while current is not None and current.id not in seen and (open_ := [uid for uid in uids if uid not in result]):
        seen.add(current.id)
        for case in cases_of(current, open_):
            result.setdefault(str(case.block_uid), credits_of(case))
        current = current.parent
    return result


def cases_of(edition: Edition, uids: Sequence[Uid]) -> Sequence[CaseRecord]:
    """The records of the cases that stand in these blocks, with their authors; two queries."""
    return db.session.scalars(
        select(CaseRecord)
        .where(CaseRecord.edition_id == edition.id, CaseRecord.archived_at.is_(None), CaseRecord.block_uid.in_(uids))
        .options(selectinload(CaseRecord.authors))
        .order_by(CaseRecord.id.desc())
    ).all()


def credits_of(case: CaseRecord) -> CaseCredits:
    """The credits of one record."""
    authors = [author for author in case.authors if author.archived_at is None]
    named = [author.name for author in authors if author.consent is Answer.YES]
    return CaseCredits(named, len(authors) - len(named), case.organisation, case.version)
