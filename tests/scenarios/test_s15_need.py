"""S15: a forum concludes with a need, and a new edition is opened from it that says so for ever."""

from __future__ import annotations

import re

from flask import Flask

from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.db import db
from app.people.permissions import Role
from tests import factories as make
from tests.study.people import NEED, person


def test_a_need_recorded_at_a_forum_leads_to_a_new_edition_opened_from_it(app: Flask) -> None:
    """The facilitator of the forum writes it down, the designer of the country opens the edition, both see the tie."""
    make.load()
    forum = person(app, "foro", Role.FACILITATOR, "*/SV")
    written = forum.post("/editions/needs/new", data={**NEED, "region": "SV"})
    assert written.status_code == 303
    number = int(written.location.rpartition("/")[2])

    designer = person(app, "diseno", Role.DESIGNER, "*/SV")
    assert NEED["title"] in designer.get("/editions/needs?status=open").text
    way = re.search(rf'href="(/editions/my-coop/001/fork\?need={number})"', designer.get(written.location).text)
    assert way is not None
    form = designer.get(way[1]).text
    assert NEED["conclusion"] in form
    assert '<option value="SV" selected>' in form
    sent = dict(re.findall(r'<input type="hidden" name="(country|need|version)" value="([^"]*)"', form))
    sent |= {"region": "SV", "languages": "es", "why": NEED["conclusion"]}
    assert designer.post("/editions/my-coop/001/fork", data=sent).status_code == 303

    edition = editions.find("my-coop", "SV")
    assert isinstance(edition, Edition)
    db.session.expire_all()
    assert edition.head is not None
    assert edition.head.act.stems_from == f"my-coop/001@1.0.0; need {number}"
    assert edition.head.act.why == NEED["conclusion"]
    for who in (forum, designer):
        page = who.get(f"/editions/needs/{number}").text
        assert "taken up" in page
        assert "/editions/my-coop/SV" in page
    history = designer.get("/editions/my-coop/SV/history").text
    assert f'href="/editions/needs/{number}"' in history
    assert "World original 1.0.0" in history
    assert NEED["title"] in designer.get("/editions/my-coop/SV/").text


def test_a_need_of_elsewhere_opens_nothing_here(app: Flask) -> None:
    make.load()
    forum = person(app, "foro", Role.FACILITATOR, "*/SV")
    number = int(forum.post("/editions/needs/new", data={**NEED, "region": "SV"}).location.rpartition("/")[2])
    peru = person(app, "ana", Role.DESIGNER, "my-coop/PE")
    assert peru.get(f"/editions/my-coop/001/fork?need={number}").status_code == 404
    sent = {"country": "PE", "region": "PE", "version": "1.0.0", "languages": "es", "why": "x", "need": str(number)}
    answer = peru.post("/editions/my-coop/001/fork", data=sent)
    assert answer.status_code == 404
    assert NEED["title"] not in answer.text
    assert editions.find("my-coop", "PE") is None
