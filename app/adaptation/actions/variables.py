"""What `{{…}}` stands for in an edition. An edition keeps only the values it sets itself; the rest are inherited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.adaptation import queries, rules
from app.core.content import Language
from app.core.rendering import check_text
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import ChangedMeanwhile, begin
from app.curriculum.manifests import Variable
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import parents
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.study import actions as study
from app.study.queries.findings import reason_of

from .saving import opened


@transactional
def set_variables(
    actor: Actor,
    edition: Edition,
    values: Mapping[str, Mapping[Language, str]],
    *,
    why: str = "",
    evidence: str = "",
    findings: Sequence[int] = (),
    new: bool = False,
    seen: str | None = None,
) -> Revision:
    """Set variables: values per language (`*` for all). No values at all lets the parent's hold again.

    `new` ones must not be there yet. `seen` is the mark (`rules.mark_of`) of the values that the person was looking
    at: `ChangedMeanwhile` when they are others by now. `VariableInUse` when no parent has one and it still stands in
    a text.
    """
    now = opened(actor, edition)
    for name in values:
        if new:
            rules.check_new_variable(name, now.local.resolved)
        known = now.local.resolved.get(name)
        if seen is not None and rules.mark_of(known.values if known else {}) != seen:
            raise ChangedMeanwhile
    inherited = parents.inherited_variables(now.local)
    own = dict(now.local.variables)
    for name, given in values.items():
        rules.check_variable_name(name)
        wanted = {language: value.strip() for language, value in given.items() if value.strip()}
        for value in wanted.values():
            check_text(value)
        known = now.local.resolved.get(name)
        if not wanted or (name in inherited and wanted == dict(inherited[name].values)):
            own.pop(name, None)
        else:
            own[name] = Variable(wanted, known.hints if known else {})
    resolved = {**inherited, **own}
    for name in now.local.resolved.keys() - resolved.keys():
        if used := queries.uses(now.content, name, edition.languages):
            raise rules.VariableInUse(name=name, count=len(used))
    if (own, resolved) == (dict(now.local.variables), dict(now.local.resolved)):
        raise rules.NothingChanged
    local = replace(now.local, variables=own, resolved=resolved)
    spec = ActSpec(ActKind.VARIABLES, reason_of(actor, edition, why, findings), evidence)
    act = begin(actor, edition, spec)
    study.cite(actor, act, findings)
    return commit(actor, edition, act, content=now.content, local=local)
