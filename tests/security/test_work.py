"""What people do around an edition, attacked from the one beside it: nothing is read, nothing is written across."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.curriculum.queries import editions
from app.discussion.models import Comment, Proposal
from app.infra.db import Base, db
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Permission
from app.translation.queries import status
from app.validation import actions as validation
from app.validation.actions.observations import decide_observation
from app.validation.actions.pilots import Sitting, close_pilot, tell_sittings
from app.validation.models import Pilot, Question, Remark
from app.validation.models.workshops import Verdict
from tests import factories

from . import village
from .pages import words
from .test_matrix import SILENT, filled, rules_of_editions
from .village import Place, browser, holds
from .work import secret, worked, workshop_of

OWN = {"row", "number", "workshop", "pilot", "need"}  # parts of addresses that belong to one edition alone
MINE, THEIRS = "my-coop/PE-SAM", "my-coop/EC"


@pytest.fixture
def places(app: Flask) -> dict[str, Place]:
    """The village with everything done in four editions."""
    found = village.editions_made()
    for name in (MINE, THEIRS, "my-coop/PE", "think-coop/PE"):
        found[name].parts |= worked(found[name])
    db.session.commit()
    return found


def everything() -> str:
    """A fingerprint of all that the database holds."""
    found = hashlib.sha256()
    for name, table in sorted(Base.metadata.tables.items()):
        if name not in SILENT:
            rows = sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
            found.update(f"{name}{rows}".encode(errors="replace"))
    return found.hexdigest()


def test_no_address_shows_or_changes_what_is_another_edition_s(app: Flask, places: dict[str, Place]) -> None:
    village.people("designer.sam")
    client, tried = browser(app, "designer.sam"), 0
    mine, theirs = places[MINE].parts, places[THEIRS].parts
    before = everything()
    for rule, method in rules_of_editions(app):
        if not OWN & rule.arguments or rule.endpoint.startswith("adaptation") or rule.endpoint == "curriculum.change":
            continue
        parts = {**mine, **filled(rule, theirs), "slug": mine["slug"], "region": mine["region"]}
        built = rule.build({name: parts[name] for name in rule.arguments})
        assert built is not None
        answer = client.open(built[1], method=method)
        assert answer.status_code == 404, f"{method} {built[1]}: {answer.status_code}"
        assert secret(places[THEIRS]) not in answer.text
        tried += 1
    assert everything() == before
    assert tried > 60


def foreign_forms(mine: dict[str, Any], theirs: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Forms of one's own edition in which something names what is another's."""
    at, block = "/editions/my-coop/PE-SAM", mine["block"]
    own, foreign = mine["rows"], theirs["rows"]
    room = f"/validation/my-coop/PE-SAM/workshops/{mine['workshop']}"
    finding = f"{at}/study/findings/{own['findings']}"
    asked = theirs["questions"][0]
    return [
        (f"{at}/study/articles/new", {"topic": "x", "law_says": "y", "gap": "minor", "source_id": foreign["sources"]}),
        *((f"{finding}/evidence", {"on": f"{kind}-{foreign[kind]}"}) for kind in ("sources", "articles", "questions")),
        (f"{finding}/evidence", {"on": f"instruments-{foreign['instruments']}"}),
        (f"{finding}/evidence", {"drop": theirs["evidence"]}),
        (f"{at}/study/questions/new?within={foreign['instruments']}", {"number": "1", "asked": "x"}),
        (f"{at}/study/authors/new?within={foreign['cases']}", {"name": "x", "consent": "yes"}),
        (f"{at}/blocks/{block}/edit?in=es", {"text": "Otro.", "why": "x", "findings": foreign["findings"]}),
        (f"{at}/blocks/{block}/comments", {"text": "x", "reply_to": theirs["discussion.tend.number"]}),
        (f"{at}/proposals", {"clean": f"{theirs['discussion.proposal.number']}@x"}),
        (f"{at}/blocks/{block}/others?in=es", {"take": "0" * 64, "why": "x"}),
        (f"{at}/fork", {"region": "PE-CUS", "languages": "es", "why": "x", "need": theirs["need"]}),
        (f"/editions/needs/{theirs['need']}/edit", {"title": "x", "conclusion": "y", "region": "PE-SAM"}),
        (f"/editions/needs/{theirs['need']}/status", {"status": "answered", "why": "x"}),
        (f"/editions/needs/{theirs['need']}/away", {}),
        (f"/editions/needs/{theirs['need']}/editions", {"edition": "my-coop/PE-SAM"}),
        (f"/editions/needs/{mine['need']}/editions", {"edition": "my-coop/EC"}),
        (f"/editions/needs/{mine['need']}/edit", {"title": "x", "conclusion": "y", "region": "EC", "priority": "high"}),
        ("/editions/needs/new", {"title": "x", "conclusion": "y", "region": "PE", "priority": "high"}),
        (f"/translate/glossary/{theirs['term']}", {"concept": "x", "term": "x", "language": "es", "region": "EC"}),
        (f"/translate/glossary/{theirs['term']}", {"do": "remove"}),
        (f"/translate/glossary/{mine['term']}", {"concept": "x", "term": "x", "language": "es", "region": "PE"}),
        ("/translate/glossary", {"concept": "x", "term": "x", "language": "es", "region": "EC"}),
        ("/translate/glossary", {"concept": "x", "term": "x", "language": "es", "region": ""}),
        ("/translate/glossary", {"concept": "x", "term": "x", "language": "es", "curriculum": "think-coop"}),
        (f"/translate/my-coop/PE-SAM/think-coop-1-1/{block}?in=es", {"do": "draft", "text": "x"}),
        (f"{room}/remarks/1", {"do": "link", "step": "999"}),
        (f"{room}/units/my-coop-1-1", {"text": "x", "participant": "7"}),
        (f"{room}/units/think-coop-1-1", {"text": "x"}),
        (f"{room}/agenda/units", {"units": "think-coop-1-1"}),
        (f"{room}/papers/my-coop-1-1", {f"r0-{asked}": "5"}),
        (f"{room}/papers/my-coop-1-1", {f"r0-{mine['questions'][0]}": "5", "r0-who": "9"}),
        (f"{room}/people/9", {"name": "x", "role": "member"}),
        *((f"/validation/my-coop/PE-SAM/{kind}/new", {"title": "x", "starts_on": "2026-11-20", "units": "other-1-1"})
          for kind in ("workshops", "pilots")),
        ("/validation/my-coop/PE-SAM/signatures", {"do": "withdraw", "signature": "1", "why": "x"}),
        ("/validation/my-coop/PE-SAM/adjustments", {"adjustment": "1", "grade": "minor", "why": "x"}),
    ]  # fmt: skip


def test_no_form_can_name_what_is_another_edition_s(app: Flask, places: dict[str, Place]) -> None:
    village.people("designer.sam")
    client = browser(app, "designer.sam")
    for name in (MINE, THEIRS):
        parts = places[name].parts
        parts["questions"] = [row.id for row in _asked(parts["workshop"])]
    for path, form in foreign_forms(places[MINE].parts, places[THEIRS].parts):
        before = everything()
        answer = client.post(path, data=form)
        left_alone = path.endswith("/proposals")  # of many that are ticked, those that cannot be are left as they are
        assert answer.status_code in (403, 404, 409, 422) or left_alone, f"{path} with {form}: {answer.status_code}"
        assert everything() == before, f"{path} with {form}"
        assert secret(places[THEIRS]) not in answer.text, f"{path} with {form}"


def _asked(workshop: int) -> list[Any]:
    return list(db.session.scalars(select(Question).where(Question.workshop_id == workshop).order_by(Question.id)))


def shown_pages(places: dict[str, Place]) -> list[str]:
    """Every page on which something that people did could show, of every edition."""
    found = ["/", "/editions/", "/editions/needs", "/editions/needs?format=csv", "/editions/needs?q=secreto&away=1"]
    found += ["/translate/", "/translate/glossary", "/translate/glossary?q=secreto", "/validation/"]
    found += ["/editions/search?q=secreto", "/editions/my-coop/lineage", "/editions/think-coop/lineage"]
    for place in places.values():
        parts = place.parts
        at, tried = f"/editions/{place.slug}/{place.region}", f"/validation/{place.slug}/{place.region}"
        block, unit = parts["block"], parts["unit"]
        found += [f"{at}/", f"{at}/units/{unit}?in=es", f"{at}/units/{unit}?in=es&v=draft", f"{at}/blocks/{block}"]
        found += [f"{at}/blocks/{block}/{name}" for name in ("comments", "others", "propose", "offer", "edit")]
        found += [f"{at}/{name}" for name in ("conversation", "proposals", "proposals?show=sent", "notices", "offer")]
        found += [f"{at}/study{name}" for name in ("", "/sources", "/findings?format=csv", "/articles?format=csv")]
        found += [f"{at}/blocks/{block}/edit?findings={n}&find=secreto" for n in range(1, 5)]
        found += [f"{at}/fork?need={n}" for n in range(1, 5)]
        found += [f"{at}/{name}" for name in ("deviations", "deviations?format=csv", "releases/1.0.0", "compare")]
        found += [f"{tried}/", f"{tried}/pilots", f"{tried}/stages", f"{tried}/adjustments", f"{tried}/signatures"]
        bench = f"/translate/{place.slug}/{place.region}"
        found += [f"{bench}/", f"{bench}/{unit}?in=es", f"{bench}/{unit}/{block}?in=es", f"{bench}/policy"]
        found += [f"{bench}/memory?in=es&q=Una+propuesta+secreto", f"{bench}/changed"]
        if "need" in parts:
            found += [f"/editions/needs/{parts['need']}", f"/translate/glossary/{parts['term']}"]
    return found


@pytest.mark.parametrize("person", ["visitor", "reader.pe", "translator.pe", "designer.sam", "designer.other"])
def test_what_people_did_shows_only_to_those_who_read_the_draft(
    app: Flask, places: dict[str, Place], person: str
) -> None:
    village.people(person)
    client = browser(app, person)
    hidden = {secret(place) for place in places.values() if not holds(person, Permission.READ_DRAFT, place.scope)}
    unnamed = [f"{secret(place)}-{who}" for place in places.values() for who in ("persona", "aprendiz")
               if not holds(person, Permission.RUN_VALIDATION, place.scope)]  # fmt: skip
    leaked, read = [], 0
    for address in shown_pages(places):
        answer = client.get(address)
        assert answer.status_code < 500, address
        text = answer.text if answer.mimetype == "text/csv" else words(answer.text)
        text = re.sub(r"next=\S+", "", text)
        read += answer.status_code == 200
        leaked += [f"{address}: {one}" for one in hidden if re.search(rf"{one}(?![-\w])", text)]
        leaked += [f"{address}: {one}" for one in unnamed if one in text]
    assert not leaked, "\n".join(leaked[:30])
    assert read > (7 if person in ("visitor", "reader.pe") else 30)


def test_no_cell_of_the_tables_of_a_study_is_a_formula(app: Flask, places: dict[str, Place]) -> None:
    village.people("admin.all")
    client, seen = browser(app, "admin.all"), 0
    at = "/editions/my-coop/PE/study"
    for address in ("/editions/needs?format=csv", f"{at}/findings?format=csv", f"{at}/articles?format=csv"):
        cells = [c for row in csv.reader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))) for c in row]
        assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)], address
        seen += sum(cell.startswith("'=") for cell in cells)
    assert seen > 2


WHO = ("account_id", "account", "actor", "actor_name", "author", "author_name", "name_of", "by", "created_by_id",
       "decided_by", "decided_by_id", "entered_by_id", "who", "user", "username", "edition_id", "state", "said_at",
       "proposed_at", "added_at", "source", "key", "import_key")  # fmt: skip


def test_who_did_something_is_never_taken_from_a_form(app: Flask, places: dict[str, Place]) -> None:
    village.people("translator.pe", "facilitator.pe")
    parts, at = places["my-coop/PE"].parts, "/editions/my-coop/PE"
    me = db.session.scalars(select(Account).where(Account.username == "translator.pe")).one()
    client = browser(app, "translator.pe")
    forged = {**dict.fromkeys(WHO, "1"), "author_name": "Otra Persona", "actor_name": "Otra Persona", "name": "Otra"}
    assert client.post(f"{at}/blocks/{parts['block']}/comments", data={**forged, "text": "yo-dije"}).status_code == 303
    sent = {**forged, "kind": "change", "text": "Yo propongo.", "why": "yo-propuse"}
    assert client.post(f"{at}/blocks/{parts['block']}/propose?in=es", data=sent).status_code == 303
    room = f"/validation/my-coop/PE/workshops/{parts['workshop']}"
    assert client.post(f"{room}/units/{parts['unit']}", data={**forged, "text": "yo-anoté"}).status_code == 303
    comment = db.session.scalars(select(Comment).where(Comment.body == "yo-dije")).one()
    proposal = db.session.scalars(select(Proposal).where(Proposal.why == "yo-propuse")).one()
    remark = db.session.scalars(select(Remark).where(Remark.text == "yo-anoté")).one()
    assert (comment.account_id, comment.author_name) == (me.id, me.name)
    assert (proposal.account_id, proposal.author_name, str(proposal.state)) == (me.id, me.name, "open")
    assert (remark.entered_by_id, remark.participant_id) == (me.id, None)


def test_people_only_undo_what_is_their_own(app: Flask, places: dict[str, Place]) -> None:
    village.people("translator.pe", "representative.pe")
    parts, at = places["my-coop/PE"].parts, "/editions/my-coop/PE"
    for person in ("translator.pe", "representative.pe"):
        client = browser(app, person)
        number, proposal = parts["discussion.tend.number"], parts["discussion.proposal.number"]
        before = everything()
        for do in ("edit", "withdraw"):
            assert client.post(f"{at}/conversation/{number}", data={"do": do, "text": "x"}).status_code == 403
        for choice in ("withdraw", "accept", "decline", "later", "written"):
            answer = client.post(f"{at}/proposals/{proposal}", data={"choice": choice, "why": "x", "written-es": "x"})
            assert answer.status_code == 403, choice
        cell = f"/translate/my-coop/PE/{parts['unit']}/{parts['block']}?in=es"
        for do in ("overrule", "approved") if person == "representative.pe" else ("overrule",):
            assert client.post(cell, data={"do": do, "why": "x"}).status_code in (403, 409, 422), do
        assert everything() == before


def test_what_editions_below_report_names_none_that_is_hidden(app: Flask) -> None:
    village.editions_made()
    village.people("reviewer.pe", "admin.all")
    peru = editions.find("my-coop", "PE")
    assert peru is not None
    below = factories.fork(peru, "CO")
    workshop = workshop_of(below, "secreto-co")
    validation.decide_remark(COMMAND_LINE, workshop, 1, Verdict.DECLINED, "no")
    validation.close_workshop(COMMAND_LINE, workshop)
    for address in ("/editions/my-coop/PE/?v=draft", "/validation/my-coop/PE/", "/validation/my-coop/PE/pilots"):
        page = browser(app, "reviewer.pe").get(address)
        assert page.status_code == 200
        assert "Colombia" not in words(page.text), address
    assert "Colombia" in words(browser(app, "admin.all").get("/validation/my-coop/PE/").text)


def test_the_glossary_shows_no_words_of_curricula_and_regions_that_one_does_not_work_on(
    app: Flask, places: dict[str, Place]
) -> None:
    village.people("designer.sam", "designer.other")
    sam, other = browser(app, "designer.sam"), browser(app, "designer.other")
    hidden = {sam: ("acordado-think-coop-pe", "acordado-my-coop-ec"), other: ("acordado-my-coop-pe",)}
    for client, terms in hidden.items():
        page = client.get("/translate/glossary?q=acordado").text
        assert not [term for term in terms if term in page]
    assert "acordado-my-coop-pe" in sam.get("/translate/glossary?q=acordado").text
    assert sam.get(f"/translate/glossary/{places[THEIRS].parts['term']}").status_code == 404


def test_how_far_a_draft_is_tried_is_told_only_to_those_who_read_it(app: Flask, places: dict[str, Place]) -> None:
    pilot = db.session.get_one(Pilot, places["my-coop/PE"].parts["pilot"])
    decide_observation(COMMAND_LINE, pilot, 1, Verdict.DECLINED, "no")
    tell_sittings(COMMAND_LINE, pilot, {"my-coop-1-1": Sitting(60, 5)})
    close_pilot(COMMAND_LINE, pilot)
    told = {
        person: {line.edition.name: any(module.others for module in line.modules) for line in status.matrix(actor)}
        for person in ("designer.other", "designer.pe")
        if (actor := village.actor(person))
    }
    assert told["designer.other"]["my-coop/PE"] is False
    assert told["designer.pe"]["my-coop/PE"] is True
