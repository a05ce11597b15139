"""Lists of people as files that are damaged, or made to do harm: refused in a sentence, never a mistake of ours."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from app.core.errors import Refused
from app.delivery.rules import messages
from app.delivery.rules import rosters_files as files
from app.people.kinds import ContactKind
from app.people.rules import persons

LIST = files.to_xlsx([["Nombres", "Apellidos", "Sexo"], *[["Ana", "Quispe", "mujer"]] * 40])


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_with_any_bytes_damaged_is_read_or_refused(seed: int) -> None:
    chance, refused = random.Random(seed), 0  # noqa: S311 - for a test
    for _ in range(60):
        data = bytearray(LIST)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        data = data[: chance.randrange(4, len(data))] if chance.random() < 0.2 else data
        try:
            files.read(bytes(data))
        except Refused:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize(
    "data",
    [
        zipped({"xl/workbook.xml": b"\0" * 40_000_000}),
        zipped({f"xl/{n}.xml": b"x" for n in range(400)}),
        zipped({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        zipped({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
        zipped({"xl/workbook.xml": b"x" * 1000}, zipfile.ZIP_LZMA)[:-90] + b"\0" * 90,
        b"PK\3\4",
        LIST * 2_000,
        b"\xff\xfe\x00\xd8",
        b"Nombres\0,b\n",
        b'"' + b"a" * 400_000,
    ],
)
def test_an_archive_that_expands_or_declares_what_it_should_not_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        files.read(data)


@pytest.mark.parametrize("text", ['sep="\n"a"b\n', "sep=\n\na\n", "sep=", "sep=;", "sep= \na b", "sep=\x0b\na\x0bb"])
def test_no_word_about_what_separates_breaks_a_list(text: str) -> None:
    assert isinstance(files.read(text.encode()), list)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\r=1", " =1", "＝1", "'=1", "\u200b=1"])
def test_nothing_in_a_list_is_run_by_a_spreadsheet_and_it_comes_back_as_it_was(text: str) -> None:
    first = files.to_csv([[text]]).removeprefix(b"\xef\xbb\xbf").decode().lstrip('"')
    assert first.startswith("'")
    meant = " ".join(text.replace("\u200b", "").split())
    assert files.read(files.to_csv([["Nombres"], [text]]))[1][1][0].text == meant
    assert files.read(files.to_xlsx([["Nombres"], [text]]))[1][1][0].text == meant


@pytest.mark.parametrize(
    "typed",
    ["a@b.c\nBcc: x@y.z", "a@b.c, x@y.z", "<a@b.c>", "a@b.c>", '"a"@b.c', "a:b@c.d", "a@b.c?cc=x@y.z", "a\\@b.c", "a"],
)
def test_an_address_of_e_mail_is_one_and_nothing_besides(typed: str) -> None:
    """What is more than an address would name others as readers, or break the head of a letter."""
    with pytest.raises(persons.OddEmail):
        persons.contact(ContactKind.EMAIL, typed)


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "+5199?body=x", "999;ext=1", "９９９９９９９", "*21*999#"])
def test_a_telephone_leads_nowhere_but_to_a_telephone(typed: str) -> None:
    with pytest.raises(persons.OddPhone):
        persons.contact(ContactKind.PHONE, typed)
    link = messages.whatsapp("+51999999999", "PE", "a&b=c#d\r\n?<x>")
    assert link == "https://wa.me/51999999999?text=a%26b%3Dc%23d%0D%0A%3F%3Cx%3E"
