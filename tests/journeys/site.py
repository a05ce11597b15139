"""A running Vivero for browsers: a real server on a database of its own, forms guarded as in production.

What it holds is up to the test; `demonstration()` fills it with what `make demo` shows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore

from app.infra.db import db
from app.people.rules import DEMO_PASSWORD
from tests import databases
from tests.conftest import make_app

Template = Callable[[str], str]


@dataclass(frozen=True)
class Site:
    """Where Vivero runs, and its application for looking at what is in the database."""

    app: Flask
    address: str
    password: str = DEMO_PASSWORD


@contextmanager
def serving(kind: str, template: Template = databases.migrated, **settings: Any) -> Iterator[Site]:
    """Serve an empty Vivero, or a copy of another template, on a new database of this kind while the context lasts."""
    app = make_app(kind, "journey", template, **{"DEMO": True, "LANGUAGE": "es", **settings})
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join()
        server.task_dispatcher.shutdown()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def demonstration(kind: str, **settings: Any) -> Iterator[Site]:
    """Serve what `make demo` shows."""
    with serving(kind, databases.demonstration, **settings) as site:
        yield site


@contextmanager
def worker(app: Flask) -> Iterator[None]:
    """Run `vivero worker`, as a server does, on this application's database and queue."""
    settings = {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "DATA_DIR": app.config["DATA_DIR"]}
    environment = os.environ | {f"VIVERO_{name}": value for name, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
