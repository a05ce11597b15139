"""What a package says beside its texts, variables and pictures, merged three ways; each is taken, kept, or open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from app.adaptation import rules
from app.core.content import Language
from app.core.errors import N_, Refused
from app.core.merge import Action
from app.curriculum.manifests import ANY, Local, Variable
from app.curriculum.originals import MOST_BYTES, TooLarge
from app.interchange.formats.offline import Problem, Returned

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
SETTINGS = "curriculum.toml"


class NoPicture(Refused):
    text = N_("This is no picture that can be shown (PNG, JPEG, GIF, SVG or WebP), so it was left out.")
    status = 422


class PictureDiffers(Refused):
    text = N_("This picture was changed both here and in the file; the one here stays.")


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A variable or a picture that the file changes. `base`, `here` and `there` are as people read them."""

    name: str
    action: Action
    base: str = ""
    here: str = ""
    there: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it comes in, or waits for a person."""
        return self.action in (Action.TAKEN, Action.CONFLICT)


def value_lines(returned: Returned, then: Local, now: Local) -> Iterator[ValueLine]:
    """The variables that the file changes or adds."""
    for name, values in returned.values.items():
        was, here = then.resolved.get(name), now.resolved.get(name)
        told = (_told(was, values), _told(here, values), "; ".join(values.values()))
        if here is None:
            try:
                rules.check_variable_name(name)
            except Refused as fault:
                yield ValueLine(name, Action.KEPT, problems=(Problem(SETTINGS, 0, fault),))
                continue
        pairs = [(_said(was, code), _said(here, code), value) for code, value in values.items()]
        if all(there == mine for _, mine, there in pairs):
            yield ValueLine(name, Action.SAME, *told)
        elif all(mine in (before, there) for before, mine, there in pairs):
            yield ValueLine(name, Action.TAKEN, *told)
        else:
            yield ValueLine(name, Action.CONFLICT, *told)


def picture_lines(returned: Returned, then: Local, now: Local) -> Iterator[ValueLine]:
    """The pictures that the file changes or adds."""
    for name, data in sorted(returned.media.items()):
        file = f"media/{name}"
        stored, was, here = sha256(data).hexdigest(), then.media.get(name), now.media.get(name)
        fault: Refused | None = None
        if PurePosixPath(name).suffix.lower() not in PICTURES or not name.isprintable():
            fault = NoPicture()
        elif len(data) > MOST_BYTES:
            fault = TooLarge(limit=MOST_BYTES // 1024 // 1024)
        elif here not in (was, stored):
            fault = PictureDiffers()
        if fault is not None:
            yield ValueLine(name, Action.KEPT, problems=(Problem(file, 0, fault),))
        else:
            yield ValueLine(name, Action.SAME if here == stored else Action.TAKEN)


def with_values(returned: Returned, now: Local, names: set[str]) -> dict[str, Variable]:
    """The edition's own variables with those of the file that are named."""
    own = dict(now.variables)
    for name in names:
        here = now.resolved.get(name)
        values = dict(here.values) if here is not None else {}
        for code, value in returned.values[name].items():
            if code:
                values[code] = value
            else:
                values = dict.fromkeys([ANY, *(k for k in values if k != ANY)], value)
        own[name] = Variable(values, here.hints if here is not None else dict(returned.hints.get(name, {})))
    return own


def _said(variable: Variable | None, code: Language) -> str | None:
    return variable.value(code or ANY) if variable is not None else None


def _told(variable: Variable | None, values: Mapping[Language, str]) -> str:
    return "; ".join(filter(None, (_said(variable, code) for code in values)))
