"""Every public function of the features' actions, and the few that are no transaction, each with its reason."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable
from typing import Any

from .sources import ROOT, functions, parts

OUTSIDE = {
    "people.actions.accounts.try_password": "a wrong password is refused after the record of it was committed",
    "people.actions.accounts.change_password": "the same: a wrong present password is a try that must be kept",
    "people.actions.cards.sign_in_with_card": "the same as with a password",
    "people.actions.cards.change_pin": "the same: a wrong present PIN is a try that must be kept",
    "delivery.actions.joining.join": "a wrong code is a try that must be kept",
    "delivery.actions.joining.knock": "the same",
}
INSIDE = "works within the transaction of the action that calls it"
REGISTERS = "tells another feature of itself when the application starts, and writes nothing"
READS = "only reads, for the action and for the page that shows the same before"
PARTS = {
    "curriculum.actions.commit.begin": INSIDE,
    "curriculum.actions.commit.put_media": INSIDE,
    "curriculum.actions.commit.put_texts": INSIDE,
    "curriculum.actions.commit.listen": REGISTERS,
    "discussion.actions.following.follow": INSIDE,
    "adaptation.actions.reasons.has_reason": READS,
    "adaptation.actions.reasons.with_own_reasons": INSIDE,
    "discussion.actions.proposals.build": INSIDE,
    "discussion.actions.structure.move": INSIDE,
    "discussion.actions.structure.rewritten": READS,
    "discussion.actions.structure.take_in": INSIDE,
    "delivery.actions.activities_erasing.install": REGISTERS,
    "delivery.actions.cohorts.put_on_list": INSIDE,
    "delivery.actions.cohorts.put_state": INSIDE,
    "delivery.actions.field_notes.hand_on": INSIDE,
    "delivery.actions.keeping_erasing.install": REGISTERS,
    "delivery.actions.leaving.settle": INSIDE,
    "delivery.actions.merging.erase": INSIDE,
    "delivery.actions.merging.install": REGISTERS,
    "delivery.actions.rosters.as_json": READS,
    "delivery.actions.rosters.cohort_named": READS,
    "delivery.actions.rosters.export": READS,
    "delivery.actions.rosters.look": READS,
    "delivery.actions.rosters_plan.plan": READS,
    "delivery.actions.rosters_plan.told": READS,
    "delivery.actions.rosters_plan.without_faults": READS,
    "delivery.actions.views.fold": INSIDE,
    "delivery.actions.views.settle": INSIDE,
    "learning.actions.erasing.erase": INSIDE,
    "learning.actions.erasing.install": REGISTERS,
    "learning.actions.resulting.renew": INSIDE,
    "people.actions.erasing.also": REGISTERS,
    "people.actions.keys.keep": INSIDE,
    "people.actions.keys.keep_all": INSIDE,
    "people.actions.merging.also": REGISTERS,
    "people.actions.consents.put_agreement": INSIDE,
    "people.actions.persons.put_consent": INSIDE,
    "people.actions.persons.put_contact": INSIDE,
    "people.actions.persons.put_details": INSIDE,
    "people.actions.persons.put_person": INSIDE,
    "study.actions.cite.chosen": READS,
    "study.actions.told.is_untouched": READS,
    "study.actions.told.place": INSIDE,
    "study.actions.told.tell": INSIDE,
    "validation.actions.phones.check_phone": READS,
    "validation.actions.phones.hold_open": INSIDE,
    "discussion.actions.proposals.checked_texts": READS,
    "discussion.actions.proposals.settle": INSIDE,
    "discussion.actions.proposals.write": INSIDE,
    "translation.actions.bringing.refusals": READS,
    "translation.actions.pairs.install": REGISTERS,
    "translation.actions.pairs.note": INSIDE,
    "translation.actions.pairs.put": INSIDE,
    "translation.actions.states.put_states": INSIDE,
    "translation.actions.states.refuse_approval": READS,
    "adaptation.actions.saving.opened": READS,
    "adaptation.actions.saving.save": INSIDE,
    "adaptation.actions.saving.new_uid": READS,
    "adaptation.actions.edit.read_pieces": READS,
    "adaptation.actions.drafts.drop": INSIDE,
}


def is_job(node: ast.FunctionDef) -> bool:
    """Whether this is what the worker calls: long work, which notes its progress in transactions of its own."""
    return any(isinstance(d, ast.Call) and ast.unparse(d.func) in {"job", "jobs.job"} for d in node.decorator_list)


def public_actions() -> dict[str, Callable[..., Any]]:
    """Every public function of every actions module, by module and name without `app.`."""
    found: dict[str, Callable[..., Any]] = {}
    for path in parts("actions"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in functions(path):
            if not node.name.startswith("_") and not is_job(node):
                found[f"{module}.{node.name}".removeprefix("app.")] = getattr(
                    importlib.import_module(module), node.name
                )
    return found


def readers() -> set[str]:
    """The names of those that only read, which a GET may call."""
    return {name.rpartition(".")[2] for name, reason in PARTS.items() if reason == READS}
