"""The first page."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import N_
from app.curriculum.web import waiting
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web import navigation, today
from app.web.pages import public

from . import queries

bp = Blueprint("home", __name__, template_folder="templates")


def install(app: Flask) -> None:
    """Add the first page and its place in the menu."""
    app.register_blueprint(bp)
    navigation.register(navigation.Entry("home.show", N_("Today"), lambda: not current_actor().is_visitor, order=10))


@bp.get("/")
@public
def show() -> ResponseReturnValue:
    """Show what waits for this person; to visitors, what this is and what there is to read.

    Whoever only learns gets their own page.
    """
    actor = current_actor()
    panels = [] if actor.is_visitor else today.panels(actor)
    if actor.is_visitor or not allows(actor, Permission.READ_DRAFT):
        if panels:
            return render_template("home/field.html", panels=panels)
        if not actor.is_visitor and not allows(actor, Permission.READ_RELEASE) and allows(actor, Permission.LEARN):
            return redirect(url_for("my.show"))
        return render_template("home/reader.html", editions=queries.to_read(actor, language()))
    lines = queries.mine(actor)
    return render_template(
        "home/designer.html",
        panels=panels,
        lines=lines,
        unfinished=queries.unfinished(actor, lines),
        waiting=waiting.for_actor(actor),
        designs=allows(actor, Permission.EDIT_CONTENT),
    )
