"""Text of a Markdown paragraph to runs: emphasis, code, links, pictures, line breaks, escapes.

Raw HTML stays text, as everywhere in Vivero. Every step is linear in the length of the text, whatever is written
in it: delimiters are matched with a stack, and what was not found once is not looked for again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE, Inline, Inlines, Picture, Run

_PLAIN = re.compile(r"[^\\`*_\[\]~<&\n!]*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TOKEN = re.compile(
    r"(?P<break>(?: {2,32}|\\)\n[ \t]*)|(?P<space>[ \t]{0,32}\n[ \t]*)|(?P<escape>\\[!-/:-@\[-`{-~])|(?P<ticks>`+)"
    r"|(?P<image>!\[)|(?P<open>\[)|(?P<close>\])|(?P<delimiter>\*+|_+|~~+)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]*)>|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
)
_DESTINATION = re.compile(
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))"""
    r"""(?:\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?\s*\)"""
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SAFE_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_WHITE = re.compile(r"[\s\x00-\x1f]+")
_NOT_IN_ADDRESS = re.compile(r'["<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})')
MOST_ADDRESS = 2000  # characters; Word does not open a file with longer ones
_MOST_OPEN_BRACKETS = 64  # nobody nests deeper; keeps the work linear when somebody tries

References = Mapping[str, tuple[str, str]]


def safe_href(url: str) -> str:
    """Return an address fit to be a link: web, mail, telephone or relative; anything else becomes empty.

    Signs that no address may have are written as `%XX`; Word calls a file damaged for less.
    """
    url = _WHITE.sub("%20", html.unescape(url).strip())
    url = _NOT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", url)
    is_safe = len(url) <= MOST_ADDRESS and (_SAFE_SCHEME.match(url) or not _SCHEME.match(url))
    return url if is_safe else ""


class _Piece:
    """Text on its way to be a run; for a delimiter, how many of its characters are still unused."""

    __slots__ = ("can_close", "can_open", "char", "count", "href", "marks", "picture", "text")

    def __init__(self, text: str, marks: int = 0, href: str = "", picture: Picture | None = None) -> None:
        self.text, self.marks, self.href, self.picture = text, marks, href, picture
        self.char, self.count, self.can_open, self.can_close = "", 0, False, False


def parse_inline(text: str, references: References | None = None) -> Inlines:
    """Return the runs of a paragraph's text. `references` are `[label]: address` definitions by folded label."""
    if _PLAIN.fullmatch(text):
        return (Run(text),)
    return _Reader(text, references or {}).read()


class _Reader:
    def __init__(self, text: str, references: References) -> None:
        self.text, self.references = text, references
        self.pieces: list[_Piece] = []
        self.delimiters: list[int] = []
        self.brackets: list[tuple[int, int, bool, int]] = []  # piece, delimiters before it, picture?, place in text
        self.changes: dict[int, list[tuple[int, int]]] = {}  # piece -> (mark, +1 or -1)
        self.absent_ticks: set[int] = set()
        self.linked_from = 0  # brackets before this piece hold a link already and cannot be one

    def read(self) -> Inlines:
        text, place = self.text, 0
        while match := _TOKEN.search(text, place):
            if match.start() > place:
                self.pieces.append(_Piece(text[place : match.start()]))
            place = getattr(self, "_" + str(match.lastgroup))(match)
        if place < len(text):
            self.pieces.append(_Piece(text[place:]))
        self._match_delimiters(0)
        return self._runs()

    def _break(self, match: re.Match[str]) -> int:
        self.pieces.append(_Piece("\n"))
        return match.end()

    def _space(self, match: re.Match[str]) -> int:
        self.pieces.append(_Piece(" "))
        return match.end()

    def _escape(self, match: re.Match[str]) -> int:
        self.pieces.append(_Piece(match[0][1]))
        return match.end()

    def _entity(self, match: re.Match[str]) -> int:
        self.pieces.append(_Piece(html.unescape(match[0])))
        return match.end()

    def _auto(self, match: re.Match[str]) -> int:
        self.pieces.append(_Piece(match["auto"].removeprefix("mailto:"), href=safe_href(match["auto"])))
        return match.end()

    def _ticks(self, match: re.Match[str]) -> int:
        ticks, start = match[0], match.end()
        if len(ticks) not in self.absent_ticks:
            for close in re.compile("`+").finditer(self.text, start):
                if close[0] == ticks:
                    code = _WHITE.sub(" ", self.text[start : close.start()])
                    stripped = code[1:-1] if code[:1] == code[-1:] == " " and code.strip() else code
                    self.pieces.append(_Piece(stripped, CODE))
                    return close.end()
            self.absent_ticks.add(len(ticks))
        self.pieces.append(_Piece(ticks))
        return start

    def _delimiter(self, match: re.Match[str]) -> int:
        before = self.text[match.start() - 1 : match.start()] or " "
        after = self.text[match.end() : match.end() + 1] or " "
        left = not after.isspace() and (after not in _PUNCTUATION or before.isspace() or before in _PUNCTUATION)
        right = not before.isspace() and (before not in _PUNCTUATION or after.isspace() or after in _PUNCTUATION)
        piece = _Piece(match[0])
        piece.char, piece.count = match[0][0], len(match[0])
        piece.can_open, piece.can_close = left, right
        if piece.char == "_":
            piece.can_open = left and (not right or before in _PUNCTUATION)
            piece.can_close = right and (not left or after in _PUNCTUATION)
        self.delimiters.append(len(self.pieces))
        self.pieces.append(piece)
        return match.end()

    def _open(self, match: re.Match[str], is_picture: bool = False) -> int:
        if len(self.brackets) < _MOST_OPEN_BRACKETS:
            self.brackets.append((len(self.pieces), len(self.delimiters), is_picture, match.end()))
        self.pieces.append(_Piece(match[0]))
        return match.end()

    def _image(self, match: re.Match[str]) -> int:
        return self._open(match, is_picture=True)

    def _close(self, match: re.Match[str]) -> int:
        if not self.brackets:
            self.pieces.append(_Piece("]"))
            return match.end()
        opener, delimiters_before, is_picture, inside = self.brackets.pop()
        found = self._target(match, inside) if is_picture or opener >= self.linked_from else None
        if found is None:
            self.pieces.append(_Piece("]"))
            return match.end()
        address, title, end = found
        if is_picture:
            self._match_delimiters(delimiters_before)
            inner = self.pieces[opener + 1 :]
            alt = "".join(piece.picture.alt if piece.picture else piece.text for piece in inner)
            for piece in inner:
                piece.text, piece.picture = "", None
            self.pieces[opener].picture = Picture(alt, address, title)
            return end
        self._match_delimiters(delimiters_before)
        self.pieces[opener].text = ""
        href = safe_href(address)
        for piece in self.pieces[opener + 1 :]:
            piece.href = href
        self.linked_from = len(self.pieces)
        return end

    def _target(self, match: re.Match[str], inside: int) -> tuple[str, str, int] | None:
        """The address, title and end of what follows a closing bracket, or None when it is no link."""
        if found := _DESTINATION.match(self.text, match.end()):
            address = found["angled"] if found["angled"] is not None else found["bare"]
            title = found["double"] or found["single"] or ""
            return _UNESCAPE.sub(r"\1", address), _UNESCAPE.sub(r"\1", title), found.end()
        if not self.references:
            return None
        end, label = match.end(), ""
        if named := _REFERENCE.match(self.text, end):
            end, label = named.end(), named[1]
        label = label or self.text[inside : min(match.start(), inside + 201)]
        target = self.references.get(fold_label(label))
        return (*target, end) if target else None

    def _match_delimiters(self, first: int) -> None:
        """Pair emphasis delimiters from index `first` on, and forget them."""
        stack: list[int] = []
        bottoms: dict[tuple[str, int, bool], int] = {}
        for index in self.delimiters[first:]:
            piece = self.pieces[index]
            while piece.can_close and piece.count:
                key = (piece.char, piece.count % 3, piece.can_open)
                at = self._opener(stack, piece, bottoms.get(key, 0))
                if at is None:
                    bottoms[key] = len(stack)
                    break
                opener = self.pieces[stack[at]]
                del stack[at + 1 :]
                used = 2 if min(opener.count, piece.count) >= 2 else 1
                mark = STRIKE if piece.char == "~" else BOLD if used == 2 else ITALIC
                self.changes.setdefault(stack[at] + 1, []).append((mark, 1))
                self.changes.setdefault(index, []).append((mark, -1))
                opener.count -= used
                piece.count -= used
                if not opener.count:
                    stack.pop()
                bottoms = {key: min(value, len(stack)) for key, value in bottoms.items()}
            if piece.can_open and piece.count:
                stack.append(index)
        for index in self.delimiters[first:]:
            self.pieces[index].text = self.pieces[index].char * self.pieces[index].count
        del self.delimiters[first:]

    def _opener(self, stack: list[int], closer: _Piece, bottom: int) -> int | None:
        for at in range(len(stack) - 1, bottom - 1, -1):
            opener = self.pieces[stack[at]]
            if opener.char != closer.char or (closer.char == "~" and min(opener.count, closer.count) < 2):
                continue
            either_both = opener.can_close or closer.can_open
            if either_both and (opener.count + closer.count) % 3 == 0 and (opener.count % 3 or closer.count % 3):
                continue
            return at
        return None

    def _runs(self) -> Inlines:
        runs: list[Inline] = []
        open_marks = {BOLD: 0, ITALIC: 0, STRIKE: 0}
        marks = 0
        for index, piece in enumerate(self.pieces):
            if index in self.changes:
                for mark, step in self.changes[index]:
                    open_marks[mark] += step
                marks = sum(mark for mark, count in open_marks.items() if count > 0)
            if piece.picture:
                runs.append(piece.picture)
            elif piece.text:
                wanted = marks | piece.marks
                last = runs[-1] if runs else None
                if isinstance(last, Run) and last.marks == wanted and last.href == piece.href:
                    runs[-1] = Run(last.text + piece.text, wanted, piece.href)
                else:
                    runs.append(Run(piece.text, wanted, piece.href))
        return tuple(runs)


def fold_label(label: str) -> str:
    """Return a reference label as it is compared: case and white space do not count."""
    return " ".join(label.split()).casefold()
