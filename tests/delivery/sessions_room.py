"""Browsers in which trainers are signed in, and what holds in a session, for tests of the pages of sessions."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.delivery.models import AttendanceMark, CohortSession
from app.infra.db import db
from app.people import queries as accounts
from app.people.models import Account
from app.people.permissions import Actor
from tests import factories

from . import field as make
from .phones import signed_in

AT = "/cohorts/lamas/sessions"


def browser(app: Flask, username: str) -> FlaskClient:
    """A browser in which this account is signed in."""
    found = app.test_client()
    page = found.post("/sign-in", data={"username": username, "password": factories.PASSWORD})
    assert page.status_code == 303, page.text[:500]
    return found


def teacher(app: Flask, field: make.Field) -> FlaskClient:
    """The trainer of the cohort in a browser."""
    signed_in(field.trainer)
    return browser(app, "teresa")


def marked(session: CohortSession) -> dict[int, tuple[str, int | None, str]]:
    """What holds in a session, by enrolment."""
    rows = db.session.scalars(select(AttendanceMark).where(AttendanceMark.session_id == session.id))
    return {one.enrolment_id: (one.mark.value, one.minutes, one.reason) for one in rows}


def acting(username: str) -> Actor:
    """Who an account acts as."""
    return accounts.actor_of(db.session.scalars(select(Account).where(Account.username == username)).one())
