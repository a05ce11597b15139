"""Saying in which state translations are, and that a change of the source is no matter for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.content import Block, Language, Uid
from app.core.errors import Refused
from app.core.translating import Cell, Origin, Staleness, State
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import COMMAND_LINE, Actor, Permission, check
from app.translation import rules
from app.translation.models import TranslationState
from app.translation.queries import desks, pairs
from app.translation.queries.states import standings

from .pairs import New, put


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a bulk action: the blocks done, and why the others were not."""

    done: list[Uid]
    refused: Mapping[Uid, Refused] = field(default_factory=dict)


@transactional
def set_state(
    actor: Actor, edition: Edition, uids: Sequence[Uid], language: Language, state: State, *, note: str = ""
) -> Marked:
    """Say that translations are in a state; those that cannot be are left as they are, each with the reason.

    Approving needs the permission to approve and another person than the one who wrote the text.
    """
    permission = Permission.APPROVE_TRANSLATION if state is State.APPROVED else Permission.TRANSLATE
    check(actor, permission, editions.scope_of(edition))
    editions.hold(edition)
    note = rules.check_note(note)
    at = desks.desk(edition, language)
    if at.source is None:
        raise rules.SourceText(language=language)
    blocks, refused = _blocks(at, uids)
    cells = [at.cell(block) for block in blocks]
    stands = standings(at, cells)
    wrote = pairs.writers(edition, (cell.target for cell in cells if cell.target and not cell.settled))
    good: list[Cell] = []
    for cell, one in zip(cells, stands, strict=True):
        try:
            rules.check_state(state, cell.target, cell.source, one.age.staleness)
            if state is State.APPROVED:
                rules.check_approver(wrote.get(cell.target), actor.account_id, command_line=actor is COMMAND_LINE)
        except Refused as fault:
            refused[cell.uid] = fault
        else:
            good.append(cell)
    put_states(actor, edition, good, state, note)
    return Marked([cell.uid for cell in good], refused)


def refuse_approval(actor: Actor, edition: Edition, cells: Sequence[Cell], source: Language) -> None:
    """Raise unless the actor may approve these cells: permission, another person's text, not stale."""
    check(actor, Permission.APPROVE_TRANSLATION, editions.scope_of(edition))
    wrote = pairs.writers(edition, (cell.target for cell in cells))
    for cell, age in zip(cells, pairs.ages(cells, source), strict=True):
        rules.check_state(State.APPROVED, cell.target, cell.source, age.staleness)
        rules.check_approver(wrote.get(cell.target), actor.account_id, command_line=actor is COMMAND_LINE)


def put_states(actor: Actor, edition: Edition, cells: Sequence[Cell], state: State, note: str) -> None:
    """Write down what is said of cells, inside whatever action is running."""
    now = clock.now()
    db.session.add_all(
        TranslationState(
            edition_id=edition.id,
            uid=cell.uid,
            language=cell.language,
            state=state,
            target_digest=cell.target,
            source_digest=cell.source,
            account_id=actor.account_id,
            actor_name=actor.name,
            note=note,
            at=now,
        )
        for cell in cells
    )
    if cells:
        record(
            actor.account_id,
            "translation.state",
            edition,
            state=state.value,
            language=cells[0].language,
            blocks=[cell.uid for cell in cells],
        )
    db.session.flush()


@transactional
def overrule(
    actor: Actor, edition: Edition, uids: Sequence[Uid], *, why: str, languages: Sequence[Language] | None = None
) -> list[tuple[Uid, Language]]:
    """Say that the changes of these blocks' source do not touch their translations, and why; they are fresh again.

    For whoever writes the source (`EDIT_CONTENT`). In every language translated here, unless some are named. Returns
    what became fresh; raises `NotStale` when nothing was stale.
    """
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    editions.hold(edition)
    reason = rules.check_note(why)
    if not reason:
        raise rules.NeedsAnyReason
    done: list[tuple[Uid, Language]] = []
    found: list[New] = []
    for language in languages if languages is not None else edition.languages:
        at = desks.desk(edition, language)
        if at.source is None:
            continue
        blocks, _ = _blocks(at, uids)
        cells = [cell for cell in map(at.cell, blocks) if cell.target and cell.source]
        for cell, age in zip(cells, pairs.ages(cells, at.source), strict=True):
            if age.staleness is not Staleness.FRESH:
                found.append(New(at.source, language, cell.source, cell.target, Origin.OVERRULED))
                done.append((cell.uid, language))
    if not found:
        raise rules.NotStale
    put(found, pairs.place_of(edition), edition, actor.account_id, note=reason)
    record(actor.account_id, "translation.overruled", edition, why=reason, cells=[list(one) for one in done])
    return done


def _blocks(at: desks.Desk, uids: Sequence[Uid]) -> tuple[list[Block], dict[Uid, Refused]]:
    """The blocks of these uids, each once, and those that are not there."""
    found, refused = [], dict[Uid, Refused]()
    for uid in dict.fromkeys(uids):
        block = at.now.content.block(uid)
        if block is None:
            refused[uid] = rules.NoSuchBlock()
        else:
            found.append(block)
    return found, refused
