"""A learner's home: where I am, what is next, how I did, how to reach who teaches me. No script, few bytes."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.delivery.kinds import Mark
from app.infra import clock
from app.infra.i18n import language
from app.learning.kinds import Standing
from app.learning.queries import home
from app.learning.web import days
from app.learning.web.blueprints import my
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.pages import requires

PLANTS = {Standing.NOT_BEGUN: "seed", Standing.BEGUN: "sprout", Standing.DONE: "flower"}
LEAVES = {
    Mark.PRESENT: "leaf",
    Mark.LATE: "leaf-notched",
    Mark.PARTIAL: "leaf-notched",
    Mark.EXCUSED: "frost",
    Mark.ABSENT: "leaf-gone",
    Mark.NOT_EXPECTED: "seed",
    None: "seed",
}
MOST_IN_ONE_PIECE = 10  # units; a longer path is folded by module


def learns() -> bool:
    """Whether this person is enrolled somewhere: asked once a request, and not at all of a card."""
    actor = current_actor()
    if actor.person_id is None or not allows(actor, Permission.LEARN):
        return False
    if actor.account_id is None:
        return True
    if "learns" not in g:
        g.learns = home.is_enrolled(actor.person_id)
    return bool(g.learns)


@my.get("/")
@requires(Permission.LEARN)
def show() -> ResponseReturnValue:
    """Show somebody how they are doing in their cohorts."""
    actor, today = current_actor(), clock.now().date()
    found = home.learner(actor, actor.person_id, today, language()) if actor.person_id is not None else None
    g.learns = found is not None and bool(found.cohorts)
    return render_template(
        "learning/home.html", home=found, today=today, days=days, plants=PLANTS, leaves=LEAVES, most=MOST_IN_ONE_PIECE
    )
