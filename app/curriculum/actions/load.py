"""Taking an original in: from files, again and again, with every block's uid kept; or once, from a file of a person's.

An original that was made here is edited here: files do not overwrite it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core import editing, versions
from app.core.alignment import align
from app.core.content import Block, Content, Digest, Module, Uid, Unit, digest
from app.core.errors import N_, Refused
from app.core.merge import apply, plan
from app.core.rendering import check_text
from app.curriculum.manifests import Local
from app.curriculum.models import ActKind, Curriculum, Edition, Release
from app.curriculum.originals import Original, OriginalUnit
from app.curriculum.queries import contents, editions
from app.curriculum.queries.readiness import readiness
from app.infra import clock
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check

from .commit import ActSpec, commit, put_media
from .release import release


class ChangedHere(Refused):
    text = N_("%(count)s paragraphs of %(name)s were changed both in the files and here. Take them in by hand.")


class UidTaken(Refused):
    text = N_("The uid “%(uid)s” belongs to %(name)s already. A uid is given once among all curricula.")


class UidTwice(Refused):
    text = N_("The uid “%(uid)s” would be there twice. Please give one of the two another.")


class NotAnOriginal(Refused):
    text = N_("%(name)s was grafted from another edition; only originals are loaded from files.")


class MadeHere(Refused):
    text = N_("%(name)s was made here and not from files, so files cannot take its place.")


class SlugTaken(Refused):
    text = N_("There is a curriculum called “%(slug)s” already. Choose another short name.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading an original did."""

    edition: Edition
    changed: bool
    units_new: int
    units_changed: int
    blocks_new: int
    blocks_changed: int
    blocks_removed: int
    released: Release | None
    waiting: str | None  # the version that the files ask for and that cannot be had, because it is released already


@transactional
def load(actor: Actor, original: Original, *, why: str = "") -> Loaded:
    """Read an original; loading the same files again changes nothing.

    Blocks are found again by their uid, else by their text and neighbours in the source language. When the edition
    was also edited here, both are merged; `ChangedHere` when they touch the same paragraphs.
    """
    check(actor, Permission.LOAD_ORIGINAL, Scope(original.slug, original.region))
    edition = _edition(actor, original)
    now = contents.state(edition.head) if edition.head else None
    base = contents.state(last) if (last := editions.last_loaded(edition)) else None
    if now is not None and base is None:
        raise MadeHere(name=edition.name)
    content, texts = _content(original, base.content if base else Content())
    _check_uids(edition, content)
    media = put_media(original.media)
    local = Local(variables=original.variables, resolved=original.variables, media=media)
    if now is not None and base is not None and now.content != base.content:
        content = _merged(edition, base.content, content, now.content, texts)
        edited = {n: v for n, v in now.local.variables.items() if base.local.variables.get(n) != v}
        variables = {**original.variables, **edited}
        local = replace(local, variables=variables, resolved=variables, links=now.local.links)
    changed = now is None or content != now.content or local != now.local
    if changed:
        spec = ActSpec(ActKind.LOAD, why, f"{original.slug} {original.version}")
        commit(actor, edition, spec, content=content, local=local, texts=texts)
    released, waiting = _release(actor, edition, original, why)
    return Loaded(edition, changed, *_counts(now.content if now else Content(), content), released, waiting)


@transactional
def create_original(actor: Actor, original: Original, *, why: str, stems_from: str = "") -> Edition:
    """Make the draft of a new curriculum's original; nothing is released, and from now on it is edited here.

    Raises `SlugTaken`, and what is wrong with a text: too deep, a link that leads nowhere.
    """
    check_original(actor, original)
    edition = _edition(actor, original)
    content, texts = _content(original, Content())
    _check_uids(edition, content)
    media = put_media(original.media)
    local = Local(variables=original.variables, resolved=original.variables, media=media)
    commit(actor, edition, ActSpec(ActKind.IMPORT, why, stems_from), content=content, local=local, texts=texts)
    return edition


@transactional
def check_original(actor: Actor, original: Original) -> None:
    """Raise unless the actor may make this original and it can be made; writes nothing."""
    check(actor, Permission.IMPORT_CONTENT, Scope(original.slug, original.region))
    if editions.curriculum(original.slug) is not None:
        raise SlugTaken(slug=original.slug)
    units = [unit for module in original.modules for unit in module.units]
    texts = {digest(text): text for unit in units for block in unit.blocks for text in block.texts.values()}
    for text in texts.values():
        check_text(text)
    editing.check_variables(texts, original.variables)
    editing.check_leads(texts, original.media)


def _edition(actor: Actor, original: Original) -> Edition:
    curriculum = editions.curriculum(original.slug)
    if curriculum is None:
        curriculum = Curriculum(slug=original.slug)
        db.session.add(curriculum)
    curriculum.titles, curriculum.summaries = dict(original.titles), dict(original.summaries)
    curriculum.source_language = original.source_language
    edition = editions.find(original.slug, original.region)
    if edition is None:
        edition = Edition(
            curriculum=curriculum, region=original.region, created_at=clock.now(), created_by_id=actor.account_id
        )
        db.session.add(edition)
    if edition.parent_id is not None:
        raise NotAnOriginal(name=edition.name)
    added = [code for code in edition.languages or () if code not in original.languages]  # taken up here since
    edition.languages, edition.credits = [*original.languages, *added], list(original.credits)
    edition.licence, edition.public = original.licence, original.public
    db.session.flush()
    return edition


def _content(original: Original, before: Content) -> tuple[Content, dict[Digest, str]]:
    """The files as a content tree, with the uids that blocks had before."""
    texts: dict[Digest, str] = {}
    units = {unit.uid: unit for _, unit in before.units()}
    bodies = contents.bodies(d for _, _, b in before.blocks() for d in b.texts.values())
    modules = tuple(
        Module(
            module.uid,
            module.kind,
            module.titles,
            tuple(_unit(original, unit, units.get(unit.uid), bodies, texts) for unit in module.units),
        )
        for module in original.modules
    )
    return Content(modules), texts


def _unit(
    original: Original,
    unit: OriginalUnit,
    before: Unit | None,
    bodies: Mapping[Digest, str],
    texts: dict[Digest, str],
) -> Unit:
    language = original.source_language
    known = [b for b in before.blocks if language in b.texts] if before else []
    sources = [block.texts[language] for block in unit.blocks]
    origin = align([bodies[b.texts[language]] for b in known], sources)
    given = {block.uid for block in unit.blocks if block.uid}
    blocks = []
    for i, (block, old) in enumerate(zip(unit.blocks, origin, strict=True)):
        named = {lang: digest(text) for lang, text in block.texts.items()}
        texts.update((named[lang], text) for lang, text in block.texts.items())
        uid = block.uid or (known[old].uid if old is not None and known[old].uid not in given else None)
        blocks.append(Block(uid or _uid(unit.uid, sources, i), block.kind, named, block.lock))
    return Unit(unit.uid, unit.minutes, tuple(blocks))


def _uid(unit: Uid, sources: list[str], index: int) -> Uid:
    """A new block's uid, the same wherever the same files are loaded: by unit, text and how often it came."""
    repeat = sources[:index].count(sources[index])
    return hashlib.sha256(f"{unit}\n{repeat}\n{sources[index]}".encode()).hexdigest()[:16]


def _check_uids(edition: Edition, content: Content) -> None:
    """Raise `UidTwice` or `UidTaken` unless each uid names one thing here and nothing in another curriculum's files.

    Modules travel between curricula with all that is in them, so that uids have to be told apart everywhere.
    """
    uids = _uids(content)
    for uid, count in Counter(uids).items():
        if count > 1:
            raise UidTwice(uid=uid)
    for other in editions.other_originals(edition):
        last = editions.last_loaded(other)
        if last is not None and (taken := set(uids) & set(_uids(contents.state(last).content))):
            raise UidTaken(uid=min(taken), name=other.name)


def _uids(content: Content) -> list[Uid]:
    """The uids of all modules, units and blocks."""
    modules = [module.uid for module in content.modules]
    units = [unit.uid for _, unit in content.units()]
    return [*modules, *units, *(block.uid for _, _, block in content.blocks())]


def _merged(edition: Edition, base: Content, files: Content, here: Content, texts: Mapping[Digest, str]) -> Content:
    """The files' changes on top of what was edited here."""
    stored = contents.bodies(d for c in (base, here) for _, _, b in c.blocks() for d in b.texts.values())
    bodies = {**stored, **texts}
    made = plan(base, files, here, {}, bodies.__getitem__, edition.languages, locks=False)
    applied = apply(made, made.safe_choices())
    if applied.left:
        raise ChangedHere(count=len(applied.left), name=edition.name)
    return applied.content


def _release(actor: Actor, edition: Edition, original: Original, why: str) -> tuple[Release | None, str | None]:
    """Release the version that the files name, unless it is out already."""
    ready = readiness(edition)
    if not ready.changed:
        return None, None
    wanted = versions.Version.parse(original.version)
    if ready.previous is not None and wanted <= versions.Version.parse(ready.previous.version):
        return None, str(ready.bump.version)
    reason = why.strip() or f"{original.slug} {original.version}"
    return release(actor, edition, reason, wanted=str(max(wanted, ready.bump.version))), None


def _counts(before: Content, after: Content) -> tuple[int, int, int, int, int]:
    """Units new and changed, blocks new, changed and removed."""
    units = {u.uid: u for _, u in before.units()}
    old = {b.uid: b for _, _, b in before.blocks()}
    new = {b.uid: b for _, _, b in after.blocks()}
    return (
        sum(u.uid not in units for _, u in after.units()),
        sum(u.uid in units and units[u.uid] != u for _, u in after.units()),
        sum(uid not in old for uid in new),
        sum(uid in old and old[uid] != block for uid, block in new.items()),
        sum(uid not in new for uid in old),
    )
