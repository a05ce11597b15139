"""Checking a certificate, by anybody; its sheet and its badge, for whose it is and for those who certify."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.kinds import TeachingRole
from app.infra import clock
from app.infra.i18n import format_day, sentence
from app.learning.actions import certificates as actions
from app.learning.certificates import sheet
from app.learning.kinds import CertificateKind
from app.learning.queries import certificates as queries
from app.learning.rules import certificates as rules
from app.learning.rules.certificates import digest
from app.learning.rules.guessing import Misses
from app.learning.web.blueprints import certificates
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back
from app.web.pages import public, requires
from app.web.words import word

Found = TypeVar("Found")
_misses = Misses(lambda: clock.now())


@certificates.get("/")
@public
def find() -> ResponseReturnValue:
    """Ask for the number of a certificate."""
    typed = request.args.get("serial", "").strip()
    if typed:
        try:
            return back(url_for(".check", serial=rules.read_serial(typed[:100])))
        except Refused as refused:
            return render_template("learning/find.html", typed=typed[:100], fault=sentence(refused)), refused.status
    return render_template("learning/find.html", typed="", fault="")


@certificates.get("/<serial>")
@public
def check(serial: str) -> ResponseReturnValue:
    """Show all that is printed on a certificate and whether it holds."""
    return _page(serial)


@certificates.post("/<serial>")
@public
def compare(serial: str) -> ResponseReturnValue:
    """Say whether a name with the code beside it is the one on a certificate."""
    name, code = (request.form.get(field, "")[:200] for field in ("name", "code"))
    return _page(serial, name=name, code=code, fits=_sought(lambda: queries.name_fits(serial, name, code)))


@certificates.get("/<serial>/sheet.pdf")
@requires(Permission.LEARN)
def pdf(serial: str) -> ResponseReturnValue:
    """Send the sheet to print, for whose it is and for those who certify."""
    found = queries.own(current_actor(), serial)
    address = url_for(".check", serial=found.serial, _external=True)
    made = sheet.as_pdf(found.content, found.name, found.code, address, paper=_paper())
    response = Response(made, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.serial}.pdf")
    return response


@certificates.post("/<serial>/badge")
@requires(Permission.LEARN)
def badge(serial: str) -> ResponseReturnValue:
    """Send the certificate as a signed Open Badge, for whose it is and for those who certify."""
    actor = current_actor()
    found = queries.own(actor, serial)
    response = Response(actions.badge(actor, found, request.url_root), mimetype="application/vc+jwt")
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.serial}.jwt")
    return response


@public
def keys() -> ResponseReturnValue:
    """Publish the keys that badges are signed with."""
    response = jsonify(queries.published_keys())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _page(serial: str, *, name: str = "", code: str = "", fits: bool | None = None) -> ResponseReturnValue:
    checked = _sought(lambda: queries.check(serial))
    actor = current_actor()
    return render_template(
        "learning/check.html",
        checked=checked,
        content=checked.content,
        kind=CertificateKind(checked.content["kind"]),
        facts=_facts(checked.content),
        role_of=lambda role: word(TeachingRole(role)),
        digest=digest(checked.content),
        name=name,
        code=code,
        fits=fits,
        may_fetch=queries.is_own(actor, checked.serial),
    )


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else is printed, in the reader's words; what the certificate does not say is left out."""
    starts, ends = content["starts_on"], content.get("ends_on")
    span = format_day(date.fromisoformat(starts))
    if ends and ends != starts:
        span = gettext("%(start)s to %(end)s", start=span, end=format_day(date.fromisoformat(ends)))
    held, attended, hours = (content.get(key) for key in ("sessions_held", "sessions_attended", "hours"))
    told = (
        (gettext("Programme"), content.get("programme")),
        (gettext("Where"), " · ".join(part for part in (content.get("host"), content.get("place")) if part)),
        (gettext("Group"), content.get("cohort")),
        (gettext("When"), span),
        (gettext("Hours"), str(hours) if hours else ""),
        (gettext("Sessions"), gettext("%(attended)s of %(held)s", attended=attended, held=held) if held else ""),
        (gettext("Material"), ", ".join(content.get("releases", []))),
        (gettext("Issued by"), content["issuer"]),
        (gettext("Issued on"), format_day(date.fromisoformat(content["issued_on"]))),
    )
    return [(label, value) for label, value in told if value]


def _sought(seek: Callable[[], Found]) -> Found:
    """What is sought by a number; numbers that belong to nothing are counted against who asks."""
    address = request.remote_addr or ""
    _misses.check(address)
    try:
        return seek()
    except rules.NoSuchCertificate:
        _misses.note(address)
        raise


def _paper() -> sheet.Paper:
    return "us-letter" if request.args.get("paper") == "letter" else "a4"
