"""The order of blocks when each language has a file of its own: which new ones are one block, where all stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.content import Kind, Language, Lock, Uid

from .gathering import Entry, Written

Key = Uid | int  # a uid, or the number of a new block


@dataclass(slots=True)
class New:
    """A block that the base has not got: its texts by language, in the order of the languages."""

    kind: Kind
    lock: Lock
    texts: dict[Language, Entry] = field(default_factory=dict)


def sequences(
    files: Mapping[Language, Written], unit: Uid, homes: Mapping[Uid, Uid]
) -> tuple[dict[Language, list[Key]], list[New]]:
    """Return the blocks of each language's file in its order, and those that the base has not got.

    New ones that stand at the same place are one block. A known one that another language put into another unit is left
    out here; `homes` says which unit each is in.
    """
    new: list[New] = []
    found: dict[Language, list[Key]] = {}
    after: dict[Key | None, list[int]] = {}
    for code, written in files.items():
        keys: list[Key] = []
        anchor: Key | None = None
        taken = 0
        for entry in written.entries:
            if entry.uid is not None:
                if homes.get(entry.uid, unit) == unit:
                    keys.append(entry.uid)
                    anchor, taken = entry.uid, 0
                continue
            here = after.setdefault(anchor, [])
            fits = next((n for n in here[taken:] if new[n].kind is entry.kind and code not in new[n].texts), None)
            if fits is None:
                new.append(New(entry.kind, entry.lock))
                fits = len(new) - 1
                here.append(fits)
            taken = here.index(fits) + 1
            new[fits].texts[code] = entry
            keys.append(fits)
        found[code] = keys
    return found, new


def one_order(
    base: Sequence[Uid], found: Mapping[Language, Sequence[Key]]
) -> tuple[list[Key], list[tuple[Language, Language]]]:
    """Return one order for all languages: the base's, but for what the first language that moved anything says.

    Beside it each language that says something else again, with the one that was followed.
    """
    lead: Language | None = None
    differing: list[tuple[Language, Language]] = []
    result: list[Key] = list(base)
    for code, keys in found.items():
        here = [key for key in keys if key in base]
        if here == [uid for uid in base if uid in here]:
            continue
        if lead is None:
            lead, result = code, _rearranged(base, [str(key) for key in here])
        elif here != [key for key in result if key in here]:
            differing.append((code, lead))
    for keys in found.values():
        before: Key | None = None
        for key in keys:
            if key not in result:
                result.insert(result.index(before) + 1 if before is not None else 0, key)
            before = key
    return result, differing


def _rearranged(base: Sequence[Uid], said: Sequence[Uid]) -> list[Key]:
    """The base in the order said; what that language has not got stays behind its neighbour."""
    wanted = set(said)
    followers: dict[Uid | None, list[Uid]] = {}
    anchor: Uid | None = None
    for uid in base:
        if uid in wanted:
            anchor = uid
        else:
            followers.setdefault(anchor, []).append(uid)
    result: list[Key] = [*followers.get(None, ())]
    for uid in said:
        result += [uid, *followers.get(uid, ())]
    return result
