"""Made-up texts and bundles for property tests: what stands in units, and what nobody would write."""

from __future__ import annotations

from hypothesis import strategies as st

from app.core.checks.terms import Status, Term
from app.interchange.formats.exchange import Bundle, Header, Segment, State

_PIECES = [
    "{{crop}}",
    "{{ currency }}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    '"',
    "\\",
    "\\n",
    "  ",
    "¿Qué es?",
    "n\u0303",  # combining
    "\u2028",
    "\u0085",
    "\x00",
    "\x01",
    "\x1f",
    "\x7f",
    "\ufffe",
    "\U0001f33d",
    "/// case | El comprador\n    lock: fixed\n\ntexto\n///",
    "- [x] sí\n- [ ] no",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[x](http://example.org/?a=1&b=2)",
    "<b>&amp;</b>",
    "]]>",
    "<!-- -->",
    "#, fuzzy",
    'msgid "x"',
    "**fuerte**",
    "=1+1",
    "'",
    ";",
    ",",
    "café",
]
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=5)), max_size=12).map("".join)
)
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True)
header = Header("my-coop", "PE-SAM", "1.2.0", "4f2a", "es", "quy")


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Any bundle whose uids are each there once."""
    segments = []
    for uid in draw(st.lists(names, unique=True, max_size=5)):
        segments.append(
            Segment(
                uid,
                source=draw(texts),
                target=draw(texts),
                state=draw(st.sampled_from(State)),
                unit=draw(names),
                unit_title=draw(texts),
                kind=draw(st.sampled_from(["paragraph", "case"])),
                note=draw(texts),
                previous_source=draw(texts),
            )
        )
    return Bundle(header, tuple(segments))


@st.composite
def terms(draw: st.DrawFn) -> tuple[Term, ...]:
    """Any glossary in which no row comes twice."""
    some = texts.filter(lambda text: text.strip() != "")
    found = draw(
        st.lists(
            st.builds(
                Term,
                concept=some,
                language=st.sampled_from(["es", "es-PE", "quy", "en"]),
                region=st.sampled_from(["", "PE", "PE-SAM"]),
                term=some,
                status=st.sampled_from(Status),
                note=texts,
                definition=texts,
            ),
            max_size=5,
            unique_by=lambda term: (term.concept, term.language, term.region, term.term),
        )
    )
    return tuple(found)
