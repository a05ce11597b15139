"""Refusals and mistakes as pages: a sentence in the reader's language, what is kept, and where to go on."""

from __future__ import annotations

import logging

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import BadHost, HTTPException

from app.core.errors import N_, Refused
from app.infra.i18n import sentence

log = logging.getLogger("vivero")
_LONG = 300  # letters; what is longer was written, not chosen

SENTENCES = {
    400: N_("We could not understand what was sent."),
    403: N_("Your account does not allow this here. Ask whoever manages the accounts for access."),
    404: N_("There is nothing at this address. It may have been moved, or you may need to sign in to see it."),
    405: N_("This address does not take that."),
    409: N_("Somebody else was here in the meantime."),
    413: N_("That is larger than we can take. Please send a smaller file or text."),
    422: N_("What was sent has a fault in it."),
    429: N_("Too many tries. Please wait a few minutes."),
    500: N_("Something broke on our side. Nothing of yours was changed; we have written down what happened."),
}


def install(app: Flask) -> None:
    """Install one handler for refusals, one for HTTP errors and one for our own mistakes."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(Exception, _mistake)


def page(status: int, text: str) -> tuple[str, int]:
    """An error page that says what happened in one sentence."""
    return render_template("error.html", status=status, sentence=text, typed=_typed()), status


def _typed() -> list[str]:
    """What the person had typed into long fields, to be shown so that it can be copied; nothing where it is not read.

    A body that was refused for its size is refused again whenever it is asked for.
    """
    try:
        request.form  # noqa: B018 - reading it is what may fail
    except HTTPException:
        return []
    return [
        value
        for key, value in request.form.items(multi=True)
        if value.strip() and (key in {"body", "text", "why", "written"} or len(value) > _LONG)
    ]


def _refused(refused: Refused) -> ResponseReturnValue:
    return page(refused.status, sentence(refused))


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return page(
        400, gettext("This page had been open for too long. Go back, reload it and send it again; your text is below.")
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if (error.code is not None and error.code < 400) or isinstance(error, BadHost):
        return error  # under a host name that is none, no page of ours has an address to link to
    code = error.code or 500
    return page(code, gettext(SENTENCES.get(code, SENTENCES[400])))


def _overtaken(error: IntegrityError) -> ResponseReturnValue:
    """Two people did at the same moment what can be done once; whoever came second hears so and changed nothing."""
    log.warning("overtaken at %s %s: %s", request.method, request.path, error.orig)
    return page(409, gettext(SENTENCES[409]))


def _mistake(error: Exception) -> ResponseReturnValue:
    log.exception("unexpected error at %s %s", request.method, request.path, exc_info=error)
    return page(500, gettext(SENTENCES[500]))


def say(text: str, category: str = "done") -> None:
    """Leave a sentence for the next page: `done`, `note` or `fault`."""
    flash(text, category)


def back(target: str) -> ResponseReturnValue:
    """Redirect after a write, so that a reload does not send it again."""
    return redirect(target, code=303)
