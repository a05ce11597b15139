"""Who sees which programme, cohort, organisation and person: one by one and in lists, it is the same answer."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.delivery.models import Cohort, Programme
from app.delivery.queries import scopes
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE, VISITOR, Actor, Permission, Role, Scope, allows
from app.people.queries import organisations, persons

from . import field as make

ASKED = (Permission.SEE_COHORT, Permission.SEE_PEOPLE, Permission.LEARN, Permission.SEE_FIGURES)


def ids(*things: Programme | Cohort | Organisation) -> frozenset[int]:
    """Their ids, as a scope holds them."""
    return frozenset(thing.id for thing in things)


def everybody(field: make.Field, elsewhere: Programme) -> dict[str, Actor]:
    """One actor of each kind of scope."""
    learner = db.session.get_one(Person, field.learners[0].person_id)
    return {
        "visitor": VISITOR,
        "command line": COMMAND_LINE,
        "coordinator of the programme": make.actor("c1", Role.COORDINATOR, Scope(programmes=ids(field.programme))),
        "coordinator of another": make.actor("c2", Role.COORDINATOR, Scope(programmes=ids(elsewhere))),
        "coordinator in a region": make.actor("c3", Role.COORDINATOR, Scope(region="PE")),
        "host's coordinator": make.actor("c4", Role.COORDINATOR, Scope(organisations=ids(field.coops[0]))),
        "other co-operative's": make.actor("c5", Role.REPRESENTATIVE, Scope(organisations=ids(field.coops[1]))),
        "monitoring elsewhere": make.actor("m1", Role.MONITORING, Scope(region="SV")),
        "donor": make.actor("d1", Role.DONOR, Scope(programmes=ids(field.programme))),
        "designer": make.actor("x1", Role.DESIGNER, Scope("my-coop", "PE")),
        "trainer": make.as_person(field.trainer),
        "learner": make.as_person(learner),
    }


@pytest.mark.parametrize(
    "permission", [Permission.SEE_COHORT, Permission.SEE_PEOPLE, Permission.LEARN, Permission.SEE_FIGURES]
)
def test_lists_hold_what_each_may_see_one_by_one(app: Flask, permission: Permission) -> None:
    field, elsewhere = make.field(), make.programme("sonsonate", "SV-SO")
    make.cohort(elsewhere, "nahuizalco")
    make.person("Ajena Persona", make.organisation("Cooperativa ajena", "SV-SO"))
    persons_all = list(db.session.scalars(select(Person.id)))
    coops_all = list(db.session.scalars(select(Organisation.id)))
    for who, actor in everybody(field, elsewhere).items():
        listed = set(db.session.scalars(select(Person.id).where(persons.visible(actor, permission))))
        one_by_one = {i for i, scope in persons.scopes_of(persons_all).items() if allows(actor, permission, scope)}
        assert listed == one_by_one, who
        listed = set(db.session.scalars(select(Organisation.id).where(organisations.visible(actor, permission))))
        one_by_one = {i for i, scope in organisations.scopes_of(coops_all).items() if allows(actor, permission, scope)}
        assert listed == one_by_one, who
        listed = set(db.session.scalars(select(Cohort.id).where(scopes.cohorts_visible(actor, permission))))
        cohorts = db.session.scalars(select(Cohort)).all()
        assert listed == {c.id for c in cohorts if allows(actor, permission, scopes.of_cohort(c))}, who
        listed = set(db.session.scalars(select(Programme.id).where(scopes.programmes_visible(actor, permission))))
        programmes = db.session.scalars(select(Programme)).all()
        assert listed == {p.id for p in programmes if allows(actor, permission, scopes.of_programme(p))}, who


def test_a_trainer_sees_the_people_of_their_cohort_and_nobody_else(app: Flask) -> None:
    field = make.field()
    stranger = make.person("Otra Persona", field.coops[0])
    actor = make.as_person(field.trainer)
    seen = set(db.session.scalars(select(Person.id).where(persons.visible(actor, Permission.SEE_PEOPLE))))
    assert seen == {one.person_id for one in field.learners}
    assert stranger.id not in seen


def test_a_donor_and_a_learner_see_no_names(app: Flask) -> None:
    field = make.field()
    learner = db.session.get_one(Person, field.learners[0].person_id)
    for actor in (make.actor("d1", Role.DONOR, Scope(programmes=ids(field.programme))), make.as_person(learner)):
        assert db.session.scalars(select(Person).where(persons.visible(actor, Permission.SEE_PEOPLE))).all() == []


def test_a_role_in_one_organisation_opens_no_edition(app: Flask) -> None:
    field = make.field()
    actor = make.actor("c5", Role.REPRESENTATIVE, Scope(organisations=ids(field.coops[1])))
    assert not allows(actor, Permission.READ_DRAFT, Scope("my-coop", "PE"))
    assert actor.scopes(Permission.READ_DRAFT) == ()
