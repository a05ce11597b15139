"""What HTML may leave the renderer: a short list of elements, attributes, classes and kinds of address."""

from __future__ import annotations

import re

import nh3

from app.core.content import TYPED_KINDS

_TAGS = set(
    re.findall(
        r"\w+",
        "a blockquote br code data em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section span strong "
        "table tbody td th thead tr ul",
    )
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "data": {"value"},
    "code": {"class"},
    "table": {"tabindex"},
}
_ALIGNED = {"align-left", "align-center", "align-right"}
_CLASSES = {
    "section": {"block", *(f"block-{kind}" for kind in TYPED_KINDS)},
    "p": {"facts"},
    "data": {"minutes", "objectives", "objective", "use"},
    "li": {"choice", "key"},
    "blockquote": {"feedback"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_FOREIGN_IMAGE = re.compile(r"[\s\x00-\x20]*(?:(?!https:)[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_SCHEME = re.compile(r"([^/?#:]*):")
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\ufeff]+")
_LANGUAGE = re.compile(r"language-[\w#.+-]+")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute, or drop it: pictures come from here or over https, a list starts with a number."""
    if name == "href":
        scheme = _SCHEME.match(_BLANK.sub("", value))
        return value if scheme is None or scheme[1].lower() in _SCHEMES else None
    if tag == "img" and name == "src":
        return None if _FOREIGN_IMAGE.match(value) else value
    if tag == "ol" and name == "start":
        return value if value.isdecimal() and len(value) < 7 else None
    if tag == "code" and name == "class":
        return value if _LANGUAGE.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=set(),
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    allowed_classes=_CLASSES,
    url_schemes=_SCHEMES,
    link_rel="noopener",
    strip_comments=True,
)


def clean(page: str) -> str:
    """Return the HTML with everything taken out that is not on the list."""
    return _cleaner.clean(page)
