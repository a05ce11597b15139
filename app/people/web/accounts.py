"""Pages for signing in, for one's own account, and for those who manage accounts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, abort, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from app.core.errors import N_, Refused
from app.infra.i18n import language
from app.people import actions, forms, login, passwords, queries, rules, words
from app.people.login import current_account, current_actor, current_card
from app.people.models import Account, RoleAssignment
from app.people.permissions import Permission, Role, allows
from app.web import navigation
from app.web.errors import back, say
from app.web.pages import public, requires

from .records.cards import account_page

PER_PAGE = 50

bp = Blueprint("people", __name__, template_folder="../templates")


def install(app: Flask) -> None:
    """Add the pages and their place in the menu."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(role_name=words.role_name, scope_name=words.scope_name, deed_name=words.deed_name)
    navigation.register(
        navigation.Entry(
            "people.accounts",
            N_("Accounts"),
            offered=lambda: allows(current_actor(), Permission.MANAGE_ACCOUNTS),
            order=90,
        )
    )


def _tried(form: FlaskForm, deed: Callable[[], object]) -> int:
    """Do what a filled-in form asks for; 200 when done, else the status to show the form again with, faults marked."""
    if not form.validate_on_submit():
        return 422
    try:
        deed()
    except Refused as refused:
        forms.blame(form, refused)
        return refused.status
    return 200


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask who is there; in demo mode, offer the sample accounts."""
    return _sign_in_page(forms.SignIn(formdata=None, next=request.args.get("next", "")))


@bp.post("/sign-in")
@public
def open_session() -> ResponseReturnValue:
    """Sign in and go where the person wanted to go."""
    form = forms.SignIn()
    status = _tried(form, lambda: _open(form))
    if status != 200:
        return _sign_in_page(form, status)
    target = rules.own_path(form.next.data or "", otherwise=login.HOME)
    account = current_account()
    if account is not None and account.must_change_password:
        return back(url_for(".change_password", next=target))
    return back(target)


def _open(form: forms.SignIn) -> None:
    login.sign_in(actions.try_password(form.username.data, form.password.data, request.remote_addr or ""))


def _sign_in_page(form: forms.SignIn, status: int = 200) -> ResponseReturnValue:
    samples = queries.demo_accounts() if login.in_demo_mode() else []
    return (
        render_template("people/sign_in.html", form=form, samples=samples, sample_password=rules.DEMO_PASSWORD),
        status,
    )


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session."""
    login.sign_out()
    say(gettext("You are signed out."), "note")
    return back(login.HOME)


@bp.get("/account")
@requires(Permission.OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    """Show a person their own account, or what there is to choose for somebody with a card."""
    if current_card() is not None:
        return account_page()
    own = _own()
    form = forms.Language(formdata=None, language=own.language or language())
    return render_template("people/account.html", account=own, form=form)


@bp.post("/account/language")
@requires(Permission.OWN_ACCOUNT)
def choose_language() -> ResponseReturnValue:
    """Keep the language a person wants the pages in."""
    form = forms.Language()
    if current_card() is not None:  # a card keeps no language: the session does
        if form.validate_on_submit():
            session["language"] = form.language.data
        return back(url_for(".account"))
    own = _own()
    status = _tried(form, lambda: actions.set_language(current_actor(), own, form.language.data))
    if status != 200:
        return render_template("people/account.html", account=own, form=form), status
    session["language"] = form.language.data
    return back(url_for(".account"))


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """Let a person change their own password; whoever was given one has to."""
    form, own = forms.ChangePassword(), _own()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
        return render_template("people/change_password.html", form=form, must=own.must_change_password)

    def change() -> None:
        rules.check_twice(form.wanted.data, form.again.data)
        actions.change_password(
            current_actor(), own, form.current.data, form.wanted.data, address=request.remote_addr or ""
        )

    status = _tried(form, change)
    if status != 200:
        return render_template("people/change_password.html", form=form, must=own.must_change_password), status
    login.sign_in(own)
    say(gettext("Your password is changed. Wherever else you were signed in, you are not any more."))
    return back(rules.own_path(form.next.data or "", otherwise=url_for(".account")))


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
    form.offer_roles()
    if request.method == "GET":
        return render_template("people/new_account.html", form=form)
    password = passwords.fresh()

    def make() -> None:
        actions.create_account(
            current_actor(),
            form.username.data,
            password,
            name=form.name.data,
            role=Role(form.role.data),
            scope=form.scope,
            language=form.language.data,
        )

    status = _tried(form, make)
    if status != 200:
        return render_template("people/new_account.html", form=form), status
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
    account, form = _account(account_id), forms.Grant()
    form.offer_roles()
    status = _tried(form, lambda: actions.grant_role(current_actor(), account, Role(form.role.data), form.scope))
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


def _own() -> Account:
    own = current_account()
    return own if own is not None else abort(404)


def _account(account_id: int) -> Account:
    found = queries.account_for_session(account_id)
    return found if found is not None else abort(404)


def _account_page(account: Account, form: forms.Grant, status: int = 200) -> ResponseReturnValue:
    form.offer_roles()
    actor = current_actor()
    return render_template(
        "people/show_account.html",
        account=account,
        form=form,
        manages=rules.manages(actor, queries.scopes_held(account)),
        may_end=lambda role: allows(actor, Permission.MANAGE_ACCOUNTS, queries.scope_of_role(role)),
        history=queries.history(account),
    ), status


def _password_page(account: Account, password: str, *, title: str) -> ResponseReturnValue:
    """Show a password the one time it can be shown; no cache keeps it."""
    response = make_response(render_template("people/password.html", account=account, password=password, title=title))
    response.headers["Cache-Control"] = "no-store"
    return response
