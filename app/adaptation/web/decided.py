"""What was decided about a paragraph when changes of the original were taken in, beside its story."""

from __future__ import annotations

from typing import Any

from app.adaptation import words
from app.adaptation.queries import sync
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.people.login import current_actor
from app.study.queries import findings


def _decided(subject: panels.Subject) -> dict[str, Any] | None:
    actor = current_actor()
    if subject.uid is None or not editions.may_read_draft(actor, subject.edition):
        return None
    found = [
        {
            "decision": decision,
            "said": words.carried_out(decision.choice, decision.subject.partition(":")[2]),
            "release": release,
            "number": number,
            "findings": findings.as_cited(actor, [one.finding for one in decision.cites]),
        }
        for decision, release, number in sync.of_block(subject.edition, subject.uid)
    ]
    return {"decided": found} if found else None


PANEL = panels.Panel("adaptation/_decided.html", _decided, panels.Place.BLOCK, order=30)
