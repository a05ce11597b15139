"""The words people see for kinds of organisations, figures, contacts and consents, and for what persons say of
themselves."""

from __future__ import annotations

from app.core.errors import N_
from app.web import words

from . import kinds as k

words.register(
    {
        k.OrganisationKind.COOPERATIVE: N_("Co-operative"),
        k.OrganisationKind.SECOND_LEVEL: N_("Second-level co-operative"),
        k.OrganisationKind.FEDERATION: N_("Federation"),
        k.OrganisationKind.NETWORK: N_("Network"),
        k.OrganisationKind.ASSOCIATION: N_("Association"),
        k.OrganisationKind.NGO: N_("Non-governmental organisation"),
        k.OrganisationKind.DONOR: N_("Donor"),
        k.OrganisationKind.PUBLIC_BODY: N_("Public body"),
        k.OrganisationKind.OTHER: N_("Another organisation"),
    },
    {
        k.Figure.FAMILIES: N_("Families"),
        k.Figure.MEMBERS: N_("Members"),
        k.Figure.WOMEN: N_("Women among the members"),
        k.Figure.YOUTH: N_("Young people among the members"),
    },
    {
        k.Sex.WOMAN: N_("Woman"),
        k.Sex.MAN: N_("Man"),
        k.Sex.OTHER: N_("Other"),
        k.Sex.NOT_STATED: N_("Not stated"),
    },
    {
        k.Reading.WELL: N_("Reads well"),
        k.Reading.WITH_EFFORT: N_("Reads with effort"),
        k.Reading.NOT_YET: N_("Does not read yet"),
        k.Reading.NOT_STATED: N_("Not stated"),
    },
    {
        k.Capacity.MEMBER: N_("Member"),
        k.Capacity.FAMILY: N_("Family of a member"),
        k.Capacity.BOARD: N_("On the board"),
        k.Capacity.OVERSIGHT: N_("On the oversight committee"),
        k.Capacity.ADMINISTRATION: N_("Administration"),
        k.Capacity.TECHNICAL: N_("Technical staff"),
        k.Capacity.OTHER: N_("Something else"),
    },
    {
        k.ContactKind.PHONE: N_("Phone"),
        k.ContactKind.WHATSAPP: N_("WhatsApp"),
        k.ContactKind.EMAIL: N_("E-mail"),
        k.ContactKind.ADDRESS: N_("Address"),
    },
    {
        k.ConsentPurpose.TRAINING_RECORD: N_("Keeping a record of the training"),
        k.ConsentPurpose.MESSAGES: N_("Messages and calls"),
        k.ConsentPurpose.PHOTOGRAPHS: N_("Photographs"),
        k.ConsentPurpose.PUBLIC_CERTIFICATE: N_("A certificate that anybody can check"),
        k.ConsentPurpose.RESEARCH: N_("Studies of how training works"),
    },
    {
        k.ConsentHow.SIGNATURE: N_("Signature"),
        k.ConsentHow.VOICE: N_("By word of mouth"),
        k.ConsentHow.TICK: N_("A tick on the screen"),
    },
)
