"""Two people of one programme at the same moment: what each sends is done once, and neither meets a mistake of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.delivery.actions import cohorts, joining
from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment, TrainerLicence
from app.delivery.rules.joining import Wish
from app.infra.db import db
from app.learning.models import Certificate
from app.people import consent_texts
from app.people.kinds import ConsentPurpose
from app.people.models import Person, PersonMerge
from app.people.permissions import COMMAND_LINE, VISITOR, Role
from app.reporting.models import Snapshot
from tests import factories
from tests.delivery import field as make

from .fields import HERE, Ground, grounds
from .test_concurrency import at_once

Two = tuple[FlaskClient, FlaskClient]
Deed = Callable[[Two, dict[str, Any]], list[int]]


@pytest.fixture
def field(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[Two, dict[str, Any]]:
    """Two coordinators, each in a browser, and the addresses of what they meet in."""
    monkeypatch.setitem(committed_app.config, "WTF_CSRF_ENABLED", False)
    with committed_app.app_context():
        ground = grounds()[HERE]
        for name in ("ana", "beto"):
            factories.account(name, Role.COORDINATOR)
        other = make.cohort(ground.programme, "here-other", host=ground.coop)
        further = make.person("Nueva Persona", ground.coop)
        moved = cohorts.enrol(COMMAND_LINE, other, make.person("Otra Persona", ground.coop), make.START)
        version = consent_texts.newest(ConsentPurpose.TRAINING_RECORD).version
        wish = joining.join(
            VISITOR, ground.parts["joining.code"], Wish("Rosa", "Q", place="Lamas", consent=version), "9"
        )
        db.session.commit()
        known = _addresses(ground) | {"further": further.id, "moved": moved.id, "other": other.id, "wish": wish.id}
    browsers = [committed_app.test_client() for _ in range(2)]
    for client, name in zip(browsers, ("ana", "beto"), strict=True):
        assert client.post("/sign-in", data={"username": name, "password": factories.PASSWORD}).status_code == 303
    return (browsers[0], browsers[1]), known


def _addresses(ground: Ground) -> dict[str, Any]:
    parts = ground.parts
    return {
        "slug": ground.cohort.slug,
        "cohort": ground.cohort.id,
        "first": ground.learners[0].id,
        "second": ground.learners[1].id,
        "pair": (parts["first"], parts["second"]),
        "certificate": parts["certificate"],
        "snapshot": parts["reports.uid"],
        "licence": (ground.programme.slug, ground.trainer.id, parts["programmes.renew_licence.uid"]),
    }


def both(two: Two, path: str, *data: dict[str, Any]) -> list[int]:
    """Both send to one address at once: the same, or each their own."""
    forms = data if len(data) == 2 else data * 2
    return at_once(
        *(lambda c=client, f=form: c.post(path, data=f).status_code for client, form in zip(two, forms, strict=True))
    )


def enrolled(two: Two, at: dict[str, Any]) -> list[int]:
    return both(two, f"/cohorts/{at['slug']}/people/add", {"person": at["further"]})


def left(two: Two, at: dict[str, Any]) -> list[int]:
    form = {"left_reason": "paid_job", "left_on": "2026-04-01", "left_note": "x"}
    return both(two, f"/cohorts/{at['slug']}/follow-up/{at['first']}/left", form)


def merged(two: Two, at: dict[str, Any]) -> list[int]:
    one, other = at["pair"]
    return both(two, f"/people/duplicates/{one}/{other}", {"keep": one}, {"keep": other})


def certified(two: Two, at: dict[str, Any]) -> list[int]:
    form = {"enrolment": at["second"], "deed": "participation", "on": "2026-04-01"}
    return both(two, f"/cohorts/{at['slug']}/completion", form)


def reissued(two: Two, at: dict[str, Any]) -> list[int]:
    return both(two, f"/cohorts/{at['slug']}/completion/certificates/{at['certificate']}", {"why": "nombre"})


def approved(two: Two, at: dict[str, Any]) -> list[int]:
    (one, other), uid = two, at["snapshot"]
    return at_once(
        lambda: one.post(f"/reports/figures/{uid}/approve").status_code,
        lambda: other.post(f"/reports/figures/{uid}/turn-down", data={"why": "no"}).status_code,
    )


def accepted(two: Two, at: dict[str, Any]) -> list[int]:
    return both(two, f"/cohorts/{at['slug']}/joining", {"wish": at["wish"], "who": "new", "do": "accept"})


def renewed(two: Two, at: dict[str, Any]) -> list[int]:
    slug, person, uid = at["licence"]
    return both(two, f"/programmes/{slug}/licences/{person}/{uid}/renew", {"despite": "red"})


# What both do at once, and what there must be afterwards: a count, and how many of both were told that it is done.
DEEDS: list[tuple[Deed, Any, int]] = [
    (enrolled, select(func.count(Enrolment.id)).join(Person).where(Person.given_names == "Nueva"), 1),
    (left, select(func.count(Enrolment.id)).where(Enrolment.state == EnrolmentState.DESERTED), 1),
    (merged, select(func.count(PersonMerge.id)), 1),
    (certified, select(func.count(Certificate.id)).where(Certificate.enrolment_id == 2), 1),
    (reissued, select(func.count(Certificate.id)).where(Certificate.replaces_id.is_not(None)), 1),
    (approved, select(func.count(Snapshot.id)).where(Snapshot.decided_at.is_not(None)), 1),
    (accepted, select(func.count(Enrolment.id)).join(Person).where(Person.given_names == "Rosa"), 1),
    (renewed, select(func.count(TrainerLicence.id)).where(TrainerLicence.previous_id.is_not(None)), 1),
]


def test_what_two_do_at_once_is_done_once(committed_app: Flask, field: tuple[Two, dict[str, Any]]) -> None:
    two, at = field
    wrong = []
    for deed, counted, count in DEEDS:
        told = deed(two, at)
        with committed_app.app_context():
            found = db.session.scalar(counted)
        if found != count or max(told) >= 500 or min(told) >= 400:
            wrong.append(f"{deed.__name__}: {told}, {found} of {count}")
    assert not wrong, "\n".join(wrong)


def test_two_who_move_people_in_opposite_directions_do_not_wait_for_each_other(
    committed_app: Flask, field: tuple[Two, dict[str, Any]]
) -> None:
    two, at = field
    form = {"do": "move", "reason": "distance", "on": "2026-04-01"}
    there = {**form, "cohort": at["other"]}, f"/cohorts/{at['slug']}/people/{at['first']}"
    back = {**form, "cohort": at["cohort"]}, f"/cohorts/here-other/people/{at['moved']}"
    told = at_once(*(lambda c=client, f=form, p=path: c.post(p, data=f).status_code
                     for client, (form, path) in zip(two, (there, back), strict=True)))  # fmt: skip
    assert told == [303, 303]
    with committed_app.app_context():
        rows = db.session.execute(
            select(Cohort.slug, func.count()).join(Enrolment, Enrolment.cohort_id == Cohort.id)
            .where(Enrolment.source == "transfer").group_by(Cohort.slug)
        )  # fmt: skip
        assert dict(rows.all()) == {"here-cohort": 1, "here-other": 1}
