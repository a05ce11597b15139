"""A trainer's phone for the journeys of the notebook: what is tapped on it, and a server that can be out of reach.

`Phone.tapped` remembers what was tapped, `held()` is what the server has: the two must say the same in the end.
"""

from __future__ import annotations

import io
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, BrowserType, Error, Locator, Page, TimeoutError, expect
from sqlalchemy import func, select
from waitress import create_server, wasyncore

from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession, Enrolment
from app.infra.db import db
from app.people.models import Person
from tests import factories
from tests.browser_ready import find

from .screens import SIZES, words
from .site import Site

Mark = tuple[str, int | None, str]


Answer = tuple[str, bytes] | None


class Line:
    """A second server of a site, on an address of its own, which can be shut and opened again.

    `meddle` is told of every batch that arrives: it may answer in place of the application, or let it through with
    None. (A browser does not let tests meddle with what goes past a service worker.)
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._port = 0
        self.meddle: Callable[[bytes, Callable[[], None]], Answer] = lambda _body, _take: None
        self.open()
        self.site = Site(app, f"http://127.0.0.1:{self._port}", factories.PASSWORD)

    def open(self) -> None:
        self._server = create_server(self._answer, host="127.0.0.1", port=self._port, threads=4)
        self._port = self._server.effective_port
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def _answer(self, environ: Any, start: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].startswith("/api/"):
            return self._app(environ, start)
        body = environ["wsgi.input"].read()

        def run(begin: Any) -> Any:
            return self._app(environ | {"wsgi.input": io.BytesIO(body)}, begin)

        said = self.meddle(body, lambda: run(lambda *_: None).close())
        if said is None:
            return run(start)
        status, text = said
        # Cut off in the middle, as by a lost connection, where there is no text.
        start(status, [("Content-Type", "application/problem+json"), ("Content-Length", str(len(text) or 100))])
        return [text or b"{"]

    def shut(self) -> None:
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map))
        self._thread.join()
        self._server.task_dispatcher.shutdown()


@dataclass
class Phone:
    """A page with the notebook on it."""

    page: Page
    language: str = "es"
    tapped: dict[tuple[str, str], Mark] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def say(self, source: str, **parts: object) -> str:
        return words(self.language, source, **parts)

    def enter(self, username: str) -> None:
        """Sign in, and have the notebook ready for days without a connection."""
        self.page.goto("/sign-in?next=/notebook/")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(factories.PASSWORD)
        with self.page.expect_navigation(url="**/notebook/"):
            self.page.locator("main form button").last.click()
        self.ready()

    def leave(self) -> None:
        """Sign out on another page."""
        self.page.goto("/account")
        self.page.locator("details.menu summary").click()
        with self.page.expect_navigation():
            self.page.locator("details.menu button").click()

    def ready(self) -> None:
        """Wait until the notebook has its list and opens without a connection."""
        expect(self.page.locator("[data-cohort-rows] a.title").first).to_be_visible()
        expect(self.page.locator("[data-ready]")).to_be_visible()
        until(self.page, "navigator.serviceWorker.controller !== null")

    def choose(self, session: str) -> None:
        """Open the roll call of a session by its title."""
        self.page.goto("/notebook/")
        self.page.locator("[data-cohort-rows] a.title").first.click()
        self.page.get_by_role("link", name=session, exact=True).click()
        expect(self.rows.first).to_be_visible()

    @property
    def rows(self) -> Locator:
        return self.page.locator(".roll-row")

    @property
    def session(self) -> str:
        return self.page.url.rpartition("/")[2]

    def row(self, name: str) -> Locator:
        return self.rows.filter(has=self.page.get_by_text(name, exact=True))

    def everybody(self) -> None:
        """Mark everybody who has no mark as present."""
        self.page.locator("[data-everybody]").click()
        expect(self.page.locator("[data-everybody]")).to_be_hidden()
        for name in self.rows.locator("[data-name]").all_inner_texts():
            self.tapped.setdefault((self.session, name), ("present", None, ""))

    def everybody_is_noted(self) -> None:
        """Fail unless the screen shows a mark for everybody, whatever the server took."""
        pressed = self.rows.locator("[aria-pressed=true]")
        expect(pressed).to_have_count(self.rows.count())

    def mark(self, name: str, mark: str, *, minutes: int | None = None, reason: str = "") -> None:
        """Touch a mark, and wait until the phone says that it is noted."""
        row = self.row(name)
        row.locator(f"[data-mark={mark}]").click()
        if minutes is not None:
            row.locator("[name=value]").fill(str(minutes))
            row.locator("[name=value]").press("Enter")
        expect(row.locator(f"[data-mark={mark}]")).to_have_attribute("aria-pressed", "true")
        if reason:
            before = self.waiting()
            row.locator("select").select_option(reason)
            self.waits(before + 1)
        self.tapped[self.session, name] = (mark, minutes, reason)

    def waiting(self) -> int:
        """How many notes lie here unsent, asked of the store itself."""
        return len([one for one in self.notes() if one["state"] == "here"])

    def waits(self, count: int, others: int = 0) -> None:
        """Fail unless the screen comes to say that so many notes wait, besides those of other people."""
        expect(self.page.locator("[data-status]")).to_have_attribute("data-status", "waiting" if count else "sent")
        if count:
            expect(self.page.locator("[data-count]")).to_have_text(re.compile(rf"^{count} "))
        assert self.waiting() == count + others

    def send(self) -> None:
        """Touch "Send now" once that can be done, unless the phone has sent everything by itself until then."""
        for _ in range(15):
            if self.page.locator("[data-status]").get_attribute("data-status") == "sent":
                return
            with suppress(TimeoutError):
                self.page.locator("[data-send]").click(timeout=1_000)
                return
        raise AssertionError("it could not be sent")

    def tries(self) -> None:
        """Wait until everything that lies here has been on its way at least once."""
        for _ in range(150):
            if all(one["tries"] for one in self.notes()):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("nothing was sent")

    def notes(self) -> list[dict[str, object]]:
        """Every note of the store."""
        found: list[dict[str, object]] = self.page.evaluate(
            """() => new Promise((resolve, reject) => {
              const asked = indexedDB.open('vivero-notebook');
              asked.onerror = () => reject(asked.error);
              asked.onsuccess = () => {
                const all = asked.result.transaction('notes').objectStore('notes').getAll();
                all.onsuccess = () => { asked.result.close(); resolve(all.result); };
              };
            })"""
        )
        return found


def until(page: Page, holds: str) -> None:
    """Wait until this holds on the page; Playwright's own way is forbidden by our content policy."""
    for _ in range(150):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {holds}")


def held(app: Flask) -> dict[tuple[str, str], Mark]:
    """What the server says of each person in each session."""
    with app.app_context():
        rows = db.session.execute(
            select(CohortSession.uid, Enrolment, AttendanceMark)
            .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
            .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        ).all()
        names = {one.id: one.name for one in db.session.scalars(select(Person))}
        return {
            (uid, names[enrolment.person_id]): (mark.mark.value, mark.minutes, mark.reason)
            for uid, enrolment, mark in rows
        }


def arrived(app: Flask) -> int:
    """How many marks the server has taken in."""
    with app.app_context():
        return db.session.scalar(select(func.count(AttendanceEvent.uid))) or 0


@contextmanager
def pocket(kind: BrowserType, site: Site, folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps everything in a folder, as a phone does; what is in it outlives the browser."""
    for lock in folder.glob("Singleton*"):
        lock.unlink()
    context = kind.launch_persistent_context(
        folder, executable_path=find(), args=["--no-sandbox", "--disable-background-networking"],
        base_url=site.address, viewport=SIZES["phone"], locale="es-PE",
    )  # fmt: skip
    try:
        yield context
    finally:
        with suppress(Error):  # it may have been without battery for a while
            context.close()


def pull_the_battery(folder: Path) -> None:
    """End every process of the browser that keeps its things in this folder, at once and without a word."""
    mark = f"--user-data-dir={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = mark in (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if is_ours:
            try:
                os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
