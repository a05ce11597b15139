"""Carrying out what changes more than a paragraph: a whole unit that comes in, a paragraph that goes elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.adaptation import actions as adaptation
from app.adaptation.actions.edit import read_pieces
from app.adaptation.actions.saving import new_uid, opened, save
from app.core import editing
from app.core.content import Content, Digest, Language, Uid, Unit
from app.curriculum.models import Revision
from app.curriculum.queries import contents, parents
from app.discussion import rules
from app.discussion.queries import proposals as queries
from app.discussion.queries import structure
from app.people.permissions import Actor


def take_in(
    actor: Actor,
    now: queries.Judged,
    texts: Mapping[Language, str] | None,
    parts: Collection[Uid] | None,
    why: str,
    evidence: str,
) -> tuple[Revision, bool]:
    """Put a proposed unit in, whole or only some of its blocks, and say whether it differs from what was proposed.

    `texts` are the whole unit's as somebody wrote them; the title always comes along. Blocks keep the names they have
    where they come from, so that what is equal there follows by itself.
    """
    proposal = now.proposal
    offered = structure.unpacked(proposal)
    bodies = dict(contents.bodies(name for block in offered.blocks for name in block.texts.values()))
    unit = _chosen(offered, parts)
    if texts is not None:
        unit, bodies = rewritten(unit, bodies, texts)
    here = contents.state(opened(actor, proposal.edition).revision).content
    unit = replace(unit, blocks=tuple(block for block in unit.blocks if here.block(block.uid) is None))
    revision = adaptation.put_unit(
        actor,
        proposal.edition,
        unit,
        {name: bodies[name] for block in unit.blocks for name in block.texts.values()},
        structure.module_of(proposal),
        now.anchor,
        why=why,
        stems_from=evidence,
    )
    return revision, unit != offered


def _chosen(unit: Unit, parts: Collection[Uid] | None) -> Unit:
    """The unit with its title and these blocks."""
    if parts is None:
        return unit
    title, *others = unit.blocks
    kept = [block for block in others if block.uid in parts]
    if not kept:
        raise rules.NoPartChosen
    return replace(unit, blocks=(title, *kept))


def rewritten(
    unit: Unit, bodies: Mapping[Digest, str], texts: Mapping[Language, str]
) -> tuple[Unit, dict[Digest, str]]:
    """The unit as it was typed in some languages; a language whose text is as it was asks for nothing."""
    known = dict(bodies)
    asked = {code: text for code, text in texts.items() if text.strip() != structure.whole_text(unit, code, known)}
    for code, text in asked.items():
        edited = editing.rewrite(unit, code, read_pieces(text), known, new_uid)
        unit, known = edited.unit, {**known, **edited.texts}
    return unit, known


def move(actor: Actor, now: queries.Judged, why: str, evidence: str) -> Revision:
    """Put a block after the one it is to follow, in that one's unit; a title stays where it is."""
    proposal = now.proposal
    state = opened(actor, proposal.edition)
    found, place = state.content.find(proposal.block_uid), state.content.find(now.anchor or "")
    if found is None or place is None or found[2] == 0:
        raise rules.PlaceGone
    home, block = found[1], found[1].blocks[found[2]]
    edited = editing.Edited(home, {}, {block.uid: editing.Change.MOVED})
    bodies = contents.bodies(block.texts.values())
    editing.check_locks(parents.base_content(state.local), edited, home, bodies)
    content = editing.with_unit(state.content, _without(home, block.uid))
    target = _unit_in(content, place[1].uid)
    blocks = [b for one in target.blocks for b in ([one, block] if one.uid == now.anchor else [one])]
    content = editing.with_unit(content, replace(target, blocks=tuple(blocks)))
    return save(actor, proposal.edition, state, content, changed=[block.uid], why=why, stems_from=evidence)


def _without(unit: Unit, uid: Uid) -> Unit:
    return replace(unit, blocks=tuple(block for block in unit.blocks if block.uid != uid))


def _unit_in(content: Content, uid: Uid) -> Unit:
    return next(unit for _, unit in content.units() if unit.uid == uid)
