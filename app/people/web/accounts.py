"""Pages for signing in and for one's own account. Other people's accounts are in managing.py."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from app.core.errors import N_, Refused
from app.infra.i18n import language
from app.people import actions, forms, login, queries, rules, words
from app.people.login import current_account, current_actor, current_card
from app.people.models import Account
from app.people.permissions import Permission, allows
from app.web import navigation
from app.web.errors import back, say
from app.web.pages import public, requires

from .records.cards import account_page

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


def tried(form: FlaskForm, deed: Callable[[], object]) -> int:
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
    status = tried(form, lambda: _open(form))
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
    status = tried(form, lambda: actions.set_language(current_actor(), own, form.language.data))
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

    status = tried(form, change)
    if status != 200:
        return render_template("people/change_password.html", form=form, must=own.must_change_password), status
    login.sign_in(own)
    say(gettext("Your password is changed. Wherever else you were signed in, you are not any more."))
    return back(rules.own_path(form.next.data or "", otherwise=url_for(".account")))


def _own() -> Account:
    own = current_account()
    return own if own is not None else abort(404)
