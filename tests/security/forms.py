"""Reading the forms of pages as a browser would send them: where to, with what, by which button."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = frozenset({"submit", "button", "image", "reset"})


@dataclass
class Form:
    """A form that is posted: its address, what is typed in it as it is shown, and its named buttons."""

    action: str
    typed: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self) -> list[dict[str, str]]:
        """What each of its buttons sends, untouched."""
        return [{**self.typed, name: value} for name, value in self.buttons] or [dict(self.typed)]


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page, self._select, self._area = page, "", ""
        self._by_id: dict[str, Form] = {}
        self.found: list[Form] = []
        self._form: Form | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = None
            if given.get("method", "").lower() == "post":
                self._form = Form(given.get("action") or self._page)
                self._by_id[given.get("id", "")] = self._form
                self.found.append(self._form)
        form = self._by_id.get(given["form"]) if "form" in given else self._form
        name = given.get("name", "")
        if form is None or not name:
            return
        if tag == "select":
            self._select = name
            form.typed[name] = ""
        elif tag == "textarea":
            self._area = name
            form.typed[name] = ""
        elif tag == "button" or (tag == "input" and given.get("type") in UNSENT):
            form.buttons.append((name, given.get("value", "")))
        elif tag == "input" and given.get("type") == "file":
            form.files.add(name)
        elif tag == "input" and (given.get("type") not in ("checkbox", "radio") or not form.typed.get(name)):
            form.typed[name] = given.get("value", "")
        if tag == "button" and given.get("formaction"):
            self.found.append(Form(given["formaction"], form.typed))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, text: str) -> None:
        if self._form is not None and self._area:
            self._form.typed[self._area] += text


class _Options(_Reader):
    """A select sends the option that is chosen, or the first that says something."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attributes)
        given = dict(attributes)
        if tag == "option" and self._form is not None and self._select:
            value = given.get("value") or ""
            if "selected" in given or not self._form.typed.get(self._select):
                self._form.typed[self._select] = value


def forms(page: str, address: str) -> list[Form]:
    """The forms of a page that are posted, with what stands in them."""
    reader = _Options(address)
    reader.feed(page)
    reader.close()
    return reader.found
