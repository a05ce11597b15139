"""What of a Markdown text is nobody's wording and stays out of the checks: code, addresses, variables, quotations.

The text keeps its length, so that places found in what is left are places in the text. Names are names.py's matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .tables import table

OPAQUE = "\x01"  # stands for what is not words
SAID = "\x02"  # stands for what somebody else said

_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|(`{1,9})(?!`).{1,1000}?(?<!`)\1(?!`)", re.S)
_MARKUP = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\]\([^)\n]{0,500}\)|<[a-zA-Z/!][^>\n]{0,300}>"
    r"|^ {0,3}/{3,}[ \t]*[\w-]*[ \t]*\|?|^ {4,}[\w-]+ *: [^\n]*$|^ {0,3}\[[^\]\n]+\]: \S+",
    re.M,
)
_MARKUP_SIGNS = re.compile(r"[{\]<]|///|    ")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[^\W_]+(?:_[^\W_]+)+(?:\.\w+)?")
_IN_ADDRESSES = ("://", "www.", "@", "_")  # found at once, which the next is not
_ADDRESS_SIGNS = re.compile(r"://|www\.|\w@\w|[^\W_]_[^\W_]")
_SAID = re.compile(
    r"«[^»]{0,2000}»|“[^”]{0,2000}”|\"[^\"\n]{0,600}\"|‘[^’\n]{0,400}’(?!\w)|„[^”“]{0,600}[”“]"
    r"|^[ \t]*[—―–](?=[^\s\d])[^\n]*$",
    re.M,
)
_SAID_SIGNS = re.compile(r"[«“\"‘„—―–]")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:[-*+] |\d+\. )?[ \t]*>[^\n]*(?:\n(?![ \t]*(?:\n|$|/{3,}|#))[^\n]+)*", re.M)
_QUESTION = re.compile(r"\A\s*/{3,}[ \t]*question\b")
_TOKEN = re.compile(
    r"[a-zß-öø-ÿ]++(?![^\W_]|[-’'])"  # of the next, what most words are, and what is found faster
    r"|[^\W\d_]+(?:[-’'][^\W\d_]+)*|[\x01\x02]+|\d+(?:[.,]\d+)*|[^\s*_]|\n(?=[ \t]*(?:\n|[-*+#>|/:]|\d+[.)]))"
)

_FAR = 100  # words; longer sentences are looked at in part
BREAKS = frozenset(".!?…¡¿|;\n#")
_ABBREVIATIONS = table("sr sra dr dra ing lic prof art núm no pág ud uds")


@dataclass
class Tokens:
    """The words and signs of a text in order, as written (`raw`), in small letters, and from where to where."""

    text: str
    lower: list[str]
    raw: list[str]

    @cached_property
    def starts(self) -> list[int]:
        """Where each begins."""
        return [match.start() for match in _TOKEN.finditer(self.text)]

    @cached_property
    def ends(self) -> list[int]:
        """Where each ends."""
        return [start + len(word) for start, word in zip(self.starts, self.raw, strict=True)]

    def opens(self, index: int) -> bool:
        """Whether a word is the first of its sentence, item, cell or heading."""
        return (
            index == 0 or self.breaks(index - 1) or self.lower[index - 1] in ("-", "+", ":", ")", "]", "—", "–", SAID)
        )

    def breaks(self, index: int) -> bool:
        """Whether a sentence ends at a sign."""
        sign = self.lower[index]
        if sign not in BREAKS:
            return False
        return not (sign == "." and index and self.lower[index - 1] in _ABBREVIATIONS)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the first token of the sentence that a token is in, and the one after its last, as far as one sees."""
        start, end = index, index
        first, last = max(0, index - _FAR), min(len(self.lower), index + _FAR)
        while start > first and not self.breaks(start - 1):
            start -= 1
        while end < last and not self.breaks(end):
            end += 1
        return start, end


def sheltered(text: str) -> str:
    """Return the text, as long as it is, with everything blotted out that is not the author's own wording."""
    is_question = _QUESTION.match(text) is not None
    if "`" in text or "~~~" in text:
        text = _CODE.sub(_opaque, text)
    if _MARKUP_SIGNS.search(text):
        text = _MARKUP.sub(_opaque, text)
    if any(sign in text for sign in _IN_ADDRESSES) and _ADDRESS_SIGNS.search(text):
        text = _ADDRESS.sub(_opaque, text)
    if ">" in text and not is_question:  # the quotation in a question is its author's feedback
        text = _QUOTE.sub(_said, text)
    return _SAID.sub(_said, text) if _SAID_SIGNS.search(text) else text


def tokens(text: str) -> Tokens:
    """Return the words and signs of a text; emphasis is not among them."""
    raw = _TOKEN.findall(text)
    lower = list(map(str.lower, raw))
    if OPAQUE in text or SAID in text:
        lower = [word if word[0] > SAID else word[0] for word in lower]
    return Tokens(text, lower, raw)


def _opaque(match: re.Match[str]) -> str:
    return OPAQUE * len(match[0])


def _said(match: re.Match[str]) -> str:
    return SAID * len(match[0])
