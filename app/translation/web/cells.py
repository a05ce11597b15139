"""What is done on one row of the workbench: writing, saying how it stands, taking suggestions, judging remarks.

Each button of a row's form sends its name; whatever happens, the words that were typed come back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue

from app.adaptation import actions as adapting
from app.core.content import Uid, canonical
from app.core.diff import redline_text
from app.core.errors import N_, Refused
from app.core.language import Remark, applied
from app.core.translating import State, Status
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.words import gettext
from app.discussion import actions as discussing
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation import actions, rules
from app.translation.models import Verdict
from app.translation.queries.suggestions import suggestions
from app.translation.words import rule
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, opened, typed
from .bench import Cell, Sheet, helped, page, part, sheet


class NothingOffered(Refused):
    text = N_("This suggestion is not offered any more. Look at the ones that are there now.")


class NothingSaidOf(Refused):
    text = N_("The words that this remark was about are not there any more.")


class StillHere(Exception):
    """Nothing was written: the row is shown again, open, with the text that its field has now."""


@bp.post("/<slug>/<region>/<unit>/<block>")
@requires(Permission.APPROVE_TRANSLATION)
def change_cell(slug: str, region: str, unit: str, block: str) -> ResponseReturnValue:
    """Do what the pressed button of a row says."""
    edition = opened(slug, region, Permission.APPROVE_TRANSLATION)
    found = sheet(edition, unit)
    cell = found.cell(block)
    if "text" in request.form:
        cell.text = canonical(request.form["text"]).strip("\n")
        cell.seen = request.form.get("seen", cell.seen)
    cell.why, cell.note = typed("why"), typed("note")
    try:
        done = _deed()(found, cell)
    except StillHere:
        return _answer(found, helped(found, cell), 200)
    except ChangedMeanwhile as refused:
        return _answer(found, _both(found, cell, refused), refused.status)
    except Refused as refused:
        if refused.status in (403, 404) and not isinstance(refused, rules.NeedsAnotherPerson):
            raise
        cell.faults.append(sentence(refused))
        cell.asks_why = isinstance(refused, rules.NeedsReason | rules.NeedsAnyReason)
        return _answer(found, helped(found, cell), refused.status)
    return _finished(found, block, done)


def _deed() -> Callable[[Sheet, Cell], str]:
    for name, deed in NAMED.items():
        if name in request.form:
            return deed
    return DEEDS.get(request.form.get("do", "check"), _check)


def _finished(found: Sheet, uid: Uid, done: str) -> ResponseReturnValue:
    """After a deed that was written: the row anew for a script, else the page at the row that comes next."""
    if _by_script():
        now = sheet(found.edition, found.bench.unit.uid)
        cell = now.cell(uid)
        cell.done = done
        return _answer(now, helped(now, cell) if request.form.get("open") else cell, 200)
    say(done)
    stays = request.form.get("do") not in DEEDS_THAT_LEAD_ON
    return back(url_for(".bench", _anchor=f"r-{uid if stays else _next(found, uid)}", **found.at()))


def _next(found: Sheet, uid: Uid) -> Uid:
    """The row after this one that still asks for something, else this one."""
    rows = found.shown(uid)
    at = next(i for i, row in enumerate(rows) if row.uid == uid)
    wanted = {Status.MISSING, Status.STALE_MAJOR, Status.STALE_MINOR, Status.DRAFT, Status.IN_REVIEW}
    return next((row.uid for row in rows[at + 1 :] if row.status in wanted and not row.fixed), uid)


def _by_script() -> bool:
    return request.headers.get("X-Part") == "row"


def _answer(found: Sheet, cell: Cell, status: int) -> ResponseReturnValue:
    if not _by_script():
        return page(found, cell), status
    response = make_response(part(cell, found), status)
    response.headers["X-Part"] = "row"
    return response


def _both(found: Sheet, cell: Cell, refused: Refused) -> Cell:
    """Keep both texts in sight when somebody else wrote meanwhile: theirs to read, ours in the field."""
    cell.faults.append(sentence(refused))
    cell.theirs = cell.row.target or ""
    cell.theirs_changes = redline_text(cell.theirs, cell.text)
    cell.seen = cell.row.target_digest
    return helped(found, cell)


# --- Deeds ---


def _save(state: State) -> Callable[[Sheet, Cell], str]:
    def save(found: Sheet, cell: Cell) -> str:
        row, edition = cell.row, found.edition
        same = cell.text == (row.target or "") and "text" in request.form
        if same and cell.seen == row.target_digest and state is State.DRAFT and row.target is not None:
            return gettext("Nothing was changed, so nothing was saved.")
        if not found.translates or (same and row.target is not None and cell.seen == row.target_digest):
            return _mark(found, row.uid, state, cell.note)
        actions.save_translation(
            current_actor(),
            edition,
            row.uid,
            found.bench.language,
            cell.text,
            seen_digest=cell.seen,
            state=state,
            why=cell.why,
            note=cell.note,
        )
        return {
            State.DRAFT: gettext("Saved as a draft."),
            State.IN_REVIEW: gettext("Saved; it waits for another person's review."),
        }.get(state, gettext("Approved."))

    return save


def _mark(found: Sheet, uid: Uid, state: State, note: str) -> str:
    marked = actions.set_state(current_actor(), found.edition, [uid], found.bench.language, state, note=note)
    for refused in marked.refused.values():
        raise refused
    return {
        State.DRAFT: gettext("Sent back to be worked on, with your note."),
        State.IN_REVIEW: gettext("It waits for another person's review."),
        State.APPROVED: gettext("Approved."),
        State.NOT_APPLICABLE: gettext("Noted: it is not needed here."),
        State.ORAL_ONLY: gettext("Noted: here it is only spoken."),
    }[state]


def _send_back(found: Sheet, cell: Cell) -> str:
    if not cell.note:
        raise rules.NeedsAnyReason
    return _mark(found, cell.row.uid, State.DRAFT, cell.note)


def _without(state: State) -> Callable[[Sheet, Cell], str]:
    return lambda found, cell: _mark(found, cell.row.uid, state, cell.note)


def _remove(found: Sheet, cell: Cell) -> str:
    actions.remove_translation(
        current_actor(), found.edition, cell.row.uid, found.bench.language, seen_digest=cell.seen, why=cell.why
    )
    return gettext("Removed. The history still has it.")


def _overrule(found: Sheet, cell: Cell) -> str:
    actions.overrule(current_actor(), found.edition, [cell.row.uid], why=cell.why, languages=[found.bench.language])
    return gettext("Noted: the change does not touch this translation.")


def _comment(found: Sheet, cell: Cell) -> str:
    discussing.add_comment(
        current_actor(), found.edition, cell.row.uid, typed("comment"), language=found.bench.language
    )
    if cell.unsaved and "text" in request.form:
        cell.done = gettext("Said. Everybody who works on this edition can read it.")
        raise StillHere
    return gettext("Said. Everybody who works on this edition can read it.")


def _check(found: Sheet, cell: Cell) -> str:
    raise StillHere


def _use(found: Sheet, cell: Cell) -> str:
    offered = suggestions(current_actor(), found.edition, cell.row.uid, found.bench.language)
    taken = next((one for one in offered if one.digest == request.form["use"]), None)
    if taken is None:
        raise NothingOffered
    cell.text = taken.text
    cell.done = gettext("Put into the field. It is not saved yet.")
    raise StillHere


def _copy(found: Sheet, cell: Cell) -> str:
    cell.text = cell.row.source or ""
    cell.done = gettext("Put into the field. It is not saved yet.")
    raise StillHere


def _mend(found: Sheet, cell: Cell) -> str:
    """Carry out what an advice suggests in the field; nothing is saved by it."""
    looked = helped(found, cell).help
    advice = next((a for a in looked.looked.advice if a.fingerprint == request.form["mend"]), None) if looked else None
    if advice is None or advice.suggestion is None or not advice.spans:
        raise NothingSaidOf
    start, end = advice.spans[0]
    cell.text = cell.text[:start] + advice.suggestion + cell.text[end:]
    cell.done = gettext("Put into the field. It is not saved yet.")
    raise StillHere


def _accept(found: Sheet, cell: Cell) -> str:
    """Put a suggestion in the place of the words remarked on, save that, and note that it was taken up."""
    name, _, choice = request.form["accept"].partition(":")
    remark = _remark(found, cell, name)
    if not choice.isdecimal() or int(choice[:3]) >= len(remark.suggestions):
        raise NothingSaidOf
    cell.text = applied(cell.text, remark, remark.suggestions[int(choice[:3])])
    done = _save(State.DRAFT)(found, cell) if found.bench.source else _write(found, cell, remark)
    actions.judge(
        current_actor(), found.edition, cell.row.uid, found.bench.language, name, remark.rule, Verdict.ACCEPTED
    )
    return done


def _write(found: Sheet, cell: Cell, remark: Remark) -> str:
    """Change a text that is written here, not translated: an edit like any other, by those who edit."""
    why = cell.why or gettext("Wording: %(remark)s") % {"remark": rule(remark.rule)}
    adapting.edit_block(
        current_actor(),
        found.edition,
        cell.row.uid,
        found.bench.language,
        cell.text,
        why=why,
        seen_digest=cell.row.target_digest,
    )
    return gettext("Saved.")


def _judged(verdict: Verdict, field: str) -> Callable[[Sheet, Cell], str]:
    def judge(found: Sheet, cell: Cell) -> str:
        name = request.form[field]
        remark = _remark(found, cell, name)
        actions.judge(
            current_actor(),
            found.edition,
            cell.row.uid,
            found.bench.language,
            name,
            remark.rule,
            verdict,
            reason=typed(f"reason-{name}"),
            phrase=remark.text,
        )
        cell.done = gettext("Noted. This remark will not come again here.")
        raise StillHere

    return judge


def _remark(found: Sheet, cell: Cell, name: str) -> Remark:
    """A remark on the text in the field, by its name."""
    help = helped(found, cell).help
    wording = help.looked.wording if help else []
    remark = next((one.remark for one in wording if one.fingerprint == name), None)
    if remark is None:
        raise NothingSaidOf
    return remark


NAMED: Mapping[str, Callable[[Sheet, Cell], str]] = {
    "use": _use,
    "mend": _mend,
    "accept": _accept,
    "reject": _judged(Verdict.REJECTED, "reject"),
    "except": _judged(Verdict.EXCEPTED, "except"),
}
DEEDS: Mapping[str, Callable[[Sheet, Cell], str]] = {
    "draft": _save(State.DRAFT),
    "in_review": _save(State.IN_REVIEW),
    "approved": _save(State.APPROVED),
    "back": _send_back,
    "not_applicable": _without(State.NOT_APPLICABLE),
    "oral_only": _without(State.ORAL_ONLY),
    "remove": _remove,
    "overrule": _overrule,
    "comment": _comment,
    "copy": _copy,
    "check": _check,
}
DEEDS_THAT_LEAD_ON = frozenset({"draft", "in_review", "approved", "not_applicable", "oral_only"})
