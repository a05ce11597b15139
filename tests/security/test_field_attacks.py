"""Every form of the field, as its page shows it: with what it does not expect, and with what belongs to others.

Nothing that is sent breaks a page, and nothing that somebody sends who coordinates one programme comes to name what is
another's alone. Each database is asked one half of it all; what is written is taken back before the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, func, select
from werkzeug.test import TestResponse

from app.delivery.actions import activities
from app.delivery.models import Activity, CohortSession
from app.infra.db import Base, db
from app.people.permissions import COMMAND_LINE

from .fields import ELSEWHERE, HERE, Ground, browser, grounds
from .forms import Form, forms
from .test_field_matrix import parts_of

FAMILIES = frozenset(
    {
        "cohorts", "programmes", "organisations", "persons", "assessments", "reports", "my", "certificates", "cards",
        "joining", "calendar", "notebook", "sync",
    }
)  # fmt: skip
OF_EVERY_PAGE = frozenset({"/sign-out", "/language"})
UNTOUCHED = frozenset({"csrf_token", "once"})
ODD = ("", "9" * 30, "-1", "2147483648", "²", "a\x00b", "\ud800", "0001-01-01", "9999-12-31", "x" * 30_000, "1e999")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    nested = db.engines[None].begin_nested()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        nested.rollback()
        db.session.expire_all()


def post(client: FlaskClient, form: Form, sent: Mapping[str, str]) -> TestResponse:
    """Send a form as a browser does, halves of letters too."""
    body = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in sent.items()})
    return client.post(form.action, data=body, content_type="application/x-www-form-urlencoded")


def every_form(app: Flask, client: FlaskClient, ground: Ground) -> list[Form]:
    """Each kind of form that the pages about this ground show, by its address and the names of its fields."""
    found: dict[tuple[str, ...], Form] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] not in FAMILIES or "GET" not in (rule.methods or set()):
            continue
        parts = parts_of(rule, ground)
        built = rule.build(parts) if parts is not None else None
        answer = client.get(built[1]) if built is not None else None
        if built is None or answer is None or answer.mimetype != "text/html":
            continue
        for form in forms(answer.text, built[1]):
            names = sorted({re.sub(r"\d+", "·", name) for name in form.typed})
            if form.action not in OF_EVERY_PAGE:
                found.setdefault((re.sub(r"[0-9a-f-]{32,36}|\d+", "·", form.action), *names), form)
    return list(found.values())


def ids_of(ground: Ground) -> dict[str, set[int]]:
    """The ids of what is one programme's alone, by table."""
    ids, of = db.session.scalars, ground.cohort.id
    return {
        "person": {ground.trainer.id, *(one.person_id for one in ground.learners)},
        "organisation": {ground.coop.id},
        "programme": {ground.programme.id},
        "cohort": {of},
        "enrolment": {one.id for one in ground.learners},
        "cohort_session": set(ids(select(CohortSession.id).where(CohortSession.cohort_id == of))),
        "activity": set(ids(select(Activity.id).where(Activity.uid == ground.parts["programmes.activity.uid"]))),
    }


def naming(theirs: Mapping[str, set[int]]) -> dict[str, int]:
    """How many rows of each column name one of these."""
    asked: dict[str, Any] = {}
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if (ids := theirs.get(key.column.table.name)) is not None and isinstance(table, Table):
                counted = select(func.count()).select_from(table).where(key.parent.in_(ids))
                asked[f"{table.name}.{key.parent.name}"] = counted.scalar_subquery()
    return dict(zip(asked, db.session.execute(select(*asked.values())).one(), strict=True))


def tries(found: list[Form], foreign: list[str]) -> Iterator[tuple[Form, dict[str, str], str]]:
    """What is sent: each field with an odd value in turn, and each that holds a number with some of the others'."""
    turn = 0
    for form in found:
        for good in form.sent():
            for name, value in good.items():
                if name in UNTOUCHED:
                    continue
                turn += 1
                others = [foreign[(turn + 3 * step) % len(foreign)] for step in range(4 if value.isdecimal() else 0)]
                for other in [ODD[turn % len(ODD)], *others]:
                    yield form, {**good, name: other}, other


def test_no_form_breaks_and_none_takes_what_belongs_to_another_programme(app: Flask) -> None:
    half = ("sqlite", "postgresql").index(db.engine.dialect.name)
    made = grounds()
    for ground in made.values():  # only of what was held is it told who was there
        uid = ground.parts["programmes.activity.uid"]
        activity = db.session.scalars(select(Activity).where(Activity.uid == uid)).one()
        activities.hold_activity(COMMAND_LINE, activity, on=ground.cohort.starts_on)
    db.session.commit()
    there = made[ELSEWHERE]
    theirs = ids_of(there)
    foreign = sorted({str(min(ids)) for ids in theirs.values()} | {str(there.trainer.id)})
    foreign += [there.cohort.slug, there.programme.slug]
    client = browser(app, "coordinator.here")
    found, before, wrong, done = every_form(app, client, made[HERE]), naming(theirs), [], 0
    kept = dict(client._cookies or {})  # what signs in, so that a form that signs out is no end
    for form, sent, other in list(tries(found, foreign))[half::2]:
        client._cookies = dict(kept)
        with undone():
            answer = post(client, form, sent)
            told = f"{form.action} with {other[:20]!r}: {answer.status_code}"
            done += answer.status_code in (302, 303)
            if answer.status_code >= 500 or "elsewhere" in answer.text.replace(other, ""):
                wrong.append(told)
            if answer.status_code < 400 and (after := naming(theirs)) != before:
                wrong.append(f"{told} {[name for name in after if after[name] != before[name]]}")
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:40])
    assert len(found) > 60
    assert done > 50


def test_a_name_that_is_typed_takes_no_organisation_of_another_programme(app: Flask) -> None:
    """Whoever runs a programme manages the organisations in it; so only what they see may be brought in by its name."""
    made = grounds()
    here, there = made[HERE], made[ELSEWHERE]
    address = f"/programmes/{here.programme.slug}/organisations/new"
    form = {"name": there.coop.name.upper(), "region": there.coop.region, "kind": "cooperative", "role": "participant"}
    client = browser(app, "coordinator.here")
    refused = client.post(address, data=form)
    assert refused.status_code == 409, refused.text
    assert there.coop.name.upper() in refused.text, "what was typed stays"
    assert client.get(f"/organisations/{there.coop.id}/settings").status_code == 404
    assert browser(app, "admin").post(address, data=form).status_code == 303
