"""What one may not read shows nowhere: no words, reasons, names or counts of hidden and unreleased editions."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import editions, lineage
from app.infra.db import db
from app.people import actions as people
from app.people import queries
from app.people.permissions import COMMAND_LINE, VISITOR, Permission, Role, Scope
from app.study import actions as study
from app.study.sheets import Kind as Sheet
from tests import factories

from . import village
from .pages import walk, words
from .village import browser, holds, knows

SECRETS = {  # words that stand in a draft, and whose draft it is
    "palabra-borrador-pe": "PE",
    "motivo-borrador-pe": "PE",
    "palabra-borrador-ec": "EC",
    "motivo de EC": "EC",
    "palabra-liberada-bo": "BO",
    "motivo-oculto-bo": "BO",
    "palabra-borrador-bol": "BO-L",
}
READERS = ("visitor", "reader.pe", "designer.sam", "designer.other")


def starts(places: dict[str, village.Place]) -> list[str]:
    """Pages to begin at, among them every hidden address that somebody could have heard of."""
    found = ["/", "/editions/", "/editions/?q=e", "/editions/search?q=borrador", "/editions/search?q=palabra+liberada"]
    for place in places.values():
        at = f"/editions/{place.slug}/{place.region}"
        unit, number, block = place.parts["unit"], place.parts["number"], place.parts["block"]
        found += [
            f"/editions/{place.slug}/lineage?here={place.region}",
            f"{at}/",
            f"{at}/?v=draft",
            f"{at}/?v=1.0.0",
            f"{at}/units/{unit}?in=es",
            f"{at}/units/{unit}?in=es&v=draft",
            f"{at}/units/{unit}?in=es&v=1.0.0",
            f"{at}/compare?from=1.0.0&to=draft",
            f"{at}/compare?from=r1&to=r{number}",
            f"{at}/releases/1.0.0",
            f"{at}/history",
            f"{at}/history/{number}",
            f"{at}/blocks/{block}?in=es",
            f"{at}/deviations?format=csv",
            f"{at}/exports?v=draft",
            f"{at}/sync?from=my-coop/BO",
            f"{at}/modules",
            f"{at}/fork?country=BO",
        ]
    return found


@pytest.mark.parametrize("person", READERS)
def test_nothing_that_is_hidden_from_a_person_shows_anywhere(app: Flask, person: str) -> None:
    places = village.editions_made()
    village.people(person)
    client = browser(app, person)
    leaked, pages = [], 0
    forbidden = {
        secret
        for secret, region in SECRETS.items()
        if not holds(person, Permission.READ_DRAFT, Scope("my-coop", region))
        and not (region == "BO" and holds(person, Permission.READ_RELEASE, Scope("my-coop", region)))
    }
    unknown = [f"/editions/{p.slug}/{p.region}/" for p in places.values() if not knows(person, p)]
    names = [] if any(knows(person, p) for p in places.values() if p.slug == "think-coop") else ["Think-Coop"]
    for address, page in walk(client, starts(places), 190):
        pages += 1
        if address.startswith("/sign-in"):  # says the address again that was asked for
            continue
        seen = words(page)
        leaked += [f"{address}: {secret}" for secret in forbidden if secret in seen]
        leaked += [f"{address}: names {name}" for name in names if name in seen]
        leaked += [f"{address}: links to {link}" for link in unknown if f'"{link}' in page]
    assert not leaked, "\n".join(leaked[:40])
    assert pages > 100


def test_credits_of_a_release_name_only_what_is_in_it(app: Flask, client: FlaskClient) -> None:
    village.editions_made()
    peru, hidden = editions.find("my-coop", "PE"), editions.find("think-coop", "001")
    assert peru is not None
    assert hidden is not None
    adaptation.add_module(COMMAND_LINE, peru, factories.newest(hidden), "think-coop-1")
    for address in ("/editions/my-coop/PE/", "/editions/my-coop/PE/releases/1.0.0", "/editions/my-coop/lineage"):
        page = client.get(address)
        assert page.status_code == 200
        assert "Think-Coop" not in page.text


def test_readers_of_a_release_learn_why_it_departs_but_neither_who_wrote_it_nor_what_was_found(app: Flask) -> None:
    world = factories.load()
    peru = village.adapted(world, "PE", "Pagamos por quintal.")
    account = factories.account("designer.pe", Role.DESIGNER, Scope("my-coop", "PE"), name="Nombre de Cuenta")
    found = study.keep(COMMAND_LINE, peru, Sheet.FINDINGS, {"statement": "hallazgo-interno", "strength": "fair"})
    uid, author = village.uid_of(peru, Kind.LIST), queries.actor_of(account)
    study.rest_on(COMMAND_LINE, peru, found, Sheet.SOURCES, _source(peru))  # type: ignore[arg-type]
    client = browser(app, "designer.pe")
    form = {"text": "- Traigan los quintales", "why": "motivo-dicho", "findings": str(found.id)}
    assert client.post(f"/editions/my-coop/PE/blocks/{uid}/edit?in=es", data=form).status_code == 303
    curriculum.release(COMMAND_LINE, peru, "Primera")
    adaptation.edit_block(author, peru, uid, "es", "- Otra cosa", why="motivo-de-borrador")
    db.session.commit()
    at = "/editions/my-coop/PE"
    rests = ("", "deviations", "deviations?format=csv", "deviations?v=draft", "deviations?v=1.0.0&in=en", "compare")
    pages = [f"{at}/{rest}" for rest in (*rests, "releases/1.0.0", "units/my-coop-1-1", "units/my-coop-1-1?v=1.0.0")]
    read = {address: app.test_client().get(address).text for address in pages}
    assert "motivo-dicho" in read[f"{at}/deviations"]
    assert "motivo-dicho" in read[f"{at}/deviations?format=csv"]
    for secret in ("Nombre de Cuenta", "hallazgo-interno", "motivo-de-borrador"):
        assert [address for address, text in read.items() if secret in text] == [], secret
    for address in (f"{at}/deviations?v=1.0.0", f"{at}/deviations?v=1.0.0&format=csv"):
        text = client.get(address).text
        assert [word for word in ("Nombre de Cuenta", "hallazgo-interno") if word not in text] == [], address


def _source(edition: Edition) -> int:
    return study.keep(COMMAND_LINE, edition, Sheet.SOURCES, {"title": "Ley", "kind": "law"}).id


def test_how_far_an_edition_is_behind_a_hidden_one_is_not_told(app: Flask, client: FlaskClient) -> None:
    village.editions_made()
    hidden, below = editions.find("my-coop", "BO"), editions.find("my-coop", "BO-L")
    assert hidden is not None
    assert below is not None
    curriculum.release(COMMAND_LINE, below, "Primera")
    below.public = True
    db.session.commit()
    block = village.uid_of(hidden, Kind.LIST)
    adaptation.edit_block(COMMAND_LINE, hidden, block, "es", "- otra cosa", why="motivo-oculto")
    curriculum.release(COMMAND_LINE, hidden, "Segunda")
    page = client.get("/editions/my-coop/lineage?lang=en").text
    assert "/editions/my-coop/BO-L/" in page
    assert '"/editions/my-coop/BO/"' not in page
    node = next(n for n in lineage.tree(VISITOR, "my-coop") if n.region == "BO-L")
    assert (node.lag, node.base_version) == (0, None)
    told = next(n for n in lineage.tree(COMMAND_LINE, "my-coop") if n.region == "BO-L")
    assert (told.lag, told.base_version) == (1, "1.0.0")


def test_a_grandparent_that_is_hidden_is_not_named_while_deciding(app: Flask) -> None:
    village.editions_made()
    hidden, below = editions.find("my-coop", "001"), editions.find("my-coop", "PE-SAM")
    assert hidden is not None
    assert below is not None
    hidden.public = False
    db.session.commit()
    village.people("designer.sam")
    client = browser(app, "designer.sam")
    for address in ("/editions/my-coop/PE-SAM/", "/editions/my-coop/PE-SAM/sync"):
        page = client.get(address + "?lang=en")
        assert page.status_code == 200
        assert "1.0.1" not in words(page.text), address


def test_a_form_cannot_name_what_is_another_edition_s(app: Flask) -> None:
    places = village.editions_made()
    village.people("designer.sam", "designer.pe", "reviewer.pe")
    province, peru = editions.find("my-coop", "PE-SAM"), editions.find("my-coop", "PE")
    hidden = editions.find("my-coop", "BO")
    assert province is not None
    assert peru is not None
    assert hidden is not None
    client, at = browser(app, "designer.sam"), "/editions/my-coop/PE-SAM"
    before = province.head_id

    release = factories.newest(hidden)
    foreign = client.post(f"{at}/modules", data={"release": release.id, "module": "my-coop-1"})
    absent = client.post(f"{at}/modules", data={"release": 999_999, "module": "my-coop-1"})
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert words(foreign.text) == words(absent.text)

    stolen = client.post(
        f"{at}/units/my-coop-1-1/edit?in=es", data={"text": "x", "why": "y", "basis": peru.head_id, "do": "draft"}
    )
    assert stolen.status_code == 303
    page = client.get(f"{at}/units/my-coop-1-1/edit?in=es&draft=1").text
    assert "palabra-borrador-pe" not in page
    stale = client.post(f"{at}/units/my-coop-1-1/edit?in=es", data={"text": "x", "why": "y", "basis": peru.head_id})
    assert "palabra-borrador-pe" not in stale.text

    for number in (places["my-coop/PE"].parts["number"], 999):
        assert client.post(f"{at}/history/{number}/restore", data={"why": "y"}).status_code in (303, 404)
    assert client.post(f"{at}/sync/done/{places['my-coop/EC'].parts['number']}/undo").status_code == 404
    assert client.get(f"{at}/sync?from=my-coop/BO").status_code == 404
    assert client.get(f"{at}/compare?from=r1&to=r{places['my-coop/PE'].parts['number'] + 5}").status_code == 404
    db.session.refresh(province)
    assert province.head_id == before


def test_another_person_s_export_is_not_there(app: Flask) -> None:
    village.editions_made()
    village.people("designer.pe", "reviewer.pe")
    wish = {"version": "draft", "language": "es", "format": "html", "audience": "facilitator"}
    mine = browser(app, "designer.pe").post("/editions/my-coop/PE/exports", data=wish).location
    other = browser(app, "reviewer.pe")
    for address in (mine, f"{mine}/file", mine.replace("/PE/", "/001/"), f"{mine.replace('/PE/', '/001/')}/file"):
        assert other.get(address).status_code == 404
    assert f'href="{mine}"' not in other.get("/editions/my-coop/PE/exports").text


def test_a_file_of_a_draft_is_gone_with_the_right_to_read_it(app: Flask) -> None:
    village.editions_made()
    village.people("reviewer.pe")
    client = browser(app, "reviewer.pe")
    wish = {"version": "draft", "language": "es", "format": "html", "audience": "facilitator"}
    mine = client.post("/editions/my-coop/PE/exports", data=wish).location
    assert client.get(f"{mine}/file").status_code == 200
    account = queries.account_by_username("reviewer.pe")
    assert account is not None
    people.grant_role(COMMAND_LINE, account, Role.READER, Scope("my-coop", "PE"))
    people.end_role(COMMAND_LINE, account.roles[0])
    db.session.expire_all()
    assert client.get(mine).status_code == 404
    assert client.get(f"{mine}/file").status_code == 404
