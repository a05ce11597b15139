"""Word's "accept all" and "reject all", done over the XML, so that a redline can be asked for both its versions."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def body_of(data: bytes) -> etree._Element:
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).find(W + "body")
    assert body is not None
    return body


def settled(data: bytes, *, accept: bool) -> list[object]:
    """What a redline says once all its changes are accepted, or all rejected."""
    body = body_of(data)
    stays, goes = ("ins", "del") if accept else ("del", "ins")
    for row in list(body.iter(W + "tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            _parent(row).remove(row)
    for table in list(body.iter(W + "tbl")):
        if table.find(W + "tr") is None:
            _parent(table).remove(table)
    for tag in list(body.iter(W + goes)):
        if _parent(tag).tag not in (W + "rPr", W + "trPr"):
            _parent(tag).remove(tag)
    for tag in list(body.iter(W + stays)):
        parent = _parent(tag)
        if parent.tag not in (W + "rPr", W + "trPr"):
            place = parent.index(tag)
            parent[place : place + 1] = list(tag)
    for paragraph in list(body.iter(W + "p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None:
            _join_with_next(paragraph)
    for text in body.iter(W + "delText"):
        text.tag = W + "t"
    return described(body)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _join_with_next(paragraph: etree._Element) -> None:
    """A paragraph that lost its mark runs on into the next one; what is left of it must be nothing here."""
    parent = _parent(paragraph)
    following = paragraph.getnext()
    assert following is not None, "the last paragraph of a place cannot lose its mark"
    content = [child for child in paragraph if child.tag not in (W + "pPr", W + "bookmarkStart", W + "bookmarkEnd")]
    assert not [child for child in content if "".join(child.itertext(W + "t", W + "delText")) or child.tag == W + "r"]
    parent.remove(paragraph)


def described(body: etree._Element) -> list[object]:
    """A body as plain values: styles, list counting, words with their look; no ids, no boundaries between runs."""
    lists: dict[str, int] = {}
    found: list[object] = []
    in_contents = False
    for element in body:
        if element.tag == W + "p":
            style = element.find(f"{W}pPr/{W}pStyle")
            in_contents = style is not None and str(style.get(W + "val")).startswith("TOC")
            if not in_contents and element.find(f".//{W}fldChar") is None:
                found.append(_paragraph(element, lists))
        elif element.tag == W + "tbl":
            rows = [[_paragraph(p, lists) for p in row.iter(W + "p")] for row in element.iter(W + "tr")]
            heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in element.iter(W + "tr")]
            found.append(("table", rows, heads))
    return found


def _paragraph(paragraph: etree._Element, lists: dict[str, int]) -> object:
    properties: list[object] = []
    for child in paragraph.find(W + "pPr") if paragraph.find(W + "pPr") is not None else ():
        if child.tag == W + "numPr":
            number = str(child.find(W + "numId").get(W + "val"))
            properties.append(("list", lists.setdefault(number, len(lists)), child.find(W + "ilvl").get(W + "val")))
        elif child.tag not in (W + "rPr", W + "keepNext"):  # which pages break where is no part of a version
            properties.append(etree.tostring(child))
    pieces: list[tuple[str, str]] = []
    for run in paragraph.iter(W + "r"):
        if run.find(W + "commentReference") is not None:
            continue
        parent = _parent(run)
        link = str(parent.get(RELATION + "id")) if parent.tag == W + "hyperlink" else ""
        look = run.find(W + "rPr")
        shown = link + (etree.tostring(look).decode() if look is not None else "")
        for child in run:
            words = {W + "br": "\n", W + "tab": "\t", W + "drawing": "[picture]"}.get(str(child.tag), child.text or "")
            if child.tag == W + "rPr" or not words:
                continue
            if child.tag == W + "drawing":
                words = "[" + str(child.find(".//{*}docPr").get("descr")) + "]"
            if pieces and pieces[-1][0] == shown:
                pieces[-1] = (shown, pieces[-1][1] + words)
            else:
                pieces.append((shown, words))
    return (tuple(properties), tuple(pieces))
