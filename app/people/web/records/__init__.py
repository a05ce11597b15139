"""Pages of organisations and persons: who there is, contacts, consent, doubles, what is kept of somebody, cards."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.people import record_words
from app.people.login import current_actor
from app.people.permissions import Permission
from app.people.queries import listing
from app.web import navigation

from . import cards, consents, doubles, handing_out, keeping, organisations, persons

PAGES = (consents, doubles, handing_out, keeping)  # of the blueprint of persons


def install(app: Flask) -> None:
    """Add these pages and their places in the menu."""
    for blueprint in (organisations.bp, persons.bp, cards.bp):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        record_deed=record_words.record_deed, born_words=record_words.born_words, spoken_words=record_words.spoken_words
    )
    navigation.register(
        navigation.Entry("persons.board", N_("People"), offered=_has_people, order=60, also=("organisations",))
    )
    navigation.register(
        navigation.Entry("organisations.board", N_("Organisations"), offered=_has_organisations_only, order=61)
    )


def _has_people() -> bool:
    """Whether somebody has people to look after: by a role, or because they teach them."""
    actor = current_actor()
    scopes = actor.scopes(Permission.SEE_PEOPLE)
    return any(scope.teachers is None for scope in scopes) or (bool(scopes) and listing.sees_anybody(actor))


def _has_organisations_only() -> bool:
    """Whether somebody sees the figures of organisations and no people, e.g. a donor."""
    actor = current_actor()
    return bool(actor.scopes(Permission.SEE_FIGURES)) and not actor.scopes(Permission.SEE_PEOPLE)
