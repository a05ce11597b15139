"""Pages of figures (`/reports`): dashboards, snapshots, files, who stands behind a figure. A file per kind of page."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.core.errors import N_
from app.delivery.web import tabs
from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting.kinds import Split
from app.reporting.queries import views
from app.web import navigation, today

reports = Blueprint("reports", __name__, url_prefix="/reports", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages, their place in the menu and on the first page, and a tab on every programme."""
    from app.reporting import shown, words

    from . import api, board, files, panel, people, programme, snapshots

    _ = (board, files, people, programme, snapshots)
    app.register_blueprint(reports)
    app.register_blueprint(api.figures)
    app.jinja_env.filters.update(
        as_number=shown.number, as_percent=shown.percent, as_value=shown.value, as_period=shown.period
    )
    app.jinja_env.globals.update(group_lines=shown.lines, year_name=shown.year, target_name=words.target)
    app.jinja_env.globals.update(Split=Split)
    navigation.register(navigation.Entry("reports.board", N_("Reports"), _is_offered, order=70))
    tabs.of_programme(tabs.Tab("reports.programme", N_("Figures"), Permission.SEE_FIGURES, order=90))
    today.register(today.Panel("reporting/_today.html", panel.fill, today.FIGURES))
    today.register(today.Panel("reporting/_ours.html", panel.ours, today.MINE))


def _is_offered() -> bool:
    """Whether there is a programme of which this person sees figures."""
    actor = current_actor()
    return bool(actor.scopes(Permission.SEE_FIGURES)) and bool(views.visible(actor, limit=1))
