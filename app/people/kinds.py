"""The kinds of organisations, persons, contacts and consents: plain lists that rules and tables share."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is; a second-level co-operative has co-operatives as members."""

    COOPERATIVE = "cooperative"
    SECOND_LEVEL = "second_level"
    FEDERATION = "federation"
    NETWORK = "network"
    ASSOCIATION = "association"
    NGO = "ngo"
    DONOR = "donor"
    PUBLIC_BODY = "public_body"
    OTHER = "other"


class Figure(StrEnum):
    """What is counted of an organisation on a date."""

    FAMILIES = "families"
    MEMBERS = "members"
    WOMEN = "women"
    YOUTH = "youth"


class Sex(StrEnum):
    """As the person says."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    NOT_STATED = "not_stated"


class Reading(StrEnum):
    """How comfortably somebody reads; it decides how questions are asked, never who may take part."""

    WELL = "well"
    WITH_EFFORT = "with_effort"
    NOT_YET = "not_yet"
    NOT_STATED = "not_stated"


class Capacity(StrEnum):
    """What a person is in an organisation."""

    MEMBER = "member"
    FAMILY = "family"
    BOARD = "board"
    OVERSIGHT = "oversight"
    ADMINISTRATION = "administration"
    TECHNICAL = "technical"
    OTHER = "other"


class ContactKind(StrEnum):
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    ADDRESS = "address"


class ConsentPurpose(StrEnum):
    """What somebody agrees to; each is asked by itself."""

    TRAINING_RECORD = "training_record"
    MESSAGES = "messages"
    PHOTOGRAPHS = "photographs"
    PUBLIC_CERTIFICATE = "public_certificate"
    RESEARCH = "research"


class ConsentHow(StrEnum):
    SIGNATURE = "signature"
    VOICE = "voice"
    TICK = "tick"
