"""Whether the process is up (`/healthz`) and whether it can serve (`/readyz`), for those who run it."""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from .pages import public


def install(app: Flask) -> None:
    """Add the two addresses."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


@public
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="up")


@public
def readyz() -> ResponseReturnValue:
    """Say whether the database answers and stands at the newest migration; 503 when not."""
    try:
        from app.infra import migrations  # slow to load, and no page has a use for it

        behind = migrations.is_behind()
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return (jsonify(status="migrations missing"), 503) if behind else jsonify(status="ready")
