"""The lists: what is being tried where, the workshops of an edition, and what editions further down report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.curriculum.web.waiting import Waiting
from app.people.login import current_actor
from app.people.permissions import Actor, Permission, allows
from app.validation.queries import remarks, results, states
from app.validation.queries import workshops as queries
from app.validation.rules.results import Standing
from app.web.pages import requires

from . import at, bp, opened, place


@bp.get("/")
@requires(Permission.READ_DRAFT)
def board() -> ResponseReturnValue:
    """List the editions whose drafts this person reads, with the workshops they have."""
    actor = current_actor()
    seen = [e for e in editions.visible(actor) if editions.may_read_draft(actor, e) and e.head is not None]
    listed: dict[int, list[queries.Listed]] = {}
    for one in queries.of_editions([e.id for e in seen]):
        listed.setdefault(one.workshop.edition_id, []).append(one)
    return render_template("validation/workshop_board.html", editions=seen, listed=listed)


@bp.get("/<slug>/<region>/")
@requires(Permission.READ_DRAFT)
def workshops(slug: str, region: str) -> ResponseReturnValue:
    """Show the workshops of an edition, how far its units have been tried, and what is reported from below."""
    edition = opened(slug, region, Permission.READ_DRAFT)
    state = states.validation_state(edition)
    return render_template(
        "validation/workshops.html",
        edition=edition,
        at=place(edition),
        runs=queries.may_run(current_actor(), edition),
        listed=queries.of_edition(edition),
        state=state,
        counts={standing: sum(one.standing is standing for one in state.values()) for standing in Standing},
        outdated=sum(one.outdated for one in state.values()),
        titles=queries.titles_of(edition),
        waiting=len(remarks.open_remarks(edition)),
        below=results.below(current_actor(), edition),
    )


def waiting_for(actor: Actor) -> list[Waiting]:
    """The workshops with remarks that wait for this person's decision."""
    if not allows(actor, Permission.RUN_VALIDATION):
        return []
    return [
        Waiting(
            title=str(ngettext("%(num)s remark waits for a decision", "%(num)s remarks wait for a decision", number)),
            url=url_for("validation.remarks", verdict="open", **at(workshop)),
            do=gettext("Decide on them"),
            over=workshop.title,
        )
        for workshop, number in remarks.waiting(actor)
    ]


def below_panel(subject: panels.Subject) -> Mapping[str, Any] | None:
    """What an edition's own page says of workshops further down."""
    if not editions.may_read_draft(current_actor(), subject.edition):
        return None
    found = results.below(current_actor(), subject.edition)
    return {"below": found, "at": place(subject.edition)} if found else None
