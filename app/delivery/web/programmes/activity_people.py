"""Who was at an activity: organisations, people by name, numbers without names, and the sheet to sign."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import activities_groups, activities_people
from app.delivery.actions.activities_people import Came, Heads
from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole, SessionState
from app.delivery.models import Activity
from app.delivery.queries import activities as queries
from app.delivery.queries import activity_people, programmes, scopes
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.infra import clock
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, Sex
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission, allows
from app.people.queries import persons
from app.people.rules.persons import Born
from app.web.errors import back, say
from app.web.pages import requires

from .activity import page
from .reading import Reading
from .seen import Seen, activity_of, seen

SPARE, MOST_ROWS, LINES = 3, 200, 25


@bp.post("/<slug>/activities/<uid>/organisations")
@requires(Permission.RUN_PROGRAMME)
def add_organisations(slug: str, uid: str) -> ResponseReturnValue:
    """Say which organisations of the programme are in an activity."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    offered = {part.organisation.id: part.organisation for part in programmes.parts(found.programme)}
    role = read.member("role", ActivityOrganisationRole)
    chosen = read.rows("organisation")
    if not chosen or not offered.keys() >= set(chosen):
        read.blame("organisation", NotOffered())
    read.do(
        lambda: activities_groups.add_organisations(
            current_actor(), one, [offered[id_] for id_ in chosen], role, through=found.programme
        )
    )
    if read.faults:
        return page(found, one, read, "organisations"), read.status
    say(gettext("Noted."))
    return back(url_for(".activity", slug=slug, uid=uid))


@bp.post("/<slug>/activities/<uid>/organisations/out")
@requires(Permission.RUN_PROGRAMME)
def drop_organisation(slug: str, uid: str) -> ResponseReturnValue:
    """Take an organisation out of an activity."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    organisation, role = _organisation(read, one), read.member("role", ActivityOrganisationRole)
    if organisation is None:
        read.blame("organisation", NotOffered())
    else:
        read.do(lambda: activities_people.drop_organisation(current_actor(), one, organisation, role))
    if read.faults:
        return page(found, one, read), read.status
    say(gettext("Taken out. It can be added again."))
    return back(url_for(".activity", slug=slug, uid=uid))


@bp.get("/<slug>/activities/<uid>/people")
@requires(Permission.RUN_PROGRAMME)
def activity_list(slug: str, uid: str) -> ResponseReturnValue:
    """Offer ways to write down who was there; `find` searches people by name."""
    found, one = _writable(slug, uid)
    return _page(found, one, Reading(MultiDict()))


@bp.post("/<slug>/activities/<uid>/people")
@requires(Permission.RUN_PROGRAMME)
def add_people(slug: str, uid: str) -> ResponseReturnValue:
    """Write people on the list who are known already."""
    found, one = _writable(slug, uid)
    read, actor = Reading(request.form), current_actor()
    role = read.member("role", ParticipationRole)
    there = _organisation(read, one)
    known = persons.by_ids(read.rows("person"))
    if not known:
        read.blame("person", NotOffered())
    listed = [known[id_] for id_ in sorted(known)]
    if read.text("organisation"):
        read.do(lambda: activities_people.add_people(actor, one, listed, Came(role, there), through=found.programme))
    else:
        read.do(lambda: activities_groups.add_each(actor, one, listed, role, through=found.programme))
    return _done(
        found, one, read, ngettext("%(num)s person is on the list.", "%(num)s people are on the list.", len(listed))
    )


@bp.post("/<slug>/activities/<uid>/cohort")
@requires(Permission.RUN_PROGRAMME)
def add_cohort(slug: str, uid: str) -> ResponseReturnValue:
    """Write a whole cohort on the list."""
    found, one = _writable(slug, uid)
    read, actor = Reading(request.form), current_actor()
    cohort = scopes.cohort(actor, read.text("cohort"), Permission.SEE_COHORT)
    role = read.member("role", ParticipationRole, ParticipationRole.PARTICIPANT)
    number = read.do(lambda: activities_groups.add_cohort(actor, one, cohort, role, through=found.programme)) or 0
    return _done(
        found, one, read, ngettext("%(num)s person is on the list.", "%(num)s people are on the list.", number)
    )


@bp.post("/<slug>/activities/<uid>/newcomer")
@requires(Permission.RUN_PROGRAMME)
def add_newcomer(slug: str, uid: str) -> ResponseReturnValue:
    """Write somebody down who is on no list yet, and that they were there."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    role, sex = read.member("role", ParticipationRole), read.member("sex", Sex, Sex.NOT_STATED)
    capacity = read.member("capacity", Capacity, Capacity.MEMBER)
    there, age = _organisation(read, one), read.number_or_none("age")
    born = Born() if age is None else Born(age=age, age_on=one.held_on or clock.now().date())
    details = PersonDetails(
        read.text("given_names"), read.text("family_names"), sex=sex, born=born, region=one.region
    )  # fmt: skip
    came = Came(role, there, capacity if there else None)
    read.do(lambda: activities_people.add_newcomer(current_actor(), one, details, came, through=found.programme))
    return _done(found, one, read, gettext("Written down and on the list."))


@bp.post("/<slug>/activities/<uid>/take-off")
@requires(Permission.RUN_PROGRAMME)
def take_off(slug: str, uid: str) -> ResponseReturnValue:
    """Take somebody off the list who was not there, with the reason."""
    found, one = _writable(slug, uid)
    read, actor = Reading(request.form), current_actor()
    person = persons.get(actor, next(iter(read.rows("person")), 0), Permission.SEE_PEOPLE)
    read.do(lambda: activities_people.take_off(actor, one, person, read.text("why")))
    return _done(found, one, read, gettext("Taken off the list. The entry and the reason stay in the record."))


@bp.post("/<slug>/activities/<uid>/heads")
@requires(Permission.RUN_PROGRAMME)
def count_heads(slug: str, uid: str) -> ResponseReturnValue:
    """Say how many were there without names; it replaces what was said before."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    there = _there(one)
    rows = [str(number) for number in range(MOST_ROWS) if f"people-{number}" in request.form]
    heads = [_heads(read, row, there) for row in rows if read.text(f"people-{row}").strip()]
    read.do(lambda: activities_people.count_heads(current_actor(), one, heads, through=found.programme))
    return _done(found, one, read, gettext("Counted."))


@bp.get("/<slug>/activities/<uid>/sheet")
@requires(Permission.RUN_PROGRAMME)
def activity_sheet(slug: str, uid: str) -> ResponseReturnValue:
    """A sheet to sign, with the names that are known and lines to write on."""
    found, one = _writable(slug, uid)
    listed = queries.list_of(current_actor(), one)
    blank = LINES - len(listed) % LINES if len(listed) % LINES else (0 if listed else LINES)
    return render_template(
        "delivery/programmes/activity_sheet.html",
        programme=found.programme,
        activity=one,
        listed=listed,
        blank=blank,
        organisations=queries.organisations_in(one),
        roles=ActivityOrganisationRole,
    )


def _listed(number: int) -> str:
    return str(ngettext("%(num)s person is on the list.", "%(num)s people are on the list.", number))


def _heads(read: Reading, row: str, there: dict[int, Organisation]) -> Heads:
    chosen = read.number_or_none(f"organisation-{row}")
    if chosen is not None and chosen not in there:
        read.blame(f"organisation-{row}", NotOffered())
    return Heads(
        read.number(f"people-{row}"),
        read.member(f"sex-{row}", Sex, Sex.NOT_STATED),
        read.number_or_none(f"from-{row}"),
        read.number_or_none(f"to-{row}"),
        None if chosen is None else there.get(chosen),
        read.member(f"role-{row}", ParticipationRole, ParticipationRole.PARTICIPANT),
    )


def _organisation(read: Reading, one: Activity) -> Organisation | None:
    """The organisation in the activity that a form names; None where it names none."""
    chosen, there = read.number_or_none("organisation"), _there(one)
    if chosen is not None and chosen not in there:
        read.blame("organisation", NotOffered())
    return None if chosen is None else there.get(chosen)


def _there(one: Activity) -> dict[int, Organisation]:
    in_roles = queries.organisations_in(one).values()
    return {organisation.id: organisation for listed in in_roles for organisation in listed}


def _writable(slug: str, uid: str) -> tuple[Seen, Activity]:
    """The activity in a programme that this person runs."""
    scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME)
    found = seen(slug)
    return found, activity_of(found, uid)


def _done(found: Seen, one: Activity, read: Reading, text: str) -> ResponseReturnValue:
    if read.faults:
        return _page(found, one, read), read.status
    say(text)
    return back(url_for(".activity_list", slug=found.programme.slug, uid=one.uid))


def _page(found: Seen, one: Activity, read: Reading) -> str:
    actor, words = current_actor(), request.values.get("find", "")
    heads = [head for head in queries.headcounts(one) if head.programme_id == found.programme.id]
    return render_template(
        "delivery/programmes/activity_list.html",
        programme=found.programme,
        activity=one,
        held=one.state is SessionState.HELD,
        listed=queries.list_of(actor, one),
        offered=activity_people.offered(actor, one, words),
        find=words,
        cohorts=activity_people.cohorts_of(actor, found.programme),
        organisations=sorted(_there(one).values(), key=lambda there: (there.name, there.id)),
        heads=heads,
        rows=range(len(heads) + SPARE),
        may_add=allows(actor, Permission.MANAGE_PEOPLE, scopes.of_programme(found.programme)),
        roles=ParticipationRole,
        sexes=Sex,
        capacities=Capacity,
        typed=read.given,
        faults=read.faults,
    )
