"""Answering the checklist of an edition, question by question."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.core import overtaken
from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.study import rules
from app.study.checklist import BY_KEY
from app.study.kinds import CheckState
from app.study.models import Checked


@transactional
def check_item(
    actor: Actor,
    edition: Edition,
    item: str,
    state: CheckState,
    *,
    note: str = "",
    units: Iterable[Uid] = (),
    seen: str = "",
) -> Checked:
    """Answer a question of the checklist, or open it again; who says that it is not needed says why.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    if item not in BY_KEY:
        raise rules.NoSuchRow
    if len(note) > rules.LONGEST_TEXT:
        raise rules.TooLong(count=rules.LONGEST_TEXT)
    if state is CheckState.NOT_NEEDED and not note.strip():
        raise rules.NeedsWhy
    there = {unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units()}
    wanted = list(dict.fromkeys(units))
    if not there.issuperset(wanted):
        raise rules.NoSuchPlace
    editions.hold(edition)
    statement = select(Checked).where(Checked.edition_id == edition.id, Checked.item == item)
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    overtaken.check(seen, rules.answered(found), {"state": state, "note": note.strip(), "units": wanted})
    if found is None:
        found = Checked(edition_id=edition.id, item=item)
        db.session.add(found)
    found.state, found.note, found.units = state, note.strip(), wanted
    found.account_id, found.actor_name, found.at = actor.account_id, actor.name, clock.now()
    record(actor.account_id, "checklist.answered", found, item=item, state=state.value)
    return found
