"""One click, one action, one transaction: what stands in a feature's actions is a transaction and knows who acts."""

from __future__ import annotations

import inspect

from .actions import OUTSIDE, PARTS, public_actions

SIGNING_IN = {"people.actions.accounts.try_password", "people.actions.cards.sign_in_with_card"}  # they are nobody yet


def test_every_public_action_is_a_transaction() -> None:
    actions = public_actions()
    assert len(actions) >= 25
    bare = [
        name
        for name, action in actions.items()
        if not action.__dict__.get("is_transactional") and name not in OUTSIDE | PARTS
    ]
    assert not bare, f"put @transactional (app.infra.transactions) on {bare}, or a reason into actions.py here"


def test_the_exceptions_are_still_needed() -> None:
    actions = public_actions()
    stale = [name for name in OUTSIDE | PARTS if name not in actions or actions[name].__dict__.get("is_transactional")]
    assert not stale, f"these need no exception any more: {stale}"


def test_every_action_takes_first_who_acts() -> None:
    wrong = [
        name
        for name, action in public_actions().items()
        if name not in PARTS
        and name not in SIGNING_IN
        and next(iter(inspect.signature(action).parameters), None) != "actor"
    ]
    assert not wrong, f"the actor comes first, so that nobody acts for somebody else by mistake: {wrong}"
