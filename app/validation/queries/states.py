"""How far an edition's units have been tried: what the newest closed workshop found of each, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.content import Digest, Uid
from app.curriculum.manifests import digest_of
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.validation.models.workshops import WorkshopKind
from app.validation.rules.frozen import UnitResult, changed_blocks
from app.validation.rules.results import Standing

from . import results


@dataclass(frozen=True, slots=True)
class UnitValidation:
    """How a unit of the draft stands. `digest` is the unit that was tried; `changed` are its blocks that differ now.

    `workshop_id`, `at` and `digest` are None for a unit that no closed workshop tried.
    """

    uid: Uid
    standing: Standing
    workshop_id: int | None = None
    at: datetime | None = None
    digest: Digest | None = None
    outdated: bool = False
    changed: tuple[Uid, ...] = ()


def validation_state(edition: Edition, kind: WorkshopKind | None = None) -> dict[Uid, UnitValidation]:
    """How every unit of the draft stands, in its order, by the newest closed workshop that tried it.

    With a `kind`, only such workshops count. A unit is outdated when it is not the same as when it was tried.
    """
    content = contents.state(editions.head_of(edition)).content
    tried: dict[Uid, tuple[results.Held, UnitResult]] = {}
    for held in results.workshop_results(edition):  # the one closed last comes first
        if kind is None or held.workshop.kind is kind:
            for unit in held.results.units:
                if unit.standing is not Standing.NOT_TRIED:
                    tried.setdefault(unit.uid, (held, unit))
    found = {}
    for _, unit_now in content.units():
        if unit_now.uid not in tried:
            found[unit_now.uid] = UnitValidation(unit_now.uid, Standing.NOT_TRIED)
            continue
        held, was = tried[unit_now.uid]
        outdated = was.digest != digest_of(unit_now)
        found[unit_now.uid] = UnitValidation(
            unit_now.uid,
            was.standing,
            held.workshop.id,
            held.closing.at,
            was.digest,
            outdated,
            tuple(changed_blocks(was, unit_now)) if outdated else (),
        )
    return found
