"""Pages where two records are found to be one person, or two, and where that is taken back."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people import record_words
from app.people.actions import merging
from app.people.login import current_actor
from app.people.models import Person, PersonMerge
from app.people.permissions import Permission
from app.people.queries import duplicates as queries
from app.people.queries import listing, moving, told
from app.people.rules import duplicates as rules
from app.web.errors import back, say
from app.web.pages import requires

from .asking import number, row
from .persons import bp, managed

PER_PAGE = 20


@bp.get("/duplicates")
@requires(Permission.MANAGE_PEOPLE)
def duplicates() -> ResponseReturnValue:
    """List pairs of records that may be one person, and those joined lately."""
    actor = current_actor()
    after = (number("first") or 0, number("second") or 0)
    pairs, following = queries.pairs(actor, after=after, limit=PER_PAGE, permission=Permission.MANAGE_PEOPLE)
    ids = [one.id for pair in pairs for one in (pair.first, pair.second)]
    return render_template(
        "people/duplicates.html",
        pairs=pairs,
        following=following,
        begins=after == (0, 0),
        belonging=listing.belonging(actor, ids),
        merges=told.merges(actor),
        sign=record_words.sign_name,
    )


@bp.get("/duplicates/<int:first>/<int:second>")
@requires(Permission.MANAGE_PEOPLE)
def compare(first: int, second: int) -> ResponseReturnValue:
    """Show two records side by side: what agrees, what differs, and what would move."""
    one, other = _pair(first, second)
    known = queries.known([one, other])
    actor = current_actor()
    return render_template(
        "people/compare.html",
        one=one,
        other=other,
        likeness=rules.compare(known[one.id], known[other.id]),
        lines=record_words.side_by_side(one, other, known),
        belonging=listing.belonging(actor, [one.id, other.id]),
        moves={person.id: moving.what_moves(person) for person in (one, other)},
        table_name=record_words.table_name,
        sign=record_words.sign_name,
    )


@bp.post("/duplicates/<int:first>/<int:second>")
@requires(Permission.MANAGE_PEOPLE)
def join(first: int, second: int) -> ResponseReturnValue:
    """Take both for one person; the record that was chosen stays."""
    one, other = _pair(first, second)
    keep = request.form.get("keep", "")
    if keep not in (str(one.id), str(other.id)):
        say(gettext("Please choose which record stays."), "fault")
        return back(url_for(".compare", first=first, second=second))
    kept, merged = (one, other) if keep == str(one.id) else (other, one)
    merging.merge(current_actor(), kept, merged)
    say(gettext("The two records are one now. You can take them apart again on this page."))
    return back(url_for(".show", person=kept.id))


@bp.post("/duplicates/<int:first>/<int:second>/apart")
@requires(Permission.MANAGE_PEOPLE)
def tell_apart(first: int, second: int) -> ResponseReturnValue:
    """Keep that they are two persons, so that nobody is asked again."""
    one, other = _pair(first, second)
    merging.tell_apart(current_actor(), one, other)
    say(gettext("They are two persons. You will not be asked again."))
    return back(url_for(".duplicates"))


@bp.post("/merges/<int:merge>/undo")
@requires(Permission.MANAGE_PEOPLE)
def take_apart(merge: int) -> ResponseReturnValue:
    """Take two records apart again."""
    done = row(PersonMerge, merge)
    managed(done.kept_id)
    apart = merging.unmerge(current_actor(), done)
    say(gettext("There are two records again; each has what it had."))
    return back(url_for(".show", person=apart.id))


def _pair(first: int, second: int) -> tuple[Person, Person]:
    """Two records that this person manages, as they are, not what stands for them."""
    one, other = managed(first), managed(second)
    if (one.id, other.id) != (first, second) or first == second:
        abort(404)
    return one, other
