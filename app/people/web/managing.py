"""Pages for those who manage accounts: who has one, which roles it holds and where, whose it is, new passwords."""

from __future__ import annotations

from flask import abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people import actions, forms, passwords, queries, rules
from app.people.login import current_actor
from app.people.models import Account, Person, RoleAssignment
from app.people.permissions import Permission, Role, allows
from app.people.queries import listing, persons, programmes
from app.people.queries.listing import Asked
from app.web.errors import back, say
from app.web.pages import requires

from .accounts import bp, tried

PER_PAGE = 50
MOST_PERSONS = 10


@bp.get("/accounts/")
@requires(Permission.MANAGE_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    """List the accounts, with a search."""
    search = request.args.get("q", "")[: rules.LONGEST_NAME]
    count = queries.count_accounts(search)
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    found = queries.accounts(search, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)

    def address(number: int) -> str:
        return url_for(".accounts", q=search or None, page=number) if 1 <= number <= pages else ""

    return render_template(
        "people/accounts.html",
        accounts=found,
        count=count,
        search=search,
        page=page,
        pages=pages,
        before=address(page - 1),
        after=address(page + 1),
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def new_account() -> ResponseReturnValue:
    """Make an account with a first role; its password is shown once, to be passed on."""
    form = forms.NewAccount()
    _offer(form)
    number = request.values.get("person", "")
    person = _person(number) if number else None
    if request.method == "GET":
        form.name.data = person.name if person is not None else ""
        return render_template("people/new_account.html", form=form, person=person)
    password = passwords.fresh()

    def make() -> None:
        actions.create_account(
            current_actor(),
            form.username.data,
            password,
            name=form.name.data,
            role=Role(form.role.data),
            scope=form.scope(current_actor()),
            language=form.language.data,
            person=person,
        )

    status = tried(form, make)
    if status != 200:
        return render_template("people/new_account.html", form=form, person=person), status
    made = queries.account_by_username(form.username.data)
    return _password_page(made or abort(404), password, title=gettext("The account is made"))


@bp.get("/accounts/<int:account_id>")
@requires(Permission.MANAGE_ACCOUNTS)
def show_account(account_id: int) -> ResponseReturnValue:
    """Show an account, its roles and what was done to it."""
    return _account_page(_account(account_id), forms.Grant(formdata=None, role=Role.DESIGNER.value))


@bp.post("/accounts/<int:account_id>/roles")
@requires(Permission.MANAGE_ACCOUNTS)
def grant_role(account_id: int) -> ResponseReturnValue:
    """Give an account another role."""
    account, form, actor = _account(account_id), forms.Grant(), current_actor()
    _offer(form)
    status = tried(form, lambda: actions.grant_role(actor, account, Role(form.role.data), form.scope(actor)))
    if status != 200:
        return _account_page(account, form, status)
    say(gettext("%(name)s has the role from now on.", name=account.name))
    return back(url_for(".show_account", account_id=account_id))


@bp.post("/accounts/<int:account_id>/roles/<int:role_id>/end")
@requires(Permission.MANAGE_ACCOUNTS)
def end_role(account_id: int, role_id: int) -> ResponseReturnValue:
    """End a role of an account."""
    role: RoleAssignment = queries.role(account_id, role_id) or abort(404)
    actions.end_role(current_actor(), role)
    say(gettext("The role has ended."))
    return back(url_for(".show_account", account_id=account_id))


@bp.post("/accounts/<int:account_id>/person")
@requires(Permission.MANAGE_ACCOUNTS)
def link_person(account_id: int) -> ResponseReturnValue:
    """Say whose account it is."""
    account, person = _account(account_id), _person(request.form.get("person", ""))
    actions.link_person(current_actor(), account, person)
    say(gettext("The account belongs to %(name)s from now on.", name=person.name))
    return back(url_for(".show_account", account_id=account_id))


@bp.post("/accounts/<int:account_id>/password")
@requires(Permission.MANAGE_ACCOUNTS)
def reset_password(account_id: int) -> ResponseReturnValue:
    """Give an account a new password and show it once."""
    account = _account(account_id)
    password = actions.reset_password(current_actor(), account)
    return _password_page(account, password, title=gettext("There is a new password"))


@bp.post("/accounts/<int:account_id>/<any(open, close):wanted>")
@requires(Permission.MANAGE_ACCOUNTS)
def set_active(account_id: int, wanted: str) -> ResponseReturnValue:
    """Close an account, or open it again."""
    account = _account(account_id)
    actions.set_active(current_actor(), account, wanted == "open")
    say(
        gettext("%(name)s can sign in again.", name=account.name)
        if account.active
        else gettext("%(name)s cannot sign in any more. What they wrote stays.", name=account.name)
    )
    return back(url_for(".show_account", account_id=account_id))


def _account(account_id: int) -> Account:
    found = queries.account_for_session(account_id)
    return found if found is not None else abort(404)


def _account_page(account: Account, form: forms.Grant, status: int = 200) -> ResponseReturnValue:
    _offer(form)
    actor = current_actor()
    manages = rules.manages(actor, queries.scopes_held(account))
    who = request.args.get("who", "").strip()[: rules.LONGEST_NAME]
    may_link = manages and account.person_id is None
    return render_template(
        "people/show_account.html",
        account=account,
        form=form,
        manages=manages,
        may_link=may_link,
        who=who,
        persons=listing.people_found(actor, Asked(search=who), limit=MOST_PERSONS) if who and may_link else [],
        may_see_person=account.person is not None and _sees(account.person),
        may_end=lambda role: allows(actor, Permission.MANAGE_ACCOUNTS, queries.scope_of_role(role)),
        history=queries.history(account),
    ), status


def _offer(form: forms.Grant | forms.NewAccount) -> None:
    """Say which roles there are, and where this person may give them."""
    actor, wanted = current_actor(), Permission.MANAGE_ACCOUNTS
    form.offer_roles()
    form.offer_places(
        [(one.id, one.name, one.region) for one in listing.offered(actor, wanted)],
        [(one.id, one.name, one.region) for one in programmes.offered(actor, wanted)],
    )


def _person(number: str) -> Person:
    """The person of this number, whom this person manages."""
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        abort(404)
    return persons.get(current_actor(), int(number), Permission.MANAGE_PEOPLE)


def _sees(person: Person) -> bool:
    return allows(current_actor(), Permission.SEE_PEOPLE, persons.scopes_of([person.id])[person.id])


def _password_page(account: Account, password: str, *, title: str) -> ResponseReturnValue:
    """Show a password the one time it can be shown; no cache keeps it."""
    response = make_response(render_template("people/password.html", account=account, password=password, title=title))
    response.headers["Cache-Control"] = "no-store"
    return response
