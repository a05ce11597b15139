"""Persons as they told us who they are, where they belong, how they are reached, and what they agreed to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base, enum_column
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind, Reading, Sex


class Person(Base):
    """A human being. Age is known by birth date, or birth year, or by the age told on a day; or not at all.

    `merged_into_id` points to the record that stands for this one too. Erasing leaves the id, sex and birth year.
    """

    __tablename__ = "person"
    __table_args__ = (Index(None, "family_names", "given_names"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    given_names: Mapped[str]
    family_names: Mapped[str]
    known_as: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex] = mapped_column(enum_column(Sex), default=Sex.NOT_STATED)
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    age_told: Mapped[int | None]
    age_told_on: Mapped[date | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    reading: Mapped[Reading] = mapped_column(enum_column(Reading), default=Reading.NOT_STATED)
    document_kind: Mapped[str] = mapped_column(default="")
    document_number: Mapped[str] = mapped_column(default="", index=True)
    region: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", use_alter=True), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    erased_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Given and family names as one line."""
        return f"{self.given_names} {self.family_names}".strip()


class Affiliation(Base):
    """A person belongs to an organisation in a capacity, from a day on and, where it ended, up to one."""

    __tablename__ = "affiliation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(enum_column(Capacity))
    since: Mapped[date | None]
    until: Mapped[date | None]


class ContactPoint(Base):
    """A telephone, an address. Several persons may share one: a family has one phone."""

    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ContactKind] = mapped_column(enum_column(ContactKind))
    value: Mapped[str]


class PersonContact(Base):
    """How a person is reached; `note` says whose it is when it is not their own, e.g. a neighbour's."""

    __tablename__ = "person_contact"
    __table_args__ = (UniqueConstraint("person_id", "contact_point_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    contact_point_id: Mapped[int] = mapped_column(ForeignKey("contact_point.id"), index=True)
    own: Mapped[bool] = mapped_column(default=True)
    preferred: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class Consent(Base):
    """What a person, or their guardian, agreed to: which text, in which language, how. Withdrawn, never deleted."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(enum_column(ConsentPurpose))
    text_version: Mapped[str]
    language: Mapped[str]
    how: Mapped[ConsentHow] = mapped_column(enum_column(ConsentHow))
    guardian_name: Mapped[str]
    guardian_tie: Mapped[str]
    given_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    withdrawn_on: Mapped[date | None]


class PersonMerge(Base):
    """Two records found to be one person. `moved` lists what went over, so that it can go back."""

    __tablename__ = "person_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    moved: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class LearnerCard(Base):
    """A printed card that a learner signs in with: its code, and a PIN known to them alone. A lost one is ended."""

    __tablename__ = "learner_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str]
    stamp: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    ended_at: Mapped[datetime | None]
