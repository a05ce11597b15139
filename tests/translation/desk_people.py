"""Who comes to the workbench in these tests, and the edition that lies on it."""

from __future__ import annotations

import html
import re

from flask import Flask
from flask.testing import FlaskClient

from app.curriculum.models import Edition
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import Role, Scope
from tests import factories as make

from .cells import UNIT

BENCH = f"/translate/my-coop/PE/{UNIT}"
TEXT = "Quien ingresa paga un aporte y tiene un voto."
CHANGED = "Whoever joins pays a share and has one vote, whatever they sell."
SCRIPT = "<script>alert(1)</script> & [x](javascript:alert(1))"


def come(app: Flask, name: str, role: Role = Role.TRANSLATOR, region: str | None = "PE") -> FlaskClient:
    """A browser of somebody with this role."""
    account = people.account_by_username(name) or make.account(name, role, Scope("my-coop", region))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def fresh(edition: Edition) -> Edition:
    """The edition as the database has it after requests."""
    db.session.expire_all()
    found = db.session.get(Edition, edition.id)
    assert found is not None
    return found


def row_of(page: str, uid: str) -> str:
    """One row of a bench, as HTML."""
    found = re.search(rf'<li class="cell" id="r-{uid}".*?</form></li>', page, re.DOTALL)
    assert found, f"no row {uid}"
    return found[0]


def sent(page: str, uid: str, **more: str) -> dict[str, str]:
    """What a browser sends with a row's form: the text in its field and the text that was seen."""
    row = row_of(page, uid)
    area = re.search(r"<textarea[^>]*name=\"text\"[^>]*>\n?(.*?)</textarea>", row, re.DOTALL)
    seen = re.search(r'name="seen" value="([^"]*)"', row)
    return {
        **({"text": html.unescape(area[1])} if area else {}),
        **({"seen": seen[1]} if seen else {}),
        **more,
    }
