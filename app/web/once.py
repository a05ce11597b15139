"""A form that is sent twice is done once: by a finger that taps again, a slow network, the button that leads back.

Every form carries a word of its own page (`once`). Whoever sends the same fields from the same page again is led to
where the first led them, and nothing is done; two at the same moment wait for each other. What was refused, or answered
with a page, is not remembered. Two people who do the same at once are another matter, and the actions' own.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import datetime, timedelta

from flask import Flask, Response, g, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.infra import clock
from app.infra.db import Base, db

FIELD = "once"
REMEMBERED = timedelta(hours=2)
LONGEST_DEED = timedelta(seconds=60)  # after that the first is taken for one that broke off
PATIENCE, PAUSE = 20.0, 0.05  # seconds
PASSING = frozenset({"_flashes", "csrf_token", "language"})  # of the session; the rest says who somebody is


class SentForm(Base):
    """A form that was sent, by the fingerprint of who sent what from which page; no address while it is being done."""

    __tablename__ = "sent_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str | None]


def install(app: Flask) -> None:
    """Install the hooks. Comes before the write lock, which would keep the first from ending while a second waits."""
    app.before_request(_begin)
    app.after_request(_end)
    app.jinja_env.globals[FIELD] = word


def word() -> str:
    """The word of the page that is being made; the same in all its forms."""
    if FIELD not in g:
        g.once = secrets.token_hex(6)
    return str(g.once)


def _begin() -> ResponseReturnValue | None:
    """Note what is sent, or answer as the first time; what has no word is not looked at."""
    if request.method != "POST" or not request.form.get(FIELD):
        return None
    key, until = _key(), time.monotonic() + PATIENCE
    while not _taken(key):
        found = db.session.execute(select(SentForm.location, SentForm.at).where(SentForm.key == key)).one_or_none()
        db.session.rollback()  # the next look is a new one, and holds nobody up
        if found is None:
            continue
        if found.location is not None:
            return redirect(found.location, code=303)
        if found.at < clock.now() - LONGEST_DEED or time.monotonic() > until:
            break
        time.sleep(PAUSE)
    g.sent_form, g.known_as = key, _known_as()
    return None


def _taken(key: str) -> bool:
    """Whether this is the first of its kind; then it is noted."""
    now = clock.now()
    try:
        db.session.execute(delete(SentForm).where(SentForm.at < now - REMEMBERED))
        db.session.add(SentForm(key=key, at=now, location=None))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _end(response: Response) -> Response:
    """Keep where a deed led to; forget one that was not done, or that changed who its sender is."""
    key = g.pop("sent_form", None)
    if key is None:
        return response
    db.session.rollback()
    done = response.status_code in (302, 303) and _known_as() == g.known_as
    mine = SentForm.key == key
    statement = (
        update(SentForm).where(mine).values(location=response.location) if done else delete(SentForm).where(mine)
    )
    db.session.execute(statement)
    db.session.commit()
    return response


def _known_as() -> str:
    return repr(sorted((name, value) for name, value in session.items() if name not in PASSING))


def _key() -> str:
    """Who sends what to where, as a fingerprint; of files their names and sizes."""
    said = [_known_as(), request.full_path]
    said += [f"{name}={value}" for name, value in sorted(request.form.items(multi=True)) if name != "csrf_token"]
    for name, file in sorted(request.files.items(multi=True)):
        said.append(f"{name}={file.filename} {file.stream.seek(0, 2)}")
        file.stream.seek(0)
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()
