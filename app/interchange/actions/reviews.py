"""A reviewed Word file: sent, read by the worker, looked at, brought in as proposals and comments, or set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from app.core.content import Language, Uid
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.discussion import actions as discussion
from app.discussion.actions import Idea, Saying
from app.discussion.models import Comment, ProposalKind, Source
from app.discussion.queries import places
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.jobs import JobFailed, finish, job, progress, start
from app.infra.transactions import transactional
from app.interchange import reviews, rules
from app.interchange.formats.docx.opening import open_word
from app.interchange.found import Found, Lost, Proposed, Said, moment, parts_of, refused
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.interchange.queries.owners import owner
from app.people.permissions import Actor, Permission, check

from .keeping import fail_import, keep

NEEDED = (Permission.COMMENT, Permission.PROPOSE_CHANGE)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: what is new, how much was known already, and what has no place."""

    proposals: int
    comments: int
    known: int
    lost: tuple[Lost, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name."""
        return {"proposals": self.proposals, "comments": self.comments, "known": self.known, "unplaced": len(self.lost)}


@transactional
def start_review(actor: Actor, edition: Edition, name: str, data: bytes, language: Language = "") -> Import:
    """Take a file in and have it read; raises `BadUpload` at once for what is no Word file that can be read."""
    for permission in NEEDED:
        check(actor, permission, editions.scope_of(edition))
    filename = rules.named(name)
    try:
        open_word(data, filename)
    except Refused as fault:
        raise rules.BadUpload(file=filename, problem=fault) from fault
    row = keep(actor, ImportKind.REVIEW, edition, filename, data, language)
    row.job_id = start(actor.account_id, "read-review", number=row.id).id
    return row


@job("read-review")
def read_review(job_id: int, number: int) -> None:
    """Read a file as the person who sent it, and keep what was found for looking at."""
    actor = owner(job_id)
    row = db.session.get_one(Import, number)
    if row.state is not ImportState.WAITING or row.edition is None:
        finish(job_id)
        return
    progress(job_id, 0, 2)
    try:
        found = reviews.read(actor, row.edition, storage.get(row.digest), row.filename, row.language)
        progress(job_id, 1, 2)
        _keep_found(number, found)
    except Exception as error:
        fail_import(actor, number, error if isinstance(error, Refused) else JobFailed())
        raise
    finish(job_id)


@transactional
def bring(actor: Actor, edition: Edition, found: Found, lost: Sequence[Lost], filename: str) -> Brought:
    """Make every change a proposal and every remark a comment; what is known already is not said twice.

    What the edition does not take is handed back with its reason, together with what nobody has placed.
    """
    for permission in NEEDED:
        check(actor, permission, editions.scope_of(edition))
    known = imports.known(edition, [*found.keys, *(one.key for one in lost)])
    left: list[Lost] = []
    proposals = _propose_all(actor, edition, found, known, left, filename)
    comments = _say_all(actor, edition, found, known, left)
    decided = _settle_all(actor, edition, found.language, lost)
    comments += sum(one.fate == "brought" and one.key not in known for one in decided)
    return Brought(proposals, comments, len(known), (*decided, *left))


@transactional
def rehearse(actor: Actor, edition: Edition, found: Found, filename: str) -> Brought:
    """What bringing a file in would do, without doing it."""
    savepoint = db.session.begin_nested()
    try:
        return bring(actor, edition, found, found.lost, filename)
    finally:
        savepoint.rollback()


@transactional
def bring_reviewed(actor: Actor, edition: Edition, found: Found, data: bytes, filename: str) -> Brought:
    """Bring a file in at once, without anybody looking at it first; what has no place is kept with it."""
    brought = bring(actor, edition, found, found.lost, filename)
    row = keep(actor, ImportKind.REVIEW, edition, rules.named(filename), data, found.language)
    row.found, row.base_revision_id = storage.put(found.dumped()), found.revision_id
    _brought(row, brought)
    row.counts = {**_counts(found), **row.counts}
    return brought


@transactional
def start_bringing(actor: Actor, row: Import) -> Import:
    """Have a file that was looked at brought in."""
    _check_open(actor, row)
    row.state = ImportState.BRINGING
    row.job_id = start(actor.account_id, "bring-review", number=row.id).id
    return row


@job("bring-review")
def bring_review(job_id: int, number: int) -> None:
    """Bring a file in as the person who sent it: all of it, or, when something breaks, nothing."""
    progress(job_id, 0, 2)
    try:
        bring_import(owner(job_id), number)
    except Exception as error:
        _reopen(number, error if isinstance(error, Refused) else JobFailed())
        raise
    finish(job_id)


@transactional
def bring_import(actor: Actor, number: int) -> Brought | None:
    """Bring in what was found in a file, once."""
    row = db.session.get_one(Import, number)
    if row.state is not ImportState.BRINGING or row.edition is None:
        return None
    lost = [Lost(**one) for one in row.unplaced]
    brought = bring(actor, row.edition, imports.found_in(row), lost, row.filename)
    _brought(row, brought)
    record(actor.account_id, "import.brought", row, **brought.counts)
    return brought


@transactional
def place_lost(actor: Actor, row: Import, at: int, uid: Uid) -> None:
    """Give what could not be placed a block, as a comment there; an empty `uid` sets it aside. It stays in the list.

    Before the file is brought in this may be changed again; after it, a comment is made at once.
    """
    if row.account_id != actor.account_id or row.edition is None:
        raise rules.NoSuchImport
    if row.state not in (ImportState.PREVIEWED, ImportState.BROUGHT) or not 0 <= at < len(row.unplaced):
        raise rules.NotNow
    for permission in NEEDED:
        check(actor, permission, editions.scope_of(row.edition))
    one = Lost(**row.unplaced[at])
    if one.fate == "brought":
        raise rules.NotNow
    if uid:
        places.spot(row.edition, uid)
    one = replace(one, uid=uid, fate="placed" if uid else "aside")
    if uid and row.state is ImportState.BROUGHT:
        (one,) = _settle_all(actor, row.edition, row.language, [one])
    row.unplaced = [asdict(one) if place == at else other for place, other in enumerate(row.unplaced)]


@transactional
def _keep_found(number: int, found: Found) -> None:
    row = db.session.get_one(Import, number)
    edition = row.edition
    if row.state is not ImportState.WAITING or edition is None:
        return
    row.found, row.language, row.base_revision_id = storage.put(found.dumped()), found.language, found.revision_id
    known = imports.known(edition, [one.key for one in found.lost])  # what somebody has found a place for before
    lost = [replace(one, fate="brought") if one.key in known else one for one in found.lost]
    row.unplaced = [asdict(one) for one in lost]
    row.counts = _counts(found)
    row.state = ImportState.PREVIEWED


def _counts(found: Found) -> dict[str, int]:
    return {"changes": len(found.proposed), "comments": len(found.said), "unplaced": len(found.lost)}


def _brought(row: Import, brought: Brought) -> None:
    row.state, row.finished_at = ImportState.BROUGHT, clock.now()
    row.unplaced = [asdict(one) for one in brought.lost]
    row.counts = {**row.counts, **{f"brought_{name}": number for name, number in brought.counts.items()}}


@transactional
def _reopen(number: int, fault: Refused) -> None:
    row = db.session.get_one(Import, number)
    if row.state is ImportState.BRINGING:
        row.state, row.problem = ImportState.PREVIEWED, {"text": fault.text, "parts": parts_of(fault)}


def _check_open(actor: Actor, row: Import) -> None:
    if row.account_id != actor.account_id or row.edition is None:
        raise rules.NoSuchImport
    for permission in NEEDED:
        check(actor, permission, editions.scope_of(row.edition))
    imports.hold(row)
    if row.state is not ImportState.PREVIEWED:
        raise rules.NotNow


def _propose_all(actor: Actor, edition: Edition, found: Found, known: set[str], left: list[Lost], filename: str) -> int:
    """Propose every change that is not known; return how many there are."""
    wanted = [one for one in found.proposed if one.key not in known]
    ideas = [_idea(found.language, one, filename) for one in wanted]
    faults = 0
    for one, answer in zip(wanted, discussion.propose_all(actor, edition, ideas, Source.WORD), strict=True):
        if isinstance(answer, Refused):
            left.append(refused(one, answer))
            faults += 1
    return len(wanted) - faults


def _idea(language: Language, one: Proposed, filename: str) -> Idea:
    return Idea(
        one.uid,
        ProposalKind(one.how),
        {language: one.text},
        language=language,
        base=one.base if one.how == "change" else None,
        after=one.after,
        evidence=filename,
        author_name=one.author,
        said_at=moment(one.at),
        key=one.key,
    )


def _say_all(actor: Actor, edition: Edition, found: Found, known: set[str], left: list[Lost]) -> int:
    """Say every remark, the first of each thread before its answers; return how many are new."""
    said: dict[str, Comment] = {}
    firsts, new = found.threads(), 0
    for remarks in ([r for r in found.said if not r.parent], [r for r in found.said if r.parent]):
        sayings = [_saying(found.language, one, said.get(firsts[one.id]) if one.parent else None) for one in remarks]
        for one, answer in zip(remarks, discussion.add_comments(actor, edition, sayings, Source.WORD), strict=True):
            if isinstance(answer, Refused):
                left.append(refused(one, answer))
                continue
            said[one.id] = answer
            new += one.key not in known
    return new


def _saying(language: Language, one: Said, first: Comment | None) -> Saying:
    return Saying(
        one.uid,
        one.text,
        language=language,
        quote=one.quote[:500],
        author_name=one.author,
        said_at=moment(one.at),
        reply_to=first,
        key=one.key,
        resolved=one.resolved and not one.parent,
    )


def _settle_all(actor: Actor, edition: Edition, language: Language, lost: Sequence[Lost]) -> list[Lost]:
    """Make of what a person placed comments there; what the edition does not take stays, with the reason."""
    placed = [one for one in lost if one.fate == "placed"]
    remarks = [Said("", one.uid, one.author, one.at, one.text or one.why, "", "", False, one.key) for one in placed]
    sayings = [_saying(language, remark, None) for remark in remarks]
    answers = iter(discussion.add_comments(actor, edition, sayings, Source.WORD))
    return [_settled(one, next(answers)) if one.fate == "placed" else one for one in lost]


def _settled(one: Lost, answer: Comment | Refused) -> Lost:
    if isinstance(answer, Refused):
        return replace(one, uid="", fate="", why=answer.text, parts=parts_of(answer))
    return replace(one, fate="brought")
