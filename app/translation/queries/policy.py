"""How an edition wants people named, and what became of the remarks made by it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.content import Language, Uid
from app.core.language import Policy, Remark, Style
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.db import db
from app.translation.models import LanguagePolicy, RemarkVerdict, Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """The policy that holds in an edition, and the edition that set its style; None when nobody did."""

    policy: Policy
    style_from: Edition | None
    own: LanguagePolicy | None


def policy_of(edition: Edition) -> Held:
    """The policy of an edition: its own style or the nearest above, with the words and exceptions of all of them."""
    chain = [*reversed(editions.ancestors(edition)), edition]
    rows = db.session.scalars(
        select(LanguagePolicy)
        .where(LanguagePolicy.edition_id.in_([one.id for one in chain]))
        .order_by(LanguagePolicy.id)
    )
    newest = {row.edition_id: row for row in rows}
    style, style_from = Style.NEUTRAL, None
    words: dict[str, tuple[str, ...]] = {}
    exceptions: set[str] = set()
    for one in chain:
        row = newest.get(one.id)
        if row is None:
            continue
        if row.style is not None:
            style, style_from = row.style, one
        words.update({word: tuple(instead) for word, instead in row.words.items()})
        exceptions |= set(row.exceptions)
    return Held(Policy(style, words, frozenset(exceptions)), style_from, newest.get(edition.id))


def fingerprint(text: str, remark: Remark) -> str:
    """Names a remark in a text so that it is known again while its sentence stays: by rule, words and sentence."""
    start = max((text.rfind(mark, 0, remark.start) for mark in ".!?\n"), default=-1) + 1
    ends = [at for mark in ".!?\n" if (at := text.find(mark, remark.end)) >= 0]
    sentence = " ".join(text[start : min(ends, default=len(text))].split())
    return hashlib.sha256(f"{remark.rule}\0{remark.text}\0{sentence}".encode()).hexdigest()[:16]


def verdicts(edition: Edition, language: Language, uids: Sequence[Uid]) -> dict[tuple[Uid, str], RemarkVerdict]:
    """What was decided on the remarks of these blocks, by block and fingerprint; in one query."""
    rows = db.session.scalars(
        select(RemarkVerdict)
        .where(RemarkVerdict.edition_id == edition.id, RemarkVerdict.language == language, RemarkVerdict.uid.in_(uids))
        .order_by(RemarkVerdict.id)
    )
    return {(row.uid, row.fingerprint): row for row in rows}


def counted(
    edition: Edition, *, since: datetime | None = None, until: datetime | None = None
) -> Mapping[str, Counter[Verdict]]:
    """How many remarks of each rule were accepted, rejected or made an exception, between two moments."""
    statement = (
        select(RemarkVerdict.rule, RemarkVerdict.verdict, func.count())
        .where(RemarkVerdict.edition_id == edition.id)
        .group_by(RemarkVerdict.rule, RemarkVerdict.verdict)
        .order_by(RemarkVerdict.rule, RemarkVerdict.verdict)
    )
    if since is not None:
        statement = statement.where(RemarkVerdict.at >= since)
    if until is not None:
        statement = statement.where(RemarkVerdict.at < until)
    found: dict[str, Counter[Verdict]] = {}
    for rule, verdict, number in db.session.execute(statement):
        found.setdefault(rule, Counter())[verdict] = number
    return found


def by_month(edition: Edition) -> list[tuple[str, Counter[Verdict]]]:
    """The verdicts of each month that had any (2026-11), oldest first."""
    rows = db.session.execute(
        select(RemarkVerdict.at, RemarkVerdict.verdict)
        .where(RemarkVerdict.edition_id == edition.id)
        .order_by(RemarkVerdict.at, RemarkVerdict.id)
    )
    found: dict[str, Counter[Verdict]] = {}
    for at, verdict in rows:
        found.setdefault(at.strftime("%Y-%m"), Counter())[verdict] += 1
    return list(found.items())
