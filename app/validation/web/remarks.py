"""Remarks in a list, and deciding on each of them; an accepted one leads to its paragraph."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.queries import contents, editions
from app.curriculum.web import redlines
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.models import Remark, Workshop
from app.validation.models.workshops import RemarkKind, Verdict, WorkshopState
from app.validation.queries import remarks as queries
from app.validation.queries import workshops
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, number, typed, workshop_of


@bp.get(f"{AT}/remarks")
@requires(Permission.READ_DRAFT)
def remarks(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """List the remarks with what was decided and what became of them; who made them is for those who run it."""
    shown = workshop_of(slug, region, workshop, Permission.READ_DRAFT)
    args = request.args
    wanted = queries.Filter(
        verdict=Verdict(args["verdict"]) if args.get("verdict") in set(Verdict) else None,
        kind=RemarkKind(args["kind"]) if args.get("kind") in set(RemarkKind) else None,
        unit=args.get("unit", "")[:200],
        words=args.get("q", "")[:100],
        to_do=args.get("to_do") == "1",
    )
    total = queries.count(shown, wanted)
    pages = max(1, -(-total // queries.PER_PAGE))
    page = max(1, min(pages, args.get("page", 1, type=int)))
    asked = {k: v for k, v in args.items() if k in {"verdict", "kind", "unit", "q", "to_do"} and v}

    def turned(to: int) -> str:
        return url_for(".remarks", **{**asked, **at(shown), "page": to})

    return render_template(
        "validation/workshop_remarks.html",
        **frame(shown),
        listed=queries.listed(shown, wanted, offset=(page - 1) * queries.PER_PAGE, limit=queries.PER_PAGE),
        wanted=wanted,
        verdicts=queries.verdicts(shown),
        titles=workshops.titles(shown),
        units=workshops.unit_uids(workshops.agenda(shown)),
        kinds=list(RemarkKind),
        total=total,
        page=page,
        pages=pages,
        before=turned(page - 1) if page > 1 else "",
        after=turned(page + 1) if page < pages else "",
    )


@bp.get(f"{AT}/remarks/<int:remark>")
@requires(Permission.RUN_VALIDATION)
def remark(slug: str, region: str, workshop: int, remark: int) -> ResponseReturnValue:
    """Show a remark beside its paragraph, for deciding."""
    shown = workshop_of(slug, region, workshop)
    return _page(shown, queries.get(shown, remark))


@bp.post(f"{AT}/remarks/<int:remark>")
@requires(Permission.RUN_VALIDATION)
def decide_remark(slug: str, region: str, workshop: int, remark: int) -> ResponseReturnValue:
    """Keep what was decided, or which step of the history answers the remark."""
    shown = workshop_of(slug, region, workshop)
    found = queries.get(shown, remark)
    try:
        if typed("do") == "link":
            actions.link_step(current_actor(), shown, remark, number("step", -1))
            say(gettext("The remark is tied to that step."))
            return back(url_for(".remark", remark=remark, **at(shown)))
        if typed("verdict") not in set(Verdict):
            raise rules.UnknownVerdict
        kind = RemarkKind(typed("kind")) if typed("kind") in set(RemarkKind) else None
        actions.decide_remark(
            current_actor(),
            shown,
            remark,
            Verdict(typed("verdict")),
            typed("why"),
            kind=kind,
            seen=typed("decided") or None,
        )
    except Refused as refused:
        return _page(shown, found, sentence(refused)), refused.status
    say(gettext("Decided."))
    if found.verdict in queries.ANSWERING:
        return back(url_for(".remark", remark=remark, _anchor="edit", **at(shown)))
    following = _following(shown, remark)
    return back(url_for(".remark", remark=following, **at(shown)) if following else url_for(".remarks", **at(shown)))


def _following(shown: Workshop, after: int) -> int | None:
    """The next remark that waits for a decision, beginning anew at the end."""
    waiting = [one.remark.number for one in queries.listed(shown, queries.Filter(verdict=Verdict.OPEN))]
    return next((n for n in waiting if n > after), waiting[0] if waiting else None)


def _page(shown: Workshop, found: Remark, fault: str = "") -> str:
    listed = queries.listed(shown, queries.Filter(unit=found.unit_uid))
    one = next(row for row in listed if row.remark.id == found.id)
    edit = _edit(shown, found)
    local = contents.state(shown.revision).local
    was = contents.bodies([found.text_digest]).get(found.text_digest, "") if found.text_digest else ""
    return render_template(
        "validation/workshop_remark.html",
        **frame(shown),
        one=one,
        remark=found,
        title=workshops.titles(shown).get(found.unit_uid, found.unit_uid),
        html=redlines.page(was, shown.language, local) if was else "",
        edit=edit,
        may_edit=editions.may_edit(current_actor(), shown.edition),
        decided=rules.mark_of_decision(found.decided_at),
        decidable=shown.state is not WorkshopState.CLOSED or found.verdict is Verdict.LATER,
        kinds=list(RemarkKind),
        answers=[Verdict.ACCEPTED, Verdict.PARTLY, Verdict.DECLINED, Verdict.LATER],
        typed=request.form,
        fault=fault,
    )


def _edit(shown: Workshop, found: Remark) -> dict[str, Any] | None:
    """What the editor of the paragraph is opened with: its words now, the reason, and the remark as evidence.

    None when the paragraph is not in the draft any more.
    """
    if found.block_uid is None:
        return None
    block = contents.state(editions.head_of(shown.edition)).content.block(found.block_uid)
    if block is None:
        return None
    text = contents.texts_of([block], shown.language)[0] or ""
    mark = rules.mark(shown.id, found.number)
    return {
        "block": block.uid,
        "text": text,
        "seen": block.texts.get(shown.language, ""),
        "why": found.reason or found.text,
        "evidence": gettext(
            "Workshop “%(title)s”, remark %(number)s (%(mark)s)", title=shown.title, number=found.number, mark=mark
        ),
        "changed": block.texts.get(shown.language, "") != found.text_digest,
    }
