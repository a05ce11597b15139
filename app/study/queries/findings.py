"""Findings: lists with what became of each, what they rest on, and which of them an act cites."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.content import Uid
from app.curriculum.models import Act, ActKind, Edition, Revision
from app.curriculum.queries import editions
from app.curriculum.queries.citing import Cited
from app.infra.db import db
from app.people.permissions import Actor
from app.study.kinds import FindingStatus
from app.study.models import (
    Article,
    Citation,
    Evidence,
    Finding,
    FindingBlock,
    Instrument,
    Need,
    NeedEdition,
    Source,
    SurveyQuestion,
)
from app.study.rules import found_in, reason

from . import needs

PER_PAGE = 40
OFFERED = 12  # findings offered in a form besides those that belong to its paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in a list: how many acts cite it, how many blocks it speaks of."""

    finding: Finding
    acts: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing a finding rests on; the row that is named, with its instrument or its source."""

    evidence: Evidence
    source: Source | None = None
    article: Article | None = None
    instrument: Instrument | None = None
    question: SurveyQuestion | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that cites a finding: whose edition it changed, and the state it led to, if it led to one."""

    act: Act
    edition: Edition
    number: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A finding offered in a form: whose it is, whether it belongs to the paragraph, whether it is ticked."""

    finding: Finding
    edition: Edition
    here: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """The findings a form of this edition offers for citing, and how many more a search could find."""

    edition: Edition
    choices: Sequence[Choice]
    left: int
    words: str
    any: bool

    def untouched(self) -> Offer:
        """The same for another form of the page, with nothing ticked in it."""
        return replace(self, choices=[replace(one, ticked=False) for one in self.choices], words="")


def listed(
    edition: Edition, words: str = "", status: FindingStatus | None = None, *, put_away: bool = False
) -> tuple[list[Line], dict[FindingStatus, int]]:
    """An edition's findings in the order of their codes with how often they are cited, and how many per status."""
    archived = Finding.archived_at.is_not(None) if put_away else Finding.archived_at.is_(None)
    acts = select(func.count()).where(Citation.finding_id == Finding.id).scalar_subquery()
    blocks = select(func.count()).where(FindingBlock.finding_id == Finding.id).scalar_subquery()
    rows = db.session.execute(
        select(Finding, acts, blocks).where(Finding.edition_id == edition.id, archived).order_by(Finding.id)
    )
    met = [Line(*row) for row in rows if found_in(words, row[0].code, row[0].statement, row[0].note)]
    counts = {one: sum(line.finding.status is one for line in met) for one in FindingStatus}
    return [line for line in met if status in (None, line.finding.status)], counts


def codes(edition: Edition) -> list[str]:
    """The codes given in an edition so far, those of what was put away included."""
    return list(db.session.scalars(select(Finding.code).where(Finding.edition_id == edition.id)))


def rests_on(finding: Finding) -> list[Rest]:
    """What a finding rests on, in the order in which it was written down; one query."""
    rows = db.session.execute(
        select(Evidence, Source, Article, Instrument, SurveyQuestion)
        .outerjoin(Source, Evidence.source_id == Source.id)
        .outerjoin(Article, Evidence.article_id == Article.id)
        .outerjoin(Instrument, Evidence.instrument_id == Instrument.id)
        .outerjoin(SurveyQuestion, Evidence.question_id == SurveyQuestion.id)
        .where(Evidence.finding_id == finding.id)
        .order_by(Evidence.id)
    )
    return [Rest(*row) for row in rows]


def blocks_of(finding: Finding) -> Sequence[FindingBlock]:
    """The blocks a finding speaks of."""
    return db.session.scalars(
        select(FindingBlock).where(FindingBlock.finding_id == finding.id).order_by(FindingBlock.id)
    ).all()


def of_block(edition: Edition, uid: Uid) -> Sequence[Finding]:
    """An edition's findings that speak of a block."""
    return db.session.scalars(
        select(Finding)
        .join(FindingBlock, FindingBlock.finding_id == Finding.id)
        .where(Finding.edition_id == edition.id, Finding.archived_at.is_(None), FindingBlock.block_uid == uid)
        .order_by(Finding.id)
    ).all()


def became_of(actor: Actor, finding: Finding) -> list[Deed]:
    """The acts that cite a finding, newest first, in the editions whose drafts the actor may read; one query.

    An act that gives the reason of one paragraph in a larger step, as in taking changes in, led to that step's state.
    """
    led_to = (
        select(func.max(Revision.number))
        .where(Revision.edition_id == Act.edition_id, Revision.act_id <= Act.id)
        .correlate(Act)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Act, Edition, led_to)
        .join(Citation, Citation.act_id == Act.id)
        .join(Edition, Act.edition_id == Edition.id)
        .where(Citation.finding_id == finding.id)
        .order_by(Act.id.desc())
    )
    return [Deed(*row) for row in rows if editions.may_read_draft(actor, row[1])]


def with_evidence(edition: Edition) -> Sequence[Act]:
    """An edition's edits and decisions that name their evidence in words, oldest first."""
    named = (ActKind.EDIT, ActKind.LINK, ActKind.VARIABLES)
    return db.session.scalars(
        select(Act).where(Act.edition_id == edition.id, Act.kind.in_(named), Act.stems_from != "").order_by(Act.id)
    ).all()


def cited(actor: Actor, act_ids: Collection[int]) -> Mapping[int, Sequence[Cited]]:
    """The findings and needs that acts cite, as far as the actor may see them; two queries."""
    found: dict[int, list[Cited]] = {}
    if not act_ids:
        return found
    rows = db.session.execute(
        select(Citation.act_id, Finding)
        .join(Finding, Citation.finding_id == Finding.id)
        .where(Citation.act_id.in_(act_ids))
        .options(joinedload(Finding.edition))
        .order_by(Citation.id)
    )
    for act_id, finding in rows:
        if some := as_cited(actor, [finding]):
            found.setdefault(act_id, []).extend(some)
    links = db.session.execute(
        select(NeedEdition.act_id, Need).join(Need, NeedEdition.need_id == Need.id).where(
            NeedEdition.act_id.in_(act_ids)
        )
    )  # fmt: skip
    for graft, need in links:
        if graft is not None and needs.may_read(actor, need):
            found.setdefault(graft, []).append(Cited("", need.title, "study.need", {"need": need.id}))
    return found


def behind(act_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """The findings that acts cite, for carrying them on; who may see them is not asked here."""
    found: dict[int, list[Finding]] = {}
    rows = db.session.execute(
        select(Citation.act_id, Finding)
        .join(Finding, Citation.finding_id == Finding.id)
        .where(Citation.act_id.in_(list(act_ids)))
        .order_by(Citation.id)
    )
    for act_id, finding in rows:
        found.setdefault(act_id, []).append(finding)
    return found


def as_cited(actor: Actor, found: Iterable[Finding]) -> list[Cited]:
    """Findings as pages name them beside a reason, as far as the actor may see them."""
    return [
        Cited(one.code, one.statement, "study.finding", {**_address(one.edition), "row": one.id})
        for one in found
        if editions.may_read_draft(actor, one.edition)
    ]


def _address(edition: Edition) -> dict[str, str]:
    return {"slug": edition.slug, "region": edition.region}


def reachable(actor: Actor, edition: Edition) -> dict[int, Edition]:
    """The editions whose findings an act in this edition may cite: its own, and those above that the actor reads."""
    above = [one for one in editions.ancestors(edition) if editions.may_read_draft(actor, one)]
    return {one.id: one for one in [edition, *above]}


def citable(actor: Actor, edition: Edition, ids: Iterable[int]) -> list[Finding]:
    """Those of the findings that an act in this edition may cite, in the order of their numbers."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    found = db.session.scalars(
        select(Finding)
        .where(Finding.id.in_(wanted), Finding.archived_at.is_(None))
        .where(Finding.edition_id.in_(reachable(actor, edition)))
        .order_by(Finding.id)
    )
    return list(found)


def reason_of(actor: Actor, edition: Edition, why: str, ids: Iterable[int]) -> str:
    """Why something is done in an edition: as written, else what the cited findings say."""
    return why.strip() or reason(why, [finding.statement for finding in citable(actor, edition, ids)])


def offered(
    actor: Actor, edition: Edition, *, block: Uid = "", unit: Uid = "", ticked: Collection[int] = (), words: str = ""
) -> Offer:
    """The findings that a form offers: those of the paragraph and the ticked ones first, then what the words find."""
    homes = reachable(actor, edition)
    every = db.session.scalars(
        select(Finding)
        .where(Finding.edition_id.in_(homes), Finding.archived_at.is_(None))
        .order_by(Finding.edition_id.desc(), Finding.id)
    ).all()
    if not every:
        return Offer(edition, [], 0, words, any=False)
    spoken = db.session.execute(
        select(FindingBlock.finding_id, FindingBlock.block_uid, FindingBlock.unit_uid).where(
            FindingBlock.finding_id.in_([finding.id for finding in every])
        )
    )
    near: dict[int, int] = {}
    for finding_id, at_block, at_unit in spoken:
        rank = 2 if block and at_block == block else 1 if unit and at_unit == unit else 0
        near[finding_id] = max(near.get(finding_id, 0), rank)
    ordered = sorted(every, key=lambda one: (-near.get(one.id, 0), one.edition_id != edition.id))
    kept = [one for one in ordered if one.id in ticked or (near.get(one.id, 0) == 2 and not words)]
    met = [one for one in ordered if one not in kept and found_in(words, one.code, one.statement)]
    shown = [*kept, *met[:OFFERED]]
    choices = [Choice(one, homes[one.edition_id], near.get(one.id, 0) == 2, one.id in ticked) for one in shown]
    return Offer(edition, choices, len(met) - len(met[:OFFERED]), words, any=True)
