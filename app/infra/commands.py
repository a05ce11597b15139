"""What commands that need the database share: an application context, refusals as one line, JSON on request."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from typing import Any, ParamSpec

import click

from app.core.errors import Refused

P = ParamSpec("P")

REFUSED = 1


def with_app(command: Callable[P, Any]) -> Callable[P, None]:
    """Run a command inside the application; a refusal is one translated line on standard error and exit status 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from flask import has_app_context

        from app import create_app

        if has_app_context():
            _guarded(command, *args, **kwargs)
            return
        application = create_app(LANGUAGE=language_of_terminal())
        with application.app_context():
            from app.infra import migrations

            if migrations.is_behind():
                migrations.upgrade()
            _guarded(command, *args, **kwargs)

    return run


def _guarded(command: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
    from app.infra.i18n import sentence

    try:
        status = command(*args, **kwargs)
    except Refused as refused:
        click.echo(sentence(refused), err=True)
        sys.exit(REFUSED)
    if isinstance(status, int) and status:
        sys.exit(status)


def language_of_terminal() -> str:
    """The interface language the terminal asks for: Spanish for `es…`, else English."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "es" if wanted.lower().startswith("es") else "en"


def show_json(value: Any) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))
