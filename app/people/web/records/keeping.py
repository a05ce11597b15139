"""Pages of what is kept of one person: their own copy, as a page and as a file, and erasing it."""

from __future__ import annotations

import json

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people import keeping_text
from app.people.actions import erasing
from app.people.login import current_actor
from app.people.models import Person
from app.people.permissions import Permission
from app.people.queries import keeping
from app.people.queries import persons as queries
from app.people.rules.duplicates import plain
from app.web.errors import back, say
from app.web.pages import requires

from . import forms
from .persons import bp, managed


@bp.get("/<int:person>/kept")
@requires(Permission.OWN_ACCOUNT)
def kept(person: int) -> ResponseReturnValue:
    """Show somebody everything that is kept of them, as a page to read and print."""
    found = _theirs(person)
    told = keeping.everything(current_actor(), found)
    page = render_template("people/kept.html", person=found, parts=keeping_text.parts(told), told_on=told["told_on"],
                           own=current_actor().person_id == found.id)  # fmt: skip
    return _not_stored(make_response(page))


@bp.get("/<int:person>/kept.json")
@requires(Permission.OWN_ACCOUNT)
def kept_file(person: int) -> ResponseReturnValue:
    """Hand out everything that is kept of somebody as a file that programs read."""
    told = keeping.everything(current_actor(), _theirs(person))
    response = make_response(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{told["person"]}.json"'
    return _not_stored(response)


@bp.route("/<int:person>/erase", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def erase(person: int) -> ResponseReturnValue:
    """Erase somebody on their wish, once their name was typed."""
    found, form = managed(person), forms.EraseForm()
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            if plain(form.name.data) == plain(found.name):
                erasing.erase(current_actor(), found)
                say(gettext("What was kept of this person is erased."))
                return back(url_for(".board"))
            form.name.errors = [gettext("That is not the name that stands here.")]
    return render_template("people/erase.html", person=found, form=form), status


def _theirs(person_id: int) -> Person:
    """Somebody who asks for themselves, or somebody whose record is managed."""
    return queries.oneself(current_actor(), person_id) or managed(person_id)


def _not_stored(response: Response) -> Response:
    """Let no cache keep what is told of somebody."""
    response.headers["Cache-Control"] = "no-store"
    return response
