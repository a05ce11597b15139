"""An edition's draft as translators' files carry it: the rows of the workbench, all of them or those still to do."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from app.core.content import Block, Kind, Language, Module, Uid, Unit
from app.core.errors import N_, Refused
from app.core.translating import Status
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.interchange.formats.exchange import Bundle, Header, Segment, State
from app.people.permissions import Actor, Permission, check
from app.translation import rules
from app.translation.queries import desks, workbench

STATES = MappingProxyType(
    {
        Status.MISSING: State.MISSING,
        Status.CARRIED: State.MISSING,
        Status.STALE_MAJOR: State.STALE,
        Status.STALE_MINOR: State.STALE,
        Status.DRAFT: State.DRAFT,
        Status.IN_REVIEW: State.REVIEW,
        Status.APPROVED: State.APPROVED,
        Status.NOT_APPLICABLE: State.NOT_APPLICABLE,
        Status.ORAL_ONLY: State.NOT_APPLICABLE,
    }
)
OPEN = frozenset({State.MISSING, State.STALE})


class NoSuchModule(Refused):
    text = N_("This edition has no module “%(module)s”. It has: %(known)s.")
    status = 404


def bundle(actor: Actor, edition: Edition, language: Language, *, only_open: bool = False, module: Uid = "") -> Bundle:
    """Return what there is to translate into a language, in the edition's order; the number of queries is fixed.

    Left out is what has no source text, and what the original fixed. `only_open` keeps what is missing or stale.
    Raises `SourceText` for the language that the edition is written in.
    """
    for permission in (Permission.EXPORT_EDITION, Permission.READ_DRAFT):
        check(actor, permission, editions.scope_of(edition))
    at = desks.desk(edition, language)
    if at.source is None:
        raise rules.SourceText(language=language)
    placed = list(_placed(at, module))
    rows = workbench.rows(actor, at, [block for _, block in placed])
    titles = _titles([unit for unit, _ in placed], at)
    segments = [
        Segment(
            row.uid,
            row.source,
            row.target or "",
            STATES[row.status],
            unit.uid,
            titles.get(unit.uid, ""),
            row.kind.value,
            row.said.note if row.said is not None else "",
            row.old_source or "",
        )
        for (unit, _), row in zip(placed, rows, strict=True)
        if row.source is not None and row.status in STATES and not row.fixed
    ]
    newest = editions.latest_release(edition)
    header = Header(
        edition.slug,
        edition.region,
        newest.version if newest is not None else "draft",
        str(at.now.revision.number),
        at.source,
        language,
        f"{at.now.revision.at:%Y-%m-%d %H:%M}+0000",
    )
    return Bundle(header, tuple(s for s in segments if not only_open or s.state in OPEN))


def _placed(at: desks.Desk, module: Uid) -> Iterator[tuple[Unit, Block]]:
    modules: tuple[Module, ...] = at.now.content.modules
    if module and module not in {one.uid for one in modules}:
        raise NoSuchModule(module=module[:100], known=", ".join(one.uid for one in modules))
    for one in modules:
        if not module or one.uid == module:
            yield from ((unit, block) for unit in one.units for block in unit.blocks)


def _titles(units: list[Unit], at: desks.Desk) -> dict[Uid, str]:
    """The titles of units in the source language, for whoever translates; read at once."""
    heads: dict[Uid, str] = {}
    for unit in {unit.uid: unit for unit in units}.values():
        first = next((block for block in unit.blocks if block.kind is Kind.HEADING), None)
        name = at.cell(first).source if first is not None else ""
        if name:
            heads[unit.uid] = name
    texts = contents.bodies(heads.values())
    return {uid: texts[name].lstrip("# ").partition("\n")[0] for uid, name in heads.items()}
