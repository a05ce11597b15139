"""Who is signed in. The only file that imports flask_login; also where every page's stated permission is enforced."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.web import pages

from . import queries, rules
from .models import Account, LearnerCard
from .permissions import VISITOR, Actor, NotAllowed, NotSignedIn, Permission, allows
from .queries import cards

API = "/api/"  # what is asked there is answered to a program, which no page helps
HOME = "/"  # an address, not an endpoint: the first page belongs to a layer above

CARD = "card"

manager = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]
    """What flask_login keeps of an account: its id and the stamp that ends old sessions."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.actor = queries.actor_of(account)

    def get_id(self) -> str:
        return f"{self.account.id}:{self.account.stamp}"


class SignedInWithCard(UserMixin):  # type: ignore[misc]
    """What flask_login keeps of a learner's card; an account's session never starts with its word."""

    account = None

    def __init__(self, card: LearnerCard) -> None:
        self.card = card
        self.actor = cards.actor_of(card)

    def get_id(self) -> str:
        return f"{CARD}:{self.card.id}:{self.card.stamp}"


def install(app: Flask) -> None:
    """Install sessions and the check that every page states its permission and every visitor meets it."""
    manager.init_app(app)
    manager.user_loader(_load)
    app.before_request(_enforce)
    app.context_processor(lambda: {"current_actor": current_actor(), "Permission": Permission, "allows": allows})


def current_actor() -> Actor:
    """The actor of this request, always from the session."""
    actor = current_user.actor if current_user and current_user.is_authenticated else VISITOR
    return actor if isinstance(actor, Actor) else VISITOR


def current_account() -> Account | None:
    """The account of this request, or None for a visitor."""
    return current_user.account if current_user and current_user.is_authenticated else None


def current_card() -> LearnerCard | None:
    """The learner's card of this request, None for accounts and visitors."""
    return getattr(current_user, "card", None) if current_user and current_user.is_authenticated else None


def in_demo_mode() -> bool:
    """Whether sample accounts are shown and may sign in."""
    return bool(current_app.config["DEMO"])


def sign_in(account: Account) -> None:
    """Open a new session for this account, in its own language; nothing of the visitor's session but that is kept."""
    language = account.language or session.get("language")
    session.clear()
    if language:
        session["language"] = language
    login_user(SignedIn(account), remember=False)


def sign_in_card(card: LearnerCard) -> None:
    """Open a new session for a learner's card; nothing of the visitor's session but its language is kept."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    login_user(SignedInWithCard(card), remember=False)


def sign_out() -> None:
    """End the session; the language it was in stays."""
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language


def _load(session_id: str) -> SignedIn | SignedInWithCard | None:
    if session_id.startswith(f"{CARD}:"):
        return _load_card(*session_id.split(":")[1:3])
    number, _, stamp = session_id.partition(":")
    account = queries.account_for_session(int(number)) if number.isdigit() else None
    if account is None or account.stamp != stamp:
        return None
    may = rules.may_sign_in(active=account.active, demo=account.demo, demo_mode=in_demo_mode())
    return SignedIn(account) if may else None


def _load_card(number: str, stamp: str) -> SignedInWithCard | None:
    card = cards.for_session(int(number), stamp) if number.isdigit() else None
    return SignedInWithCard(card) if card is not None else None


def _enforce() -> ResponseReturnValue | None:
    """Default deny: no statement, no page. Visitors are asked to sign in, and come back to where they wanted to go."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission: Any = pages.stated(current_app.view_functions.get(request.endpoint))
    if permission == pages.PUBLIC:
        return None
    actor = current_actor()
    if permission is None:
        raise NotAllowed
    if actor.is_visitor:
        if request.path.startswith(API):
            raise NotSignedIn
        g.wanted = request.full_path if request.method == "GET" else HOME
        return redirect(url_for("people.sign_in", next=g.wanted))
    account = current_account()
    if account is not None and account.must_change_password and request.endpoint != "people.change_password":
        if request.path.startswith(API):
            raise NotSignedIn
        return redirect(url_for("people.change_password"))
    if not allows(actor, permission):
        raise NotAllowed
    return None
