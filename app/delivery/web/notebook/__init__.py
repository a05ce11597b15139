"""The trainer's notebook: the page that takes roll with no connection, and what makes it installable."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.delivery.queries import notebook as queries
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web import navigation

from . import holder, pages


def install(app: Flask) -> None:
    """Add these pages and the notebook's place in the menu of those who teach a cohort now."""
    app.register_blueprint(pages.notebook)
    holder.install(app)
    navigation.register(navigation.Entry("notebook.show", N_("Notebook"), _teaches, order=13))


def _teaches() -> bool:
    actor = current_actor()
    return actor.person_id is not None and allows(actor, Permission.TEACH) and queries.teaches(actor)
