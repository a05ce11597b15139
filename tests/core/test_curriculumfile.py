from __future__ import annotations

import pytest

from app.core import curriculumfile as cf
from app.core.content import ModuleKind
from app.core.errors import BadFile

GOOD = """slug = "my-coop"
version = "1.0.0"
region = "001"
source_language = "en"
languages = ["en", "es"]
licence = "CC-BY-SA-4.0"
credits = ["Us"]

[titles]
en = "My.Coop"
es = "My.Coop"

[variables.currency]
value = "USD"
hint.en = "The currency"

[variables.member]
value.en = "member"
value.es = "socia"

[[modules]]
uid = "my-coop-1"
folder = "01-basics"
titles.en = "Basics"
titles.es = "Lo básico"

[[modules]]
uid = "my-coop-m"
folder = "99-manual"
kind = "manual"
titles.en = "Manual"
titles.es = "Manual"
"""


def test_a_curriculum_is_read() -> None:
    found = cf.parse_curriculum(GOOD.encode())
    assert (found.slug, found.version, found.region, found.public) == ("my-coop", "1.0.0", "001", False)
    assert found.languages == ("en", "es")
    assert [(module.folder, module.kind) for module in found.modules] == [
        ("01-basics", ModuleKind.MODULE),
        ("99-manual", ModuleKind.MANUAL),
    ]
    assert found.summaries == {}


def test_a_variable_has_one_value_for_all_or_one_per_language() -> None:
    variables = cf.parse_curriculum(GOOD).variables
    assert variables["currency"].value("es") == "USD"
    assert variables["member"].value("es-PE") == "socia"
    assert variables["member"].value("quy") is None
    assert variables["currency"].hints == {"en": "The currency"}


@pytest.mark.parametrize(
    ("old", "new", "fault", "line"),
    [
        ('slug = "my-coop"', 'slug = "My Coop"', cf.BadSlug, 1),
        ('version = "1.0.0"', "version = 1.0", cf.BadVersion, 2),
        ('region = "001"', 'region = "Peru"', cf.BadRegion, 3),
        ('source_language = "en"', 'source_language = "fr"', cf.MissingLanguage, 5),
        ('languages = ["en", "es"]', 'languages = "en"', cf.BadLanguages, 5),
        ('licence = "CC-BY-SA-4.0"', "", cf.MissingKey, 1),
        ('credits = ["Us"]', "credits = []", cf.NotTexts, 7),
        ('credits = ["Us"]', 'credits = ["Us"]\npublic = "no"', cf.NotYesOrNo, 8),
        ('credits = ["Us"]', 'credits = ["Us"]\ncolour = "red"', cf.UnknownKey, 8),
        ('es = "My.Coop"', "", cf.MissingLanguage, 9),
        ('es = "My.Coop"', 'es = "My.Coop"\nfr = "Ma Coop"', cf.UnlistedLanguage, 9),
        ('value = "USD"', "value = 5", cf.NotTextPerLanguage, 14),
        ('value = "USD"', "", cf.MissingKey, 13),
        ('hint.en = "The currency"', 'hint.fr = "x"', cf.UnlistedLanguage, 13),
        ('value.es = "socia"', "", cf.MissingLanguage, 17),
        ("[variables.member]", '[variables."my member"]', cf.BadVariableName, 17),
        ('kind = "manual"', 'kind = "book"', cf.BadModuleKind, 30),
        ('folder = "99-manual"', 'folder = "../x"', cf.BadUid, 29),
        ('uid = "my-coop-m"', 'uid = "my-coop-1"', cf.Twice, 28),
        ('uid = "my-coop-m"', 'uid = "my-coop-m', cf.NotToml, 28),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, fault: type[Exception], line: int) -> None:
    assert old in GOOD
    with pytest.raises(BadFile) as caught:
        cf.parse_curriculum(GOOD.replace(old, new, 1), "c.toml")
    assert type(caught.value.parts["problem"]) is fault
    assert (caught.value.parts["file"], caught.value.parts["line"]) == ("c.toml", line)
    assert "%(" not in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadFile, match="line 2: The file is not UTF-8: byte 3 is E9"):
        cf.parse_curriculum(b"a\n\xe9", "c.toml")
