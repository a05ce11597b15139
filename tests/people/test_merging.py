"""Finding one person twice, taking two records for one, and taking that back as if it had never been."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.delivery.actions import cohorts
from app.delivery.kinds import EnrolmentState, TeachingRole
from app.delivery.models import Enrolment
from app.infra.db import Base, db
from app.people import references
from app.people.actions import cards, consents, erasing, merging, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind, Sex
from app.people.models import Organisation, Person, PersonMerge
from app.people.permissions import COMMAND_LINE, NotAllowed, Permission, Role, Scope
from app.people.queries import duplicates
from app.people.queries import persons as queries
from app.people.rules import duplicates as rules
from app.people.rules import merging as merging_rules
from app.people.rules.duplicates import Known, Sign
from app.people.rules.persons import Born
from tests.delivery import field as make

PHONE = "+51 987 654 321"
VOLATILE = {"person_merge", "audit_entry", "person_key"}

ALIKE = [
    (Known("Rosa", "Quispe Huamán"), Known("QUISPE HUAMAN", "Roza")),
    (Known("José", "Pérez Vásquez", birth_year=1990), Known("Jose", "Peres Basques", birth_year=1990)),
    (Known("Rosa", "Quispe", document_number="01234567"), Known("Rosita", "Quispe", document_number="1234567")),
    (
        Known("Rosa María", "Quispe", phones=frozenset({"+51987654321"})),
        Known("Rosa Mari", "Quispe", phones=frozenset({"987654321"})),
    ),
    (Known("Rosa", "Quispe", birth_year=1990), Known("Rosa", "Quispi", birth_year=1990)),
]
NOT_ALIKE = [
    (Known("Juan", "Quispe Huamán"), Known("Rosa", "Quispe Huamán")),
    (
        Known("Juan", "Quispe Huamán", phones=frozenset({"987654321"})),
        Known("Rosa", "Quispe Huamán", phones=frozenset({"987654321"})),
    ),
    (Known("Rosa", "Quispe", birth_year=1960), Known("Rosa", "Quispe", birth_year=1990)),
    (
        Known("Rosa", "Quispe", document_kind="DNI", document_number="12345678"),
        Known("Rosa", "Quispe", document_kind="DNI", document_number="87654321"),
    ),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_person_written_down_twice_is_found_by_a_key_and_told_by_the_rule(one: Known, other: Known) -> None:
    assert rules.keys(one) & rules.keys(other)
    assert rules.compare(one, other).score >= rules.LIKELY


@pytest.mark.parametrize(("one", "other"), NOT_ALIKE)
def test_brothers_namesakes_and_other_papers_are_not_taken_for_one(one: Known, other: Known) -> None:
    assert rules.compare(one, other).score < rules.LIKELY


NAMES = st.text("abcñéú ", min_size=1, max_size=14)
KNOWN = st.builds(
    Known, NAMES, NAMES, birth_year=st.none() | st.integers(1980, 1982),
    document_number=st.sampled_from(["", "1234567", "1234568"]),
    phones=st.sampled_from([frozenset(), frozenset({"987654321"})]),
)  # fmt: skip


@settings(max_examples=50)
@given(KNOWN, KNOWN)
def test_who_is_asked_about_first_makes_no_difference(one: Known, other: Known) -> None:
    assert rules.compare(one, other) == rules.compare(other, one)
    assert rules.compare(one, one).score >= rules.compare(one, other).score


def test_somebody_is_certain_only_when_nothing_speaks_against_it() -> None:
    one = Known("Rosa", "Quispe", document_number="1234567", birth_date=date(1990, 1, 2))
    same = Known("Rosa", "Quispe", document_number="01234567", birth_date=date(1990, 1, 2))
    assert rules.compare(one, same).certain
    other_day = Known("Rosa", "Quispe", document_number="01234567", birth_date=date(1970, 1, 2))
    assert Sign.OTHER_BIRTH in rules.compare(one, other_day).signs
    assert not rules.compare(one, other_day).certain


def twin(of: Organisation, given: str = "Roza", family: str = "Quispe Huaman") -> Person:
    """Somebody who looks like Rosa."""
    return persons.create_person(COMMAND_LINE, PersonDetails(given, family, region="PE-SAM"), of)


def test_suggestions_show_nobody_of_another_organisation_and_remember_who_is_not_the_same(app: Flask) -> None:
    mine, theirs = make.organisation("ACOPAGRO"), make.organisation("Oro Verde")
    rosa = make.person("Rosa Quispe Huamán", mine)
    here, there = twin(mine), twin(theirs)
    actor = make.actor("c1", Role.COORDINATOR, Scope(organisations=frozenset({mine.id})))
    assert [one.person.id for one in duplicates.of_person(actor, rosa)] == [here.id]
    assert {one.person.id for one in duplicates.of_person(COMMAND_LINE, rosa)} == {here.id, there.id}
    assert [(p.first.id, p.second.id) for p in duplicates.pairs(actor)[0]] == [(rosa.id, here.id)]
    assert len(duplicates.pairs(COMMAND_LINE)[0]) == 3
    with pytest.raises(NotAllowed):
        merging.merge(actor, rosa, there)
    merging.tell_apart(actor, here, rosa)
    merging.tell_apart(actor, rosa, here)
    assert duplicates.of_person(actor, rosa) == []
    assert duplicates.pairs(actor)[0] == []


def test_pairs_come_page_by_page_and_none_is_left_out(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    for _ in range(4):
        twin(coop)
    whole = [(p.first.id, p.second.id) for p in duplicates.pairs(COMMAND_LINE)[0]]
    assert len(whole) == 6
    paged, after = [], (0, 0)
    while after is not None:
        found, after = duplicates.pairs(COMMAND_LINE, after=after, limit=2)
        paged += [(p.first.id, p.second.id) for p in found]
    assert paged == whole


def state() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without what only says that something was done."""
    db.session.flush()
    return {
        table.name: sorted(tuple(map(repr, row)) for row in db.session.execute(select(table)))
        for table in Base.metadata.sorted_tables
        if table.name not in VOLATILE
    }


def somebody(field: make.Field, name: str) -> Person:
    """Somebody with something of everything."""
    made = make.person(name, field.coops[0])
    persons.add_contact(COMMAND_LINE, made, ContactKind.PHONE, PHONE, own=False)
    persons.add_contact(COMMAND_LINE, made, ContactKind.EMAIL, f"{made.id}@example.org")
    persons.affiliate(COMMAND_LINE, made, field.coops[1], Capacity.BOARD)
    consents.agree(COMMAND_LINE, made, ConsentPurpose.MESSAGES, ConsentHow.VOICE, language="es", on=date(2026, 3, 1))
    cards.issue_card(COMMAND_LINE, made, "2580")
    cohorts.enrol(COMMAND_LINE, field.cohort, made, date(2026, 3, 2), organisation=field.coops[0])
    return made


def test_taking_apart_leaves_everything_as_it_was(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    kept, merged = somebody(field, "Rosa Quispe"), somebody(field, "Roza Quispe Huamán")
    cohorts.enrol(COMMAND_LINE, field.masters, merged, date(2026, 3, 2))
    persons.change_person(
        COMMAND_LINE, merged,
        PersonDetails("Roza", "Quispe Huamán", sex=Sex.WOMAN, born=Born(on=date(1990, 2, 3)),
                      document_kind="DNI", document_number="12345678"),
    )  # fmt: skip
    persons.change_person(COMMAND_LINE, kept, PersonDetails("Rosa", "Quispe", sex=Sex.WOMAN))
    before = state()
    done = merging.merge(COMMAND_LINE, kept, merged)
    assert (kept.document_number, kept.birth_date) == ("12345678", date(1990, 2, 3))
    assert queries.get(COMMAND_LINE, merged.id, Permission.SEE_PEOPLE).id == kept.id
    theirs = db.session.scalars(select(Enrolment).where(Enrolment.person_id == kept.id)).all()
    assert len(theirs) == 3
    assert [e.state for e in theirs if e.cohort_id == field.cohort.id].count(EnrolmentState.ACTIVE) == 1
    assert [one.person.id for one in duplicates.of_person(COMMAND_LINE, kept)] == []
    assert state() != before
    merging.unmerge(COMMAND_LINE, done)
    assert state() == before
    with pytest.raises(merging_rules.NotMerged):
        merging.unmerge(COMMAND_LINE, done)


def test_what_happened_in_between_stays_with_who_it_happened_to(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    kept, merged = make.person("Rosa Quispe", field.coops[0]), make.person("Roza Quispe", field.coops[1])
    done = merging.merge(COMMAND_LINE, kept, merged)
    persons.add_contact(COMMAND_LINE, kept, ContactKind.PHONE, PHONE)
    since = cohorts.enrol(COMMAND_LINE, field.cohort, kept, date(2026, 3, 2))
    persons.change_person(COMMAND_LINE, kept, PersonDetails("Rosa", "Quispe Vela", place="Lamas"))
    merging.unmerge(COMMAND_LINE, done)
    assert since.person_id == kept.id
    assert duplicates.phones([kept.id, merged.id]) == {kept.id: frozenset({"+51987654321"})}
    assert (kept.family_names, kept.place, merged.family_names) == ("Quispe Vela", "Lamas", "Quispe")


def test_taking_one_of_two_apart_is_as_if_only_the_other_had_been_joined(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    kept, first, second = (make.person(name, field.coops[0]) for name in ("Rosa Quispe", "Roza Quispe", "R Quispe"))
    for one in (first, second):  # both have the telephone that goes over only once
        persons.add_contact(COMMAND_LINE, one, ContactKind.PHONE, PHONE)
    only_second = merging.merge(COMMAND_LINE, kept, second)
    wanted = state()
    merging.unmerge(COMMAND_LINE, only_second)
    one = merging.merge(COMMAND_LINE, kept, first)
    merging.merge(COMMAND_LINE, kept, second)
    merging.unmerge(COMMAND_LINE, one)
    assert state() == wanted


def test_a_chain_is_taken_apart_from_its_end(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    a, b, c = (make.person(f"Rosa Quispe{n}", coop) for n in range(3))
    first = merging.merge(COMMAND_LINE, b, a)
    with pytest.raises(merging_rules.AlreadyMerged):
        merging.merge(COMMAND_LINE, c, a)
    second = merging.merge(COMMAND_LINE, c, b)
    with pytest.raises(merging_rules.UndoLaterFirst):
        merging.unmerge(COMMAND_LINE, first)
    merging.unmerge(COMMAND_LINE, second)
    merging.unmerge(COMMAND_LINE, first)
    assert {a.merged_into_id, b.merged_into_id} == {None}
    with pytest.raises(rules.SamePersonTwice):
        merging.merge(COMMAND_LINE, a, a)


def test_a_trainer_who_was_also_written_down_as_a_learner_is_not_counted_as_one(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    again = make.person("Teresa Instructora", field.coops[0])
    learner = cohorts.enrol(COMMAND_LINE, field.cohort, again, date(2026, 3, 2))
    done = merging.merge(COMMAND_LINE, field.trainer, again)
    assert learner.state is EnrolmentState.OTHER
    merging.unmerge(COMMAND_LINE, done)
    assert learner.state is EnrolmentState.ACTIVE
    other = make.person("Otra Instructora", field.coops[0])
    cohorts.add_trainer(COMMAND_LINE, field.cohort, other, TeachingRole.ASSISTANT, since=date(2026, 3, 2))
    done = merging.merge(COMMAND_LINE, other, field.trainer)
    merging.unmerge(COMMAND_LINE, done)
    assert {other.merged_into_id, field.trainer.merged_into_id} == {None}


def test_who_was_erased_is_neither_joined_nor_taken_apart(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    kept, merged, third = (make.person(f"Rosa Quispe{n}", coop) for n in range(3))
    done = merging.merge(COMMAND_LINE, kept, merged)
    erasing.erase(COMMAND_LINE, kept)
    with pytest.raises(merging_rules.ErasedSince):
        merging.unmerge(COMMAND_LINE, done)
    with pytest.raises(merging_rules.ErasedSince):
        merging.merge(COMMAND_LINE, third, kept)
    assert db.session.scalars(select(PersonMerge)).one().moved["filled"] == {}


def test_every_column_that_names_a_person_goes_over_or_is_said_to_stay() -> None:
    every = {
        (table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    moved = {(one.table.name, one.column.name) for one in references.to_persons()}
    assert moved | references.OF_THE_RECORD == every
    assert ("enrolment", "person_id") in moved
