"""Needs, for those who read drafts or keep studies in the region a need comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select, true

from app.core.errors import N_
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.db import db
from app.people.permissions import WORLD, Actor, Permission, Scope, allows
from app.study.kinds import NeedStatus, Priority
from app.study.models import Need, NeedEdition
from app.study.rules import NoSuchNeed, found_in

PER_PAGE = 25
SORTS = {"new": N_("Newest first"), "urgent": N_("Most urgent first"), "title": N_("By name")}
_RANK = {priority: rank for rank, priority in enumerate(Priority)}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of needs: how many there are in all, how many per status, and the editions each led to."""

    needs: Sequence[Need]
    total: int
    page: int
    pages: int
    counts: dict[NeedStatus, int]
    led_to: dict[int, list[Edition]]


def scope_of(actor: Actor, region: str, permission: Permission) -> Scope:
    """Where a need of this region lies for this actor. It is of no curriculum, so any counts."""
    for held in actor.scopes(permission):
        scope = Scope(held.curriculum, region)
        if held.covers(scope):
            return scope
    return Scope(None, region)


def may_read(actor: Actor, need: Need) -> bool:
    """Whether the actor may see a need: reads drafts, or keeps studies, in its region."""
    return any(
        allows(actor, permission, scope_of(actor, need.region, permission))
        for permission in (Permission.READ_DRAFT, Permission.KEEP_STUDY)
    )


def may_keep(actor: Actor, region: str) -> bool:
    """Whether the actor may write down and change needs of this region."""
    return allows(actor, Permission.KEEP_STUDY, scope_of(actor, region, Permission.KEEP_STUDY))


def get(actor: Actor, need_id: int) -> Need:
    """The need, if the actor may see it; else there is none."""
    found = db.session.get(Need, need_id)
    if found is None or not may_read(actor, found):
        raise NoSuchNeed
    return found


def listed(
    actor: Actor,
    *,
    words: str = "",
    status: NeedStatus | None = None,
    sort: str = "new",
    page: int = 1,
    put_away: bool = False,
    per_page: int = PER_PAGE,
) -> Page:
    """One page of the needs the actor may see; three queries, however many there are."""
    archived = Need.archived_at.is_not(None) if put_away else Need.archived_at.is_(None)
    every = db.session.scalars(select(Need).where(_seen(actor), archived).order_by(Need.id.desc())).all()
    met = [n for n in every if found_in(words, n.title, n.conclusion, n.said_by, n.event, n.place, n.organisations)]
    counts = {one: sum(need.status is one for need in met) for one in NeedStatus}
    shown = [need for need in met if status in (None, need.status)]
    if sort == "urgent":
        shown.sort(key=lambda need: _RANK[need.priority])
    elif sort == "title":
        shown.sort(key=lambda need: need.title.casefold())
    pages = max(1, -(-len(shown) // per_page))
    page = min(max(page, 1), pages)
    part = shown[(page - 1) * per_page : page * per_page]
    return Page(part, len(shown), page, pages, counts, led_to(actor, [need.id for need in part]))


def led_to(actor: Actor, need_ids: Sequence[int]) -> dict[int, list[Edition]]:
    """The editions that go back to each need, as far as the actor may read their drafts; one query."""
    links = db.session.scalars(select(NeedEdition).where(NeedEdition.need_id.in_(need_ids)).order_by(NeedEdition.id))
    found: dict[int, list[Edition]] = {}
    for link in links if need_ids else []:
        if editions.may_read_draft(actor, link.edition):
            found.setdefault(link.need_id, []).append(link.edition)
    return found


def behind(actor: Actor, edition: Edition) -> list[Need]:
    """The needs an edition goes back to, as far as the actor may see them."""
    links = db.session.scalars(
        select(NeedEdition).where(NeedEdition.edition_id == edition.id).order_by(NeedEdition.id)
    )  # fmt: skip
    return [link.need for link in links if may_read(actor, link.need)]


def regions(actor: Actor) -> list[str]:
    """The regions for which the actor may write needs down, as roles name them; the world stands for any."""
    return sorted({scope.region or WORLD for scope in actor.scopes(Permission.KEEP_STUDY)})


def linked(need: Need, edition: Edition) -> bool:
    """Whether a need is tied to this edition already."""
    statement = select(func.count()).where(NeedEdition.need_id == need.id, NeedEdition.edition_id == edition.id)
    return bool(db.session.scalar(statement))


def _seen(actor: Actor) -> ColumnElement[bool]:
    """The needs whose region one of the actor's roles covers."""
    reading = (Permission.READ_DRAFT, Permission.KEEP_STUDY)
    held = {scope.region for permission in reading for scope in actor.scopes(permission)}
    if None in held or WORLD in held:
        return true()
    parts = [or_(Need.region == region, Need.region.startswith(f"{region}-", autoescape=True)) for region in held]
    return or_(*parts) if parts else false()
