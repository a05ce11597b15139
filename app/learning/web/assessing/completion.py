"""Who has completed: the rule proposes with its figures, a person decides; then certificates, one by one or many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import N_, Refused
from app.delivery.models import Cohort
from app.delivery.queries import scopes
from app.infra import clock, storage
from app.infra.i18n import sentence
from app.infra.jobs import Job, JobState
from app.learning.actions import certificates as certifying
from app.learning.actions import printing as printing_actions
from app.learning.actions import progress as actions
from app.learning.kinds import CertificateKind
from app.learning.models import Certificate
from app.learning.queries import certificates as certificate_queries
from app.learning.queries import completing
from app.learning.rules.progress import BadRule, Lack
from app.learning.web.blueprints import assessments
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from .board import taught


class NobodyChosen(Refused):
    text = N_("Nobody is chosen. Tick at least one person.")
    status = 422


class BadDay(Refused):
    text = N_("Please choose a day that has come already.")
    status = 422


@assessments.get("/completion")
@requires(Permission.TEACH)
def completion(slug: str) -> ResponseReturnValue:
    """Show who meets the rule, what is missing for each, and the certificates."""
    return _page(taught(slug))


@assessments.post("/completion")
@requires(Permission.TEACH)
def decide(slug: str) -> ResponseReturnValue:
    """Do with the people chosen what the pressed button says: decide, or certify."""
    cohort, form, actor = taught(slug), request.form, current_actor()
    try:
        chosen, on, deed = _chosen(), _day(form.get("on", "")), form.get("deed", "")
        if deed in ("completed", "not_completed"):
            done = actions.decide_completion(
                actor, cohort, dict.fromkeys(chosen, deed == "completed"), on, note=form.get("note", "")
            )
            say(ngettext("Decided for %(num)s person.", "Decided for %(num)s people.", len(done)))
        else:
            kind = CertificateKind.COMPLETION if deed == "certify" else CertificateKind.PARTICIPATION
            number = len(certifying.issue_many(actor, cohort, chosen, kind, on))
            say(ngettext("%(num)s certificate issued.", "%(num)s certificates issued.", number))
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        return _page(cohort, sentence(refused)), refused.status
    return back(url_for(".completion", slug=slug))


@assessments.post("/completion/rule")
@requires(Permission.RUN_COHORT)
def set_rule(slug: str) -> ResponseReturnValue:
    """Say when this cohort is completed."""
    cohort = scopes.cohort(current_actor(), slug, Permission.RUN_COHORT)
    try:
        data = {**(cohort.completion or {}), **{name: _share(name) for name in ("attended", "test")}}
        data["every_unit"] = request.form.get("every_unit") == "1"
        actions.set_rule(current_actor(), cohort, data)
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    say(gettext("The rule is kept. Nobody's decision was changed by it."))
    return back(url_for(".completion", slug=slug))


@assessments.post("/completion/certificates/<int:certificate>")
@requires(Permission.CERTIFY)
def correct(slug: str, certificate: int) -> ResponseReturnValue:
    """Issue a certificate anew, or revoke it, with the reason that whoever checks it will read."""
    cohort = scopes.cohort(current_actor(), slug, Permission.CERTIFY)
    found = _held(cohort, certificate)
    try:
        if request.form.get("deed") == "revoke":
            certifying.revoke(current_actor(), found, request.form.get("why", ""))
            say(gettext("It is revoked. Whoever checks it reads why."))
        else:
            made = certifying.reissue(current_actor(), found, clock.now().date(), request.form.get("why", ""))
            say(gettext("Issued anew with the number %(serial)s.", serial=made.serial))
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    return back(url_for(".completion", slug=slug, _anchor="certificates"))


@assessments.post("/completion/print")
@requires(Permission.CERTIFY)
def print_all(slug: str) -> ResponseReturnValue:
    """Start making one file of all certificates that hold."""
    cohort = scopes.cohort(current_actor(), slug, Permission.CERTIFY)
    ids = [one.id for one in certificate_queries.of_cohort(cohort)]
    paper = request.form.get("paper")
    try:
        job = printing_actions.start_printing(
            current_actor(), cohort, ids, request.url_root, "us-letter" if paper == "us-letter" else "a4"
        )
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    return back(url_for(".printing", slug=slug, job=job.id))


@assessments.get("/completion/print/<int:job>")
@requires(Permission.CERTIFY)
def printing(slug: str, job: int) -> ResponseReturnValue:
    """Show how far the file is; the script asks for the bar alone."""
    cohort, found = _job(slug, job)
    polled = request.headers.get("X-Requested-With") == "poll"
    template = "learning/_printing.html" if polled else "learning/printing.html"
    return render_template(template, cohort=cohort, job=found)


@assessments.get("/completion/print/<int:job>/file")
@requires(Permission.CERTIFY)
def printed(slug: str, job: int) -> ResponseReturnValue:
    """Send the file."""
    _, found = _job(slug, job)
    if found.state is not JobState.DONE or not found.result:
        abort(404)
    return send_file(
        BytesIO(storage.get(found.result)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=found.filename,
    )


def _job(slug: str, job: int) -> tuple[Cohort, Job]:
    cohort = scopes.cohort(current_actor(), slug, Permission.CERTIFY)
    return cohort, certificate_queries.print_job(cohort, job, printing_actions.KIND) or abort(404)


def _held(cohort: Cohort, certificate: int) -> Certificate:
    return certificate_queries.in_cohort(cohort, certificate)


def _chosen() -> list[int]:
    ids = [int(text) for text in request.form.getlist("enrolment") if text.isdecimal() and len(text) < 10]
    if not ids:
        raise NobodyChosen
    return list(dict.fromkeys(ids))


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text) if text else clock.now().date()
    except ValueError:
        raise BadDay from None
    if not date(1960, 1, 1) <= found <= clock.now().date():
        raise BadDay
    return found


def _share(name: str) -> float:
    text = request.form.get(name, "").strip().removesuffix("%").strip()
    if not text.isdecimal() or len(text) > 3:
        raise BadRule
    return int(text) / 100


def _said(lack: Lack) -> str:
    return str(gettext(lack.why) % lack.parts if lack.parts else gettext(lack.why))


def _page(cohort: Cohort, fault: str = "") -> str:
    actor, where = current_actor(), scopes.of_cohort(cohort)
    held = certificate_queries.of_cohort(cohort)
    by_enrolment: dict[int, list[Certificate]] = {}
    for one in held:
        if one.revoked_at is None:
            by_enrolment.setdefault(one.enrolment_id, []).append(one)
    known: Mapping[str, Any] = {
        "may_decide": allows(actor, Permission.RUN_COHORT, where),
        "may_certify": allows(actor, Permission.CERTIFY, where),
    }
    return render_template(
        "learning/completion.html",
        cohort=cohort,
        rule=completing.rule_of(cohort),
        proposals=completing.proposals(cohort),
        said=_said,
        certificates=held,
        by_enrolment=by_enrolment,
        chosen=set(request.form.getlist("enrolment")),
        note=request.form.get("note", ""),
        on=request.form.get("on", clock.now().date().isoformat()),
        fault=fault,
        **known,
    )
