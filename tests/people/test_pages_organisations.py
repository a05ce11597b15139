"""Pages of organisations: what somebody may know of, its figures and ties; nothing of another's is shown."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.infra.db import db
from app.people.actions import organisations
from app.people.kinds import Figure
from app.people.models import Organisation, OrganisationFigure, OrganisationTie
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.people.queries import organisations as queries
from tests import factories
from tests.delivery import field
from tests.translation.counting import counted

from .conftest import SignIn


def enter(sign_in: SignIn, name: str, role: Role, scope: Scope) -> None:
    """Sign in as somebody with one role within a scope."""
    factories.account(name, role, scope)
    assert sign_in(name, factories.PASSWORD).status_code == 303


def within(*held: Organisation) -> Scope:
    return Scope(organisations=frozenset(one.id for one in held))


def test_a_coordinator_writes_an_organisation_down_with_figures_and_what_it_belongs_to(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    enter(sign_in, "rita.coordina", Role.COORDINATOR, Scope(region="PE"))
    assert "No organisations yet" in client.get("/organisations/").text
    sent = {"name": "Federación Café", "kind": "federation", "region": "PE-SAM", "crops": "cacao, café"}
    shown = client.post("/organisations/new", data=sent, follow_redirects=True)
    assert "Federación Café" in shown.text
    assert "cacao, café" in shown.text
    federation = queries.known_as("Federación Café", "PE-SAM")
    assert federation is not None
    refused = client.post("/organisations/new", data={**sent, "name": " ", "place": "Juanjuí"})
    assert refused.status_code == 422
    assert 'value="Juanjuí"' in refused.text
    coop = field.organisation("ACOPAGRO")
    there = f"/organisations/{coop.id}/"
    client.post(there + "ties", data={"other": federation.id, "way": "upper", "since": "2020-01-01"})
    tie = db.session.query(OrganisationTie).one()
    assert (tie.upper_id, tie.lower_id) == (federation.id, coop.id)
    assert "Federación Café" in client.get(there).text
    assert "ACOPAGRO" in client.get(f"/organisations/{federation.id}/").text
    for day, value in (("2024-01-01", "1 000"), ("2026-01-01", "1,200"), ("2025-01-01", "1.100")):
        said = {"figure": "members", "value": value, "on": day, "source": "Padrón"}
        assert client.post(there + "figures", data=said).status_code == 303
    page = client.get(there).text
    assert '<span class="count">1,200</span>' in page
    assert page.index("1,200") < page.index("1,100") < page.index("1,000")
    before = client.post(there + f"ties/{tie.id}/end", data={"until": "2019-01-01"})
    assert before.status_code == 422
    assert client.post(there + f"ties/{tie.id}/end", data={"until": "2025-01-01"}).status_code == 303
    assert "from January 1, 2020 to January 1, 2025" in client.get(there).text
    wrong = {"figure": "members", "value": "many", "on": "2031-01-01", "source": "El libro"}
    kept = client.post(there + "figures", data=wrong)
    assert kept.status_code == 422
    assert "El libro" in kept.text
    assert db.session.query(OrganisationFigure).count() == 3


def test_nothing_of_another_organisation_is_listed_counted_or_opened(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    mine, theirs = field.organisation("ACOPAGRO"), field.organisation("Oro Verde")
    upper = field.organisation("Red Nacional")
    organisations.tie(COMMAND_LINE, upper, mine)
    organisations.tie(COMMAND_LINE, upper, theirs)
    organisations.add_figure(COMMAND_LINE, theirs, Figure.FAMILIES, 777, on=field.START)
    enter(sign_in, "ana.coordina", Role.COORDINATOR, within(mine))
    board = client.get("/organisations/").text
    assert "1 organisation" in board
    assert "Oro Verde" not in board + client.get("/organisations/?q=oro").text
    assert client.get(f"/organisations/{theirs.id}/").status_code == 404
    assert client.get(f"/organisations/{theirs.id}/settings").status_code == 404
    said = {"figure": "members", "value": "1", "on": "2026-01-01"}
    assert client.post(f"/organisations/{theirs.id}/figures", data=said).status_code == 404
    page = client.get(f"/organisations/{mine.id}/").text
    assert "Red Nacional" in page
    assert f'href="/organisations/{upper.id}/"' not in page
    there = f"/organisations/{mine.id}/ties"
    assert client.post(there, data={"other": theirs.id, "way": "lower"}).status_code == 422
    foreign = db.session.query(OrganisationTie).filter_by(lower_id=theirs.id).one()
    assert client.post(f"{there}/{foreign.id}/end", data={"until": "2026-01-01"}).status_code == 404
    assert foreign.until is None
    for odd in ("?page=999999999999", "?page=x", "?kind=nonsense", "?region=%25", "?_external=1&endpoint=x&page=2"):
        assert client.get("/organisations/" + odd).status_code == 200
    assert client.get("/organisations/?q=%00").status_code == 400
    assert client.get("/organisations/99999999999/").status_code == 404


def test_a_donor_sees_organisations_and_no_people(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    coop = field.organisation("ACOPAGRO")
    field.person("Rosa Quispe", coop)
    enter(sign_in, "don.ante", Role.DONOR, within(coop))
    page = client.get(f"/organisations/{coop.id}/").text
    assert "Rosa" not in page
    assert 'href="/organisations/"' in page
    assert 'href="/people/"' not in page
    assert client.get("/people/").status_code == 403


def test_the_list_of_organisations_asks_no_more_for_many(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    enter(sign_in, "ana.coordina", Role.COORDINATOR, Scope(region="PE"))
    counts = []
    for n in range(30):
        field.organisation(f"Cooperativa {n}")
        if n in (2, 29):
            with counted() as number:
                assert client.get("/organisations/").status_code == 200
            counts.append(number())
    assert counts[0] == counts[1]
