"""An edition's blocks as a PO file (GNU gettext), one entry per block with its uid as context."""

from __future__ import annotations

import re

from .marks import mark, unsure
from .things import Bundle, Header, Segment

STATE_MARK = "vivero-state:"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def to_po(bundle: Bundle) -> bytes:
    """Return the bundle as PO in UTF-8; half a surrogate pair, which no text should have, becomes a question mark."""
    entries = [_head(bundle.header, len(bundle.segments)), *(_entry(segment) for segment in bundle.segments)]
    return "\n".join(entries).encode("utf-8", "replace")


def _head(header: Header, count: int) -> str:
    fields = {
        "Project-Id-Version": f"{header.slug} {header.region} {header.version}",
        **({"PO-Revision-Date": header.made} if header.made else {}),
        "Last-Translator": "Vivero",
        "Language-Team": header.target_language,
        "Language": header.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": header.source_language,
        "X-Vivero-Texts": str(count),  # first, so that a file that says where it is from also says how long it was
        "X-Vivero-Curriculum": header.slug,
        "X-Vivero-Region": header.region,
        "X-Vivero-Version": header.version,
        "X-Vivero-Revision": header.revision,
    }
    lines = "".join(f"{name}: {_one_line(value)}\n" for name, value in fields.items())
    return "\n".join(["msgid " + _quoted(""), "msgstr " + _quoted(lines), ""])


def _entry(segment: Segment) -> str:
    place = " · ".join(filter(None, (segment.unit_title, segment.kind)))
    lines = [f"#. {_one_line(text)}" for text in (place, *segment.note.split("\n")) if text.strip()]
    lines.append(f"#. {STATE_MARK} {mark(segment.state, segment.target)}")
    if segment.unit:
        lines.append("#: " + _one_line(segment.unit).replace(" ", "_"))
    if unsure(segment.state, segment.target):
        lines.append("#, fuzzy")
    if segment.previous_source:
        lines += [f"#| {line}" for line in ("msgid " + _quoted(segment.previous_source)).split("\n")]
    lines.append("msgctxt " + _quoted(segment.uid))
    lines.append("msgid " + _quoted(segment.source))
    lines.append("msgstr " + _quoted(segment.target))
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A text as PO strings, one for each of its lines."""
    parts = [f'"{_ESCAPED.sub(_escape, line)}"' for line in _LINES.findall(text)]
    return "\n".join(['""', *parts] if len(parts) > 1 else parts or ['""'])


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\{ord(found[0]):03o}"


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()
