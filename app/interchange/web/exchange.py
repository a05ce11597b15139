"""Files for other tools: taken along, sent back, looked at line by line, brought in. Word has its own pages."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation.queries.sync import Question
from app.core.content import Language
from app.core.errors import N_, Refused
from app.core.merge import Action, Answer, Choice, Part
from app.core.plain import plain, shortened
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.infra import storage
from app.infra.i18n import sentence
from app.interchange import rules
from app.interchange.actions import discard_import
from app.interchange.exchanging import outgoing, sending, terms, translations
from app.interchange.exchanging.memories import MemoryPlan
from app.interchange.exchanging.packages import PackagePlan
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation.queries import desks
from app.web.errors import back, say
from app.web.pages import requires

from . import bp
from .uploads import sent, takes_files

MOST_SHOWN = 200  # lines of one list; the rest is counted
takes_files("send_exchange")

ACTIONS: dict[Action, str] = {
    Action.TAKEN: N_("only the file changed it; it comes in"),
    Action.INSERTED: N_("new in the file; it comes in"),
    Action.DELETED: N_("taken out in the file; it goes"),
    Action.MOVED: N_("moved in the file; it moves"),
    Action.PROPOSAL: N_("changed on both sides, in different places"),
    Action.CAREFUL: N_("changed on both sides; read it carefully"),
    Action.CONFLICT: N_("changed on both sides, in the same place"),
}
ANSWERS: dict[Answer, str] = {
    Answer.LATER: N_("Decide later: keep it as a proposal"),
    Answer.THEIRS: N_("As in the file"),
    Answer.OURS: N_("As it is here"),
    Answer.PROPOSAL: N_("Both changes joined"),
    Answer.BOTH: N_("Both texts, one after the other"),
}


class Asked(NamedTuple):
    """One thing of a package that a person decides, or that comes in: its words on each side."""

    subject: str
    where: str
    said: str
    base: str
    here: str
    there: str
    options: list[tuple[str, str]]


def _reads(edition: Edition) -> bool:
    return editions.may_read_draft(current_actor(), edition)


panels.register_tab(panels.Tab("exchange", N_("Work elsewhere"), "interchange.exchange", _reads, 42))


def _edition(slug: str, region: str) -> Edition:
    return editions.get(current_actor(), slug, region, Permission.READ_DRAFT)


@bp.get("/<slug>/<region>/exchange")
@requires(Permission.READ_DRAFT)
def exchange(slug: str, region: str) -> ResponseReturnValue:
    """Offer what can be taken along, and ask for what comes back."""
    return _page(_edition(slug, region))


@bp.get("/<slug>/<region>/exchange/take/<name>")
@requires(Permission.EXPORT_EDITION)
def take(slug: str, region: str, name: str) -> ResponseReturnValue:
    """Send a file of the draft in another tool's format."""
    edition = _edition(slug, region)
    kind = outgoing.FORMATS.get(name)
    if kind is None:
        abort(404)
    wanted = outgoing.Wanted(
        request.args.get("language", ""),
        only_open=request.args.get("only") == "open",
        module=request.args.get("module", "")[:100],
    )
    data, filename = outgoing.make(current_actor(), edition, name, wanted)
    return send_file(BytesIO(data), mimetype=kind.content_type, as_attachment=True, download_name=filename)


@bp.post("/<slug>/<region>/exchange")
@requires(Permission.READ_DRAFT)
def send_exchange(slug: str, region: str) -> ResponseReturnValue:
    """Keep a file that came back, for looking at what it would do."""
    edition = _edition(slug, region)
    try:
        filename, data = sent()
        row = sending.send(current_actor(), edition, filename, data, request.form.get("language", ""))
    except Refused as refused:
        if refused.status not in (413, 422):
            raise
        return _page(edition, sentence(refused)), refused.status
    return back(url_for(".came_back", slug=slug, region=region, number=row.id))


@bp.get("/<slug>/<region>/exchange/<int:number>")
@requires(Permission.READ_DRAFT)
def came_back(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show what a file would do, line by line; nothing has been done yet."""
    edition = _edition(slug, region)
    return _preview(edition, _row(edition, number))


@bp.post("/<slug>/<region>/exchange/<int:number>")
@requires(Permission.READ_DRAFT)
def bring_in(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Bring a file in as one act, or set it aside."""
    edition = _edition(slug, region)
    row = _row(edition, number)
    if request.form.get("do") == "discard":
        discard_import(current_actor(), row)
        say(gettext("The file was set aside; nothing of it came in."), "note")
        return back(url_for(".exchange", slug=slug, region=region))
    answers = {
        key.removeprefix("answer-"): Choice(Answer(value))
        for key, value in request.form.items()
        if key.startswith("answer-") and value in set(Answer) - {Answer.WRITTEN}
    }
    head = request.form.get("head", "")
    expected = int(head) if head.isdecimal() and len(head) < 12 else None
    try:
        sending.bring_in(current_actor(), row, why=request.form.get("why", ""), answers=answers, expected_head=expected)
    except (ChangedMeanwhile, translations.NothingComesIn) as refused:
        return _preview(edition, row, sentence(refused), request.form.get("why", "")), refused.status
    say(gettext("The file was brought in. It can be undone in the history."))
    return back(url_for(".came_back", slug=slug, region=region, number=number))


def _row(edition: Edition, number: int) -> Import:
    """One of this person's files for the edition; anybody else's is not found."""
    if number >= 2**31:
        raise rules.NoSuchImport
    try:
        return imports.get(current_actor(), number, ImportKind.TRANSLATION, edition)
    except rules.NoSuchImport:
        return imports.get(current_actor(), number, ImportKind.PACKAGE, edition)


def _rows(edition: Edition) -> list[Import]:
    """This person's newest files of other tools for an edition."""
    actor = current_actor()
    kinds = (ImportKind.TRANSLATION, ImportKind.PACKAGE)
    listed = [row for kind in kinds for row in imports.listing(actor, kind, edition)[0]]
    return sorted(listed, key=lambda row: -row.id)[: imports.PER_PAGE]


@bp.app_template_global("translated_into")
def _targets(edition: Edition) -> list[Language]:
    """The languages that an edition is translated into, for the doors on the pages of files."""
    directions = desks.directions_of(edition)
    return [code for code in edition.languages if directions.source(code) is not None]


def _page(edition: Edition, fault: str = "") -> str:
    return render_template(
        "interchange/exchange.html",
        edition=edition,
        endings=", ".join(sending.ENDINGS),
        may_send=sending.may_send(current_actor(), edition),
        rows=_rows(edition),
        fault=fault,
    )


def _preview(edition: Edition, row: Import, fault: str = "", why: str = "") -> str:
    made: sending.Planned | None = None
    if row.state is ImportState.PREVIEWED:
        data = storage.get(row.digest)
        made = sending.look(current_actor(), edition, row.filename, data, row.language)
    package = made if isinstance(made, PackagePlan) else None
    texts = made if isinstance(made, translations.Plan) else None
    return render_template(
        "interchange/exchange_file.html",
        edition=edition,
        row=row,
        made=made,
        package=package,
        texts=texts,
        glossary=made if isinstance(made, terms.TermPlan) else None,
        memory=made if isinstance(made, MemoryPlan) else None,
        problems=[(_place(problem), sentence(problem.fault)) for problem in made.problems] if made else [],
        counts=_counts(made),
        open=[_asked(package, q) for q in package.open] if package else [],
        safe=[_asked(package, q) for q in package.safe] if package else [],
        outcomes=translations.Outcome,
        most=MOST_SHOWN,
        fault=fault,
        why=why,
        extract=lambda text: shortened(plain(text or ""), 240),
        row_words={fate: gettext(text) for fate, text in terms.SENTENCES.items()},
    )


def _place(problem: object) -> str:
    file, line = getattr(problem, "file", ""), getattr(problem, "line", 0)
    said = gettext("line %(line)s", line=line) if line else ""
    return " · ".join(filter(None, (file, said)))


def _counts(made: sending.Planned | None) -> list[tuple[int, str]]:
    """How many texts there are of each sort, in sentences."""
    if isinstance(made, translations.Plan):
        found = [(made.counts[one], gettext(text)) for one, text in translations.SENTENCES.items()]
    elif isinstance(made, terms.TermPlan):
        found = [(made.counts[one], gettext(text)) for one, text in terms.SENTENCES.items()]
    elif isinstance(made, PackagePlan):
        sorted_ = made.plan.by_action(Part.BLOCK)
        found = [(len(sorted_[action]), gettext(text)) for action, text in ACTIONS.items()]
    else:
        found = []
    return [(count, text) for count, text in found if count]


def _asked(made: PackagePlan, q: Question) -> Asked:
    """A question with the words of each side; of a whole paragraph, those of its first language."""
    texts = q.outcome.texts
    text = texts.get(q.aspect) if q.aspect else next(iter(texts.values()), None)
    base, here, there = (text.base, text.child, text.parent) if text is not None else (None, None, None)
    return Asked(
        q.subject,
        made.returned.where.get(q.outcome.uid, ("", 0))[0],
        gettext(ACTIONS[q.action]) if q.action in ACTIONS else "",
        _words(made, base),
        _words(made, here),
        _words(made, there),
        [(answer.value, gettext(text)) for answer, text in ANSWERS.items() if answer in q.answers],
    )


def _words(made: PackagePlan, name: str | None) -> str:
    return shortened(plain(made.texts.get(name, name)), 600) if name else ""
