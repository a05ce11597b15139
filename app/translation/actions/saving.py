"""Writing a translation into an edition. A translation is an edit like any other; when it needs a reason is a rule."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext

from app.adaptation import rules as adapting
from app.adaptation.actions.edit import read_pieces
from app.adaptation.actions.saving import opened
from app.core import editing
from app.core.content import Digest, Language, Lock, Uid, Unit, digest
from app.core.languages import digest_in
from app.core.translating import Cell, Staleness, State
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import ChangedMeanwhile, begin
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, parents
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission
from app.translation import rules
from app.translation.queries import pairs
from app.translation.queries.desks import Desk, cell, directions_of, settled
from app.translation.queries.workbench import is_fixed

from .states import put_states, refuse_approval


@transactional
def save_translation(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    language: Language,
    text: str,
    *,
    seen_digest: Digest | None = None,
    state: State = State.DRAFT,
    why: str = "",
    note: str = "",
) -> Revision | None:
    """Give a block its text in a language that it is translated into, and say in which state it is.

    `seen_digest` is the text that the person was looking at ("" for none). Returns the new revision, or None when the
    text is what it was and only the state was said. For a variant, a text like the wider language's is not kept.
    Raises `ChangedMeanwhile`, `SourceText`, `NothingToTranslate`, `NeedsReason`, `FixedBlock`, and what is wrong with
    the text itself.
    """
    now = opened(actor, edition, Permission.TRANSLATE)
    at, unit, here, source = _cell(edition, now, uid, language, seen_digest)
    block = unit.blocks[here]
    written = rules.check_shape(read_pieces(text), block.kind)
    name = digest(written)
    wider = digest_in({k: d for k, d in block.texts.items() if k != language}, language)
    gone = name == wider
    texts = {k: d for k, d in block.texts.items() if k != language} if gone else {**block.texts, language: name}
    revision = None
    if texts != block.texts:
        age = pairs.ages([at.cell(block)], source)[0]
        revision = _commit(actor, at, unit, here, texts, {name: written}, source, age.staleness, why)
    if not gone:
        made = Cell(uid, language, at.cell(block).source, name)
        if state is State.APPROVED:
            refuse_approval(actor, edition, [made], source)
        put_states(actor, edition, [made], state, note)
    return revision


@transactional
def remove_translation(
    actor: Actor, edition: Edition, uid: Uid, language: Language, *, seen_digest: Digest | None = None, why: str = ""
) -> Revision:
    """Take a block's text in a translated language away: the cell is missing again, or a wider language speaks."""
    now = opened(actor, edition, Permission.TRANSLATE)
    at, unit, here, source = _cell(edition, now, uid, language, seen_digest)
    block = unit.blocks[here]
    if language not in block.texts:
        raise rules.NoTextYet
    texts = {k: d for k, d in block.texts.items() if k != language}
    return _commit(actor, at, unit, here, texts, {}, source, Staleness.FRESH, why)


def _cell(
    edition: Edition, now: contents.State, uid: Uid, language: Language, seen_digest: Digest | None
) -> tuple[Desk, Unit, int, Language]:
    """The block to be translated, once it may be: its desk, its unit, its place there, the language of its source."""
    rules.check_taught(language, edition.languages)
    found = now.content.find(uid)
    if found is None:
        raise rules.NoSuchBlock
    _, unit, here = found
    block = unit.blocks[here]
    directions = directions_of(edition)
    source = directions.source(language)
    if source is None:
        raise rules.SourceText(language=language)
    if seen_digest is not None and block.texts.get(language, "") != seen_digest:
        raise ChangedMeanwhile
    at = Desk(edition, now, language, source, directions, settled(edition, now))
    if not cell(block, language, source, at.settled).source:
        raise rules.NothingToTranslate(language=source)
    if is_fixed(parents.base_content(now.local).block(uid), language):
        texts = contents.bodies([digest_in(block.texts, language)])
        raise editing.FixedBlock(start=editing.beginning(next(iter(texts.values()), "")))
    return at, unit, here, source


def _commit(
    actor: Actor,
    at: Desk,
    unit: Unit,
    here: int,
    texts: dict[Language, Digest],
    new: dict[Digest, str],
    source: Language,
    staleness: Staleness,
    why: str,
) -> Revision:
    """Commit a block's texts. What departs from the parent keeps the reason it has, or gets one."""
    now, block = at.now, unit.blocks[here]
    editing.check_variables(new, now.local.resolved)
    editing.check_leads(new, now.local.media)
    base = parents.base_content(now.local)
    theirs = base.block(block.uid)
    after = replace(block, texts=texts)
    changed = replace(unit, blocks=(*unit.blocks[:here], after, *unit.blocks[here + 1 :]))
    content = editing.with_unit(now.content, changed)
    if (
        theirs is not None
        and theirs.lock is not Lock.FIXED
        and not why.strip()
        and rules.needs_reason(at.language, block.texts, theirs.texts, source, texts.get(at.language, ""), staleness)
    ):
        raise rules.NeedsReason
    departs = adapting.departures([block.uid], base, content, now.local.links)
    had = now.local.links.get(block.uid)
    if departs and not why.strip() and (had is None or had.act is None):
        why = gettext(rules.RETRANSLATED)
    act = begin(actor, at.edition, ActSpec(ActKind.EDIT, why))
    links = adapting.relink(now.local.links, [block.uid], base, content, act.id)
    if departs and had is not None and had.act is not None and not why.strip():
        links[block.uid] = replace(links[block.uid], act=had.act)
    return commit(actor, at.edition, act, content=content, local=replace(now.local, links=links), texts=new)
