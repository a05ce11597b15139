"""Pages of programmes: one story for each thing they are for, what each role sees, and what is turned down."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.delivery.actions import activities, activities_people, diagnosis, places, programmes
from app.delivery.actions import milestones as milestone_actions
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import Came, Heads
from app.delivery.actions.places import PlaceDetails
from app.delivery.kinds import (
    ActivityKind,
    ActivityOrganisationRole,
    ParticipationRole,
    PlaceKind,
    ProgrammeRole,
    SessionState,
    TargetIndicator,
)
from app.delivery.models import Activity, Programme
from app.delivery.queries import diagnosis as diagnosis_queries
from app.delivery.queries import milestones as milestone_queries
from app.delivery.queries import programmes as queries
from app.delivery.rules.places import read_points
from app.delivery.rules.places_map import Canvas, scale_bar
from app.delivery.rules.programmes import slug_of
from app.delivery.web.programmes import places as web_places
from app.infra.db import db
from app.people import actions as people_actions
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories as make
from tests.delivery import field as lay
from tests.translation.counting import counted

DAY = date(2026, 5, 14)


def sign_in(client: FlaskClient, username: str) -> FlaskClient:
    """A browser of somebody."""
    client.post("/sign-in", data={"username": username, "password": make.PASSWORD})
    return client


@pytest.fixture
def programme(app: Flask) -> Programme:
    """A programme of two co-operatives, and those who look at it."""
    made = lay.programme()
    for name in ("ACOPAGRO", "Oro Verde"):
        programmes.take_part(COMMAND_LINE, made, lay.organisation(name), ProgrammeRole.PARTICIPANT)
    here = Scope(programmes=frozenset({made.id}))
    make.account("coordina", Role.COORDINATOR, Scope(region="PE-SAM"))
    make.account("donante", Role.DONOR, here)
    return made


def coop(programme: Programme, number: int = 0) -> Organisation:
    """One of its co-operatives."""
    return queries.parts(programme)[number].organisation


def held(programme: Programme, name: str = "Taller de cacao", on: date = DAY) -> Activity:
    """A workshop that was held, with its first co-operative."""
    made = activities.plan_activity(COMMAND_LINE, programme, ActivityDetails(name, ActivityKind.WORKSHOP, on))
    activities_people.add_organisation(COMMAND_LINE, made, coop(programme))
    activities.hold_activity(COMMAND_LINE, made)
    return made


def people(programme: Programme, number: int, of: int = 0) -> list[Person]:
    """Women of a co-operative, with names nobody else has."""
    return [lay.person(f"Rosario{n} Quispe{of}", coop(programme, of)) for n in range(number)]


def test_somebody_starts_a_programme_and_says_what_it_promises(client: FlaskClient, app: Flask) -> None:
    make.account("regional", Role.COORDINATOR, Scope(region="PE"))
    sign_in(client, "regional")
    form = {"name": "Cacao con jóvenes", "region": "pe-sam", "starts_on": "2026-02-01", "languages": "es, quy",
            "youth_until": "35", "year_starts_in": "7", "purpose": "Relevo generacional."}  # fmt: skip
    assert client.post("/programmes/new", data=form).location == "/programmes/cacao-con-jovenes/organisations"
    promised = {"indicator": "people", "value": "40", "by": "2026-12-31", "note": "", "area": ""}
    assert client.post("/programmes/cacao-con-jovenes/targets", data=promised).status_code == 303
    page = client.get("/programmes/cacao-con-jovenes/?lang=en").text
    assert "0 of 40 promised" in page
    assert "35 years, on the day" in page
    assert "Cacao con jóvenes" in client.get("/programmes/?q=JÓVENES").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "  ", "Please give it a name"),
        ("region", "XX-1", "There is no region XX-1"),
        ("starts_on", "ayer", "Please write the day as year, month, day"),
        ("until", "2025-01-01", "The last day lies before the first one."),
        ("youth_until", "99999999999", "Please write a whole number."),
        ("languages", "español", "Please write languages by their codes"),
        ("slug", "../x", "The short name in the address"),
    ],
)
def test_a_programme_at_fault_is_not_made_and_nothing_typed_is_lost(
    client: FlaskClient, app: Flask, field: str, value: str, said: str
) -> None:
    make.account("regional", Role.COORDINATOR, Scope(region="PE"))
    sign_in(client, "regional")
    form = {"name": "Cacao", "region": "PE", "starts_on": "2026-02-01", "languages": "es", "youth_until": "29",
            "year_starts_in": "1", "purpose": "Lo que se escribió antes"}  # fmt: skip
    answer = client.post("/programmes/new?lang=en", data=form | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Lo que se escribió antes" in answer.text
    assert db.session.scalars(select(Programme)).all() == []


def test_an_activity_goes_from_the_plan_to_a_list_of_who_was_there(client: FlaskClient, programme: Programme) -> None:
    sign_in(client, "coordina")
    known = people(programme, 2)
    form = {"name": "Intercambio de injertos", "kind": "exchange", "on": "2026-05-14", "mode": "in_person"}
    url = client.post("/programmes/san-martin/activities/new", data=form).location
    assert url is not None
    one = db.session.scalars(select(Activity)).one()
    there = {"role": "participant", "organisation": [str(coop(programme).id)]}
    assert client.post(f"{url}organisations", data=there).status_code == 303
    out = {"role": "participant", "organisation": str(coop(programme).id)}
    assert client.post(f"{url}organisations/out", data=out).status_code == 303
    assert client.post(f"{url}organisations", data=there).status_code == 303
    early = client.post(f"{url}people?lang=en", data={"role": "participant", "person": [str(known[0].id)]})
    assert (early.status_code, "Say first that the activity was held" in early.text) == (409, True)
    assert client.post(f"{url}state", data={"state": "held", "held": "2026-05-15"}).status_code == 303
    assert "Rosario1 Quispe0" in client.get(f"{url}people").text  # a member of an organisation in it is offered
    chosen = {"role": "participant", "person": [str(one.id) for one in known]}
    assert client.post(f"{url}people", data=chosen).status_code == 303
    newcomer = {"given_names": "Delia", "family_names": "Sangama", "sex": "woman", "age": "24", "role": "participant",
                "organisation": str(coop(programme).id), "capacity": "board"}  # fmt: skip
    assert client.post(f"{url}newcomer", data=newcomer).status_code == 303
    heads = {"people-0": "12", "sex-0": "man", "from-0": "18", "to-0": "29", "people-1": "", "sex-1": "woman"}
    assert client.post(f"{url}heads", data=heads).status_code == 303
    took = {"person": str(known[1].id), "why": "Se anotó por error"}
    assert client.post(f"{url}take-off", data=took).status_code == 303
    answer = client.post(f"{url}organisations/out?lang=en", data=out)
    assert (answer.status_code, "Somebody is counted as having come for" in answer.text) == (409, True)
    page = client.get(f"{url}?lang=en").text
    assert ("Rosario0 Quispe0" in page, "Rosario1 Quispe0" in page, "Delia Sangama" in page) == (True, False, True)
    assert "12 people were counted without names" in page
    assert client.get(f"{url}sheet").text.count('class="to-sign"') == 25
    shown = client.get("/programmes/san-martin/").text
    assert '<span class="count">2</span>' in shown
    db.session.refresh(one)
    assert one.held_on == date(2026, 5, 15)


def test_an_activity_is_moved_cancelled_and_planned_again_with_the_reason(
    client: FlaskClient, programme: Programme
) -> None:
    sign_in(client, "coordina")
    details = ActivityDetails("Feria", ActivityKind.FIELD_DAY, DAY)
    one = activities.plan_activity(COMMAND_LINE, programme, details)
    url = f"/programmes/san-martin/activities/{one.uid}/"
    answer = client.post(f"{url}state?lang=en", data={"state": "moved", "to": "2026-06-01", "why": " "})
    assert (answer.status_code, "Please write why" in answer.text) == (422, True)
    moved = client.post(f"{url}state", data={"state": "moved", "to": "2026-06-01", "why": "Lluvia"}).location
    assert moved is not None
    assert moved != url
    assert client.post(f"{moved}state", data={"state": "cancelled", "why": "Derrumbe"}).status_code == 303
    assert client.post(f"{moved}state", data={"state": "planned"}).status_code == 303
    again = db.session.scalars(select(Activity).where(Activity.state == SessionState.PLANNED)).one()
    assert again.planned_on == date(2026, 6, 1)
    assert "Lluvia" in client.get(url).text


def test_a_shared_activity_counts_once_for_each_programme_and_says_so(
    client: FlaskClient, programme: Programme
) -> None:
    programmes.create_programme(
        COMMAND_LINE, "vecino", programmes.ProgrammeDetails("Programa vecino", "PE", date(2026, 1, 1))
    )
    make.account("ambas", Role.COORDINATOR, Scope(region="PE"))
    one = held(programme)
    sign_in(client, "ambas")
    url = f"activities/{one.uid}/"
    assert client.post(f"/programmes/san-martin/{url}share", data={"programme": "vecino"}).status_code == 303
    page = client.get(f"/programmes/vecino/{url}?lang=en").text
    assert "Counted here as a guest of San Martín" in page
    assert "guest of another programme" in client.get("/programmes/vecino/activities/").text
    sign_in(client, "coordina")
    assert client.get(f"/programmes/vecino/{url}").status_code == 404


def test_a_whole_cohort_is_put_on_a_list_each_for_who_sent_them(client: FlaskClient, app: Flask) -> None:
    field = lay.field(learners=4)
    make.account("coordina", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})))
    one = held(field.programme)
    sign_in(client, "coordina")
    url = f"/programmes/san-martin/activities/{one.uid}/"
    assert client.post(f"{url}cohort", data={"cohort": "lamas"}).status_code == 303
    page = client.get(url).text
    assert page.count("Ejemplo") == 4
    assert page.count("Oro Verde") >= 2


def test_a_representative_sees_what_is_theirs_and_a_donor_no_names(client: FlaskClient, programme: Programme) -> None:
    mine, theirs = held(programme, "Nuestro taller"), activities.plan_activity(
        COMMAND_LINE, programme, ActivityDetails("Taller ajeno", ActivityKind.WORKSHOP, DAY)
    )  # fmt: skip
    other = coop(programme, 1)
    activities_people.add_organisation(COMMAND_LINE, mine, other, ActivityOrganisationRole.GUEST)
    for of in (0, 1):
        came = Came(ParticipationRole.PARTICIPANT, coop(programme, of))
        activities_people.add_people(COMMAND_LINE, mine, people(programme, 6, of), came)
    activities_people.count_heads(COMMAND_LINE, mine, [Heads(33, Sex.MAN, organisation=other)])
    make.account("representa", Role.REPRESENTATIVE, Scope(organisations=frozenset({coop(programme).id})))
    url = f"/programmes/san-martin/activities/{mine.uid}/"
    sign_in(client, "representa")
    assert "Nuestro taller" in client.get("/programmes/san-martin/activities/").text
    assert "Taller ajeno" not in client.get("/programmes/san-martin/activities/").text
    page = client.get(url).text
    assert ("Quispe0" in page, "Quispe1" in page, ">33<" in page) == (True, False, False)
    assert client.get(f"/programmes/san-martin/activities/{theirs.uid}/").status_code == 404
    assert "San Martín" in client.get("/programmes/").text
    assert client.get("/programmes/san-martin/targets").status_code == 403
    sign_in(client, "donante")
    for path in ("", "activities/", f"activities/{mine.uid}/"):
        page = client.get(f"/programmes/san-martin/{path}").text
        assert ("Nuestro taller" in page, "Quispe" in page) == (True, False), path
    assert '<span class="count">12</span>' in client.get("/programmes/san-martin/").text


def test_somebody_of_another_programme_finds_nothing_here(client: FlaskClient, programme: Programme) -> None:
    other = lay.programme("otro", "GT")
    make.account("ajena", Role.COORDINATOR, Scope(programmes=frozenset({other.id})))
    one = held(programme)
    sign_in(client, "ajena")
    for path in (
        "",
        "settings",
        "targets",
        "organisations",
        "diagnosis",
        "coverage",
        "outputs",
        "map",
        "map.geojson",
        "activities/",
        f"activities/{one.uid}/",
        f"activities/{one.uid}/people",
    ):
        assert client.get(f"/programmes/san-martin/{path}").status_code == 404, path
    # the activity under the address of their own programme is not there either
    assert client.post(f"/programmes/otro/activities/{one.uid}/state", data={"state": "cancelled"}).status_code == 404
    assert one.state is SessionState.HELD


@pytest.mark.parametrize(
    "path",
    [
        "/programmes/",
        "/programmes/san-martin/",
        "/programmes/san-martin/activities/",
        "/programmes/san-martin/coverage",
        "/programmes/san-martin/outputs",
        "/programmes/san-martin/organisations",
        "/programmes/san-martin/diagnosis",
    ],
)
def test_a_list_asks_the_same_few_questions_however_long_it_is(
    client: FlaskClient, programme: Programme, path: str
) -> None:
    held(programme)
    sign_in(client, "coordina")
    client.get(path)
    with counted() as few:
        client.get(path)
        before = few()
    for number in range(5):
        held(programme, f"Taller {number}", DAY + timedelta(number))
    with counted() as many:
        client.get(path)
    assert before == many() > 3


def test_what_was_found_leads_to_activities_and_back_and_what_is_unanswered_stands_out(
    client: FlaskClient, programme: Programme
) -> None:
    sign_in(client, "coordina")
    url = "/programmes/san-martin/diagnosis"
    form = {"name": "Con el grupo ganadero", "on": "2026-03-12", "found": "Se vende por separado.\n\nFalta agua.\n"}
    assert client.post(url, data=form).status_code == 303
    first, second = diagnosis_queries.limitations(programme)
    line = {"name": "Ventas asociativas", "purpose": "", "answers": [str(first.id)]}
    assert client.post(f"{url}/lines", data=line).status_code == 303
    one = diagnosis_queries.lines_of(programme)[0]
    planned = {"name": "Taller de precios", "kind": "workshop", "on": "2026-05-14", "line": [str(one.id)]}
    assert client.post("/programmes/san-martin/activities/new", data=planned).status_code == 303
    page = client.get(f"{url}?lang=en").text
    assert "1 of 2 limitations has no activity yet" in page
    assert page.count("Taller de precios") == 2  # under the limitation, and under the line
    assert "no line of action yet" in page
    answers = {"name": "Ventas y agua", "purpose": "Todo", "answers": [str(second.id)]}
    assert client.post(f"{url}/lines/{one.id}", data=answers).status_code == 303
    assert diagnosis_queries.trace(programme).limitation_lines == {(second.id, one.id)}
    uid = diagnosis_queries.diagnoses(programme)[0].uid
    fewer = {"name": "Grupo", "on": "2026-03-12", "found-0": "Una sola"}
    answer = client.post(f"{url}/{uid}?lang=en", data=fewer)
    assert (answer.status_code, "What was found stays in the record" in answer.text) == (422, True)
    more = {"name": "Grupo", "on": "2026-03-12", "found-0": "Cada quien vende solo.", "found-1": "Falta agua.",
            "found": "No hay crédito."}  # fmt: skip
    assert client.post(f"{url}/{uid}", data=more).status_code == 303
    db.session.expire_all()
    assert [one.text for one in diagnosis_queries.limitations(programme)] == [
        "Cada quien vende solo.", "Falta agua.", "No hay crédito.",
    ]  # fmt: skip


def test_areas_by_organisations_show_who_was_trained_in_what_and_milestones_need_evidence(
    client: FlaskClient, programme: Programme
) -> None:
    sign_in(client, "coordina")
    url = "/programmes/san-martin/coverage"
    for area in ("Calidad", "Mercados"):
        assert client.post(f"{url}/areas", data={"area": area}).status_code == 303
    quality = milestone_queries.areas(programme)[0]
    details = ActivityDetails("Cata", ActivityKind.WORKSHOP, DAY, areas=(quality.id,))
    one = activities.plan_activity(COMMAND_LINE, programme, details)
    activities_people.add_organisation(COMMAND_LINE, one, coop(programme))
    activities.hold_activity(COMMAND_LINE, one)
    came = Came(ParticipationRole.PARTICIPANT, coop(programme))
    activities_people.add_people(COMMAND_LINE, one, people(programme, 3), came)
    step = {"of": str(quality.id), "name": "Certificada", "wanted": "2", "by": "2026-12-31"}
    assert client.post(f"{url}/milestones", data=step).status_code == 303
    uid = milestone_queries.progress(programme, DAY)[0].milestone.uid
    out = {"organisation": [str(coop(programme).id)], "planned_for": "2026-10-01"}
    assert client.post(f"{url}/milestones/{uid}/plan", data=out).status_code == 303
    reached = {"organisation": str(coop(programme).id), "on": "2026-09-15", "evidence": ""}
    answer = client.post(f"{url}/milestones/{uid}/reach?lang=en", data=reached)
    assert (answer.status_code, "Please write what shows that it was reached" in answer.text) == (422, True)
    assert client.post(f"{url}/milestones/{uid}/reach", data=reached | {"evidence": "Nº 45"}).status_code == 303
    page = client.get(f"{url}?lang=en").text
    for said in ("2 organisations × 2 areas: 1 of 4 is covered.", "3 people", "milestones: 1 of 1", "Nº 45"):
        assert said in page
    assert page.count("not yet") == 3


def test_what_a_cohort_made_names_its_makers_and_leads_to_a_need(client: FlaskClient, app: Flask) -> None:
    field = lay.field(learners=6)
    make.account("coordina", Role.COORDINATOR, Scope(region="PE"))
    make.account("donante", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    make.account("admin", Role.ADMINISTRATOR)
    sign_in(client, "coordina")
    url = "/programmes/san-martin/outputs"
    form = {"of": "cohort:lamas", "kind": "power_map", "title": "Mapa de actores", "on": "2026-05-01",
            "summary": "Lo dibujó Persona0", "organisation": [str(field.coops[0].id)]}  # fmt: skip
    made = client.post(url, data=form).location
    assert made is not None
    assert "Persona0 Ejemplo" in client.get(made).text  # those of the cohort are offered
    named = {"person": [str(one.person_id) for one in field.learners[:5]], "part": "dibujó"}
    assert client.post(f"{made}/people", data=named).status_code == 303
    page = client.get(f"{url}?lang=en").text
    assert ("Persona0 Ejemplo (dibujó)" in page, "made by 5 people" in page) == (True, True)
    assert "training need" not in page  # a coordinator keeps no studies
    sign_in(client, "donante")
    page = client.get(f"{url}?lang=en").text
    assert ("Mapa de actores" in page, "Persona0" in page) == (True, False)
    assert client.get(made).status_code == 403
    sign_in(client, "admin")
    asked = {"title": "Curso de incidencia", "conclusion": "Hace falta", "region": "PE-SAM", "priority": "high"}
    empty = client.post(f"{made}/need", data=asked | {"conclusion": ""})
    assert (empty.status_code, "Curso de incidencia" in empty.text) == (422, True)
    led_to = client.post(f"{made}/need", data=asked).location
    assert led_to is not None
    assert "Curso de incidencia" in client.get(led_to).text
    assert client.post(f"{made}/need", data=asked).status_code == 409
    assert led_to in client.get(made).text
    sign_in(client, "coordina")
    assert client.get(led_to).status_code == 403
    assert led_to not in client.get(made).text


def test_places_are_drawn_listed_and_sent_as_geojson(client: FlaskClient, programme: Programme) -> None:
    sign_in(client, "coordina")
    url = "/programmes/san-martin/map"
    centre = {"name": "Centro de acopio", "kind": "collection_centre", "points": "-6.4889, -76.3650", "note": "De Ana"}
    route = {"name": "Carretera", "kind": "route", "points": "-6.5;-76.4\n\u22126,45; -76,3"}
    for place in (centre, route):
        assert client.post(f"{url}/new", data=place).status_code == 303
    for points, said in [
        ("aquí", "Line 1: write latitude and longitude"),
        ("-76.365, -676", "Longitude lies between -180 and 180"),
        ("nan, inf", "Longitude lies between -180 and 180"),
        ("", "every other place needs one"),
    ]:
        answer = client.post(f"{url}/new?lang=en", data=centre | {"points": points})
        assert (answer.status_code, said in answer.text, "De Ana" in answer.text) == (422, True, True), points
    page = client.get(url).text
    assert page.count("Centro de acopio") >= 3  # on both drawings and in the list
    assert "<polyline" in page
    sign_in(client, "donante")
    assert "De Ana" not in client.get(url).text
    sent = client.get(f"{url}.geojson")
    assert sent.mimetype == "application/geo+json"
    features = json.loads(sent.data)["features"]
    assert [one["geometry"]["type"] for one in features] == ["Point", "LineString"]
    assert features[0]["geometry"]["coordinates"] == [-76.365, -6.4889]
    assert features[1]["geometry"]["coordinates"] == [[-76.4, -6.5], [-76.3, -6.45]]
    assert len(json.loads(client.get(f"{url}.geojson?kind=route").data)["features"]) == 1
    sign_in(client, "coordina")
    uid = features[0]["id"]
    assert client.post(f"{url}/{uid}/away").status_code == 303
    assert len(json.loads(client.get(f"{url}.geojson").data)["features"]) == 1
    assert client.post(f"{url}/{uid}/away", data={"do": "back"}).status_code == 303
    assert client.post(f"{url}/{uid}", data=centre | {"name": "Acopio nuevo"}).status_code == 303
    assert "Acopio nuevo" in client.get(url).text


def test_a_place_says_at_which_activity_it_was_drawn_and_that_can_be_corrected(
    client: FlaskClient, programme: Programme
) -> None:
    drawn, other = held(programme, "Taller de mapas"), held(programme, "Feria de semillas", DAY - timedelta(9))
    sign_in(client, "coordina")
    url = "/programmes/san-martin/map"
    form = {"name": "Centro de acopio", "kind": "collection_centre", "points": "-6.4889, -76.3650"}
    assert client.post(f"{url}/new", data=form | {"drawn_at": drawn.uid}).status_code == 303
    page = client.get(f"{url}?lang=en").text
    assert "Drawn at:" in page
    assert f'href="/programmes/san-martin/activities/{drawn.uid}/">Taller de mapas</a>' in page
    (feature,) = json.loads(client.get(f"{url}.geojson").data)["features"]
    assert feature["properties"]["drawn_at"] == "Taller de mapas"
    at = f"{url}/{feature['id']}"
    assert f'<option value="{drawn.uid}" selected>' in client.get(at).text
    answer = client.post(f"{at}?lang=en", data=form | {"drawn_at": "nowhere"})
    assert (answer.status_code, "Please choose one of those shown." in answer.text) == (422, True)
    assert client.post(at, data=form | {"drawn_at": other.uid}).status_code == 303
    page = client.get(url).text
    assert ("Feria de semillas" in page, "Taller de mapas" in page) == (True, False)
    assert client.post(at, data=form | {"drawn_at": ""}).status_code == 303
    assert "Drawn at:" not in client.get(f"{url}?lang=en").text


def test_a_place_keeps_its_activity_when_it_is_corrected_long_after(
    client: FlaskClient, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_places, "DRAWN_AT", 1)
    drawn = held(programme, "Taller de mapas", DAY - timedelta(90))
    held(programme, "Feria de semillas")
    details = PlaceDetails(PlaceKind.MARKET, "Feria", [(-76.3, -6.4)])
    place = places.add_place(COMMAND_LINE, programme, details, drawn_at=drawn)
    sign_in(client, "coordina")
    at = f"/programmes/san-martin/map/{place.uid}"
    assert f'<option value="{drawn.uid}" selected>' in client.get(at).text
    form = {"name": "Feria nueva", "kind": "market", "points": "-6.4, -76.3", "drawn_at": drawn.uid}
    assert client.post(at, data=form).status_code == 303
    db.session.expire_all()
    assert (place.name, place.activity_id) == ("Feria nueva", drawn.id)


def test_organisations_join_by_name_or_from_those_known_and_leave_on_a_day(
    client: FlaskClient, programme: Programme
) -> None:
    sign_in(client, "coordina")
    url = "/programmes/san-martin/organisations"
    known = lay.organisation("Allima Cacao")
    foreign = lay.organisation("Ajena", "GT")
    assert "Allima Cacao" in client.get(f"{url}?find=allima").text
    chosen = {"organisation": [str(known.id)], "role": "host", "since": "2026-03-01"}
    assert client.post(url, data=chosen).status_code == 303
    answer = client.post(f"{url}?lang=en", data=chosen | {"organisation": [str(foreign.id)]})
    assert (answer.status_code, "Please choose one of those shown." in answer.text) == (422, True)
    fund = {"name": "Fondo de prueba (demo)", "region": "PE", "kind": "donor", "role": "donor"}
    assert client.post(f"{url}/new", data=fund).status_code == 303
    assert "Fondo de prueba" in client.get("/programmes/").text
    part = next(one.part for one in queries.parts(programme) if one.organisation.id == known.id)
    answer = client.post(f"{url}/{part.id}/end?lang=en", data={"until": "2026-01-01"})
    assert (answer.status_code, "That day lies before" in answer.text) == (422, True)
    assert client.post(f"{url}/{part.id}/end", data={"until": "2026-08-01"}).status_code == 303
    assert "1 de agosto de 2026" in client.get(f"{url}?lang=es").text


def test_whoever_runs_a_programme_sees_on_the_first_page_how_far_it_is(
    client: FlaskClient, programme: Programme
) -> None:
    milestone_actions.set_target(COMMAND_LINE, programme, TargetIndicator.PEOPLE, 40)
    sign_in(client, "coordina")
    page = client.get("/?lang=en").text
    assert ("How my programmes stand" in page, "0 of 40 promised" in page) == (True, True)
    assert "San Martín" in client.get(f"/organisations/{coop(programme).id}/").text
    sign_in(client, "donante")
    assert "How my programmes stand" not in client.get("/").text


def test_the_menu_offers_programmes_to_those_who_have_one(client: FlaskClient, programme: Programme) -> None:
    make.account("lectura", Role.READER)
    make.account("lejos", Role.REPRESENTATIVE, Scope(region="BO"))
    for username, offered in [("coordina", True), ("donante", True), ("lectura", False), ("lejos", False)]:
        sign_in(client, username)
        assert ('href="/programmes/"' in client.get("/account").text) is offered, username


def test_whoever_teaches_a_cohort_writes_down_what_it_made(client: FlaskClient, app: Flask) -> None:
    field = lay.field(learners=3)
    people_actions.create_account(
        COMMAND_LINE, "teresa", make.PASSWORD, name="Teresa", role=Role.READER, scope=Scope(),
        must_change_password=False, person=field.trainer,
    )  # fmt: skip
    sign_in(client, "teresa")
    who = str(field.learners[0].person_id)
    form = {
        "kind": "proposal",
        "title": "Propuesta de riego",
        "on": "2026-05-01",
        "person": [who],
        "part": "la escribió",
    }
    strange = client.post("/cohorts/lamas/outputs?lang=en", data=form | {"person": [str(field.trainer.id)]})
    assert (strange.status_code, "Propuesta de riego" in strange.text) == (422, True)
    assert client.post("/cohorts/lamas/outputs", data=form).status_code == 303
    assert "Persona0 Ejemplo (la escribió)" in client.get("/cohorts/lamas/outputs").text
    assert client.post("/cohorts/masters/outputs", data=form).status_code == 404
    assert client.get("/programmes/san-martin/").status_code == 403


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-13-01"])
def test_a_day_that_cannot_be_is_said_beside_its_field(client: FlaskClient, programme: Programme, day: str) -> None:
    one = activities.plan_activity(
        COMMAND_LINE, programme, ActivityDetails("Feria", ActivityKind.FIELD_DAY, DAY, DAY + timedelta(2))
    )
    sign_in(client, "coordina")
    for form in ({"state": "moved", "to": day, "why": "Lluvia"}, {"state": "held", "held": day}):
        answer = client.post(f"/programmes/san-martin/activities/{one.uid}/state?lang=en", data=form)
        assert (answer.status_code, "Please write the day as year" in answer.text) == (422, True), form


def test_things_of_another_programme_are_not_there_under_ones_own(client: FlaskClient, programme: Programme) -> None:
    other = lay.programme("otro", "GT")
    area = milestone_actions.add_area(COMMAND_LINE, programme, "Calidad")
    step = milestone_actions.add_milestone(COMMAND_LINE, area, "Certificada")
    market = PlaceDetails(PlaceKind.MARKET, "Feria", [(-76.3, -6.4)])
    uid = places.add_place(COMMAND_LINE, programme, market).uid
    line = diagnosis.add_line(COMMAND_LINE, programme, "Riego")
    make.account("ajena", Role.COORDINATOR, Scope(programmes=frozenset({other.id})))
    sign_in(client, "ajena")
    part = queries.parts(programme)[0].part
    for path in (
        f"coverage/milestones/{step.uid}/plan", f"map/{uid}", f"map/{uid}/away", f"diagnosis/lines/{line.id}",
        f"organisations/{part.id}/end",
    ):  # fmt: skip
        assert client.post(f"/programmes/otro/{path}", data={"name": "x"}).status_code == 404, path
    taken = {"name": "x", "kind": "workshop", "on": "2026-05-01", "area": [str(area.id)], "line": [str(line.id)]}
    answer = client.post("/programmes/otro/activities/new?lang=en", data=taken)
    assert (answer.status_code, "is not of a programme that the activity counts for" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("-6.4889, -76.3650", [(-76.365, -6.4889)]),
        ("-6,4889; -76,3650\n\n-6,5;-76", [(-76.365, -6.4889), (-76.0, -6.5)]),
        ("  -6.5 -76 ", [(-76.0, -6.5)]),
        ("\u22126.5, \u221276", [(-76.0, -6.5)]),
    ],
)
def test_coordinates_are_read_latitude_first(text: str, points: list[tuple[float, float]]) -> None:
    assert read_points(text) == points


@pytest.mark.parametrize(
    ("points", "kilometres"),
    [([(-76.0, -6.0), (-76.0, -7.0)], 50), ([(-76.0, -6.0)], 0.5), ([(-84.0, 10.0), (-83.9, 10.05)], 2)],
)
def test_a_scale_bar_is_a_round_distance_that_takes_a_third_at_most(
    points: list[tuple[float, float]], kilometres: float
) -> None:
    canvas = Canvas(800, 560, 40)
    bar = scale_bar(points, canvas)
    assert bar.kilometres == kilometres
    assert 0 < bar.length <= canvas.width / 3


def test_a_short_name_is_made_from_a_name() -> None:
    assert slug_of("Niñez y juventud: fase 2 (Perú)") == "ninez-y-juventud-fase-2-peru"
    assert slug_of("¿?") == ""
