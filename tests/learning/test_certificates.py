"""Certificates: frozen, numbered without look-alikes, checked by anybody, corrected, revoked, signed as badges."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import jwt
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.actions import cohorts
from app.delivery.kinds import EnrolmentState
from app.infra.db import db
from app.learning.actions import certificates
from app.learning.certificates import badges, sheet, words
from app.learning.kinds import CertificateKind, CertificateState
from app.learning.models import BadgeKey, Certificate
from app.learning.queries import certificates as queries
from app.learning.rules import certificates as rules
from app.people.actions import erasing, persons
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed
from tests.delivery import field as delivery

ON = date(2026, 6, 19)
ROOT = "https://vivero.example"


@settings(max_examples=50)
@given(st.randoms(use_true_random=False), st.data())
def test_a_serial_tells_a_wrong_sign_and_two_changed_places(chance: random.Random, data: st.DataObject) -> None:
    serial = rules.serial(chance.choice)
    assert rules.read_serial(f" {serial.replace('-', ' ').lower()} ") == serial
    signs = list(serial.replace("-", ""))
    at = data.draw(st.integers(0, len(signs) - 1))
    other = data.draw(st.sampled_from(rules.ALPHABET))
    wrong = [*signs[:at], other, *signs[at + 1 :]]
    swapped = [*signs]
    swapped[at - 1], swapped[at] = swapped[at], swapped[at - 1]
    for typed in (wrong, swapped):
        if typed != signs and (typed is wrong or at > 1):
            with pytest.raises(rules.NoSuchCertificate):
                rules.read_serial("".join(typed))


@pytest.mark.parametrize("typed", ["", "0OIL-1SZ5-UVB8", "F7KM", "\x00" * 12, "F7KM-3QRA-X9TP" * 9])
def test_what_is_no_serial_is_not_found(typed: str) -> None:
    with pytest.raises(rules.NoSuchCertificate):
        rules.read_serial(typed)


def test_a_name_is_compared_without_accents_and_case() -> None:
    assert rules.name_digest("Rosa Quispe  Huamán", "K4RM-77DQ") == rules.name_digest("ROSA quispe huaman", "k4rm 77dq")
    assert rules.name_digest("Rosa Quispe", "K4RM-77DQ") != rules.name_digest("Rosa Quispe", "K4RM-77DR")
    assert rules.initials("María de los Ángeles Quispe") == "M. Á. Q."


def certified(kind: CertificateKind = CertificateKind.COMPLETION) -> tuple[delivery.Field, Certificate, Person]:
    """A field in which the first learner holds a certificate."""
    field = delivery.field(2)
    one = field.learners[0]
    cohorts.change_enrolment(COMMAND_LINE, one, EnrolmentState.COMPLETED, ON)
    made = certificates.issue(COMMAND_LINE, one, kind, ON)
    return field, made, db.session.get_one(Person, one.person_id)


def agree(person: Person) -> None:
    """Consent that the name is shown to anybody."""
    persons.give_consent(
        COMMAND_LINE, person, ConsentPurpose.PUBLIC_CERTIFICATE, ConsentHow.TICK, text_version="1", language="es", on=ON
    )  # fmt: skip


def test_anybody_checks_all_that_is_printed_and_the_name_only_with_consent(app: Flask) -> None:
    _, made, person = certified()
    checked = queries.check(made.serial.lower())
    assert (checked.state, checked.intact, checked.in_full) == (CertificateState.VALID, True, False)
    assert checked.name == "P. E."
    assert person.name not in str(checked.content)
    assert checked.content["releases"] == ["my-coop/001 1.0.0"]
    agree(person)
    assert queries.check(made.serial).name == person.name


def test_the_content_stays_as_it_was_when_everything_around_it_changes(app: Flask) -> None:
    field, made, person = certified()
    before = dict(made.content)
    field.cohort.name = "Otro nombre"
    person.given_names = "Otra"
    db.session.flush()
    checked = queries.check(made.serial)
    assert checked.content == before
    assert checked.intact
    made.content = {**before, "hours": 999}
    db.session.flush()
    assert not queries.check(made.serial).intact


def test_only_who_completed_gets_a_certificate_of_completion_and_only_one(app: Flask) -> None:
    field, made, person = certified()
    with pytest.raises(rules.NotCompleted):
        certificates.issue(COMMAND_LINE, field.learners[1], CertificateKind.COMPLETION, ON)
    with pytest.raises(rules.CertifiedAlready):
        certificates.issue(COMMAND_LINE, field.learners[0], CertificateKind.COMPLETION, ON)
    certificates.issue(COMMAND_LINE, field.learners[1], CertificateKind.PARTICIPATION, ON)
    for actor in (delivery.as_person(person), delivery.as_person(field.trainer)):
        with pytest.raises(NotAllowed):
            certificates.revoke(actor, made, "porque sí")
        with pytest.raises(NotAllowed):
            certificates.issue(actor, field.learners[1], CertificateKind.PARTICIPATION, ON)


def test_a_corrected_name_makes_a_new_certificate_and_the_old_one_names_it(app: Flask) -> None:
    _, made, person = certified()
    agree(person)
    person.family_names = "Corregido"
    with pytest.raises(rules.NeedsWhy):
        certificates.reissue(COMMAND_LINE, made, ON, " ")
    new = certificates.reissue(COMMAND_LINE, made, ON, "El apellido estaba mal escrito.")
    old, now = queries.check(made.serial), queries.check(new.serial)
    assert (old.state, old.replaced_by, old.reason) == (
        CertificateState.REPLACED, new.serial, "El apellido estaba mal escrito.",
    )  # fmt: skip
    assert (now.state, now.replaces, now.name) == (CertificateState.VALID, made.serial, person.name)
    kept = ("title", "hours", "sessions_held", "units", "releases", "signatories")
    assert [now.content[key] for key in kept] == [old.content[key] for key in kept]
    with pytest.raises(rules.RevokedAlready):
        certificates.revoke(COMMAND_LINE, made, "otra vez")


def test_after_erasure_it_is_checked_as_before_and_the_name_only_by_who_holds_the_paper(app: Flask) -> None:
    _, made, person = certified()
    agree(person)
    name, code = person.name, made.code
    erasing.erase(COMMAND_LINE, person)
    db.session.expire_all()
    checked = queries.check(made.serial)
    assert (checked.state, checked.intact, checked.name) == (CertificateState.VALID, True, None)
    assert name not in str(vars(made))
    assert queries.name_fits(made.serial, name.upper(), code.lower())
    assert not queries.name_fits(made.serial, "Otra Persona", code)
    assert not queries.name_fits(made.serial, name, "K4RM-77DQ")
    with pytest.raises(rules.ErasedPerson):
        certificates.badge(COMMAND_LINE, made, ROOT)


def test_a_badge_is_signed_and_any_other_key_or_word_is_seen(app: Flask) -> None:
    field, made, person = certified()
    token = certificates.badge(delivery.as_person(person), made, ROOT)
    published: list[Mapping[str, Any]] = queries.published_keys()["keys"]
    read = badges.read(token, published)
    assert read["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert read["id"] == f"{ROOT}/certificates/{made.serial}"
    assert person.name not in str(read)
    assert all("d" not in key for key in published)
    forged = badges.new_key(b"x")
    fake = badges.sign({**read, "name": "Otro"}, forged, b"x")
    with pytest.raises(badges.BadBadge):
        badges.read(fake, published)
    unsigned = jwt.encode(read, None, algorithm="none", headers={"kid": published[0]["kid"]})
    with pytest.raises(badges.BadBadge):
        badges.read(unsigned, published)
    with pytest.raises(NotAllowed):
        certificates.badge(delivery.as_person(field.trainer), made, ROOT)


def test_a_new_secret_makes_a_new_key_and_old_badges_are_checked_all_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made, _ = certified()
    old = certificates.badge(COMMAND_LINE, made, ROOT)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    new = certificates.badge(COMMAND_LINE, made, ROOT)
    published = queries.published_keys()["keys"]
    assert len(published) == db.session.query(BadgeKey).count() == 2
    assert badges.read(old, published)["id"] == badges.read(new, published)["id"]


def test_the_sheet_is_one_page_in_both_languages_and_the_same_every_time() -> None:
    content = {
        "serial": "F7KM-3QRA-X9TP", "kind": "completion", "title": "Gestión #strong[no] $x$ <b>",
        "programme": "San Martín", "host": "ACOPAGRO", "place": "Lamas", "starts_on": "2026-03-06",
        "ends_on": "2026-06-12", "hours": 1, "sessions_held": 15, "sessions_attended": 14,
        "units": [f"Tema {n}" for n in range(9)], "releases": ["a/PE 1.0.0"],
        "signatories": [{"name": "Teresa (demo)", "role": "lead"}], "issuer": "Oro Verde",
        "issued_on": "2026-06-19", "replaces": None,
    }  # fmt: skip
    for language in words.LANGUAGES:
        made = [
            sheet.as_pdf({**content, "language": language}, "Rosa " * 12, "K4RM-77DQ", f"{ROOT}/certificates/F7KM")
            for _ in range(2)
        ]
        assert made[0] == made[1]
        assert made[0].startswith(b"%PDF-")
        picture = sheet.as_png({**content, "language": language}, "Rosa " * 30, "K4RM-77DQ", ROOT, ppi=20)
        assert picture.startswith(b"\x89PNG")  # of several pages there would be no one picture
    assert words.period("es", date(2026, 3, 6), date(2026, 3, 9)) == "del 6 al 9 de marzo de 2026"
    assert words.period("en", date(2025, 12, 6), date(2026, 3, 9)) == "from 6 December 2025 to 9 March 2026"
