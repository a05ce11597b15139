"""When two records may be one person: keys that find candidates, and how alike two of them are. Nobody is merged here.

Names are compared without accents, case and order, and as they sound, for they are written down by ear. A key only
finds candidates; `compare` decides.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations, permutations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from app.core.errors import N_, Refused
from app.people.kinds import Sex

LIKELY = 70
STRONG = "!"  # how a key starts that makes a pair by itself
CERTAIN = 100
MOST_WORDS = 5
SHORTEST_DOCUMENT = 6
PHONE_DIGITS = 8  # the end of a number, so that one with and one without the country's prefix meet

_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "san", "santa"})
# How words sound in Spanish, in the order in which it is looked for.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"sch|sh|ch", "x"), (r"h", ""), (r"qu(?=[ei])|q", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"),
        (r"gu(?=[ei])", "g"), (r"g(?=[ei])", "j"), (r"[gw]u(?=[ao])|w|hu(?=[aei])", "w"), (r"z", "s"), (r"v", "b"),
        (r"ll|y", "i"), (r"m(?=[pb])", "n"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


class Sign(StrEnum):
    """What speaks for, or against, two records being one person."""

    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SAME_DOCUMENT = "same_document"
    NEAR_DOCUMENT = "near_document"
    SAME_PHONE = "same_phone"
    SAME_BIRTH = "same_birth"
    OTHER_DOCUMENT = "other_document"
    OTHER_BIRTH = "other_birth"
    OTHER_SEX = "other_sex"


class SamePersonTwice(Refused):
    text = N_("That is one record, not two: choose the other one.")
    status = 422


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person, as far as it tells two persons apart. `phones` are digits."""

    given_names: str
    family_names: str = ""
    sex: Sex = Sex.NOT_STATED
    birth_date: date | None = None
    birth_year: int | None = None
    document_kind: str = ""
    document_number: str = ""
    phones: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are, from 0 to 100, why, and whether they are one person beyond doubt."""

    score: int
    signs: tuple[Sign, ...]
    certain: bool


def plain(text: str) -> str:
    """Small letters without accents and signs: what two ways to write one name have in common."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


@functools.lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word sounds: Quispe and Kispe, Huamán and Wuaman are the same."""
    found = plain(word).replace(" ", "")
    for pattern, becomes in _SOUNDS:
        found = pattern.sub(becomes, found)
    return found


def words(known: Known) -> list[str]:
    """The words of somebody's names, without particles; all of them where there is nothing else."""
    every = plain(f"{known.given_names} {known.family_names}").split()
    return [word for word in every if word not in _PARTICLES] or every


def document(number: str) -> str:
    """A document's number as two records of it share it: no spaces, no hyphens, no zeros in front."""
    return re.sub(r"[^0-9A-Z]", "", number.upper()).lstrip("0")


def phone_end(number: str) -> str:
    """The end of a telephone number."""
    return re.sub(r"\D", "", number)[-PHONE_DIGITS:]


def keys(known: Known) -> frozenset[str]:
    """What another record of this person would most likely share. Strong ones start with `STRONG`.

    One word of a name may be misspelt: every two of the others still meet. In a name of two or three words, each meets
    the first letter of each other.
    """
    sounds = sorted({sound(word) for word in words(known)} - {""})[: MOST_WORDS * 2]
    found = {f"!n:{' '.join(sounds)}"} if sounds else set()
    first = sounds[:MOST_WORDS]
    found |= {f"w:{a} {b}" for a, b in combinations(first, 2)}
    if len(first) <= 3:
        found |= {f"i:{a} {b[0]}" for a, b in permutations(first, 2)}
    if len(number := document(known.document_number)) >= SHORTEST_DOCUMENT:
        found.add(f"!d:{number}")
    found |= {f"!p:{phone_end(phone)}" for phone in known.phones}
    return frozenset(found)


def year(known: Known) -> int | None:
    """The year of birth where it is known."""
    return known.birth_date.year if known.birth_date else known.birth_year


def compare(one: Known, other: Known) -> Likeness:
    """Say how alike two records are; the order of the two does not matter."""
    names = _names(one, other)
    signs: list[Sign] = []
    score = names * 0.7
    if names >= 99:
        signs.append(Sign.SAME_NAME)
    elif names >= 82:
        signs.append(Sign.SIMILAR_NAME)
    same_phone = bool({phone_end(n) for n in one.phones} & {phone_end(n) for n in other.phones})
    if same_phone:
        signs.append(Sign.SAME_PHONE)
        score += 15 if names >= 82 else 0
    papers = _documents(one, other)
    score += {Sign.SAME_DOCUMENT: 45, Sign.NEAR_DOCUMENT: 15, Sign.OTHER_DOCUMENT: -35}.get(papers, 0) if papers else 0
    born, same_day = _birth(one, other)
    score += {Sign.SAME_BIRTH: 20 if same_day else 10, Sign.OTHER_BIRTH: -25}.get(born, 0) if born else 0
    sexes = {one.sex, other.sex} - {Sex.NOT_STATED}
    if len(sexes) == 2:
        score -= 20
    signs += [sign for sign in (papers, born, Sign.OTHER_SEX if len(sexes) == 2 else None) if sign]
    if names >= 99 and not born and not papers:
        score += 8  # nothing speaks against it
    against = {Sign.OTHER_DOCUMENT, Sign.NEAR_DOCUMENT, Sign.OTHER_BIRTH, Sign.OTHER_SEX} & set(signs)
    certain = not against and (
        (papers is Sign.SAME_DOCUMENT and names >= 60)
        or (names >= 99 and same_day)
        or (names >= 99 and same_phone and len(words(one)) >= 3)
    )
    return Likeness(CERTAIN if certain else max(0, min(99, round(score))), tuple(signs), certain)


def _names(one: Known, other: Known) -> float:
    """How alike the names are, from 0 to 100; one with fewer words is like one that has all of them and more."""
    mine, theirs = sorted(map(sound, words(one))), sorted(map(sound, words(other)))
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 100.0
    whole = fuzz.ratio(" ".join(mine), " ".join(theirs))
    few, many = sorted((mine, theirs), key=lambda found: (len(found), found))
    left = list(many)
    fits: list[float] = []
    for word in few:
        best = max(left, key=lambda candidate: fuzz.ratio(word, candidate), default="")
        fits.append(fuzz.ratio(word, best) if best else 0.0)
        if best:
            left.remove(best)
    enough = len(few) >= 2
    partly = sum(fits) / len(fits) - 3 * len(left) if enough and min(fits) >= 70 else 0.0
    return min(98.0, max(whole, partly))


def _documents(one: Known, other: Known) -> Sign | None:
    mine, theirs = document(one.document_number), document(other.document_number)
    if min(len(mine), len(theirs)) < SHORTEST_DOCUMENT:
        return None
    kinds = {plain(one.document_kind), plain(other.document_kind)} - {""}
    if len(kinds) == 2:
        return None
    if mine == theirs:
        return Sign.SAME_DOCUMENT
    return Sign.NEAR_DOCUMENT if OSA.distance(mine, theirs, score_cutoff=1) <= 1 else Sign.OTHER_DOCUMENT


def _birth(one: Known, other: Known) -> tuple[Sign | None, bool]:
    """Whether the years speak for or against, and whether the very day is the same."""
    mine, theirs = year(one), year(other)
    if mine is None or theirs is None:
        return None, False
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            return Sign.SAME_BIRTH, True
        return (None, False) if abs(mine - theirs) <= 1 else (Sign.OTHER_BIRTH, False)
    if mine == theirs:
        return Sign.SAME_BIRTH, False
    return (None, False) if abs(mine - theirs) <= 2 else (Sign.OTHER_BIRTH, False)
