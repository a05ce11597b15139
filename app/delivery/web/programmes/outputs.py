"""What cohorts and activities of a programme leave behind, who made it, and the need of an edition it gave rise to."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.delivery.actions import outputs as actions
from app.delivery.actions.outputs import OutputDetails
from app.delivery.kinds import OutputKind
from app.delivery.models import Activity, Cohort, Output, Programme
from app.delivery.queries import activities, activity_people, programmes, scopes
from app.delivery.queries import outputs as queries
from app.delivery.rules.counting import may_break_down
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.infra import clock
from app.infra.i18n import sentence
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission, allows
from app.people.queries import persons
from app.study.queries import needs
from app.study.rules import Faults
from app.study.sheets import NEED
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import opened, page_number, seen

COHORT, ACTIVITY = "cohort:", "activity:"


@bp.get("/<slug>/outputs")
@requires(Permission.SEE_FIGURES)
def outputs(slug: str) -> ResponseReturnValue:
    """List what cohorts and activities left behind, by kind."""
    return _page(opened(slug), Reading(MultiDict({"of": request.args.get("of", "")})))


@bp.post("/<slug>/outputs")
@requires(Permission.RUN_PROGRAMME)
def keep_output(slug: str) -> ResponseReturnValue:
    """Write down what a cohort or an activity left behind."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    of, details, organisations = _origin(read, programme), _details(read), _organisations(read, programme)
    made = None
    if of is not None:
        made = read.do(
            lambda: actions.keep_output(current_actor(), of, details, organisations=organisations), name="title"
        )
    if made is None:
        return _page(programme, read), read.status
    say(gettext("Written down. Say next who made it."))
    return back(url_for(".output", slug=slug, uid=made.uid))


@bp.get("/<slug>/outputs/<uid>")
@requires(Permission.RUN_PROGRAMME)
def output(slug: str, uid: str) -> ResponseReturnValue:
    """Show an output with ways to change it and to say who made it; `find` searches people by name."""
    programme, one = _output(slug, uid)
    typed = {"kind": one.kind.value, "title": one.title, "on": one.made_on.isoformat(), "summary": one.summary}
    of = queries.one(current_actor(), one).organisations
    return _one(programme, one, Reading(MultiDict([*typed.items(), *(("organisation", str(o.id)) for o in of)])))


@bp.post("/<slug>/outputs/<uid>")
@requires(Permission.RUN_PROGRAMME)
def change_output(slug: str, uid: str) -> ResponseReturnValue:
    """Change what is said of an output."""
    programme, one = _output(slug, uid)
    read = Reading(request.form)
    details, organisations = _details(read), _organisations(read, programme)
    read.do(lambda: actions.change_output(current_actor(), one, details, organisations=organisations), name="title")
    return _done(programme, one, read, gettext("Saved."))


@bp.post("/<slug>/outputs/<uid>/people")
@requires(Permission.RUN_PROGRAMME)
def name_makers(slug: str, uid: str) -> ResponseReturnValue:
    """Say who made an output and what their part was."""
    programme, one = _output(slug, uid)
    read = Reading(request.form)
    known = persons.by_ids(read.rows("person"))
    if not known:
        read.blame("person", NotOffered())
    people = [known[id_] for id_ in sorted(known)]
    read.do(lambda: actions.name_makers(current_actor(), one, people, read.text("part")))
    return _done(programme, one, read, gettext("Noted."))


@bp.post("/<slug>/outputs/<uid>/people/off")
@requires(Permission.RUN_PROGRAMME)
def take_maker_off(slug: str, uid: str) -> ResponseReturnValue:
    """Take somebody off an output."""
    programme, one = _output(slug, uid)
    read, actor = Reading(request.form), current_actor()
    person = persons.get(actor, next(iter(read.rows("person")), 0), Permission.SEE_PEOPLE)
    read.do(lambda: actions.take_maker_off(actor, one, person))
    return _done(programme, one, read, gettext("Taken off."))


@bp.get("/<slug>/outputs/<uid>/need")
@requires(Permission.KEEP_STUDY)
def output_need(slug: str, uid: str) -> ResponseReturnValue:
    """Ask for the need of a new edition that an output speaks of."""
    programme, one = _output(slug, uid)
    origin = queries.origins([one])[one.id]
    typed = {"title": one.title, "conclusion": one.summary, "event": origin, "held_on": one.made_on.isoformat(),
             "region": programme.region}  # fmt: skip
    return _need(programme, one, typed, {})


@bp.post("/<slug>/outputs/<uid>/need")
@requires(Permission.KEEP_STUDY)
def keep_output_need(slug: str, uid: str) -> ResponseReturnValue:
    """Write the need down; an edition is opened from it on its own page."""
    programme, one = _output(slug, uid)
    typed = {field.name: request.form.get(field.name, "") for field in NEED}
    region = request.form.get("region", "").strip().upper()
    try:
        made = actions.need_from(current_actor(), one, region, typed)
    except Refused as refused:
        if isinstance(refused, Faults):
            faults = {name: sentence(fault) for name, fault in refused.fields.items()}
        else:
            faults = {"title": sentence(refused)}
        return _need(programme, one, typed | {"region": region}, faults), refused.status
    say(gettext("The need is written down. Open an edition from it here."))
    return back(url_for("study.need", need=made.id))


def _details(read: Reading) -> OutputDetails:
    return OutputDetails(read.member("kind", OutputKind), read.text("title"), read.day("on"), read.text("summary"))


def _origin(read: Reading, programme: Programme) -> Cohort | Activity | None:
    """The cohort or activity of the programme that a form names."""
    named = read.text("of")
    found: Cohort | Activity | None = None
    if named.startswith(COHORT):
        found = scopes.cohort(current_actor(), named.removeprefix(COHORT), Permission.SEE_COHORT)
    elif named.startswith(ACTIVITY):
        found = activities.counting_for(programme, named.removeprefix(ACTIVITY))
    if found is None or found.programme_id != programme.id:
        read.blame("of", NotOffered())
        return None
    return found


def _organisations(read: Reading, programme: Programme) -> list[Organisation]:
    there = {part.organisation.id: part.organisation for part in programmes.parts(programme)}
    chosen = read.rows("organisation")
    if not there.keys() >= set(chosen):
        read.blame("organisation", NotOffered())
    return [there[id_] for id_ in chosen if id_ in there]


def _output(slug: str, uid: str) -> tuple[Programme, Output]:
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return programme, queries.get(programme, uid) or abort(404)


def _done(programme: Programme, one: Output, read: Reading, text: str) -> ResponseReturnValue:
    if read.faults:
        return _one(programme, one, read), read.status
    say(text)
    return back(url_for(".output", slug=programme.slug, uid=one.uid))


def _page(programme: Programme, read: Reading) -> str:
    actor, wanted = current_actor(), request.args.get("kind", "")
    kind = OutputKind(wanted) if wanted in set(OutputKind) else None
    here = seen(programme.slug)
    return render_template(
        "delivery/programmes/outputs.html",
        seen=here,
        programme=programme,
        found=queries.page(actor, programme, kind=kind, number=page_number()),
        by_kind=queries.by_kind(programme),
        makers=_makers(programme),
        kind=kind,
        kinds=OutputKind,
        may_need=here.runs and _may_need(),
        told=may_break_down,
        origins=_origins(programme) if here.runs else [],
        organisations=_joined(programme),
        today=clock.now().date(),
        typed=read.given,
        faults=read.faults,
    )


def _one(programme: Programme, one: Output, read: Reading) -> str:
    actor, words = current_actor(), request.values.get("find", "")
    return render_template(
        "delivery/programmes/output.html",
        programme=programme,
        output=one,
        listed=queries.one(actor, one),
        offered=queries.makers_offered(actor, one, words),
        find=words,
        kinds=OutputKind,
        may_need=_may_need(),
        organisations=_joined(programme),
        typed=read.given,
        faults=read.faults,
    )


def _makers(programme: Programme) -> dict[OutputKind, tuple[int, int]]:
    """How many people stand behind the outputs of each kind, each once, and how many of them are women."""
    found: dict[OutputKind, tuple[int, int]] = {}
    for (kind, sex), number in queries.makers_by_sex(programme, list(OutputKind)).items():
        everybody, women = found.get(kind, (0, 0))
        found[kind] = (everybody + number, women + number * (sex == Sex.WOMAN))
    return found


def _joined(programme: Programme) -> list[Organisation]:
    return list({part.organisation.id: part.organisation for part in programmes.parts(programme)}.values())


def _origins(programme: Programme) -> list[tuple[str, str]]:
    """The cohorts and the newest activities that an output may come from."""
    cohorts = activity_people.cohorts_of(current_actor(), programme)
    held = programmes.held_last(programme, None, 200)
    return [
        *((ACTIVITY + one.uid, one.name) for one in held if one.programme_id == programme.id),
        *((COHORT + one.slug, one.name) for one in cohorts),
    ]


def _may_need() -> bool:
    """Whether this person writes needs of editions down anywhere."""
    return allows(current_actor(), Permission.KEEP_STUDY) and bool(needs.regions(current_actor()))


def _need(programme: Programme, one: Output, typed: dict[str, str], faults: dict[str, str]) -> str:
    return render_template(
        "delivery/programmes/output_need.html",
        programme=programme,
        output=one,
        fields=NEED,
        typed=typed,
        faults=faults,
    )
