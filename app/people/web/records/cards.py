"""The page where learners sign in with their card, and where they change its PIN. No script, few words, few bytes."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people import login
from app.people.actions import cards as actions
from app.people.login import current_actor, current_card
from app.people.permissions import Permission
from app.people.queries import cards as queries
from app.people.rules import accounts
from app.people.rules import cards as rules
from app.web.errors import back, say
from app.web.pages import public, requires

from . import filling, forms

bp = Blueprint("cards", __name__, url_prefix="/card", template_folder="../../templates")
CODE, PIN, CHOOSE = "code", "pin", "choose"


@bp.get("")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for the code, or for the PIN of the code that the card's picture brought along."""
    card = request.args.get("card", "")[:40]
    step, fault = (CODE, "") if not card else _looked_at(card)
    return _page(step, card, fault=fault)


@bp.post("")
@public
def open_session() -> ResponseReturnValue:
    """Go on from the code to the PIN, let a new card's owner choose one, and sign in."""
    card, step = request.form.get("card", "")[:40], request.form.get("step", CODE)
    if step == CODE:
        step, fault = _looked_at(card)
        return _page(step, card, fault=fault, status=422 if fault else 200)
    pin = request.form.get("pin", "")[:20]
    try:
        if step == CHOOSE:
            if pin != request.form.get("again", "")[:20]:
                raise rules.PinsDiffer
            found = actions.sign_in_with_card(card, pin, request.remote_addr or "", chosen=True)
        else:
            found = actions.sign_in_with_card(card, pin, request.remote_addr or "")
    except rules.NeedsPin:
        return _page(CHOOSE, card)
    except rules.NotACard as refused:
        return _page(CODE, card, fault=sentence(refused), status=refused.status)
    except Refused as refused:
        return _page(CHOOSE if step == CHOOSE else PIN, card, fault=sentence(refused), status=refused.status)
    login.sign_in_card(found)
    return back(accounts.own_path(request.form.get("next", ""), otherwise=login.HOME))


@bp.post("/pin")
@requires(Permission.LEARN)
def change_pin() -> ResponseReturnValue:
    """Let somebody who is signed in with a card change its PIN."""
    card = current_card()
    if card is None:
        raise rules.NotWithACard
    form = forms.ChangePinForm()

    def deed() -> None:
        if form.pin.data != form.again.data:
            raise rules.PinsDiffer
        actions.change_pin(
            current_actor(), card, form.current.data or "", form.pin.data or "", request.remote_addr or ""
        )

    status = filling.tried(form, deed)
    if status != 200:
        return render_template("people/card_account.html", form=form, code=rules.shown(card.code)), status
    login.sign_in_card(card)
    say(gettext("Your PIN is changed."))
    return back(url_for("people.account"))


def account_page() -> ResponseReturnValue:
    """The page of somebody who is signed in with a card: their language and their PIN."""
    card = current_card()
    code = rules.shown(card.code) if card is not None else ""
    return render_template("people/card_account.html", form=forms.ChangePinForm(formdata=None), code=code)


def _looked_at(card: str) -> tuple[str, str]:
    """What to ask of somebody with this card next, and what is wrong with its code."""
    try:
        code = rules.code(card)
    except rules.NotACard as refused:
        return CODE, sentence(refused)
    return (CHOOSE if queries.is_new(code) else PIN), ""


def _page(step: str, card: str, *, fault: str = "", status: int = 200) -> ResponseReturnValue:
    following = request.values.get("next", "")[:500]
    try:
        card = rules.shown(rules.code(card)) if card else ""
    except rules.NotACard:
        step = CODE
    return render_template(
        "people/card.html", step=step, card=card, fault=fault, following=following, longest=rules.LONGEST_PIN,
        shortest=rules.SHORTEST_PIN, letters=rules.LENGTH + 1, sample=_sample(), sample_pin=rules.DEMO_PIN,
    ), status  # fmt: skip


def _sample() -> str:
    """The code of the demonstration's card; empty anywhere else."""
    found = queries.sample() if login.in_demo_mode() else None
    return rules.shown(found.code) if found else ""
