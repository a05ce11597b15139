"""Makes what tests need through the product's own actions: originals, editions, accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.adaptation import actions as adaptation
from app.core.content import Kind, Lock, ModuleKind
from app.core.splitting import split
from app.curriculum import actions
from app.curriculum.manifests import Variable
from app.curriculum.models import Edition, Release
from app.curriculum.originals import Original, OriginalBlock, OriginalModule, OriginalUnit
from app.curriculum.queries import contents, editions
from app.people import actions as people
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Role, Scope

EN = """\
# Why we have a co-operative

A co-operative pays 25 soles for each sack. Members decide together.

- Bring the sacks on Monday
- Weigh them together

/// case | The buyer in April

Rosa sold to the {{buyer}} and regretted it.
///

/// question | Who decides?
    use: pre, post
    objective: 1

- [x] The members
- [ ] The buyer
///
"""
ES = """\
# Por qué tenemos una cooperativa

La cooperativa paga 25 soles por cada saco. La membresía decide en conjunto.

- Traiga los sacos el lunes
- Pésenlos en conjunto

/// case | Quien compraba en abril

Rosa vendió al {{buyer}} y se arrepintió.
///

/// question | ¿Quién decide?
    use: pre, post
    objective: 1

- [x] La membresía
- [ ] Quien compra
///
"""
LOCKS = {Kind.CASE: Lock.MUST_ADAPT, Kind.QUESTION: Lock.FIXED}
PASSWORD = "tres palabras largas"


def unit(uid: str, texts: Mapping[str, str], *, minutes: int = 90, locks: Mapping[Kind, Lock] = LOCKS) -> OriginalUnit:
    """A unit from one Markdown text per language, all of the same shape."""
    pieces = {language: split(text) for language, text in texts.items()}
    blocks = [
        OriginalBlock(
            column[0].kind,
            {language: piece.text for language, piece in zip(pieces, column, strict=True)},
            locks.get(column[0].kind, Lock.ADAPTABLE),
        )
        for column in zip(*pieces.values(), strict=True)
    ]
    return OriginalUnit(uid, minutes, tuple(blocks))


def original(
    slug: str = "my-coop", *, version: str = "1.0.0", units: Sequence[OriginalUnit] | None = None, **changes: Any
) -> Original:
    """An original with one module of one small unit in Spanish and English, unless told otherwise."""
    values: dict[str, Any] = {
        "slug": slug,
        "version": version,
        "region": "001",
        "source_language": "en",
        "languages": ("en", "es"),
        "licence": "CC-BY-SA-4.0",
        "credits": ("Vivero curriculum team",),
        "public": True,
        "titles": {"en": slug.title(), "es": slug.title()},
        "summaries": {"en": "For members.", "es": "Para la membresía."},
        "variables": {
            "buyer": Variable({"en": "trader", "es": "intermediario"}, {"en": "Who buys", "es": "Quien compra"})
        },
        "modules": (
            OriginalModule(
                f"{slug}-1",
                ModuleKind.MODULE,
                {"en": "Basics", "es": "Aspectos básicos"},
                tuple(units or [unit(f"{slug}-1-1", {"en": EN, "es": ES})]),
            ),
        ),
    }
    return Original(**{**values, **changes})


def load(given: Original | None = None) -> Edition:
    """The loaded and released original."""
    return actions.load(COMMAND_LINE, given or original()).edition


def newest(edition: Edition) -> Release:
    """An edition's newest release."""
    found = editions.latest_release(edition)
    assert found is not None
    return found


def fork(parent: Edition, region: str) -> Edition:
    """A fork of the newest release."""
    return adaptation.fork(COMMAND_LINE, newest(parent), region, why="for a test")


def account(username: str, role: Role, scope: Scope | None = None, **changes: Any) -> Account:
    """An account that can sign in with `PASSWORD`."""
    return people.create_account(
        COMMAND_LINE,
        username,
        PASSWORD,
        name=changes.pop("name", username.title()),
        role=role,
        scope=scope or Scope(),
        must_change_password=False,
        **changes,
    )


def own_unit(edition: Edition, after: str) -> str:
    """A unit that this edition alone has."""
    before = {unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units()}
    module = next(m.uid for m, unit in contents.state(editions.head_of(edition)).content.units() if unit.uid == after)
    text = "# La feria (demo)\n\nSe vende cacao."
    revision = adaptation.add_unit(
        COMMAND_LINE, edition, module, "es", text, minutes=45, after=after, why="Se vende en la feria (demo)"
    )
    return next(unit.uid for _, unit in contents.state(revision).content.units() if unit.uid not in before)
