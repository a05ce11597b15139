"""Which comment of a Word file answers which other, and which were settled. What they say is read elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from app.interchange.formats.docx.names import MAIN
from app.interchange.formats.docx.opening import OpenedFile

_W = f"{{{MAIN}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Threads:
    """The threads of one file, by the ids that its comments' paragraphs have; files of older versions have none."""

    def __init__(self, opened: OpenedFile, comments: Iterable[etree._Element]) -> None:
        self._names = {one: str(row.get(_W + "id")) for row in comments for one in self.ids_in(row)}
        self._parents: dict[str, str] = {}
        self._settled: set[str] = set()
        tree = opened.tree(opened.related("commentsExtended"))
        for row in tree if tree is not None else ():
            one = str(row.get(_W15 + "paraId") or "")
            if parent := str(row.get(_W15 + "paraIdParent") or ""):
                self._parents[one] = parent
            if row.get(_W15 + "done") in ("1", "true"):
                self._settled.add(one)

    @staticmethod
    def ids_in(comment: etree._Element) -> list[str]:
        """The ids of a comment's paragraphs; the last one stands for the comment."""
        found = (str(paragraph.get(_W14 + "paraId") or "") for paragraph in comment.iter(_W + "p"))
        return [one for one in found if one]

    def parent(self, ids: Sequence[str]) -> str:
        """The name of the comment that this one answers, or an empty text."""
        return self._names.get(self._parents.get(ids[-1], ""), "") if ids else ""

    def is_settled(self, ids: Sequence[str]) -> bool:
        return bool(ids) and ids[-1] in self._settled
