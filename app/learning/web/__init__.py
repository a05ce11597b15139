"""Where learning joins the application: what it lets go of when somebody is erased. Its pages will stand here."""

from __future__ import annotations

from flask import Flask

from app.learning.actions import erasing


def install(app: Flask) -> None:
    """Tell the layer of people what learning holds of persons."""
    erasing.install()
