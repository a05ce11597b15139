"""Pages of organisations: the list, one organisation with its ties and figures, and what those who manage it change."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.infra import clock
from app.people.actions import organisations as actions
from app.people.kinds import Figure, OrganisationKind
from app.people.login import current_actor
from app.people.models import Organisation, OrganisationFigure, OrganisationTie
from app.people.permissions import Permission, allows
from app.people.queries import listing, organisations, told
from app.people.queries.listing import Asked
from app.web import words
from app.web.errors import back, say
from app.web.pages import requires

from . import filling, forms, panels, regions
from .asking import Pages, number, row

PER_PAGE = 50
PEOPLE_SHOWN = 20

bp = Blueprint("organisations", __name__, url_prefix="/organisations", template_folder="../../templates")


@bp.get("/")
@requires(Permission.SEE_FIGURES)
def board() -> ResponseReturnValue:
    """List the organisations that this person may know of."""
    actor = current_actor()
    kind = request.args.get("kind", "")
    asked = Asked(
        search=request.args.get("q", "")[:200],
        region=request.args.get("region", "")[:10],
        kind=OrganisationKind(kind) if kind in set(OrganisationKind) else None,
    )
    pages = Pages(listing.count_organisations(actor, asked), PER_PAGE, number("page"))
    return render_template(
        "people/organisations.html",
        found=listing.organisations_found(actor, asked, offset=pages.offset, limit=PER_PAGE),
        pages=pages,
        asked=asked,
        kinds=words.choices(OrganisationKind),
        regions=regions.named(listing.regions_of_organisations(actor)),
        may_add=bool(actor.scopes(Permission.MANAGE_ORGANISATIONS)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def new() -> ResponseReturnValue:
    """Put an organisation on the list."""
    actor, form = current_actor(), forms.OrganisationForm()
    form.offer(regions.choices(_known_regions(), form.region.data or ""))
    made: list[Organisation] = []
    status = 200
    if request.method == "POST":
        status = filling.tried(form, lambda: made.append(actions.create_organisation(actor, form.details)))
        if made:
            say(gettext("%(name)s is on the list.", name=made[0].name))
            return back(url_for(".show", organisation=made[0].id))
    return render_template("people/organisation_form.html", form=form, organisation=None), status


@bp.get("/<int:organisation>/")
@requires(Permission.SEE_FIGURES)
def show(organisation: int) -> ResponseReturnValue:
    """Show an organisation: what it is, what it belongs to, its figures and its people."""
    return _page(organisations.get(current_actor(), organisation, Permission.SEE_FIGURES))


@bp.route("/<int:organisation>/settings", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def settings(organisation: int) -> ResponseReturnValue:
    """Change what is said of an organisation."""
    found, form = _managed(organisation), forms.OrganisationForm()
    form.offer(regions.choices(_known_regions(), form.region.data or found.region))
    status = 200
    if request.method == "GET":
        form.fill(found)
    else:
        status = filling.tried(form, lambda: actions.change_organisation(current_actor(), found, form.details))
        if status == 200:
            say(gettext("It is changed."))
            return back(url_for(".show", organisation=organisation))
    return render_template("people/organisation_form.html", form=form, organisation=found), status


@bp.post("/<int:organisation>/figures")
@requires(Permission.MANAGE_ORGANISATIONS)
def add_figure(organisation: int) -> ResponseReturnValue:
    """Write down how many there were on a day."""
    found, form = _managed(organisation), forms.FigureForm()
    form.offer()

    def deed() -> None:
        figure, value = Figure(form.figure.data), form.value.data or 0
        actions.add_figure(current_actor(), found, figure, value, on=form.on.data, source=form.source.data)

    status = filling.tried(form, deed)
    if status != 200:
        return _page(found, status, figure=form)
    say(gettext("The figure is written down. Earlier ones stay."))
    return back(url_for(".show", organisation=organisation))


@bp.post("/<int:organisation>/ties")
@requires(Permission.MANAGE_ORGANISATIONS)
def tie(organisation: int) -> ResponseReturnValue:
    """Say that this organisation belongs to another one, or another one to it."""
    found, form = _managed(organisation), forms.TieForm()
    form.offer(found.called, _others(found))

    def deed() -> None:
        other = _managed(form.other.data)
        upper, lower = (other, found) if form.way.data == "upper" else (found, other)
        actions.tie(current_actor(), upper, lower, form.since.data)

    status = filling.tried(form, deed)
    if status != 200:
        return _page(found, status, tie=form)
    say(gettext("It is written down that they belong together."))
    return back(url_for(".show", organisation=organisation))


@bp.post("/<int:organisation>/ties/<int:tie>/end")
@requires(Permission.MANAGE_ORGANISATIONS)
def untie(organisation: int, tie: int) -> ResponseReturnValue:
    """Say that they do not belong together any more."""
    found, form = _managed(organisation), forms.LeftForm()
    held = row(OrganisationTie, tie)
    if found.id not in (held.upper_id, held.lower_id):
        abort(404)
    status = filling.tried(form, lambda: actions.untie(current_actor(), held, form.until.data))
    if status != 200:
        return _page(found, status, left=form)
    say(gettext("It is written down when it ended."))
    return back(url_for(".show", organisation=organisation))


def _page(
    found: Organisation, status: int = 200, *, figure: forms.FigureForm | None = None,
    tie: forms.TieForm | None = None, left: forms.LeftForm | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """The page of an organisation, with a form that had a fault as it was typed."""
    actor = current_actor()
    scope = organisations.scopes_of([found.id])[found.id]
    manages = allows(actor, Permission.MANAGE_ORGANISATIONS, scope)
    asked = Asked(organisation=found.id)
    sees_people = allows(actor, Permission.SEE_PEOPLE, scope)
    people = listing.people_found(actor, asked, limit=PEOPLE_SHOWN) if sees_people else []
    figures = told.figures(found)
    if manages and figure is None:
        figure = forms.FigureForm(formdata=None)
        figure.offer()
    if manages and tie is None:
        tie = forms.TieForm(formdata=None)
        tie.offer(found.called, _others(found))
    return render_template(
        "people/organisation.html",
        organisation=found,
        manages=manages,
        uppers=told.uppers(actor, found),
        lowers=told.lowers(actor, found),
        figures=figures,
        newest=_newest(figures),
        people=people,
        people_count=listing.count_people(actor, asked) if people else 0,
        sees_people=sees_people,
        figure_form=figure,
        tie_form=tie,
        left_form=left,
        faulty=filling.faulty(figure, tie, left),
        panels=panels.of(panels.Place.ORGANISATION, actor, found),
        history=told.deeds_on_organisation(found) if manages else [],
        today=clock.now().date(),
    ), status


def _newest(figures: dict[Figure, list[OrganisationFigure]]) -> list[OrganisationFigure]:
    return [rows[0] for rows in figures.values()]


def _managed(organisation_id: int) -> Organisation:
    return organisations.get(current_actor(), organisation_id, Permission.MANAGE_ORGANISATIONS)


def _others(found: Organisation) -> list[Organisation]:
    held = listing.offered(current_actor(), Permission.MANAGE_ORGANISATIONS)
    return [one for one in held if one.id != found.id]


def _known_regions() -> list[str]:
    actor = current_actor()
    held = [scope.region for scope in actor.scopes(Permission.MANAGE_ORGANISATIONS) if scope.region]
    return [*held, *listing.regions_of_organisations(actor)]
