"""Reading the units of one's own cohort, in one's own language, in letters of one's own size."""

from __future__ import annotations

import mimetypes

from flask import Response, abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.curriculum.queries import contents, reading
from app.curriculum.web.units import PICTURES
from app.infra import storage
from app.infra.i18n import language
from app.learning.actions import progress
from app.learning.queries import reading as queries
from app.learning.queries.reading import Lesson
from app.learning.web.blueprints import my
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

SIZES = ("1", "2", "3")
_articles: contents.Kept[Markup] = contents.Kept(500)


@my.get("/read/<slug>/<unit>")
@requires(Permission.LEARN)
def read(slug: str, unit: str) -> ResponseReturnValue:
    """Show a unit as participants read it; `size` is remembered."""
    if (size := request.args.get("size")) in SIZES:
        session["text_size"] = size
    lesson = queries.lesson(current_actor(), slug, unit, language())
    return render_template(
        "learning/read.html",
        lesson=lesson,
        article=_article(lesson),
        size=session.get("text_size", SIZES[0]),
        sizes=SIZES,
        spoken=lesson.view.language,
    )


@my.post("/read/<slug>/<unit>")
@requires(Permission.LEARN)
def have_read(slug: str, unit: str) -> ResponseReturnValue:
    """Note that somebody read a unit, and lead them to the next one."""
    actor = current_actor()
    lesson = queries.lesson(actor, slug, unit, language())
    release = lesson.view.release
    if release is None:
        abort(404)
    progress.keep_reading(actor, lesson.person, release, unit, lesson.view.language)
    say(gettext("Noted: you have read “%(unit)s”.", unit=lesson.here.title))
    if lesson.after is None:
        return back(url_for(".show"))
    return back(url_for(".read", slug=slug, unit=lesson.after.uid))


@my.get("/keep/<slug>/")
@requires(Permission.LEARN)
def keep(slug: str) -> ResponseReturnValue:
    """List the units of a group, to be kept on a phone."""
    cohort, path = queries.path_of(current_actor(), slug, language())
    return render_template("learning/keep.html", cohort=cohort, path=path, navigation=[])


@my.get("/keep/<slug>/<unit>")
@requires(Permission.LEARN)
def kept(slug: str, unit: str) -> ResponseReturnValue:
    """Show a unit as it is kept: without the name of who reads it, for phones go from hand to hand."""
    lesson = queries.lesson(current_actor(), slug, unit, language())
    size, spoken = session.get("text_size", SIZES[0]), lesson.view.language
    return render_template(
        "learning/kept.html", lesson=lesson, article=_article(lesson), size=size, spoken=spoken, navigation=[]
    )


@my.get("/keep/<slug>/media/<name>", endpoint="kept_picture")
@my.get("/read/<slug>/media/<name>")
@requires(Permission.LEARN)
def picture(slug: str, name: str) -> ResponseReturnValue:
    """Send a picture that a unit of this cohort names."""
    kind = mimetypes.guess_type(name)[0]
    if kind not in PICTURES:
        abort(404)
    stored = queries.picture(current_actor(), slug, name)
    response = Response(storage.get(stored), mimetype=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=604800"
    response.set_etag(stored)
    return response.make_conditional(request)


def _article(lesson: Lesson) -> Markup:
    """The unit's text: the same for everybody who reads it in this language of text and page."""
    view = lesson.view
    parts = (view.revision.content_digest, view.revision.local_digest, lesson.unit.uid, view.language, language())
    kept = _articles.get(":".join(parts))
    if kept is None:
        entries = reading.entries(view, lesson.unit, "participant")
        page = render_template("curriculum/_article.html", entries=entries, language_of_text=view.language)
        kept = _articles.put(":".join(parts), Markup(page))  # noqa: S704 - our own template made it
    return kept
