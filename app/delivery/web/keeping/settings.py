"""Harvests and thresholds of a programme: what each rule means, the defaults, and where this programme differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from babel import Locale
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import N_, Refused
from app.delivery.actions import risk as actions
from app.delivery.models import Programme
from app.delivery.queries import risk as queries
from app.delivery.queries import scopes
from app.delivery.rules import risk as rules
from app.delivery.rules import risk_harvests
from app.delivery.rules.risk_harvests import Window
from app.delivery.web.blueprints import programmes
from app.infra.i18n import countries, is_region, language, region_name, sentence, subdivisions
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import telling, typed

# What each threshold means to people, in the order of the form; those that are shares are asked for in percent.
MEANS = {
    "yellow_absences": N_("Keep an eye on it: sessions missed without an excuse"),
    "yellow_of_last": N_("… among how many of the last sessions"),
    "yellow_attended": N_("Keep an eye on it: came to less than this share of sessions, in percent"),
    "orange_in_a_row": N_("Call soon: sessions missed in a row without an excuse"),
    "orange_attended": N_("Call soon: came to less than this share of sessions, in percent"),
    "orange_task_days": N_("Call soon: groups they promised to teach are late by more than so many days"),
    "red_in_a_row": N_("Call today: sessions missed in a row without an excuse"),
    "red_silent_days": N_("Call today: neither seen nor reached for so many days, having missed a session"),
    "fewest_sessions": N_("With fewer sessions than this no share is looked at"),
    "quiet_days": N_("Whoever was reached within so many days is not on today's list again"),
}
PERCENT = frozenset({"yellow_attended", "orange_attended"})


@programmes.get("/<slug>/follow-up/settings")
@requires(Permission.RUN_PROGRAMME)
def risk_settings(slug: str) -> ResponseReturnValue:
    """Show the thresholds and harvests of a programme beside the defaults."""
    return _page(scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME))


@programmes.post("/<slug>/follow-up/thresholds")
@requires(Permission.RUN_PROGRAMME)
def set_thresholds(slug: str) -> ResponseReturnValue:
    """Keep in which thresholds this programme differs; an empty field takes the default."""
    programme = scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME)
    own: dict[str, float] = {}
    faults: dict[str, str] = {}
    for name in MEANS:
        if not typed.text(name):
            continue
        try:
            number = typed.number(name)
        except typed.Fault as fault:
            faults[name] = sentence(fault.refused)
            continue
        own[name] = number / 100 if name in PERCENT else number
    if faults:
        return _page(programme, faults), 422
    usual = asdict(rules.defaults())
    try:
        actions.set_thresholds(current_actor(), programme, {k: v for k, v in own.items() if v != usual[k]})
    except rules.OddThreshold as refused:
        name = str(refused.parts["name"])
        return _page(programme, {name: gettext("That number cannot be right.")}), refused.status
    except Refused as refused:
        return _page(programme, {"thresholds": sentence(refused)}), refused.status
    say(gettext("Saved. The lists follow these thresholds from now on."))
    return back(url_for(".risk_settings", slug=slug))


@programmes.post("/<slug>/follow-up/harvests")
@requires(Permission.RUN_PROGRAMME)
def add_harvest(slug: str) -> ResponseReturnValue:
    """Say when a crop is harvested somewhere in this programme."""
    programme = scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME)
    try:
        window = Window(
            typed.text("region"),
            typed.text("crop"),
            typed.number("from_month"),
            typed.number("until_month"),
            typed.text("source"),
        )
        actions.add_harvest(current_actor(), programme, window)
    except typed.Fault as fault:
        return _page(programme, {fault.field: sentence(fault.refused)}), fault.refused.status
    except Refused as refused:
        return _page(programme, {"harvest": sentence(refused)}), refused.status
    say(gettext("Written down. It stands in place of the defaults for this crop there."))
    return back(url_for(".risk_settings", slug=slug))


@programmes.post("/<slug>/follow-up/harvests/<int:window>/remove")
@requires(Permission.RUN_PROGRAMME)
def remove_harvest(slug: str, window: int) -> ResponseReturnValue:
    """Take back what this programme said of a harvest."""
    programme = scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME)
    actions.remove_harvest(current_actor(), queries.window(programme, window))
    say(gettext("Taken back."))
    return back(url_for(".risk_settings", slug=slug))


def months() -> list[tuple[int, str]]:
    """The months by number, in the reader's language."""
    names = Locale(language()).months["stand-alone"]["wide"]
    return [(number, str(names[number])) for number in range(1, 13)]


def _page(programme: Programme, faults: dict[str, str] | None = None) -> str:
    thresholds, own = queries.own(programme)
    windows = [Window(one.region, one.crop, one.from_month, one.until_month, one.source) for one in own]
    country = programme.region[:2]
    usual = [one for one in risk_harvests.known(windows) if one not in windows and one.region[:2] == country]
    here = [(programme.region, region_name(programme.region))] if is_region(programme.region) else []
    return render_template(
        "keeping/settings.html",
        programme=programme,
        means=MEANS,
        usual=_shown(asdict(rules.defaults())),
        own=_shown(thresholds),
        percent=PERCENT,
        harvests=own,
        defaults=usual,
        months=months(),
        month=dict(months()),
        crop_name=telling.crop_name,
        regions=list(dict.fromkeys([*here, (country, region_name(country)), *subdivisions(country), *countries()])),
        faults=faults or {},
        said=request.form,
    )


def _shown(values: Mapping[str, float]) -> dict[str, int]:
    return {name: round(value * 100) if name in PERCENT else int(value) for name, value in values.items()}
