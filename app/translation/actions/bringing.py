"""Translations from a file as one act: each under the rules that hold for one typed by hand, one new state for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.adaptation import rules as adapting
from app.adaptation.actions.edit import read_pieces
from app.adaptation.actions.saving import opened
from app.core import editing
from app.core.content import Block, Content, Digest, Language, Uid, canonical, digest
from app.core.errors import Refused
from app.core.languages import digest_in
from app.core.translating import Cell, Origin, State
from app.curriculum.actions import ActSpec, commit, put_texts
from app.curriculum.actions.commit import ChangedMeanwhile, begin
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, parents
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission
from app.translation import rules
from app.translation.queries import pairs
from app.translation.queries.desks import Desk, desk
from app.translation.queries.workbench import is_fixed

from .pairs import New, put
from .states import put_states


@dataclass(frozen=True, slots=True)
class Coming:
    """A translation to be brought in. `seen` is the digest of the text it takes the place of, "" for none.

    `made_of` is the source text it was made from where that is not today's: the translation then comes in as stale.
    """

    uid: Uid
    text: str
    seen: Digest
    state: State
    made_of: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of translations from a file: the new state if there is one, what came in, why the rest did not."""

    revision: Revision | None
    done: tuple[Uid, ...]
    refused: Mapping[Uid, Refused]


@transactional
def bring_translations(
    actor: Actor, edition: Edition, language: Language, coming: Sequence[Coming], *, why: str, stems_from: str
) -> Carried:
    """Take translations in as one act with one reason; those that may not be are refused one by one.

    None comes in as approved: somebody approves it here. A text that is there already only gets its state, and counts
    as made of today's source.
    """
    now = opened(actor, edition, Permission.TRANSLATE)
    at = desk(edition, language)
    if at.source is None:
        raise rules.SourceText(language=language)
    refused = refusals(at, coming)
    good = [one for one in coming if one.uid not in refused]
    if not good:
        return Carried(None, (), refused)
    after: dict[Uid, Block] = {}
    texts: dict[Digest, str] = {}
    cells: dict[State, list[Cell]] = {}
    made: list[New] = []
    for one in good:
        block = now.content.block(one.uid)
        assert block is not None  # noqa: S101 - refused otherwise
        written = _read(one.text)
        name = digest(written)
        others = {code: d for code, d in block.texts.items() if code != language}
        if name == digest_in(others, language):  # a variant keeps only what differs
            after[one.uid] = replace(block, texts=others)
            continue
        after[one.uid] = replace(block, texts={**block.texts, language: name})
        source = at.cell(block).source
        texts[name] = written
        if one.made_of:
            old = canonical(one.made_of).strip("\n")
            texts[digest(old)], source = old, digest(old)
        made.append(New(at.source, language, source, name, Origin.WRITTEN))
        cells.setdefault(one.state if one.state is State.DRAFT else State.IN_REVIEW, []).append(
            Cell(one.uid, language, at.cell(block).source, name)
        )
    changed = {uid: block for uid, block in after.items() if block != now.content.block(uid)}
    put_texts(texts)
    put(made, pairs.place_of(edition), edition, actor.account_id)
    revision = _commit(actor, edition, now, changed, why, stems_from) if changed else None
    for state, some in cells.items():
        put_states(actor, edition, some, state, "")
    return Carried(revision, tuple(one.uid for one in good), refused)


def refusals(at: Desk, coming: Sequence[Coming]) -> dict[Uid, Refused]:
    """Why translations may not come in, by block: what one typed by hand would be told."""
    base = parents.base_content(at.now.local)
    shown = contents.bodies(
        digest_in(block.texts, at.language) for one in coming if (block := at.now.content.block(one.uid)) is not None
    )
    found: dict[Uid, Refused] = {}
    for one in coming:
        try:
            _check(at, base, one, shown)
        except Refused as fault:
            found[one.uid] = fault
    return found


def _check(at: Desk, base: Content, one: Coming, shown: Mapping[Digest, str]) -> None:
    block = at.now.content.block(one.uid)
    if block is None:
        raise rules.NoSuchBlock
    if block.texts.get(at.language, "") != one.seen:
        raise ChangedMeanwhile
    if not at.cell(block).source:
        raise rules.NothingToTranslate(language=at.source)
    if is_fixed(base.block(one.uid), at.language):
        raise editing.FixedBlock(start=editing.beginning(shown.get(digest_in(block.texts, at.language) or "", "")))
    written = rules.check_shape(read_pieces(one.text), block.kind)
    editing.check_variables({"": written}, at.now.local.resolved)
    editing.check_leads({"": written}, at.now.local.media)


def _read(text: str) -> str:
    return read_pieces(text)[0][1]


def _commit(
    actor: Actor, edition: Edition, now: contents.State, changed: Mapping[Uid, Block], why: str, stems_from: str
) -> Revision:
    content = Content(
        tuple(
            replace(
                module,
                units=tuple(
                    replace(unit, blocks=tuple(changed.get(block.uid, block) for block in unit.blocks))
                    if any(block.uid in changed for block in unit.blocks)
                    else unit
                    for unit in module.units
                ),
            )
            for module in now.content.modules
        )
    )
    base = parents.base_content(now.local)
    act = begin(actor, edition, ActSpec(ActKind.IMPORT, why, stems_from))
    links = adapting.relink(now.local.links, list(changed), base, content, act.id)
    for uid, had in now.local.links.items():
        if uid in changed and uid in links and had.act is not None:
            links[uid] = replace(links[uid], act=had.act)
    return commit(actor, edition, act, content=content, local=replace(now.local, links=links))
