"""A year's figures from the page that counts them to the donor who reads them; what each may see, and may not."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.delivery.actions import attendance, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report as Held
from app.delivery.kinds import Mark
from app.delivery.models import Programme
from app.demo.programmes import lay
from app.demo.programmes.laying import Laid
from app.infra.db import db
from app.people.actions import erasing
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.reporting.models import Snapshot
from tests import factories as make
from tests.delivery import field
from tests.reporting.readers import browser
from tests.translation.counting import counted

SLUG = "escuela-mujeres-sv"


@dataclass
class School:
    """The women's school of S3, and the browsers of those who look at its figures."""

    laid: Laid
    monitoring: FlaskClient
    coordinator: FlaskClient
    donor: FlaskClient


@pytest.fixture
def school(app: Flask) -> School:
    """The school, laid through the product's actions."""
    laid = lay(COMMAND_LINE, "s3-women-school")
    scope = Scope(programmes=frozenset({laid.programme.id}))
    made = {
        role: make.account(f"{role.value}1", role, scope) for role in (Role.MONITORING, Role.COORDINATOR, Role.DONOR)
    }
    return School(laid, *(browser(app, made[role]) for role in (Role.MONITORING, Role.COORDINATOR, Role.DONOR)))


def frozen(by: FlaskClient, programme: Programme, year: str = "2014") -> str:
    """Freeze figures on the page; return their uid."""
    answer = by.post("/reports/figures/new", data={"programme": programme.id, "year": year, "note": "Cierre"})
    assert answer.status_code == 303, answer.text
    return answer.location.rstrip("/").rpartition("/")[2]


def test_figures_are_frozen_by_one_approved_by_another_and_read_by_the_donor(app: Flask, school: School) -> None:
    page = school.monitoring.get(f"/reports/{SLUG}/?lang=en").text
    assert "42 of 42 (100%)" in page
    assert '<td class="number">40</td><td class="number">42</td>' in page, "planned 40, actual 42"
    uid = frozen(school.monitoring, school.laid.programme)
    assert school.donor.get(f"/reports/figures/{uid}/").status_code == 404, "not before it is approved"
    assert school.monitoring.post(f"/reports/figures/{uid}/approve").status_code == 409, "not by who prepared it"
    assert "waits for your approval" in school.coordinator.get("/?lang=en").text
    assert school.coordinator.post(f"/reports/figures/{uid}/approve").status_code == 303
    assert school.coordinator.post(f"/reports/figures/{uid}/approve").status_code == 409, "once"
    assert uid in school.donor.get("/?lang=en").text
    assert "Approved" in school.donor.get(f"/reports/figures/{uid}/?lang=en").text


def test_what_was_frozen_stays_when_people_are_erased_and_marks_corrected(app: Flask, school: School) -> None:
    uid = frozen(school.monitoring, school.laid.programme)
    school.coordinator.post(f"/reports/figures/{uid}/approve")
    before = school.donor.get(f"/reports/figures/{uid}/?lang=en").text
    for person in school.laid.people["women"][:3]:
        erasing.erase(COMMAND_LINE, person)
    after = school.donor.get(f"/reports/figures/{uid}/?lang=en").text
    shown = [one.split("</b>")[0] for one in after.split("<b>")[1:]]
    assert shown == [one.split("</b>")[0] for one in before.split("<b>")[1:]]
    assert len(shown) > 5


def test_a_donor_takes_workbook_document_and_table_along_and_they_say_what_the_page_says(
    app: Flask, school: School
) -> None:
    page = school.donor.get(f"/reports/{SLUG}/?lang=en").text
    for kind in ("xlsx", "docx"):
        sent = school.donor.post(f"/reports/{SLUG}/files", data={"year": "2014", "format": kind, "language": "en"})
        assert sent.status_code == 303, sent.text
        state = school.donor.get(sent.location)
        assert "Your file is ready" in state.text, state.text
        data = school.donor.get(sent.location + "/file").data
        if kind == "xlsx":
            book = load_workbook(io.BytesIO(data))
            rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
            assert any(row[:3] == ("People trained", "people", 42) for row in rows)
            assert any(row[:3] == ("Women", 40, 42) for row in rows)
            said = json.dumps(rows, default=str)
        else:
            paper = Document(io.BytesIO(data))
            cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
            assert ["Women", "40", "42"] in [row[:3] for row in cells]
            said = json.dumps(cells) + "".join(one.text for one in paper.paragraphs)
        assert "Autoestima" in said
        assert "Participante" not in said, "nobody's name"
    assert "Participante" not in page
    rows = list(csv.reader(io.StringIO(school.donor.get(f"/reports/{SLUG}/figures.csv?lang=en").text.lstrip("\ufeff"))))
    assert ["people", "1", "People trained", "people", "", "42", ""] in rows
    told = school.donor.get(f"/api/v1/reports/{SLUG}?year=2014").get_json()
    assert {one["code"]: one["value"] for one in told["figures"]}["people"] == 42


def test_who_stands_behind_a_figure_is_for_those_who_see_people_and_never_for_donors(
    app: Flask, school: School
) -> None:
    for path in (
        f"/reports/{SLUG}/who/people",
        f"/reports/{SLUG}/who/people.csv",
        f"/reports/{SLUG}/who/organisations",
    ):
        assert school.donor.get(path).status_code in (403, 404), path
    listed = school.monitoring.get(f"/reports/{SLUG}/who/people?lang=en").text
    assert "42 on this list" in listed
    assert "Participante 1 " in listed
    rows = school.monitoring.post(f"/reports/{SLUG}/who/people.csv").text.strip().splitlines()
    assert len(rows) == 43
    assert school.monitoring.get(f"/reports/{SLUG}/who/nothing").status_code == 404


def test_a_programme_of_others_is_not_there_for_anybody(app: Flask, school: School) -> None:
    other = lay(COMMAND_LINE, "s11-generations").programme
    admin = browser(app, make.account("admin1", Role.MONITORING))
    uid = frozen(admin, other, "2016")
    both = frozen(admin, other, "all")
    stranger = db.session.scalar(select(Account).where(Account.username == "donor1"))
    assert stranger is not None
    for who in (school.monitoring, school.coordinator, school.donor):
        assert other.name not in who.get("/reports/").text
        assert other.name not in who.get("/").text
        for path in ("", "figures.csv", "who/people", "files/1", "files/1/file"):
            assert who.get(f"/reports/{other.slug}/{path}").status_code in (403, 404), path
        assert who.get(f"/api/v1/reports/{other.slug}").status_code == 404
        assert who.get(f"/reports/figures/{uid}/").status_code == 404
        assert who.get(f"/reports/figures/compare?first={uid}&second={both}").status_code == 404
        sent = who.post("/reports/figures/new", data={"programme": other.id, "year": "2016"})
        assert sent.status_code in (403, 404)
        assert who.post(f"/reports/figures/{uid}/approve").status_code in (403, 404)
        answer = who.post(f"/reports/{other.slug}/files", data={"format": "xlsx", "language": "es"})
        assert answer.status_code == 404
    assert db.session.scalar(select(Snapshot.state).where(Snapshot.uid == uid)).value == "waiting"


def test_a_representative_sees_what_their_own_organisation_did(app: Flask, school: School) -> None:
    coop = school.laid.organisations["coop1"]
    own = browser(app, make.account("vocal", Role.REPRESENTATIVE, Scope(organisations=frozenset({coop.id}))))
    page = own.get(f"/reports/{SLUG}/?lang=en").text
    assert "figures of your organisation alone" in page
    assert "6 of 6 (100%)" in page
    assert "42" not in page.split("<main", 1)[1]
    told = own.get(f"/api/v1/reports/{SLUG}?year=2014").get_json()["figures"]
    values = {one["code"]: one["value"] for one in told}
    assert (values["people"], values["organisations"]) == (6, 1)
    assert "events" not in values
    listed = own.get(f"/reports/{SLUG}/who/people?lang=en").text
    assert "6 on this list" in listed
    uid = frozen(school.monitoring, school.laid.programme)
    school.coordinator.post(f"/reports/figures/{uid}/approve")
    assert own.get(f"/reports/figures/{uid}/").status_code == 404, "figures of all of it"


def test_a_year_outside_of_the_programme_in_which_something_was_held_is_told_and_leads_nowhere(app: Flask) -> None:
    laid = field.field(learners=6, meetings=2)
    for session, day in zip(laid.sessions, (date(2025, 12, 20), date(2026, 3, 6)), strict=True):
        sessions.report_session(COMMAND_LINE, session, Held(day, 90))
        attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, Mark.PRESENT) for one in laid.learners])
    whole = browser(app, make.account("ojo", Role.MONITORING, Scope(programmes=frozenset({laid.programme.id}))))
    ours = Scope(organisations=frozenset({laid.coops[0].id}))
    own = browser(app, make.account("vocal", Role.REPRESENTATIVE, ours))
    at = f"/reports/{laid.programme.slug}/"
    for looks, people in ((whole, 6), (own, 3)):
        page = looks.get(f"{at}?lang=en")
        assert page.status_code == 200
        rows = [re.sub(r"\s+", "", one) for one in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page.text, re.S)]
        assert any(one.startswith(f'<tr><thscope="row">2025</th><tdclass="number">{people}</td>') for one in rows)
        assert any('year=2026">2026</a>' in one for one in rows)
    sent = own.post(f"{at}files", data={"year": "2026", "format": "xlsx", "language": "en"})
    assert own.get(sent.location + "/file").status_code == 200


ODD_ADDRESSES = (
    (f"/reports/{SLUG}/?year=99999", 404),
    (f"/reports/{SLUG}/?year=x", 404),
    (f"/reports/{SLUG}/?year=1990", 404),
    (f"/reports/{SLUG}/?by=nothing", 200),
    ("/reports/figures/compare?first=a", 422),
    ("/reports/figures/compare?first=a&second=b", 404),
    ("/reports/?page=99999999999999999999&q=%25", 200),
    (f"/reports/{SLUG}/files/99999999999999999999", 404),
    (f"/reports/{SLUG}/who/people?page=-1&q=%25", 200),
    (f"/api/v1/reports/{SLUG}?year=x", 404),
)
ODD_FORMS: tuple[tuple[dict[str, str], int], ...] = (
    ({"programme": ""}, 422),
    ({"programme": "x"}, 422),
    ({"programme": "99999999999999"}, 422),
    ({"programme": "2000000000"}, 404),
    ({"year": "0000"}, 404),
    ({"year": "9999"}, 404),
    ({"note": "a" * 3000}, 422),
)


def test_odd_addresses_and_forms_are_answered_and_freeze_nothing(school: School) -> None:
    for path, status in ODD_ADDRESSES:
        assert school.monitoring.get(path).status_code == status, path
    whole = {"programme": str(school.laid.programme.id), "year": "2014"}
    for form, status in ODD_FORMS:
        assert school.monitoring.post("/reports/figures/new", data=whole | form).status_code == status, form
    assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 0
    uid = frozen(school.monitoring, school.laid.programme)
    assert school.coordinator.post(f"/reports/figures/{uid}/turn-down", data={"why": " "}).status_code == 422
    assert school.coordinator.post(f"/reports/figures/{uid}/turn-down", data={"why": "Falta mayo"}).status_code == 303
    assert "Falta mayo" in school.monitoring.get(f"/reports/figures/{uid}/").text


def test_the_queries_of_the_board_and_of_a_programme_do_not_grow(app: Flask, school: School) -> None:
    admin = browser(app, make.account("admin1", Role.MONITORING))

    def queries(path: str) -> int:
        admin.get(path)
        with counted() as count:
            assert admin.get(path).status_code == 200
            return count()

    few = queries("/reports/"), queries("/")
    for name in ("s11-generations", "s8-tax-law", "s7-finance"):
        lay(COMMAND_LINE, name)
    assert (queries("/reports/"), queries("/")) == few
    assert queries("/reports/normativa-tributaria-hn/") <= 60
