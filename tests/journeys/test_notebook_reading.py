"""A unit that somebody opened is read where there is no connection, once the worker is on the phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

from app.infra.db import db
from app.people.models import Person
from tests import factories
from tests.delivery import field as make
from tests.delivery.phones import signed_in

from .conftest import OpenScreen
from .notebook_phone import until
from .site import serving

pytestmark = pytest.mark.xdist_group("journeys-notebook")


def test_a_unit_that_was_opened_is_read_without_a_connection_and_leaves_with_its_reader(
    open_screen: OpenScreen,
) -> None:
    with serving("sqlite") as site:
        with site.app.app_context():
            there = make.field(learners=1)
            signed_in(db.session.get_one(Person, there.learners[0].person_id), "lara")
            db.session.remove()
        screen = open_screen(site)
        page = screen.page
        screen.sign_in("lara", factories.PASSWORD)
        screen.go(f"/my/read/lamas/{make.UNIT}")
        title = page.title()
        page.evaluate("navigator.serviceWorker.register('/sw.js')")
        until(page, "navigator.serviceWorker.controller !== null")
        page.reload()
        page.context.set_offline(True)
        page.reload()
        assert page.title() == title
        expect(page.locator("article.reading")).to_be_visible()
        page.goto(f"/my/read/lamas/{make.UNIT}?size=2")
        assert page.title() == title
        page.context.set_offline(False)
        page.reload()
        screen.sign_out()
        until(page, "caches.has('opened').then((there) => !there)")
        page.context.set_offline(True)
        with pytest.raises(Error, match="ERR_"):
            page.goto(f"/my/read/lamas/{make.UNIT}")
