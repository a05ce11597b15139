"""Signatures under an edition: who answers for what, what changed since, signing and taking back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission, Role, allows
from app.people.words import role_name
from app.validation import stage_words
from app.validation.actions import stages as actions
from app.validation.queries import signing, workshops
from app.validation.rules import stages as rules
from app.validation.rules.stages import SignRole
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, number, opened, place, typed


def signed_panel(subject: panels.Subject) -> Mapping[str, Any] | None:
    """Who answers for a release, for whoever may read it."""
    found = signing.under(subject.edition, subject.seen.revision)
    return {"signed": found} if found else None


@bp.get("/<slug>/<region>/signatures")
@requires(Permission.READ_DRAFT)
def signatures(slug: str, region: str) -> ResponseReturnValue:
    """Show who signed what, and what waits for this person's name."""
    return _page(opened(slug, region, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/signatures")
@requires(Permission.SIGN_OFF)
def sign(slug: str, region: str) -> ResponseReturnValue:
    """Sign the draft as it was shown, or take one's own signature back."""
    edition = opened(slug, region, Permission.SIGN_OFF)
    actor = current_actor()
    try:
        if typed("do") == "withdraw":
            found = signing.get(edition, max(number("signature"), 0))
            actions.withdraw_signature(actor, edition, found, typed("why"))
            say(gettext("Your signature is taken back."))
        else:
            if typed("role") not in set(SignRole):
                raise rules.NotYourSignature
            role = SignRole(typed("role"))
            words = stage_words.statement(role)
            actions.sign(actor, edition, role, words, note=typed("note"), seen_head=number("seen", -1))
            say(gettext("Signed."))
    except Refused as refused:
        return _page(edition, sentence(refused)), refused.status
    return back(url_for(".signatures", **place(edition)))


def _page(edition: Edition, fault: str = "") -> str:
    actor = current_actor()
    head = editions.head_of(edition)
    found = signing.signatures(edition, head)
    scope = editions.scope_of(edition)
    mine = rules.may_sign(actor, scope) if allows(actor, Permission.SIGN_OFF, scope) else []
    return render_template(
        "validation/signatures.html",
        edition=edition,
        at=place(edition),
        head=head,
        signed={one.role: one for one in found},
        roles=list(SignRole),
        signers={role: ", ".join(role_name(one) for one in Role if one in rules.SIGNERS[role]) for role in SignRole},
        mine=mine,
        me=actor.account_id,
        changed=signing.changed_since(edition, found),
        history=signing.history(edition),
        titles=workshops.titles_of(edition),
        role=typed("role") if fault else "",
        note=typed("note") if fault else "",
        fault=fault,
    )
