"""What `{{…}}` stands for in an edition: its own values, the inherited ones and whose they are."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, queries, rules
from app.core.errors import Refused
from app.curriculum.manifests import ANY, Variable
from app.curriculum.models import Edition
from app.curriculum.queries import contents, parents
from app.curriculum.queries import editions as editions_queries
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.rules import UnknownFinding
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, evidence_given, faults, opened, place, saved, why_given

FIELDS: dict[type[Refused], str] = {
    rules.BadVariableName: "name",
    rules.VariableExists: "name",
    UnknownFinding: "findings",
}


@bp.get("/<slug>/<region>/variables")
@requires(Permission.READ_DRAFT)
def variables(slug: str, region: str) -> ResponseReturnValue:
    """List an edition's variables with their values, their hints and whose they are."""
    return _list(opened(slug, region, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/variables")
@requires(Permission.EDIT_CONTENT)
def add_variable(slug: str, region: str) -> ResponseReturnValue:
    """Add a variable of the edition's own."""
    edition = opened(slug, region)
    name, value = request.form.get("name", "").strip(), request.form.get("value", "")
    try:
        rules.check_new_variable(name, contents.state(editions_queries.head_of(edition)).local.resolved)
        if not value.strip():
            raise rules.NoValue
        revision = actions.set_variables(current_actor(), edition, {name: {ANY: value}}, why=why_given(), new=True)
    except Refused as refused:
        return _list(
            edition, {"name": name, "value": value, "why": why_given()}, faults(refused, FIELDS, "value")
        ), refused.status
    saved(edition, gettext("Added. Write {{%(name)s}} where it is to stand.", name=name), revision.number)
    return back(url_for(".variable", name=name, **place(edition)))


@bp.get("/<slug>/<region>/variables/<name>")
@requires(Permission.READ_DRAFT)
def variable(slug: str, region: str, name: str) -> ResponseReturnValue:
    """Show one variable: its values, where it stands, and the way to change it."""
    return _one(opened(slug, region, Permission.READ_DRAFT), name)


@bp.post("/<slug>/<region>/variables/<name>")
@requires(Permission.EDIT_CONTENT)
def save_variable(slug: str, region: str, name: str) -> ResponseReturnValue:
    """Set one variable's values, or let the inherited ones hold again."""
    edition = opened(slug, region)
    if name not in contents.state(editions_queries.head_of(edition)).local.resolved:
        abort(404)
    inherit = request.form.get("do") == "inherit"
    given = {code: request.form.get(f"value-{code}", "") for code in (ANY, *edition.languages)}
    if "look" in request.form:
        return _one(edition, name, given)
    try:
        revision = actions.set_variables(
            current_actor(),
            edition,
            {name: {} if inherit else given},
            why=why_given(),
            evidence=evidence_given(),
            findings=ticked(),
            seen=request.form.get("seen"),
        )
    except rules.NothingChanged:
        say(gettext("Nothing was changed, so nothing was saved."), "note")
    except Refused as refused:
        return _one(edition, name, given, faults(refused, FIELDS, "value")), refused.status
    else:
        saved(edition, gettext("The inherited value holds again.") if inherit else gettext("Saved."), revision.number)
    return back(url_for(".variables", _anchor=f"v-{name}", **place(edition)))


def _list(edition: Edition, typed: dict[str, str] | None = None, errors: dict[str, list[str]] | None = None) -> str:
    local = contents.state(editions_queries.head_of(edition)).local
    return render_template(
        "adaptation/variables.html",
        edition=edition,
        resolved=dict(sorted(local.resolved.items())),
        own=set(local.variables),
        owners=parents.variable_owners(local),
        hints={name: _hint(found) for name, found in local.resolved.items()},
        may_edit=editions_queries.may_edit(current_actor(), edition),
        typed=typed or {},
        errors=errors or {},
        ANY=ANY,
    )


def _one(
    edition: Edition,
    name: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, list[str]] | None = None,
) -> str:
    now = contents.state(editions_queries.head_of(edition))
    found = now.local.resolved.get(name)
    if found is None:
        abort(404)
    inherited = parents.inherited_variables(now.local).get(name)
    return render_template(
        "adaptation/variable.html",
        edition=edition,
        name=name,
        variable=found,
        seen=rules.mark_of(found.values),
        typed=typed or dict(found.values),
        hint=_hint(found),
        inherited=inherited,
        owner=parents.variable_owners(now.local).get(name),
        own=name in now.local.variables,
        uses=queries.uses(now.content, name, sorted(edition.languages, key=lambda code: code[:2] != language())),
        may_edit=editions_queries.may_edit(current_actor(), edition),
        errors=errors or {},
        why=why_given(),
        evidence=evidence_given(),
        offer=offer(edition),
        ANY=ANY,
    )


def _hint(variable: Variable) -> str:
    """What to put there, in the reader's language when it is known."""
    return variable.hints.get(language()) or next(iter(variable.hints.values()), "")
