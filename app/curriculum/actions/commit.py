"""The one way an edition gets a new state. Everything that changes an edition ends here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Insert, insert
from sqlalchemy.dialects import postgresql, sqlite

from app.core.content import Content, Digest
from app.core.errors import N_, Refused
from app.curriculum.manifests import Local, dump_content, dump_local
from app.curriculum.models import Act, ActKind, Edition, Manifest, Revision, Text
from app.curriculum.queries import contents
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor


class ChangedMeanwhile(Refused):
    text = N_("Somebody changed this edition while you were working. Your text is kept; compare and save again.")


@dataclass(frozen=True, slots=True)
class ActSpec:
    """What is being done, why, and what it stems from (another act, a finding, a file)."""

    kind: ActKind
    why: str = ""
    stems_from: str = ""


def begin(actor: Actor, edition: Edition, spec: ActSpec) -> Act:
    """Write down an act, so that its id can stand in links before the state is committed."""
    act = Act(
        edition_id=edition.id,
        kind=spec.kind,
        at=clock.now(),
        account_id=actor.account_id,
        actor_name=actor.name,
        role=actor.role_name,
        why=spec.why.strip(),
        stems_from=spec.stems_from,
    )
    db.session.add(act)
    db.session.flush()
    return act


@transactional
def commit(
    actor: Actor,
    edition: Edition,
    act: Act | ActSpec,
    *,
    content: Content,
    local: Local,
    texts: Mapping[Digest, str] | None = None,
    expected_head: int | None = None,
) -> Revision:
    """Give an edition a new state and make it the head.

    Writes the texts and manifests that are new, one act and one revision. With `expected_head`, raises
    `ChangedMeanwhile` unless that revision is still the head. The caller has checked the actor's permission.
    """
    if expected_head is not None and edition.head_id != expected_head:
        raise ChangedMeanwhile
    if isinstance(act, ActSpec):
        act = begin(actor, edition, act)
    content_digest, manifests = dump_content(content)
    local_digest, local_body = dump_local(local)
    known = _manifests_of_head(edition)
    put_texts(texts or {})
    _put(Manifest, {d: b for d, b in {**manifests, local_digest: local_body}.items() if d not in known})
    revision = Revision(
        edition_id=edition.id,
        number=(edition.head.number if edition.head else 0) + 1,
        previous_id=edition.head_id,
        act=act,
        content_digest=content_digest,
        local_digest=local_digest,
        at=act.at,
    )
    db.session.add(revision)
    db.session.flush()
    edition.head = revision
    record(actor.account_id, f"edition.{act.kind}", edition, revision=revision.id)
    return revision


def put_texts(texts: Mapping[Digest, str]) -> None:
    """Keep these texts; those already kept stay as they are."""
    _put(Text, texts)


def _manifests_of_head(edition: Edition) -> set[Digest]:
    """Digests that surely are stored already: those of the head and its units, when this process has read them."""
    if edition.head is None:
        return set()
    _, manifests = dump_content(contents.state(edition.head).content)
    return {edition.head.local_digest, *manifests}


def _put(table: type[Text] | type[Manifest], bodies: Mapping[Digest, str]) -> None:
    rows = [{"digest": d, "body": b} for d, b in bodies.items()]
    if rows:
        db.session.execute(_insert_new(table), rows)


def _insert_new(table: type[Text] | type[Manifest]) -> Insert:
    """INSERT that leaves rows alone whose digest is there already, in either database's words."""
    dialect = db.session.get_bind().dialect.name
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return insert(table)
