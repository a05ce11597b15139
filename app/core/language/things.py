"""What the language checks take and give: a policy, and remarks on a text. What they look for is in the other files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.core.errors import N_


class Style(StrEnum):
    """How an edition names people: not checked, in neutral words first, or in split forms first."""

    OFF = "off"
    NEUTRAL = "neutral"
    SPLIT = "split"


@dataclass(frozen=True)
class Policy:
    """An edition's style, its own words with what to write instead, and the phrases that stay as they are.

    A word of `words` and a phrase of `exceptions` are found as they are written, whole and in any case; an article
    that is to go with a word is written with it ("los acopiadores").
    """

    style: Style = Style.NEUTRAL
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exceptions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something found in a block's Markdown text, from `start` to before `end`, with what could stand there instead.

    `text` is what stands there now; the best suggestion comes first, and there may be none.
    """

    rule: str
    start: int
    end: int
    text: str
    suggestions: tuple[str, ...] = ()


RULES: Mapping[str, str] = MappingProxyType(
    {
        "inclusive-people": N_("This names a group in the masculine, as if only men belonged to it."),
        "inclusive-person": N_("This names any one person in the masculine, as if it could only be a man."),
        "inclusive-office": N_("This names an office in the masculine; the office can be named instead of a man."),
        "inclusive-article": N_("The word fits everybody; the masculine word beside it does not."),
        "inclusive-pronoun": N_("This speaks of people in the masculine without naming them."),
        "inclusive-address": N_("This speaks to everybody in the masculine."),
        "inclusive-mankind": N_("“Man” stands here for all people."),
        "inclusive-unreadable": N_("Words with @, x or -e cannot be read aloud by everybody."),
        "inclusive-house": N_("This edition has words of its own for this."),
        "plain-long-sentence": N_("This sentence is long; two short ones are easier to read aloud."),
        "plain-passive": N_("It is not said at once who does it; begin with who does it."),
        "plain-nouns": N_("Many nouns in a row; a verb is easier to understand."),
        "plain-word": N_("There is an everyday word for this."),
        "plain-double-negation": N_("Two negations in one sentence are easily misread; say it the positive way."),
        "plain-acronym": N_("These letters are not explained; write the name in full the first time."),
        "plain-reading-ease": N_("This paragraph is hard to read: long words, long sentences, or both."),
    }
)
