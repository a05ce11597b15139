"""Markdown to safe HTML, the same for every reader: language-neutral, variables left in place until `fill`.

A block's HTML depends on its text and the audience alone, so it may be cached by the text's digest for ever.
Labels in a language ("25 minutes") are the template's work: facts come as `<data class="minutes" value="25">`.
Limits are in limits.py, the parser in parser.py, what is let through in safety.py, small typography in typesetting.py.
"""

from __future__ import annotations

import html
import logging
from typing import Literal

from app.core.errors import Refused

from .filling import fill as fill
from .limits import TooDeep as TooDeep
from .limits import TooDense as TooDense
from .limits import TooLong as TooLong
from .limits import check_text as check_text
from .parser import convert
from .safety import clean
from .typesetting import typeset

Audience = Literal["facilitator", "participant"]

log = logging.getLogger(__name__)


def render(text: str, audience: Audience = "facilitator") -> str:
    """Return safe HTML of a Markdown text; never raises.

    For participants, typed blocks that are the trainer's own are left out, and questions lose key and feedback.
    A text that `check_text` refuses is shown as it was typed, in `<pre class="unrendered">`.
    """
    try:
        check_text(text)
        return typeset(clean(convert(text, participant=audience == "participant")))
    except Refused:
        return _as_typed(text)
    except Exception:  # the page must stand; the text is shown and the fault is ours to find
        log.exception("A text of %s characters could not be rendered.", len(text))
        return _as_typed(text)


def _as_typed(text: str) -> str:
    return f'<pre class="unrendered">{html.escape(text, quote=False)}</pre>'
