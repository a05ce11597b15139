"""Pages of persons: the list, writing somebody down, one person's page, and changing what is written of them."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.infra import clock
from app.people.actions import persons as actions
from app.people.kinds import Capacity, ConsentPurpose, ContactKind
from app.people.login import current_actor
from app.people.models import Affiliation, Consent, Organisation, Person, PersonContact
from app.people.permissions import Permission, Scope, allows
from app.people.queries import duplicates, listing, persons, told
from app.people.queries.listing import Asked
from app.people.rules import consents as consent_rules
from app.people.rules import persons as rules
from app.people.rules.duplicates import Known
from app.web.errors import back, say
from app.web.pages import requires

from . import filling, forms, panels, regions
from .asking import Pages, number, row

PER_PAGE = 50
Row = TypeVar("Row", Affiliation, Consent, PersonContact)

bp = Blueprint("persons", __name__, url_prefix="/people", template_folder="../../templates")


@bp.get("/")
@requires(Permission.SEE_PEOPLE)
def board() -> ResponseReturnValue:
    """List the persons whom this person may see."""
    actor = current_actor()
    asked = Asked(
        search=request.args.get("q", "")[:200],
        region=request.args.get("region", "")[:10],
        organisation=number("organisation"),
    )
    pages = Pages(listing.count_people(actor, asked), PER_PAGE, number("page"))
    found = listing.people_found(actor, asked, offset=pages.offset, limit=PER_PAGE)
    return render_template(
        "people/persons.html",
        found=found,
        belonging=listing.belonging(actor, [person.id for person in found]),
        pages=pages,
        asked=asked,
        regions=regions.named(listing.regions_of_people(actor)),
        organisations=[(one.id, one.name) for one in listing.offered(actor, Permission.SEE_PEOPLE)],
        manages=bool(actor.scopes(Permission.MANAGE_PEOPLE)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    """Write somebody down; somebody who looks like them is shown first."""
    actor, form = current_actor(), forms.NewPersonForm()
    places = _places(alone=True)
    form.offer(regions.choices([one.region for one in places], form.region.data or "", empty=True), [])
    form.offer_places(places)
    if request.method == "GET":
        form.organisation.data = number("organisation")
        return render_template("people/person_form.html", form=form, person=None, alike=[], places=places)
    made: list[Person] = []
    alike: list[duplicates.Suggestion] = []

    def deed() -> None:
        of = next(one for one in places if one.id == form.organisation.data)
        form.region.data = form.region.data or of.region
        details = form.details(clock.now().date())
        if request.form.get("sure") != "yes":
            alike.extend(duplicates.like(actor, _known(form, details), limit=5))
        if not alike:
            made.append(_write_down(form, details, of))

    status = filling.tried(form, deed)
    if made:
        say(gettext("%(name)s is written down.", name=made[0].name))
        return back(url_for(".show", person=made[0].id))
    return render_template("people/person_form.html", form=form, person=None, alike=alike, places=places), (
        409 if alike else status
    )


@bp.get("/<int:person>/")
@requires(Permission.SEE_PEOPLE)
def show(person: int) -> ResponseReturnValue:
    """Show somebody: who they are, where they belong, how they are reached, what they agreed to."""
    found = persons.get(current_actor(), person, Permission.SEE_PEOPLE)
    if found.id != person:  # joined with another record, which stands for this one too
        return back(url_for(".show", person=found.id))
    return page(found)


@bp.route("/<int:person>/change", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def change(person: int) -> ResponseReturnValue:
    """Change what is written of somebody."""
    found, form = managed(person), forms.PersonForm()
    known = [*listing.regions_of_people(current_actor()), found.region]
    form.offer(regions.choices(known, form.region.data or found.region, empty=True), list(found.languages))
    status = 200
    if request.method == "GET":
        form.fill(found)
    else:
        status = filling.tried(
            form, lambda: actions.change_person(current_actor(), found, form.details(clock.now().date(), found))
        )
        if status == 200:
            say(gettext("It is changed."))
            return back(url_for(".show", person=found.id))
    return render_template("people/person_form.html", form=form, person=found, alike=[], places=[]), status


@bp.post("/<int:person>/affiliations")
@requires(Permission.MANAGE_PEOPLE)
def affiliate(person: int) -> ResponseReturnValue:
    """Say that somebody belongs to an organisation."""
    found, form = managed(person), forms.AffiliationForm()
    places = _places()
    form.offer(places)

    def deed() -> None:
        of = next(one for one in places if one.id == form.organisation.data)
        actions.affiliate(current_actor(), found, of, Capacity(form.capacity.data), since=form.since.data)

    status = filling.tried(form, deed)
    if status != 200:
        return page(found, status, affiliation=form)
    say(gettext("It is written down where %(name)s belongs.", name=found.name))
    return back(url_for(".show", person=found.id))


@bp.post("/<int:person>/affiliations/<int:affiliation>/end")
@requires(Permission.MANAGE_PEOPLE)
def end_affiliation(person: int, affiliation: int) -> ResponseReturnValue:
    """Say that somebody left an organisation."""
    found, form = managed(person), forms.LeftForm()
    held = _of(found, Affiliation, affiliation)
    status = filling.tried(form, lambda: actions.end_affiliation(current_actor(), held, form.until.data))
    if status != 200:
        return page(found, status, left=form)
    say(gettext("It is written down when it ended."))
    return back(url_for(".show", person=found.id))


@bp.post("/<int:person>/contacts")
@requires(Permission.MANAGE_PEOPLE)
def add_contact(person: int) -> ResponseReturnValue:
    """Note how somebody is reached."""
    found, form = managed(person), forms.ContactForm()
    form.offer()
    status = filling.tried(
        form,
        lambda: actions.add_contact(
            current_actor(), found, ContactKind(form.kind.data), form.value.data,
            own=form.own.data, preferred=form.preferred.data, note=form.note.data,
        ),
    )  # fmt: skip
    if status != 200:
        return page(found, status, contact=form)
    say(gettext("It is written down how %(name)s is reached.", name=found.name))
    return back(url_for(".show", person=found.id))


@bp.post("/<int:person>/contacts/<int:contact>/forget")
@requires(Permission.MANAGE_PEOPLE)
def forget_contact(person: int, contact: int) -> ResponseReturnValue:
    """Take away a way to reach somebody."""
    found = managed(person)
    actions.forget_contact(current_actor(), _of(found, PersonContact, contact))
    say(gettext("It is taken away."))
    return back(url_for(".show", person=found.id))


def page(
    found: Person, status: int = 200, *, affiliation: forms.AffiliationForm | None = None,
    contact: forms.ContactForm | None = None, left: forms.LeftForm | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """The page of a person, with a form that had a fault as it was typed."""
    actor, today = current_actor(), clock.now().date()
    scope = persons.scopes_of([found.id])[found.id]
    manages = allows(actor, Permission.MANAGE_PEOPLE, scope) and found.erased_at is None
    places = _places() if manages else []
    if manages and affiliation is None:
        affiliation = forms.AffiliationForm(formdata=None)
        affiliation.offer(places)
    if manages and contact is None:
        contact = forms.ContactForm(formdata=None)
        contact.offer()
    agreed = told.consents(found)
    given = [
        consent_rules.Given(one.purpose, one.given_on, one.withdrawn_on, bool(one.guardian_name)) for one, _ in agreed
    ]
    age, account = rules.age_on(persons.born(found), today), told.account_of(found)
    return render_template(
        "people/person.html",
        person=found,
        age=age,
        today=today,
        manages=manages,
        hands_out_cards=allows(actor, Permission.TEACH, scope) and found.erased_at is None,
        affiliations=told.affiliations(actor, found),
        may_end={one.id for one in places},
        contacts=told.contacts(actor, found),
        consents=agreed,
        standing={purpose: consent_rules.agreed(given, purpose, today) for purpose in ConsentPurpose},
        ask_again=consent_rules.to_ask_again(given, age, today),
        cards=told.cards_of(found),
        account=account,
        may_give_account=manages and account is None and bool(actor.scopes(Permission.MANAGE_ACCOUNTS)),
        alike=duplicates.of_person(actor, found, limit=5) if manages else [],
        merges=told.merges(actor, of=found) if manages else [],
        affiliation_form=affiliation,
        contact_form=contact,
        left_form=left,
        faulty=filling.faulty(affiliation, contact, left),
        panels=panels.of(panels.Place.PERSON, actor, found),
        history=told.deeds_on_person(found) if manages else [],
    ), status


def managed(person_id: int) -> Person:
    """Somebody whose record this person manages; nobody who was erased."""
    found = persons.get(current_actor(), person_id, Permission.MANAGE_PEOPLE)
    if found.erased_at is not None:
        raise persons.NoSuchPerson
    return found


def _places(*, alone: bool = False) -> list[Organisation]:
    """The organisations whose people this person manages; `alone`: because of themselves, not through a programme, so
    that somebody written down there can be found again.
    """
    actor = current_actor()
    held = listing.offered(actor, Permission.MANAGE_PEOPLE)
    if not alone:
        return list(held)
    return [
        one
        for one in held
        if allows(actor, Permission.MANAGE_PEOPLE, Scope(region=one.region, organisations=frozenset({one.id})))
    ]


def _write_down(form: forms.NewPersonForm, details: actions.PersonDetails, of: Organisation) -> Person:
    if form.phone.data:
        rules.contact(ContactKind.PHONE, form.phone.data)  # before anybody is written down
    made = actions.create_person(current_actor(), details, of, capacity=Capacity(form.capacity.data))
    if form.phone.data:
        actions.add_contact(current_actor(), made, ContactKind.PHONE, form.phone.data)
    return made


def _known(form: forms.NewPersonForm, details: actions.PersonDetails) -> Known:
    """What was typed, as far as it tells two persons apart."""
    born = details.born
    year = born.age_on.year - born.age if born.age is not None and born.age_on is not None else born.year
    phones = frozenset({form.phone.data} if form.phone.data else ())
    return Known(
        details.given_names, details.family_names, details.sex, born.on, year, details.document_kind,
        details.document_number, phones,
    )  # fmt: skip


def _of(person: Person, kind: type[Row], id_: int) -> Row:
    """Something of this very person, or nothing at this address."""
    held = row(kind, id_)
    if held.person_id != person.id:
        abort(404)
    return held
