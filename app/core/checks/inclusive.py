"""Inclusive language as one more check of a translation; what it looks for is language/'s matter."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.errors import N_
from app.core.language import RULES, Policy, Style, inclusive

from .sides import Side
from .things import Check, Context, Found


def inclusive_check(policy: Policy) -> Check:
    """Return the check for an edition's policy, to be one of the hooks of a context; with the style OFF it is silent.

    Whoever asks puts the policy into the context's `policy` too, so that advice expires when it changes.
    """

    def look(source: Side, target: Side, context: Context) -> Iterator[Found]:
        if policy.style is Style.OFF:
            return
        for remark in inclusive(target.text, policy):
            best = next(iter(remark.suggestions), None)
            yield Found(RULES[remark.rule], {}, ((remark.start, remark.end),), best)

    return Check(
        "inclusive",
        N_("Inclusive language"),
        N_("The edition has a policy on how it names people; titles of laws, quotations and names stay as they are."),
        look,
        languages=frozenset({"es"}),
    )
