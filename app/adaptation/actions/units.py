"""A whole unit of an edition's own: written here, or put in as it came from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.adaptation import rules
from app.core import editing
from app.core.content import Block, Content, Digest, Kind, Language, Uid, Unit, digest
from app.core.unitfile.reading import LONGEST_SITTING_MINUTES
from app.curriculum.models import Edition, Revision
from app.infra.transactions import transactional
from app.people.permissions import Actor

from .edit import read_pieces
from .saving import new_uid, opened, save


@transactional
def add_unit(
    actor: Actor,
    edition: Edition,
    module_uid: Uid,
    language: Language,
    body: str,
    *,
    minutes: int,
    after: Uid | None = None,
    why: str = "",
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Add a unit that is written here, as Markdown with its title first, after another unit or at the beginning.

    Raises `NoTitle`, `EmptyUnit`, `BadMinutes`, `NoSuchUnit`, and `NeedsReason` where there is an edition above.
    """
    pieces = read_pieces(body)
    if not pieces:
        raise editing.EmptyUnit
    if pieces[0][0] is not Kind.HEADING or not pieces[0][1].startswith("# "):
        raise editing.NoTitle
    blocks = tuple(Block(new_uid(), kind, {language: digest(text)}) for kind, text in pieces)
    unit = Unit(new_uid(), minutes, blocks)
    texts = {digest(text): text for _, text in pieces}
    return put_unit(actor, edition, unit, texts, module_uid, after, why=why, stems_from=evidence, findings=findings)


@transactional
def put_unit(
    actor: Actor,
    edition: Edition,
    unit: Unit,
    texts: Mapping[Digest, str],
    module_uid: Uid,
    after: Uid | None,
    *,
    why: str,
    stems_from: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Put a unit into a module after another one, or first; `texts` are all of its texts."""
    now = opened(actor, edition)
    if not unit.blocks:
        raise editing.EmptyUnit
    if not 0 < unit.minutes <= LONGEST_SITTING_MINUTES:
        raise rules.BadMinutes
    module = next((m for m in now.content.modules if m.uid == module_uid), None)
    order = [one.uid for one in module.units] if module is not None else []
    if module is None or (after is not None and after not in order):
        raise rules.NoSuchUnit
    editing.check_variables(texts, now.local.resolved)
    editing.check_leads(texts, now.local.media)
    at = order.index(after) + 1 if after is not None else 0
    wider = replace(module, units=(*module.units[:at], unit, *module.units[at:]))
    content = Content(tuple(wider if m.uid == module_uid else m for m in now.content.modules))
    return save(
        actor,
        edition,
        now,
        content,
        changed=[block.uid for block in unit.blocks],
        why=why,
        texts=texts,
        stems_from=stems_from,
        findings=findings,
    )
