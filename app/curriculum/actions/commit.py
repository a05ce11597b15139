"""The one way an edition gets a new state. Everything that changes an edition ends here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Insert, insert
from sqlalchemy.dialects import postgresql, sqlite

from app.core.content import Content, Digest, Uid
from app.core.errors import N_, Refused
from app.core.pictures import bare
from app.curriculum.manifests import Local, digest_of, dump_content, dump_local
from app.curriculum.models import Act, ActKind, Edition, Manifest, Revision, Text
from app.curriculum.packing import pack
from app.curriculum.queries import contents
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor

Listener = Callable[[Actor, Edition, Revision | None, Revision], None]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """Tell a feature above of every new state, inside its transaction: who, which edition, the state before, the new.

    Registering a name again replaces it.
    """
    _listeners[name] = listener


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
    like: Revision | None = None,
) -> Revision:
    """Give an edition a new state and make it the head. `like` is an edition's state that this one mostly equals.

    Writes the texts and manifests that are new, one act and one revision. With `expected_head`, raises
    `ChangedMeanwhile` unless that revision is still the head. The caller has checked the actor's permission.
    """
    if expected_head is not None and edition.head_id != expected_head:
        raise ChangedMeanwhile
    if isinstance(act, ActSpec):
        act = begin(actor, edition, act)
    content_digest, manifests = dump_content(content)
    local_digest, local_body = dump_local(local)
    put_texts(texts or {})
    _put_manifests(like or edition.head, content, {**manifests, local_digest: local_body}, content_digest, local_digest)
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
    contents.keep(content_digest, content, local_digest, local)
    before, edition.head = edition.head, revision
    record(actor.account_id, f"edition.{act.kind}", edition, revision=revision.id)
    for listener in _listeners.values():
        listener(actor, edition, before, revision)
    return revision


def put_texts(texts: Mapping[Digest, str]) -> None:
    """Keep these texts; those already kept stay as they are."""
    _put(Text, [{"digest": name, "body": body} for name, body in texts.items()])


def put_media(media: Mapping[str, bytes]) -> dict[str, str]:
    """Keep these pictures, without what a camera told about them; return under what name each is kept."""
    return {name: storage.put(bare(data)) for name, data in media.items()}


def _put_manifests(
    like: Revision | None, content: Content, bodies: Mapping[Digest, str], root: Digest, local: Digest
) -> None:
    """Store the manifests that are new, each packed against the one it follows on, if there is one."""
    before = _names(contents.state(like).content) if like is not None else {}
    now = {digest: uid for uid, digest in _names(content).items()}
    known = {*before.values(), *((like.content_digest, like.local_digest) if like is not None else ())}
    rows: list[dict[str, object]] = []
    for digest, body in bodies.items():
        if digest in known:
            continue
        follows = None
        if like is not None:
            follows = {root: like.content_digest, local: like.local_digest}.get(digest) or before.get(now[digest])
        base = contents.base_of(follows) if follows is not None else None
        data, packed = pack(body, base[1] if base else None)
        rows.append({"digest": digest, "base_digest": base[0] if base and packed else None, "data": data})
    _put(Manifest, rows)


def _names(content: Content) -> dict[Uid, Digest]:
    """The digest of every unit's manifest by the unit's uid."""
    return {unit.uid: digest_of(unit) for _, unit in content.units()}


def _put(table: type[Text] | type[Manifest], rows: Sequence[Mapping[str, object]]) -> None:
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
