"""Who is at risk, in words: what was found and from what, for lists and for a person's own page. No rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import format_percent, gettext, ngettext

from app.delivery.models import FollowUpContact
from app.delivery.queries.risk import AtRisk
from app.delivery.rules import risk_harvests
from app.delivery.rules.cascade_figures import Share
from app.delivery.rules.risk import Facts, Finding, Risk
from app.infra.i18n import format_day, region_name
from app.web.words import word

FEWEST = 4
HEARD = frozenset({"migration"})


def percent(share: Share) -> str:
    """A share as people read it."""
    return str(format_percent(share.value or 0))


def counted(share: Share) -> str:
    """A share with its denominator; of fewer than four only the counts, for a percentage says nothing there."""
    parts = {"count": share.count, "of": share.of}
    if share.of < FEWEST:
        return str(gettext("%(count)s of %(of)s", **parts))
    return str(gettext("%(count)s of %(of)s, %(percent)s", percent=percent(share), **parts))


def finding(one: Finding, facts: Facts) -> str:
    """What one rule found, as a short sentence."""
    number = int(one.found) if one.rule != "attended" else 0
    said = {
        "in_a_row": lambda: ngettext(
            "missed %(num)s session without an excuse", "missed %(num)s in a row without an excuse", number
        ),
        "silent": lambda: ngettext(
            "neither seen nor reached for %(num)s day", "neither seen nor reached for %(num)s days", number
        ),
        "absences": lambda: ngettext(
            "missed %(num)s of the last sessions", "missed %(num)s of the last sessions", number
        ),
        "attended": lambda: gettext("sessions attended: %(share)s", share=counted(facts.attended)),
        "task": lambda: ngettext(
            "promised to teach groups; %(num)s day late", "promised to teach groups; %(num)s days late", number
        ),
        "migration": lambda: gettext("is said to be moving away"),
        "overdue": lambda: (
            ngettext("was to come back %(num)s day ago", "was to come back %(num)s days ago", number)
            if number
            else gettext("is to come back today")
        ),
    }  # fmt: skip
    return str(said[one.rule]())


def why(risk: Risk, *, heard: bool = True) -> list[str]:
    """Everything that speaks for calling somebody, the loudest first; a row of absences says the single ones too.

    Not `heard` leaves out what they said to those who sought them out, which only those read who may write it.
    """
    rules = {one.rule for one in risk.findings}
    silent = {"absences"} if "in_a_row" in rules else set()
    silent |= set() if heard else HEARD
    found = [finding(one, risk.facts) for one in risk.findings if one.rule not in silent]
    if (trend := came_less(risk.facts)) is not None:
        found.append(trend)
    return found


def came_less(facts: Facts) -> str | None:
    """How attendance fell, where it did and there are sessions enough to say so."""
    before, lately = facts.before, facts.lately
    if before.of < FEWEST or lately.of < FEWEST or (lately.value or 0) >= (before.value or 0):
        return None
    return str(gettext("attendance %(before)s → %(lately)s", before=percent(before), lately=percent(lately)))


def last_contact(contacts: Sequence[FollowUpContact], today: date) -> str:
    """When somebody was last sought out, how, and whether they answered."""
    made = next((one for one in contacts if one.on_date <= today), None)
    if made is None:
        return str(gettext("nobody has sought them out yet"))
    days = (today - made.on_date).days
    how = word(made.way) if made.reached else gettext("%(way)s, not reached", way=word(made.way))
    if days == 0:
        return str(gettext("last contact today (%(how)s)", how=how))
    return str(
        ngettext("last contact %(num)s day ago (%(how)s)", "last contact %(num)s days ago (%(how)s)", days, how=how)
    )


def crop_name(crop: str) -> str:
    """What a crop is called; one that we have no word for is shown as it was written."""
    return str({"coffee": gettext("coffee"), "cocoa": gettext("cocoa")}.get(crop, crop))


def relaxed(risk: Risk, today: date) -> str:
    """Why somebody is one step lower on the list during a harvest, and until when; empty where they are not."""
    window = risk.relaxed_by
    if window is None:
        return ""
    parts = {
        "crop": crop_name(window.crop),
        "region": region_name(window.region),
        "day": format_day(risk_harvests.until(window, today)),
    }
    return str(gettext("less urgent while the %(crop)s harvest lasts in %(region)s, until %(day)s", **parts))


def seen(one: AtRisk) -> str:
    """When somebody was last at a session."""
    last = one.risk.facts.last_seen
    return str(gettext("last seen on %(day)s", day=format_day(last))) if last else str(gettext("never seen yet"))
