"""Deciding on the original's changes, one at a time and all at a glance. Applying them is in applying.py."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.adaptation import actions, rules, words
from app.adaptation.queries import glance, letters, sync
from app.adaptation.queries.naming import Names
from app.core.errors import Refused
from app.core.merge import Answer
from app.core.rendering import fill, render
from app.curriculum.models import ActKind, Revision
from app.curriculum.queries import editions, parents, steps
from app.curriculum.web import facts
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.rules import UnknownFinding
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, why_given
from .desk import Desk, desk_of

WRITE = "write"  # the answer that asks for the place to write in


@bp.get("/<slug>/<region>/sync", endpoint="sync")
@requires(Permission.SYNC_EDITION)
def sync_overview(slug: str, region: str) -> ResponseReturnValue:
    """Show all changes of the original at a glance: what came, why, and what people have said to it so far."""
    return _overview(desk_of(slug, region))


def _overview(desk: Desk, fault: str = "") -> ResponseReturnValue:
    if desk.source is None:
        return render_template("adaptation/sync_none.html", edition=desk.edition)
    prepared = desk.prepared()
    names = Names(prepared, language())
    asked = request.args.get("show", "")
    show = glance.Show(asked) if asked in set(glance.Show) else glance.Show.ALL
    releases = steps.releases(desk.source.edition)
    base = glance.base_number(prepared, releases)
    listed = steps.between(desk.source.edition, base, prepared.release.revision.number)
    page = render_template(
        "adaptation/sync.html",
        desk=desk,
        fault=fault,
        prepared=prepared,
        show=show,
        chapters=glance.chapters(prepared, names, listed),
        arrivals=glance.arrivals(prepared, listed, releases),
        base=next((r for r in releases if r.revision.number == base), None),
        refusals=glance.refusals(prepared, names),
        notices=parents.grandparent_notices(current_actor(), desk.edition),
        counts=_counts(prepared),
        next=_next(prepared, None),
        undoable=_last_sync(desk),
        offer=offer(desk.edition) if any(q.safe and not q.decided for q in prepared.asked) else None,
        why=why_given(),
        unticked=_unticked(prepared),
        words=words,
    )
    return page, 422 if fault else 200


@bp.get("/<slug>/<region>/sync/<subject>")
@requires(Permission.SYNC_EDITION)
def sync_question(slug: str, region: str, subject: str) -> ResponseReturnValue:
    """Show one change as a letter: the paragraph, both voices, the reasons, the answers."""
    desk = desk_of(slug, region)
    prepared = desk.prepared()
    question = prepared.question(subject) or next((q for q in prepared.asked if q.subject.startswith(subject)), None)
    if question is None:
        say(sentence(rules.NoLongerAsked()), "note")
        return back(desk.url("sync"))
    return _letter(desk, prepared, question, writing=request.args.get(WRITE) == "1")


@bp.post("/<slug>/<region>/sync/<subject>")
@requires(Permission.SYNC_EDITION)
def decide(slug: str, region: str, subject: str) -> ResponseReturnValue:
    """Keep a choice and go on to the next change that waits for a person."""
    desk = desk_of(slug, region)
    prepared = desk.prepared()
    choice = request.form.get("choice", "")
    if choice == WRITE:
        return back(desk.url("sync_question", subject=subject, write=1, _anchor="written"))
    if "look" in request.form and (question := prepared.question(subject)) is not None:
        return _letter(desk, prepared, question, writing="written" in request.form)
    seen = request.form.get("seen", "")
    try:
        decision = actions.decide(
            current_actor(),
            desk.edition,
            prepared.release,
            subject,
            choice,
            written=request.form.get("written"),
            why=why_given(),
            findings=ticked(),
            basis=request.form.get("basis", ""),
            seen_decision=int(seen) if seen.isdecimal() and len(seen) < 12 else None,
        )
    except rules.NoLongerAsked as gone:
        if request.form.get("written", "").strip():
            raise
        say(sentence(gone), "note")
        return back(desk.url("sync"))
    except Refused as refused:
        question = prepared.question(subject)
        if question is None:
            raise
        return _letter(desk, prepared, question, writing=choice == Answer.WRITTEN, fault=sentence(refused))
    after = desk.prepared()
    question = after.question(subject)
    if decision.overtaken or (question is not None and question.outdated):
        return back(desk.url("sync_question", subject=subject))
    following = _next(after, subject)
    if following is None:
        say(gettext("That was the last one that waited for you. Nothing has been applied yet."))
        return back(desk.url("sync"))
    return back(desk.url("sync_question", subject=following.subject))


@bp.post("/<slug>/<region>/sync/safe")
@requires(Permission.SYNC_EDITION)
def accept_safe(slug: str, region: str) -> ResponseReturnValue:
    """Take the original's word for all ticked changes that need no person."""
    desk = desk_of(slug, region)
    if desk.source is None:
        raise rules.NoParent
    sent = [value.rpartition("@") for value in request.form.getlist("safe")]
    seen = {subject: basis for subject, _, basis in sent}
    if "look" in request.form:
        return _overview(desk)
    try:
        taken = actions.accept_safe(
            current_actor(), desk.edition, desk.source.newest, seen, why=why_given(), findings=ticked()
        )
    except UnknownFinding as refused:
        return _overview(desk, sentence(refused))
    said = ngettext(
        "%(num)s change of the original's will come in when you apply.",
        "%(num)s changes of the original's will come in when you apply.",
        taken,
    )
    say(said if taken else gettext("Nothing was ticked that could still be taken."), "done" if taken else "note")
    if taken < len(seen):
        say(gettext("Some had been decided or had changed in the meantime; they are left as they are."), "note")
    return back(desk.url("sync"))


def _unticked(prepared: sync.Sync) -> set[str]:
    """The safe changes that were not ticked in the form that comes back; none where nothing came."""
    if request.method != "POST":
        return set()
    ticks = {value.rpartition("@")[0] for value in request.form.getlist("safe")}
    return {q.subject for q in prepared.asked} - ticks


def _last_sync(desk: Desk) -> Revision | None:
    """The newest state, when it is a sync that can still be taken back."""
    head = editions.head_of(desk.edition)
    return head if head.act.kind is ActKind.SYNC else None


def _counts(prepared: sync.Sync) -> dict[str, int]:
    groups = [glance.group(q) for q in prepared.asked]
    return {
        "all": len(groups),
        **{show.value: groups.count(show) for show in glance.Show if show is not glance.Show.ALL},
    }


def _next(prepared: sync.Sync, subject: str | None) -> sync.Question | None:
    """The next question that waits for a person after this one, beginning anew at the end."""
    at = next((i for i, q in enumerate(prepared.asked) if q.subject == subject), -1)
    rotated = [*prepared.asked[at + 1 :], *prepared.asked[: at + 1]]
    return next((q for q in rotated if q.waits and q.subject != subject), None)


def _letter(
    desk: Desk, prepared: sync.Sync, question: sync.Question, *, writing: bool, fault: str = ""
) -> ResponseReturnValue:
    names = Names(prepared, language())
    releases = steps.releases(prepared.source.edition)
    base = glance.base_number(prepared, releases)
    since = 0 if any(link.left for link in prepared.now.local.links.values()) else base
    listed = steps.between(prepared.source.edition, since, prepared.release.revision.number)
    at = prepared.asked.index(question) if question in prepared.asked else 0
    others = [(d, letters.as_answered(names, question, d, question.decision)) for d in question.overtaken]
    page = render_template(
        "adaptation/sync_question.html",
        desk=desk,
        prepared=prepared,
        question=question,
        letter=letters.letter(prepared, names, question, listed),
        where=names.title(question.outcome.unit or question.outcome.module),
        names=names,
        overtaken=others,
        standing=letters.as_answered(names, question, question.decision) if question.decision else "",
        position=at + 1,
        before=prepared.asked[at - 1] if at else None,
        after=prepared.asked[at + 1] if at + 1 < len(prepared.asked) else None,
        counts=_counts(prepared),
        writing=writing,
        offer=offer(
            desk.edition,
            block=question.outcome.uid,
            unit=question.outcome.unit or "",
            before=question.decision.findings if question.decision else (),
        ),
        typed=request.form,
        fault=fault,
        words=words,
        shown=lambda html, code: facts.with_pictures(facts.label(html, code or language()), desk.edition),
        preview=lambda text, code: fill(render(text), names.values(code)),
    )
    return page, 422 if fault else 200
