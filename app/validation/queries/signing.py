"""Who signed which state of an edition in which role, and whether it is still the state they signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.curriculum.models import Edition, Revision
from app.curriculum.queries import comparing, contents, editions
from app.infra.db import db
from app.validation.models import Signature
from app.validation.rules import stages as rules
from app.validation.rules.stages import SignRole


@dataclass(frozen=True, slots=True)
class Signed:
    """A role's newest signature that was not withdrawn. `outdated`: what it was put under is not this state."""

    role: SignRole
    signature: Signature
    outdated: bool


def signatures(edition: Edition, revision: Revision) -> list[Signed]:
    """Who answers for an edition as it stands in this revision: the newest signature per role, in their order."""
    newest = _newest([edition.id])
    found = [newest[edition.id, role] for role in SignRole if (edition.id, role) in newest]
    return [Signed(one.role, one, not _same(one.revision, revision)) for one in found]


def under(edition: Edition, revision: Revision) -> list[Signature]:
    """The newest signature of each role under a state as it reads, in the order of the roles; none taken back."""
    rows = db.session.scalars(
        select(Signature)
        .where(Signature.edition_id == edition.id, Signature.withdrawn_at.is_(None))
        .order_by(Signature.id)
    )
    newest = {one.role: one for one in rows if _same(one.revision, revision)}
    return [newest[role] for role in SignRole if role in newest]


def missing(edition: Edition, revision: Revision) -> list[SignRole]:
    """The roles in which nobody has signed this state."""
    holding = {one.role for one in signatures(edition, revision) if not one.outdated}
    return [role for role in SignRole if role not in holding]


def missing_in(found: Sequence[Edition]) -> dict[int, list[SignRole]]:
    """The roles in which nobody has signed the draft of each of these editions; one query."""
    newest = _newest([one.id for one in found])
    result = {}
    for edition in found:
        head = edition.head
        holding = {
            role
            for role in SignRole
            if head is not None and (one := newest.get((edition.id, role))) and _same(one.revision, head)
        }
        result[edition.id] = [role for role in SignRole if role not in holding]
    return result


def _newest(edition_ids: Collection[int]) -> Mapping[tuple[int, SignRole], Signature]:
    if not edition_ids:
        return {}
    rows = db.session.scalars(
        select(Signature)
        .where(Signature.edition_id.in_(edition_ids), Signature.withdrawn_at.is_(None))
        .order_by(Signature.id)
    )
    return {(one.edition_id, one.role): one for one in rows}


def _same(signed: Revision, now: Revision) -> bool:
    """Whether two states read the same: content, variables, standing to the original."""
    return (signed.content_digest, signed.local_digest) == (now.content_digest, now.local_digest)


def history(edition: Edition) -> Sequence[Signature]:
    """Every signature that was ever put under an edition, newest first, the withdrawn too."""
    return db.session.scalars(
        select(Signature).where(Signature.edition_id == edition.id).order_by(Signature.id.desc())
    ).all()


def get(edition: Edition, signature_id: int) -> Signature:
    """A signature of this edition; raises `NoSuchSignature`."""
    found = db.session.get(Signature, signature_id)
    if found is None or found.edition_id != edition.id:
        raise rules.NoSuchSignature
    return found


def changed_since(edition: Edition, found: Sequence[Signed]) -> dict[int, list[comparing.Changed]]:
    """What differs between what was signed and the draft, by the signature's id, for those that are outdated."""
    late = [one.signature for one in found if one.outdated]
    if not late:
        return {}
    head = editions.head_of(edition)
    read = contents.contents_of([head, *(one.revision for one in late)])
    return {one.id: comparing.changes(read[one.revision_id], read[head.id], bodies={}) for one in late}
