"""Putting somebody on a cohort's list: found among those one sees, or written down anew once doubles were looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.actions import enrolling
from app.delivery.actions.enrolling import Agreed, Newcomer
from app.delivery.models import Cohort
from app.delivery.queries import cohort_choices, desk
from app.delivery.queries import enrolled as queries
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import NotANumber, is_row
from app.infra.i18n import LANGUAGES, language, language_name, sentence
from app.people import consent_texts
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind, Reading, Sex
from app.people.login import current_actor
from app.people.models import Organisation, Person
from app.people.permissions import Permission
from app.people.queries import duplicates, persons
from app.people.rules import persons as rules
from app.people.rules.duplicates import Known, plain
from app.people.rules.persons import Born
from app.web.errors import back, say
from app.web.pages import requires

from . import here
from .sent import Sent

NEW = "new"


@bp.get("/<slug>/people/add")
@requires(Permission.RUN_COHORT)
def add_person(slug: str) -> ResponseReturnValue:
    """Search among the people one sees, to put one of them on the list."""
    return _search(here.opened(slug, Permission.RUN_COHORT))


@bp.post("/<slug>/people/add")
@requires(Permission.RUN_COHORT)
def enrol(slug: str) -> ResponseReturnValue:
    """Put somebody on the list who is written down already."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    chosen = request.form.get("person", "")
    person = persons.get(current_actor(), int(chosen) if is_row(chosen) else 0, Permission.SEE_PEOPLE)
    sent = Sent()
    offered = {one.id: one for one in queries.organisations(cohort)}
    organisation = sent.one_of("organisation", offered) or _only(person, offered)
    try:
        made = enrolling.enrol_known(current_actor(), cohort, person, first_day(cohort), organisation)
    except Refused as refused:
        return _search(cohort, sentence(refused)), refused.status
    say(gettext("%(name)s is on the list.", name=person.name))
    return back(url_for(".person", slug=slug, enrolment=made.id))


@bp.get("/<slug>/people/new")
@requires(Permission.RUN_COHORT)
def new_person(slug: str) -> ResponseReturnValue:
    """Ask who somebody is who is not written down yet; what they told when they came without being on the list, as
    `walk_in` says, stands in the form already.
    """
    cohort = here.opened(slug, Permission.RUN_COHORT)
    started = {**_names(request.args.get("name", "")[:200]), "sex": Sex.NOT_STATED.value, "consent": "none",
               "reading": Reading.NOT_STATED.value, "capacity": Capacity.MEMBER.value,
               "on": first_day(cohort).isoformat()}  # fmt: skip
    if "walk_in" in request.args:
        started |= _told(cohort, request.args["walk_in"])
    return _form(cohort, started, {})


@bp.post("/<slug>/people/new")
@requires(Permission.RUN_COHORT)
def enrol_new(slug: str) -> ResponseReturnValue:
    """Write somebody down and enrol them; whoever is like them is shown first, so that nobody stands here twice."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    sent, actor = Sent(), current_actor()
    newcomer, on = _newcomer(sent, cohort), sent.needed_day("on", first_day(cohort))
    who = sent.text("who")
    if not sent.faults and who != NEW:
        found = sent.do(lambda: duplicates.like(actor, _known(newcomer), limit=5), born="birth") or []
        alike = {one.person.id: one.person for one in found}
        if is_row(who) and int(who) in alike:
            person = alike[int(who)]
            made = sent.do(lambda: enrolling.enrol_known(actor, cohort, person, on, newcomer.organisation))
            if made is not None:
                say(gettext("%(name)s is on the list.", name=person.name))
                return back(url_for(".person", slug=slug, enrolment=made.id))
        elif alike:
            return _form(cohort, request.form, sent.faults, list(alike.values())), 409
    made = sent.do(lambda: enrolling.enrol_new(actor, cohort, newcomer, on), born="birth")
    if made is None:
        return _form(cohort, request.form, sent.faults), sent.status
    say(gettext("%(name)s is on the list.", name=f"{newcomer.details.given_names} {newcomer.details.family_names}"))
    if sent.text("more"):
        return back(url_for(".new_person", slug=slug))
    return back(url_for(".person", slug=slug, enrolment=made.id))


def _names(name: str) -> dict[str, str]:
    given, _, family = name.partition(" ")
    return {"given_names": given, "family_names": family}


def _told(cohort: Cohort, wanted: str) -> dict[str, Any]:
    """What somebody told who came to a session of this cohort, in the fields of the form."""
    walk_in = desk.visitor(cohort, int(wanted) if is_row(wanted) else 0) or abort(404)
    age = rules.age_on(Born(age=walk_in.age, age_on=walk_in.recorded_at.date()), here.today())
    sent_by = plain(walk_in.organisation)
    meant = (one.id for one in queries.organisations(cohort) if sent_by in {plain(one.name), plain(one.short_name)})
    return {
        **_names(walk_in.name),
        "sex": walk_in.sex if walk_in.sex in set(Sex) else Sex.NOT_STATED.value,
        "birth": "" if age is None else str(age),
        "phone": walk_in.phone,
        "organisation": next(meant, "") if sent_by else "",
    }


def first_day(cohort: Cohort) -> date:
    """The day on which somebody is enrolled who comes now: today, or the first of a cohort that lies ahead."""
    return max(cohort.starts_on, here.today())


def _only(person: Person, offered: Mapping[int, Organisation]) -> Organisation | None:
    """The organisation somebody belongs to, where it is one only of those that can send them."""
    names = queries.organisation_names([person.id]).get(person.id, [])
    mine = [one for one in offered.values() if one.name in names]
    return mine[0] if len(mine) == 1 else None


def born(sent: Sent, today: date) -> Born:
    """What a form says of somebody's birth: a day, a year or an age, in one field."""
    typed = sent.text("birth")
    if not typed:
        return Born()
    if typed.isascii() and typed.isdecimal() and len(typed) <= 4:
        number = int(typed)
        return Born(year=number) if number > 1000 else Born(age=number, age_on=today)
    if len(typed) == 10:
        return Born(on=sent.day("birth"))
    sent.blame("birth", NotANumber())
    return Born()


def _newcomer(sent: Sent, cohort: Cohort) -> Newcomer:
    programme = cohort_choices.programme_of(cohort)
    told = born(sent, here.today())
    wanted = request.form.getlist("languages")
    agreed, how = None, sent.text("consent")
    if how in set(ConsentHow):
        agreed = Agreed(ConsentHow(how), _read_in(sent), sent.text("guardian"), sent.text("guardian_tie"))
    return Newcomer(
        PersonDetails(
            sent.text("given_names"),
            sent.text("family_names"),
            known_as=sent.text("known_as"),
            sex=sent.member("sex", Sex, Sex.NOT_STATED),
            born=told,
            languages=tuple(code for code in dict(_languages(programme.languages)) if code in wanted),
            reading=sent.member("reading", Reading, Reading.NOT_STATED),
            region=cohort.region,
            place=sent.text("place"),
        ),
        sent.one_of("organisation", {one.id: one for one in queries.organisations(cohort)}),
        sent.member("capacity", Capacity, Capacity.MEMBER),
        sent.text("phone"),
        agreed,
    )


def _read_in(sent: Sent) -> str:
    return sent.text("consent_language") if sent.text("consent_language") in LANGUAGES else language()


def _known(newcomer: Newcomer) -> Known:
    details = newcomer.details
    told = details.born
    year = told.year if told.age is None or told.age_on is None else told.age_on.year - told.age
    phones = {rules.contact(ContactKind.PHONE, newcomer.phone)} if newcomer.phone else set[str]()
    return Known(
        rules.name(details.given_names), rules.name(details.family_names, needed=False), details.sex, told.on, year,
        phones=frozenset(phones),
    )  # fmt: skip


def _languages(more: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in dict.fromkeys([*more, "es", "qu", "aym", "agr", "quc", "pt", "en"])]


def _search(cohort: Cohort, fault: str = "") -> str:
    asked = request.args.get("q", request.form.get("q", "")).strip()[:200]
    return render_template(
        "delivery/cohorts/add.html",
        cohort=cohort,
        asked=asked,
        found=queries.findable(current_actor(), cohort, asked) if asked else [],
        fault=fault,
    )


def _form(
    cohort: Cohort, typed: Mapping[str, Any], faults: Mapping[str, list[str]], alike: Sequence[Person] = ()
) -> str:
    text = consent_texts.newest(ConsentPurpose.TRAINING_RECORD)
    return render_template(
        "delivery/cohorts/new_person.html",
        cohort=cohort,
        typed=typed,
        chosen_languages=request.form.getlist("languages") if request.form else [],
        faults=faults,
        alike=queries.with_ties(cohort, alike),
        organisations=[(one.id, one.name) for one in queries.organisations(cohort)],
        spoken=_languages(cohort_choices.programme_of(cohort).languages),
        kinds={"Sex": Sex, "Reading": Reading, "Capacity": Capacity, "ConsentHow": ConsentHow},
        consent=text.text(language()),
        youngest=rules.OF_AGE,
    )
