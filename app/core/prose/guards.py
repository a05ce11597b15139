"""When a proposal must be read before it is signed, and the sentence that says why.

Finding proposals is in `places.py`; here is only what makes one doubtful.
"""

from __future__ import annotations

from enum import Enum

from app.core.errors import N_
from app.core.prose.tokens import is_variable, tokens
from app.core.prose.words import Clash, Woven, shared

REWRITE_BELOW = 0.6


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    "no not never none nobody nothing nor neither without only cannot can't don't doesn't didn't won't isn't aren't"
    " wasn't weren't shouldn't mustn't must unless except"
    " ni nunca jamás nadie nada ningún ninguno ninguna tampoco sin solo sólo solamente excepto salvo"
)
CURRENCIES = _words(
    "$ € £ ¥ % usd eur pen mxn cop clp bob ars gbp us s sol soles dólar dólares dollar dollars euro euros peso pesos"
    " quetzal quetzales lempira lempiras boliviano bolivianos córdoba córdobas colón colones guaraní guaraníes"
    " centavo centavos céntimo céntimos cent cents"
)


class Why(Enum):
    """Why a place has the proposal it has, or none; the value is the English sentence for people."""

    ONE_SIDE = N_("Only one side changed this; the other changed the text beside it.")
    NEIGHBOURS = N_("Each side changed a different sentence here, one right after the other: read both.")
    SPACING = N_("Both sides changed the spacing or the line breaks here.")
    SAME_SENTENCE = N_("Both sides changed different words of the same sentence: read it as a whole.")
    REWRITE = N_("One side rewrote this: read it as a whole.")
    AMOUNT = N_("Both sides touched a number, a currency or a percentage: check it.")
    NEGATION = N_("Both sides touched a word such as no, never, without or only: check the meaning.")
    BOTH_ADDED = N_("Both sides added text in the same place: check whether both are wanted, and their order.")
    ADDED = N_("One side wrote this anew while the other added to it: read both.")
    PARTLY = N_(
        "Both sides changed some of the same words; the proposal has one side's there, and the other changes of both."
    )
    DELETED = N_("One side removed what the other changed.")
    OVERLAP = N_("Both sides changed the same words, each in its own way.")
    VARIABLE = N_("One side only put another variable here; the words are the other side's.")


CALM = frozenset((Why.ONE_SIDE, Why.SPACING, Why.VARIABLE))
"""The reasons that need no careful reading."""

STRENGTH = {
    why: strength
    for strength, why in enumerate(
        (
            Why.SPACING,
            Why.ONE_SIDE,
            Why.VARIABLE,
            Why.NEIGHBOURS,
            Why.SAME_SENTENCE,
            Why.BOTH_ADDED,
            Why.REWRITE,
            Why.ADDED,
            Why.PARTLY,
            Why.NEGATION,
            Why.AMOUNT,
            Why.OVERLAP,
            Why.DELETED,
        )
    )
}
"""Which of several reasons is told."""


def share_kept(base: str, side: str) -> float:
    """Return from 0 to 1 how much of the words of two texts is common to both, in order."""
    one, two = tokens(base), tokens(side)
    return 2 * shared(one, two) / (len(one) + len(two) or 1)


def doubt(base: str, ours: str, theirs: str, woven: Woven) -> Why:
    """Return the strongest reason to read a woven sentence with care; both sides having changed it is one.

    A side that only named other variables did not change the sentence: they belong to its own level.
    """
    if any(words and all(map(is_variable, words)) for words in (woven.our_words, woven.their_words)):
        return Why.VARIABLE
    our_words, their_words = ({word.lower() for word in words} for words in (woven.our_words, woven.their_words))
    if touches_amount(our_words) and touches_amount(their_words):
        return Why.AMOUNT
    if our_words & NEGATIONS and their_words & NEGATIONS:
        return Why.NEGATION
    if min(share_kept(base, ours), share_kept(base, theirs)) < REWRITE_BELOW:
        return Why.REWRITE
    return Why.SAME_SENTENCE


def may_be_drafted(base: str, ours: str, theirs: str, woven: Woven) -> bool:
    """Whether a text in which some words clash may be proposed at all, with one side's words in the clash.

    Never when a number, a currency or a negation is in the clash, nor when one side is a rewrite.
    """
    clashes = [piece for piece in woven.pieces if isinstance(piece, Clash)]
    words = {word.lower() for clash in clashes for text in clash for word in tokens(text)}
    if touches_amount(words) or words & NEGATIONS:
        return False
    return min(share_kept(base, ours), share_kept(base, theirs)) >= REWRITE_BELOW


def touches_amount(words: set[str]) -> bool:
    """Whether a number, a currency or a percentage is among these words, in small letters."""
    return bool(words & CURRENCIES) or any(word[:1].isdigit() for word in words)
