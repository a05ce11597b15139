"""Finding editions and releases, always for an actor: what the actor may not see is not found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.errors import N_, Refused
from app.curriculum.models import Act, ActKind, Curriculum, Edition, Release, Revision
from app.infra.db import db
from app.people.permissions import Actor, Permission, Scope, allows, check


class NoSuchEdition(Refused):
    text = N_("There is no edition %(name)s, or you may need to sign in to see it.")
    status = 404


class NoSuchRelease(Refused):
    text = N_("%(name)s has no version %(version)s.")
    status = 404


class NothingReleased(Refused):
    text = N_("%(name)s has not been released yet.")


def scope_of(edition: Edition) -> Scope:
    """Where an edition lies, for asking permission."""
    return Scope(edition.curriculum.slug, edition.region)


def may_read_release(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may read what is released of an edition."""
    return edition.public or allows(actor, Permission.READ_RELEASE, scope_of(edition))


def may_read_draft(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may read an edition as it stands between releases."""
    return allows(actor, Permission.READ_DRAFT, scope_of(edition))


def may_edit(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may change an edition's content."""
    return allows(actor, Permission.EDIT_CONTENT, scope_of(edition))


def find(slug: str, region: str) -> Edition | None:
    """The edition of a curriculum for a region, unchecked: for actions that check by themselves."""
    return db.session.scalar(
        select(Edition).join(Curriculum).where(Curriculum.slug == slug, Edition.region == region)
        .options(joinedload(Edition.head))
    )  # fmt: skip


def get(actor: Actor, slug: str, region: str, permission: Permission) -> Edition:
    """The edition, if the actor has this permission on it; `NoSuchEdition` when the actor may not even know of it."""
    edition = find(slug, region)
    if edition is None or not may_know(actor, edition):
        raise NoSuchEdition(name=f"{slug}/{region}")
    if permission is Permission.READ_RELEASE:
        return edition
    check(actor, permission, scope_of(edition))
    return edition


def may_know(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may learn that there is such an edition: reads its draft, or a release that there is."""
    if may_read_draft(actor, edition):
        return True
    return may_read_release(actor, edition) and latest_release(edition) is not None


def hold(edition: Edition) -> None:
    """Read the edition anew and let no other transaction change it until this one ends (SQLite holds everything)."""
    statement = select(Edition).where(Edition.id == edition.id).with_for_update(of=Edition)
    db.session.scalars(statement.execution_options(populate_existing=True)).one()


def hold_family(edition: Edition) -> None:
    """Let no other transaction that asks for it add an edition to this curriculum until this one ends."""
    db.session.scalars(select(Curriculum).where(Curriculum.id == edition.curriculum_id).with_for_update()).one()


def visible(actor: Actor) -> list[Edition]:
    """Every edition the actor may read something of, by curriculum, the original first, and region."""
    editions = db.session.scalars(
        select(Edition)
        .join(Curriculum)
        .options(joinedload(Edition.head))
        .order_by(Curriculum.slug, Edition.parent_id.is_not(None), Edition.region)
    )
    released = set(db.session.scalars(select(Release.edition_id).distinct()))
    return [
        e for e in editions if may_read_draft(actor, e) or (e.id in released and may_read_release(actor, e))
    ]  # fmt: skip


def releases(edition: Edition) -> Sequence[Release]:
    """An edition's releases with their acts, newest version first."""
    return db.session.scalars(
        select(Release)
        .where(Release.edition_id == edition.id)
        .options(joinedload(Release.act))
        .order_by(Release.major.desc(), Release.minor.desc(), Release.patch.desc())
    ).all()


def latest_release(edition: Edition) -> Release | None:
    """An edition's newest release, if there is one."""
    return db.session.scalars(
        select(Release)
        .where(Release.edition_id == edition.id)
        .order_by(Release.major.desc(), Release.minor.desc(), Release.patch.desc())
        .limit(1)
    ).first()


def latest_releases(edition_ids: Sequence[int]) -> dict[int, Release]:
    """The newest release of each of these editions, in one query."""
    if not edition_ids:
        return {}
    rank = (
        func.row_number()
        .over(
            partition_by=Release.edition_id, order_by=(Release.major.desc(), Release.minor.desc(), Release.patch.desc())
        )
        .label("rank")
    )
    ranked = select(Release.id, rank).where(Release.edition_id.in_(edition_ids)).subquery()
    found = db.session.scalars(select(Release).join(ranked, ranked.c.id == Release.id).where(ranked.c.rank == 1))
    return {release.edition_id: release for release in found}


def release(edition: Edition, version: str | None) -> Release:
    """The release of this version (`1.2.0`), or the newest one for None."""
    if version is None:
        newest = latest_release(edition)
        if newest is None:
            raise NothingReleased(name=edition.name)
        return newest
    parts = version.split(".")
    if len(parts) == 3 and all(p.isascii() and p.isdecimal() and len(p) < 6 for p in parts):
        major, minor, patch = map(int, parts)
        found = db.session.scalar(
            select(Release).where(
                Release.edition_id == edition.id,
                Release.major == major,
                Release.minor == minor,
                Release.patch == patch,
            )
        )
        if found is not None:
            return found
    raise NoSuchRelease(name=edition.name, version=version)


def releases_by_id(ids: Sequence[int]) -> dict[int, Release]:
    """Releases by id, with their editions and revisions; those this request has read already are not read again."""
    found = {i: r for i in ids if (r := db.session.identity_map.get(db.session.identity_key(Release, i))) is not None}
    missing = [i for i in ids if i not in found]
    if missing:
        found |= {r.id: r for r in db.session.scalars(select(Release).where(Release.id.in_(missing)))}
    return found


def by_id(ids: Sequence[int]) -> Sequence[Edition]:
    """Editions by id, in order of their ids."""
    if not ids:
        return []
    return db.session.scalars(select(Edition).where(Edition.id.in_(ids)).order_by(Edition.id)).all()


def children(edition: Edition) -> Sequence[Edition]:
    """The editions forked from this one, by region."""
    return db.session.scalars(
        select(Edition).where(Edition.parent_id == edition.id).order_by(Edition.region, Edition.id)
    ).all()


def family(slug: str) -> Sequence[Edition]:
    """Every edition of a curriculum, parents before children."""
    found = db.session.scalars(
        select(Edition).join(Curriculum).where(Curriculum.slug == slug).order_by(Edition.id)
        .options(joinedload(Edition.head))
    )  # fmt: skip
    return found.all()


def ancestors(edition: Edition) -> list[Edition]:
    """The chain of editions above this one, nearest first."""
    chain: list[Edition] = []
    current = edition.parent
    while current is not None and current not in chain:
        chain.append(current)
        current = current.parent
    return chain


def revision(edition: Edition, number: int) -> Revision | None:
    """An edition's revision by its number."""
    return db.session.scalar(select(Revision).where(Revision.edition_id == edition.id, Revision.number == number))


def revisions(edition: Edition, *, limit: int = 50, before: int | None = None) -> Sequence[Revision]:
    """An edition's revisions, newest first, those numbered below `before`."""
    statement = select(Revision).where(Revision.edition_id == edition.id)
    if before is not None:
        statement = statement.where(Revision.number < before)
    return db.session.scalars(statement.order_by(Revision.number.desc()).limit(limit)).all()


def revision_by_id(edition: Edition, revision_id: int) -> Revision | None:
    """An edition's revision by its id; None when it is another edition's."""
    found = db.session.get(Revision, revision_id)
    return found if found is not None and found.edition_id == edition.id else None


def curriculum(slug: str) -> Curriculum | None:
    """The curriculum of this slug."""
    return db.session.scalar(select(Curriculum).where(Curriculum.slug == slug))


def other_originals(edition: Edition) -> Sequence[Edition]:
    """The editions of other curricula that come from files, in order of their ids."""
    statement = select(Edition).where(Edition.parent_id.is_(None), Edition.curriculum_id != edition.curriculum_id)
    return db.session.scalars(statement.order_by(Edition.id)).all()


def last_loaded(edition: Edition) -> Revision | None:
    """The newest state of an edition that came from files."""
    return db.session.scalars(
        select(Revision)
        .join(Act, Revision.act_id == Act.id)
        .where(Revision.edition_id == edition.id, Act.kind == ActKind.LOAD)
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()


def head_of(edition: Edition) -> Revision:
    """An edition's newest state; `NothingReleased` for one that has none."""
    if edition.head is None:
        raise NothingReleased(name=edition.name)
    return edition.head
