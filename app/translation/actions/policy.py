"""Setting how an edition wants people named, and deciding on remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.content import Language, Uid
from app.core.language import Style
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, allows, check
from app.translation import rules
from app.translation.models import LanguagePolicy, RemarkVerdict, Verdict
from app.translation.queries.policy import policy_of

_MOST = 1_000


@transactional
def set_policy(
    actor: Actor,
    edition: Edition,
    style: Style | None,
    *,
    words: Mapping[str, Sequence[str]] | None = None,
    exceptions: Sequence[str] | None = None,
) -> LanguagePolicy:
    """Set an edition's style (None: as the edition above), and its own words and exceptions where they are given."""
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    editions.hold(edition)
    own = policy_of(edition).own
    kept_words = own.words if own is not None else {}
    kept_exceptions = own.exceptions if own is not None else []
    row = LanguagePolicy(
        edition_id=edition.id,
        style=style,
        words=kept_words if words is None else _words(words),
        exceptions=kept_exceptions if exceptions is None else _phrases(exceptions),
        account_id=actor.account_id,
        at=clock.now(),
    )
    db.session.add(row)
    record(actor.account_id, "edition.language_policy", edition, style=style.value if style else "")
    return row


@transactional
def add_exception(actor: Actor, edition: Edition, phrase: str) -> LanguagePolicy:
    """Let a phrase stand as it is in an edition and those below it."""
    own = policy_of(edition).own
    listed = [*(own.exceptions if own is not None else []), phrase]
    return set_policy(actor, edition, own.style if own is not None else None, exceptions=listed)


@transactional
def judge(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    language: Language,
    fingerprint: str,
    rule: str,
    verdict: Verdict,
    *,
    reason: str = "",
    phrase: str = "",
) -> RemarkVerdict:
    """Write down what somebody did with a remark. Rejecting needs a reason; an exception joins the edition's policy.

    For whoever edits or translates the edition; an exception needs the permission to edit.
    """
    scope = editions.scope_of(edition)
    if not allows(actor, Permission.EDIT_CONTENT, scope):
        check(actor, Permission.TRANSLATE, scope)
    block = contents.state(editions.head_of(edition)).content.block(uid)
    if block is None:
        raise rules.NoSuchBlock
    reason = rules.check_note(reason)
    if verdict is Verdict.REJECTED and not reason:
        raise rules.NeedsAnyReason
    if verdict is Verdict.EXCEPTED:
        add_exception(actor, edition, phrase)
    row = RemarkVerdict(
        edition_id=edition.id,
        uid=uid,
        language=language[:40],
        fingerprint=fingerprint[:64],
        rule=rule[:80],
        verdict=verdict,
        reason=reason,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=clock.now(),
    )
    db.session.add(row)
    record(actor.account_id, f"remark.{verdict.value}", edition, uid=uid, rule=rule[:80])
    db.session.flush()
    return row


def _phrases(wanted: Sequence[str]) -> list[str]:
    found = [rules.check_note(one, rules.LONGEST_TERM) for one in wanted]
    if not all(found):
        raise rules.NoPhrase
    return list(dict.fromkeys(found))[:_MOST]


def _words(wanted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    names = _phrases(list(wanted))
    return {
        name: [rules.check_note(i, rules.LONGEST_TERM) for i in instead if i.strip()]
        for name, instead in zip(names, wanted.values(), strict=False)
    }
