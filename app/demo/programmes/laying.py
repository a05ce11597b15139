"""Lays the parts of a programme, one kind each, through the actions that pages call.

Keys in files name organisations, groups of people, cohorts and activities, so that later parts can speak of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from typing import Any

from app.adaptation import actions as adaptation
from app.curriculum.queries import editions
from app.delivery.actions import activities, activities_people, diagnosis, milestones, outputs, places, programmes
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import Came, Heads
from app.delivery.actions.diagnosis import DiagnosisDetails
from app.delivery.actions.outputs import OutputDetails
from app.delivery.actions.places import PlaceDetails
from app.delivery.actions.programmes import ProgrammeDetails
from app.delivery.kinds import (
    ActivityKind,
    ActivityOrganisationRole,
    Mode,
    OutputKind,
    ParticipationRole,
    PlaceKind,
    ProgrammeRole,
)
from app.delivery.models import (
    Activity,
    Cohort,
    CohortSession,
    Enrolment,
    Limitation,
    LineOfAction,
    Milestone,
    Output,
    Programme,
    TrainingArea,
)
from app.delivery.queries import activities as activity_queries
from app.delivery.queries import diagnosis as diagnosis_queries
from app.people import queries as accounts
from app.people.actions import consents, organisations, persons
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind, Figure, OrganisationKind, Sex
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE, Actor
from app.people.queries import organisations as organisation_queries
from app.people.rules.persons import Born

Part = Mapping[str, Any]
GUEST, HOST, PARTICIPANT = (
    ActivityOrganisationRole.GUEST,
    ActivityOrganisationRole.HOST,
    ActivityOrganisationRole.PARTICIPANT,
)


@dataclass
class Laid:
    """A programme as it was laid, everything by its key in the file."""

    programme: Programme
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    sent_by: dict[int, Organisation] = field(default_factory=dict)
    areas: list[TrainingArea] = field(default_factory=list)
    limitations: list[Limitation] = field(default_factory=list)
    lines: list[LineOfAction] = field(default_factory=list)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    enrolments: dict[str, list[Enrolment]] = field(default_factory=dict)
    sessions: dict[str, list[CohortSession]] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)


def lay_activity(actor: Actor, laid: Laid, part: Part) -> Activity:
    """Plan an activity, with its organisations; hold it, with its people, unless it says `held = false`."""
    session = laid.sessions[part["session_of"]][part["session"] - 1] if "session_of" in part else None
    details = ActivityDetails(
        part["name"],
        ActivityKind(part["kind"]),
        part["on"],
        part.get("until"),
        mode=Mode(part.get("mode", "in_person")),
        region=part.get("region", ""),
        place=part.get("place", ""),
        stage=part.get("stage", ""),
        areas=tuple(laid.areas[number - 1].id for number in part.get("areas", [])),
        lines=tuple(laid.lines[number - 1].id for number in part.get("lines", [])),
    )
    made = activities.plan_activity(actor, laid.programme, details, session=session, demo=True)
    laid.activities[part.get("key", part["name"])] = made
    for role, name in ((HOST, "hosts"), (GUEST, "guests"), (PARTICIPANT, "participants")):
        for key in part.get(name, []):
            activities_people.add_organisation(actor, made, laid.organisations[key], role)
    if part.get("held", True):
        activities.hold_activity(actor, made)
        for there in part.get("people", []):
            _came(actor, laid, made, there)
        heads = [
            Heads(
                one["people"],
                Sex(one.get("sex", "not_stated")),
                one.get("from"),
                one.get("to"),
                laid.organisations[one["organisation"]] if "organisation" in one else None,
            )
            for one in part.get("heads", [])
        ]
        if heads:
            activities_people.count_heads(actor, made, heads)
    return made


def _came(actor: Actor, laid: Laid, activity: Activity, there: Part) -> None:
    """A group was there in one role, each for the organisation that sent them."""
    role = ParticipationRole(there.get("role", "participant"))
    by_sender: dict[Organisation | None, list[Person]] = {}
    for person in laid.people[there["group"]]:
        by_sender.setdefault(laid.sent_by.get(person.id), []).append(person)
    for organisation, people in by_sender.items():
        if organisation is not None:
            as_what = {"trainer": HOST, "support_staff": HOST, "expert": HOST, "organiser": HOST, "guest": GUEST}
            known = activity_queries.takes_part(activity, organisation.id)
            if not known:
                activities_people.add_organisation(actor, activity, organisation, as_what.get(role, PARTICIPANT))
        activities_people.add_people(actor, activity, people, Came(role, organisation))


def lay_programme(actor: Actor, part: Part) -> Programme:
    """The programme itself."""
    details = ProgrammeDetails(
        part["name"],
        part["region"],
        part["starts_on"],
        part.get("ends_on"),
        purpose=part.get("purpose", ""),
        youth_until=part.get("youth_until", 29),
        year_starts_in=part.get("year_starts_in", 1),
    )
    return programmes.create_programme(actor, part["slug"], details, demo=True)


def lay_guest(actor: Actor, laid: Laid, part: Part) -> Programme:
    """A programme beside this one that takes part in some of its activities, with its own organisations."""
    made = lay_programme(actor, part)
    for key in part["participants"]:
        programmes.take_part(actor, made, laid.organisations[key], ProgrammeRole.PARTICIPANT)
    for key in part["shares"]:
        activities.share_activity(actor, laid.activities[key], made)
    return made


def lay_organisation(actor: Actor, laid: Laid, part: Part) -> None:
    """An organisation, or `count` invented ones named by number; one that another file made is the same one."""
    count = part.get("count")
    for number in range(1, (count or 1) + 1):
        name = part["name"].format(n=number)
        details = OrganisationDetails(
            name,
            part["region"],
            OrganisationKind(part.get("kind", "cooperative")),
            part.get("short", ""),
            part.get("place", ""),
            tuple(part.get("crops", [])),
        )
        found = organisation_queries.known_as(name, part["region"])
        made = found or organisations.create_organisation(actor, details, demo=name.endswith("(demo)"))
        laid.organisations[part["key"].format(n=number)] = made
        for role in part.get("roles", ["participant"]):
            programmes.take_part(actor, laid.programme, made, ProgrammeRole(role), since=part.get("since"))
        if "in" in part:
            organisations.tie(actor, laid.organisations[part["in"]], made, part.get("tied_since"))


def lay_figure(actor: Actor, laid: Laid, part: Part) -> None:
    """A figure of an organisation on a day; without a source it is invented."""
    organisations.add_figure(
        actor,
        laid.organisations[part["organisation"]],
        Figure(part["figure"]),
        part["value"],
        on=part["on"],
        source=part.get("source", "Cifra inventada (demo)"),
    )


def lay_group(actor: Actor, laid: Laid, part: Part) -> None:
    """People of a kind, sent in turn by the organisations named; `born` is a year, a day, or several in turn.

    They are numbered, or have the `names` given; or they are some `among` a group laid before. `phone` gives each a
    number that cannot exist, from that one on.
    """
    if "among" in part:
        laid.people[part["key"]] = [laid.people[part["among"]][number - 1] for number in part["numbers"]]
        return
    senders: Sequence[str] = part.get("of", [])
    born: Any = part.get("born", [None])
    years = cycle(born if isinstance(born, list) else [born])
    sex: Any = part.get("sex", "not_stated")
    sexes = cycle(sex if isinstance(sex, list) else [sex])
    names = [(name.split(" ", 1)[0], f"{name.split(' ', 1)[1]} (demo)") for name in part.get("names", [])]
    made = []
    for number, (given, family) in enumerate(names or _numbered(part["called"], part.get("count", 1)), 1):
        sender = laid.organisations[senders[(number - 1) % len(senders)]] if senders else None
        day = next(years)
        details = PersonDetails(
            given,
            family,
            sex=Sex(next(sexes)),
            born=Born(on=day) if isinstance(day, date) else Born(year=day),
            region=part.get("region", laid.programme.region),
        )
        capacity = Capacity(part.get("capacity", "member"))
        person = persons.create_person(actor, details, sender, capacity=capacity, demo=True)
        if "phone" in part:
            value = f"+{part['phone'] + number - 1:011d}"
            persons.add_contact(actor, person, ContactKind.WHATSAPP, value, preferred=True)
            agreed = laid.programme.starts_on
            consents.agree(actor, person, ConsentPurpose.MESSAGES, ConsentHow.SIGNATURE, language="es", on=agreed)
        made.append(person)
        if sender is not None:
            laid.sent_by[person.id] = sender
    laid.people[part["key"]] = made


def _numbered(called: str, count: int) -> list[tuple[str, str]]:
    return [(f"{called} {number}" if count > 1 else called, "(demo)") for number in range(1, count + 1)]


def lay_diagnosis(actor: Actor, laid: Laid, part: Part) -> None:
    """A diagnosis and what it found."""
    details = DiagnosisDetails(
        part["name"], part["on"], tuple(part["found"]), part.get("place", ""), part.get("how", "")
    )  # fmt: skip
    organisation = laid.organisations[part["organisation"]] if "organisation" in part else None
    made = diagnosis.keep_diagnosis(actor, laid.programme, details, organisation=organisation)
    laid.limitations += diagnosis_queries.limitations_of(made)


def lay_milestone(actor: Actor, laid: Laid, part: Part) -> None:
    """A milestone, who set out for it and who reached it."""
    made = milestones.add_milestone(
        actor, laid.areas[part["area"] - 1], part["name"], wanted=part.get("wanted"), by=part.get("by")
    )
    laid.milestones[part["name"]] = made
    for key in part.get("planned", []):
        milestones.plan_milestone(actor, made, laid.organisations[key], part.get("by"))
    for key in part.get("reached", []):
        milestones.reach_milestone(actor, made, laid.organisations[key], part["on"], part["evidence"])


def lay_place(actor: Actor, laid: Laid, part: Part) -> None:
    """A place on the map."""
    details = PlaceDetails(PlaceKind(part["kind"]), part["name"], part["points"], part.get("note", ""))
    places.add_place(
        actor,
        laid.programme,
        details,
        organisation=laid.organisations[part["organisation"]] if "organisation" in part else None,
        drawn_at=laid.activities[part["drawn_at"]] if "drawn_at" in part else None,
    )


def lay_output(actor: Actor, laid: Laid, part: Part) -> None:
    """What a cohort or an activity made."""
    of = laid.cohorts[part["cohort"]] if "cohort" in part else laid.activities[part["activity"]]
    people = {person: part.get("part", "") for key in part.get("people", []) for person in laid.people[key]}
    made = outputs.keep_output(
        actor,
        of,
        OutputDetails(OutputKind(part["kind"]), part["title"], part["on"], part.get("summary", "")),
        people=people,
        organisations=[laid.organisations[key] for key in part.get("organisations", [])],
    )
    laid.outputs[part.get("key", part["title"])] = made


def lay_need(actor: Actor, laid: Laid, part: Part) -> None:
    """A need that an output speaks of, and the edition that somebody opens from it."""
    designer = accounts.account_by_username(part["who"])
    parent = editions.find(*part["edition"].split("/"))
    if designer is None or parent is None:
        return  # a programme can be laid where there are no designers and no originals
    need = outputs.need_from(COMMAND_LINE, laid.outputs[part["output"]], part["region"], part["given"])
    release = editions.release(parent, None)
    adaptation.fork(accounts.actor_of(designer), release, part["region"], why=need.conclusion, need=need)
