"""Editing a unit or a block, and going back to an earlier state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.adaptation import rules
from app.core import editing
from app.core.content import Block, Kind, Language, Uid, Unit
from app.core.rendering import check_text
from app.core.splitting import split
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra.transactions import transactional
from app.people.permissions import Actor

from .drafts import drop
from .saving import new_uid, opened, save


@transactional
def edit_unit(
    actor: Actor,
    edition: Edition,
    unit_uid: Uid,
    language: Language,
    body: str,
    *,
    why: str = "",
    findings: Sequence[int] = (),
    seen_head: int | None = None,
) -> Revision:
    """Give a unit a new text in one language, as Markdown; blocks keep their uids.

    `seen_head` is the revision whose text the person was editing: when the unit has changed since, in this language
    or in its order, `ChangedMeanwhile` is raised and nothing is written. Also raises `NeedsReason`, `FixedBlock`,
    `UnknownVariable`, and what is wrong with the text itself.
    """
    now = opened(actor, edition)
    unit = _unit(now, unit_uid)
    _check_unchanged(edition, unit, seen_head)
    pieces = read_pieces(body)
    bodies = contents.bodies(d for block in unit.blocks for d in block.texts.values())
    edited = editing.rewrite(unit, language, pieces, bodies, new_uid)
    revision = _save(actor, edition, now, unit, edited, why, findings=findings)
    drop(actor, edition, unit_uid, language)
    return revision


@transactional
def edit_block(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    language: Language,
    body: str,
    *,
    why: str = "",
    evidence: str = "",
    findings: Sequence[int] = (),
    seen_digest: str | None = None,
) -> Revision:
    """Give one block a new text. `seen_digest` is the text the person was looking at, if any.

    `evidence` is what anybody can look up that speaks for it: an article of a law, minutes. `findings` are those of
    the edition's study, or of one above it, that it is done for.
    """
    now = opened(actor, edition)
    unit, block = _block(now, uid)
    if seen_digest is not None and block.texts.get(language, "") != seen_digest:
        raise ChangedMeanwhile
    edited = editing.rewrite_block(unit, uid, language, read_pieces(body), new_uid)
    return _save(actor, edition, now, unit, edited, why, evidence, findings)


@transactional
def insert_block(
    actor: Actor,
    edition: Edition,
    after: Uid,
    language: Language,
    body: str,
    *,
    why: str = "",
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Add what is written right after another block."""
    now = opened(actor, edition)
    unit, _ = _block(now, after)
    edited = editing.insert_after(unit, after, language, read_pieces(body), new_uid)
    return _save(actor, edition, now, unit, edited, why, evidence, findings)


@transactional
def move_block(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    steps: int,
    *,
    why: str = "",
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Move a block up (negative) or down within its unit."""
    return _restructure(actor, edition, uid, lambda unit: editing.move_block(unit, uid, steps), why, evidence, findings)


@transactional
def remove_block(
    actor: Actor, edition: Edition, uid: Uid, *, why: str = "", evidence: str = "", findings: Sequence[int] = ()
) -> Revision:
    """Take a block out of the edition, in every language."""
    return _restructure(actor, edition, uid, lambda unit: editing.remove_block(unit, uid), why, evidence, findings)


@transactional
def restore(actor: Actor, edition: Edition, number: int, *, why: str) -> Revision:
    """Make an earlier state the newest one again; what came between stays in the history."""
    now = opened(actor, edition)
    earlier = editions.revision(edition, number)
    if earlier is None:
        raise rules.NoSuchUnit
    if not why.strip():
        raise rules.NeedsReason
    then = contents.state(earlier)
    if (then.content, then.local) == (now.content, now.local):
        raise rules.NothingChanged
    spec = ActSpec(ActKind.RESTORE, why, f"revision {number}")
    return commit(actor, edition, spec, content=then.content, local=then.local)


def read_pieces(body: str) -> list[tuple[Kind, str]]:
    """The blocks of a Markdown text that a person typed, each checked before any parser may choke on it."""
    check_text(body)
    return [(piece.kind, piece.text) for piece in split(body) if piece.text.strip()]


def _restructure(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    change: Callable[[Unit], editing.Edited],
    why: str,
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    now = opened(actor, edition)
    unit, _ = _block(now, uid)
    return _save(actor, edition, now, unit, change(unit), why, evidence, findings)


def _save(
    actor: Actor,
    edition: Edition,
    now: contents.State,
    unit: Unit,
    edited: editing.Edited,
    why: str,
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    bodies = contents.bodies(d for block in unit.blocks for d in block.texts.values())
    editing.check_variables(edited.texts, now.local.resolved)
    editing.check_leads(edited.texts, now.local.media)
    editing.check_locks(parents.base_content(now.local), edited, unit, bodies)
    content = editing.with_unit(now.content, edited.unit)
    return save(
        actor,
        edition,
        now,
        content,
        changed=edited.changes,
        why=why,
        texts=edited.texts,
        stems_from=evidence,
        findings=findings,
    )


def _unit(now: contents.State, uid: Uid) -> Unit:
    for _, unit in now.content.units():
        if unit.uid == uid:
            return unit
    raise rules.NoSuchUnit


def _block(now: contents.State, uid: Uid) -> tuple[Unit, Block]:
    found = now.content.find(uid)
    if found is None:
        raise rules.NoSuchUnit
    _, unit, index = found
    return unit, unit.blocks[index]


def _check_unchanged(edition: Edition, unit: Unit, seen_head: int | None) -> None:
    """Raise `ChangedMeanwhile` when the unit is no longer as it was in the revision that the person saw."""
    if seen_head is None or seen_head == edition.head_id:
        return
    seen = editions.revision_by_id(edition, seen_head)
    then = (
        None if seen is None else next((u for _, u in contents.state(seen).content.units() if u.uid == unit.uid), None)
    )
    if then != unit:
        raise ChangedMeanwhile
