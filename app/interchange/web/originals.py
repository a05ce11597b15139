"""A manual made in Word by anyone: sent, watched, corrected block by block. Naming it is in naming.py."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.core.errors import Refused
from app.core.plain import plain
from app.core.rendering import render
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.curriculum.web.facts import label
from app.curriculum.web.units import PICTURES
from app.infra import storage
from app.infra.i18n import sentence
from app.interchange import actions, drafts, rules, words
from app.interchange.formats.docx.foreign import Guess, Recognised
from app.interchange.formats.docx.foreign.things import HEADINGS, Dropped
from app.interchange.formats.docx.foreign.units import ModuleDraft
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, naming
from .naming import opened
from .showing import lowered, without_headings
from .uploads import sent, takes_files

PER_PAGE = 60
SHOWN = ("all", "unsure", "left")
takes_files("send_manual")


@dataclass(frozen=True, slots=True)
class Line:
    """A block on the preview: as it reads, what it is taken for, what it may be, how many look like it."""

    block: Recognised
    guess: Guess
    html: Markup
    options: list[tuple[str, str]]
    alike: int
    lost: list[Dropped]
    unsure: bool
    corrected: bool


def _unset(subject: panels.Subject) -> dict[str, int] | None:
    """How many units of a manual from Word have a length that was only guessed, for those who may set it."""
    if subject.seen.release is not None or not editions.may_edit(current_actor(), subject.edition):
        return None
    found = imports.unset_units(subject.edition)
    return {"count": len(found)} if found else None


panels.register(panels.Panel("interchange/_unset.html", _unset, panels.Place.EDITION, 15))


@bp.get("/imports/new")
@requires(Permission.IMPORT_CONTENT)
def new_manual() -> ResponseReturnValue:
    """Ask for a manual made in Word, and list those that this person has sent."""
    return _list()


@bp.post("/imports/new")
@requires(Permission.IMPORT_CONTENT)
def send_manual() -> ResponseReturnValue:
    """Take a manual in and have it read."""
    try:
        name, data = sent()
        row = actions.start_draft(current_actor(), name, data)
    except Refused as refused:
        if refused.status != 422:
            raise
        return _list(sentence(refused)), refused.status
    return back(url_for(".manual", number=row.id))


@bp.get("/imports/<int:number>")
@requires(Permission.IMPORT_CONTENT)
def manual(number: int) -> ResponseReturnValue:
    """Show how far a manual is, or what was recognised in it, for correcting."""
    row = opened(number)
    here = url_for(".manual", number=number)
    if request.headers.get("X-Requested-With") == "poll":
        return render_template("interchange/_reading.html", row=row, here=here, words=words)
    if row.state is not ImportState.PREVIEWED:
        return render_template("interchange/manual_state.html", row=row, here=here, words=words)
    document = drafts.loaded(storage.get(row.found)).document
    corrections = drafts.corrections_in(row.settings)
    show = request.args.get("show", "all") if request.args.get("show", "all") in SHOWN else "all"
    unsure = drafts.unsure(document, corrections)
    left = [b for b in document.blocks if corrections.get(b.index, b.guess) is Guess.DROPPED]
    listed = {"all": list(document.blocks), "unsure": unsure, "left": left}[show]
    pages = max(1, -(-len(listed) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    likes = drafts.likes(document.blocks)
    lost: dict[int | None, list[Dropped]] = {}
    for one in document.dropped:
        lost.setdefault(one.place, []).append(one)
    some = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = [
        Line(
            block,
            corrections.get(block.index, block.guess),
            _shown(row, block),
            [(guess.value, words.guess(guess)) for guess in drafts.choices(block)],
            likes[drafts.kind_of(block)] - 1,
            lost.get(block.index, []),
            not block.certain and block.index not in corrections,
            block.index in corrections,
        )
        for block in some
    ]
    return render_template(
        "interchange/manual.html",
        row=row,
        here=here,
        document=document,
        groups=_grouped(lines, drafts.level_in(row.settings) or drafts.level_of(document, corrections)),
        show=show,
        counts={"all": len(document.blocks), "unsure": len(unsure), "left": len(left)},
        page=page,
        pages=pages,
        per_page=PER_PAGE,
        words=words,
    )


@bp.post("/imports/<int:number>")
@requires(Permission.IMPORT_CONTENT)
def correct_manual(number: int) -> ResponseReturnValue:
    """Keep what a person said that blocks are, and go on; or set the manual aside."""
    row = opened(number)
    if request.form.get("do") == "discard":
        actions.discard_import(current_actor(), row)
        say(gettext("The file was set aside. Nothing of it was brought in."))
        return back(url_for(".new_manual"))
    if row.state is not ImportState.PREVIEWED:
        raise rules.NotNow
    blocks = drafts.loaded(storage.get(row.found)).document.blocks
    corrections = drafts.corrections_in(row.settings)
    for index, guess in _said(blocks).items():
        corrections[index] = guess
        if f"like-{index}" in request.form:
            corrections |= {b.index: guess for b in blocks if drafts.kind_of(b) == drafts.kind_of(blocks[index])}
    actions.correct(current_actor(), row, corrections)
    say(gettext("Kept."))
    if request.form.get("do") == "units":
        return back(url_for(".manual_units", number=number))
    show = request.form.get("show", "all")
    page = request.form.get("page", 1, type=int)
    ahead = page if show == "unsure" or request.form.get("do") == "stay" else page + 1
    return back(url_for(".manual", number=number, show=show, page=ahead))


@bp.get("/imports/<int:number>/units")
@requires(Permission.IMPORT_CONTENT)
def manual_units(number: int) -> ResponseReturnValue:
    """Show the units that come of it, and one of them as it will read."""
    row = opened(number, ImportState.PREVIEWED)
    document = drafts.loaded(storage.get(row.found)).document
    corrections, level = drafts.corrections_in(row.settings), drafts.level_in(row.settings)
    modules = drafts.as_modules(document, corrections, level, "")
    wanted = request.args.get("unit", "")
    text = next(
        (u.markdown for m, one in enumerate(modules) for n, u in enumerate(one.units) if f"{m}-{n}" == wanted), ""
    )
    return render_template(
        "interchange/manual_units.html",
        row=row,
        modules=modules,
        level=level,
        guessed=drafts.level_of(document, corrections),
        unit=wanted if text else "",
        first=_first_of(modules, wanted),
        per_page=PER_PAGE,
        text=lowered(label(_rendered(row, text), document.language or "es")) if text else "",
        language_of_text=document.language or "es",
    )


@bp.post("/imports/<int:number>/units")
@requires(Permission.IMPORT_CONTENT)
def set_units(number: int) -> ResponseReturnValue:
    """Keep at which headings units begin."""
    row = opened(number)
    actions.correct(current_actor(), row, {}, level=request.form.get("level", 0, type=int))
    return back(url_for(".manual_units", number=number))


@bp.post("/<slug>/<region>/imports/minutes")
@requires(Permission.EDIT_CONTENT)
def confirm_minutes(slug: str, region: str) -> ResponseReturnValue:
    """Say that the guessed lengths of units are right."""
    edition = editions.get(current_actor(), slug, region, Permission.EDIT_CONTENT)
    actions.confirm_minutes(current_actor(), edition)
    return back(url_for("curriculum.edition", slug=slug, region=region))


@bp.get("/imports/<int:number>/pictures/<name>")
@requires(Permission.IMPORT_CONTENT)
def manual_picture(number: int, name: str) -> ResponseReturnValue:
    """Send a picture of a manual that is no edition yet, to the person who sent it."""
    row = opened(number)
    kind = mimetypes.guess_type(name)[0]
    stored = drafts.loaded(storage.get(row.found)).pictures.get(f"{drafts.FOLDER}{name}") if row.found else None
    if stored is None or kind not in PICTURES:
        abort(404)
    response = Response(storage.get(stored), mimetype=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _list(fault: str = "") -> str:
    wanted = request.args.get("page", 1, type=int)
    rows, pages = imports.listing(current_actor(), ImportKind.DRAFT, page=wanted)
    return render_template(
        "interchange/manuals.html",
        rows=rows,
        page=min(max(wanted, 1), pages),
        pages=pages,
        fault=fault,
        words=words,
        may_start=bool(naming.regions()),
    )


def _first_of(modules: list[ModuleDraft], wanted: str) -> int | None:
    """The index of the block that a unit begins with."""
    units = {f"{m}-{n}": unit for m, module in enumerate(modules) for n, unit in enumerate(module.units)}
    return units[wanted].lines[0][0] if wanted in units and units[wanted].lines else None


def _rendered(row: Import, markdown: str) -> str:
    folder = url_for(".manual_picture", number=row.id, name="")
    return render(markdown).replace(f'src="{drafts.FOLDER}', f'src="{folder}')


def _shown(row: Import, block: Recognised) -> Markup:
    """A block as it reads; what is or would be a heading as its words, since it stands among the page's own."""
    if block.level:
        return Markup("<p><strong>{}</strong></p>").format(plain(block.markdown))
    return without_headings(label(_rendered(row, block.markdown), row.language or "es"))


def _grouped(lines: list[Line], level: int) -> list[tuple[str, list[Line]]]:
    """Lines under the headings at which units begin, the first under none when the page begins between two."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        is_head = line.guess in HEADINGS and HEADINGS.index(line.guess) + 1 <= level
        if is_head or not groups:
            groups.append((plain(line.block.markdown) if is_head else "", []))
        groups[-1][1].append(line)
    return groups


def _said(blocks: tuple[Recognised, ...]) -> dict[int, Guess]:
    """What the form says that blocks are; names and values that are none are passed over."""
    found = {}
    for name, value in request.form.items():
        index = name.removeprefix("guess-")
        if not (name.startswith("guess-") and index.isascii() and index.isdecimal() and len(index) < 8):
            continue
        if int(index) < len(blocks) and value in {guess.value for guess in drafts.choices(blocks[int(index)])}:
            found[int(index)] = Guess(value)
    return found
