"""Browsers of people who look at figures, signed in without the page's password check; that has tests of its own."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.people.models import Account


def browser(app: Flask, account: Account) -> FlaskClient:
    """The browser of this account."""
    made = app.test_client()
    with made.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return made
