from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.content import Kind, Lock
from app.core.errors import BadFile
from app.core.unitfile import (
    MOST_BLOCKS,
    FileBlock,
    UnitFile,
    check_pair,
    check_plan,
    dump,
    faults,
    parse,
    parse_blocks,
    plan_minutes,
    unit_title,
)

HEAD = "---\nuid: coop-1\nminutes: 30\n---\n\n"

UNIT = (
    HEAD
    + """# Why we have a co-operative

A paragraph about {{member_plural}}.
{: #intro lock=must_adapt }

- one
- two

/// plan | Our time

| Minutes | What |
|---|---|
| 10 | Talk |
| 20 min | Work |
///

/// question | Why?
    lock: fixed
    use: pre, post
    id: why-1
    objective: 1

- [x] Because
///
"""
)


def refused(text: str | bytes) -> BadFile:
    with pytest.raises(BadFile) as caught:
        parse(text, "a.md")
    assert caught.value.parts["file"] == "a.md"
    return caught.value


def test_a_unit_is_read_with_locks_uids_and_lines() -> None:
    unit = parse(UNIT.encode(), "a.md")
    assert (unit.uid, unit.minutes) == ("coop-1", 30)
    assert [(block.kind, block.uid, block.lock, block.line) for block in unit.blocks] == [
        (Kind.HEADING, None, Lock.ADAPTABLE, 6),
        (Kind.PARAGRAPH, "intro", Lock.MUST_ADAPT, 8),
        (Kind.LIST, None, Lock.ADAPTABLE, 11),
        (Kind.PLAN, None, Lock.ADAPTABLE, 14),
        (Kind.QUESTION, "why-1", Lock.FIXED, 22),
    ]


def test_locks_and_uids_are_no_part_of_a_text() -> None:
    blocks = parse(UNIT).blocks
    assert blocks[1].text == "A paragraph about {{member_plural}}."
    assert blocks[4].text == "/// question | Why?\n    use: pre, post\n    objective: 1\n\n- [x] Because\n///"


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        (UNIT.encode().replace(b"about", b"abo\xfft"), faults.NotUtf8, 8),
        (b"x" * 1_000_001, faults.TooBig, 0),
        ("# No front matter\n", faults.NoFrontMatter, 1),
        ("---\nuid: [a\nminutes: 5\n---\n", faults.BadFrontMatter, 3),
        ("---\nuid: coop-1\n---\n", faults.MissingKey, 1),
        ("---\nuid: a\nminutes: 5\ntitle: T\n---\n", faults.UnknownKey, 4),
        ("---\nuid: a b\nminutes: 5\n---\n", faults.BadUid, 2),
        ("---\nuid: 12\nminutes: 5\n---\n", faults.BadUid, 2),
        ("---\nuid: a\nminutes: 0\n---\n", faults.BadMinutes, 3),
        ("---\nuid: a\nminutes: 1.5\n---\n", faults.BadMinutes, 3),
        ("---\nuid: a\nminutes: yes\n---\n", faults.BadMinutes, 3),
        (HEAD + "One\n{: #a }\n\nTwo\n{: #a }\n", faults.UidTwice, 9),
        (HEAD + "One\n{: #coop-1 }\n", faults.UidTwice, 6),
        (HEAD + "One\n{: lock=frozen }\n", faults.UnknownLock, 6),
        (HEAD + "/// note\n    lock: open\n\nx\n///\n", faults.UnknownLock, 6),
        (HEAD + "One\n\n{: lock=fixed }\n", faults.LooseAttributes, 8),
        (HEAD + "One\n{: lock=fixed }\nTwo\n", faults.LooseAttributes, 7),
        (HEAD + "One\n\n/// note | T\n\nx\n", faults.UnclosedBlock, 8),
        (HEAD + "//// case\n\n/// note\nx\n////\n", faults.UnclosedBlock, 8),
        (HEAD + "/// case\n\n/// note\nx\n///\ny\n///\n", faults.UnclosedBlock, 8),
        (HEAD + "One\n\n///\n", faults.NothingToClose, 8),
        (HEAD + "/// activty | T\nx\n///\n", faults.UnknownKind, 6),
        (HEAD + "/// activity | T\n    minuets: 5\nx\n///\n", faults.UnknownOption, 7),
        (HEAD + "x\n\n" * (MOST_BLOCKS + 1), faults.TooManyBlocks, 4006),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, fault: type[Exception], line: int) -> None:
    error = refused(text)
    assert type(error.parts["problem"]) is fault
    assert error.parts["line"] == line
    assert "%(" not in str(error)


def test_a_bad_byte_is_named() -> None:
    assert "byte 10 is FF" in str(refused(b"---\nuid: \xff"))


def test_code_may_show_anything() -> None:
    code = "```\n/// note\n///\n{: lock=open }\n/// nonsense\n```"
    assert [block.text for block in parse_blocks(code)] == [code]


def test_a_text_without_front_matter_can_be_read_as_blocks() -> None:
    blocks = parse_blocks("\n\n# T\n\nx\n{: #u }\n\ny")
    assert [(block.text, block.uid, block.line) for block in blocks] == [
        ("# T", None, 3),
        ("x", "u", 5),
        ("y", None, 8),
    ]


PLAIN = [
    (Kind.HEADING, "# T"),
    (Kind.HEADING, "T\n==="),
    (Kind.PARAGRAPH, "Words\nand more"),
    (Kind.LIST, "- a\n- b\n\n    more"),
    (Kind.LIST, "1. a"),
    (Kind.QUOTE, "> a\n>\n> b"),
    (Kind.CODE, "    code"),
    (Kind.CODE, "```\ncode\n\n/// note\n```"),
    (Kind.TABLE, "| a | b |\n|---|---|\n| 1 | 2 |"),
    (Kind.FIGURE, "![a](media/b.svg)"),
    (Kind.RULE, "***"),
    (Kind.CASE, "/// case | T\n\nx\n///"),
    (Kind.PLAN, "/// plan\n///"),
    (Kind.ACTIVITY, "/// activity | T\n    minutes: 5\n\n- a\n///"),
]
blocks_of_files = st.builds(
    lambda plain, uid, lock: FileBlock(uid, plain[0], lock, plain[1]),
    st.sampled_from(PLAIN),
    st.none() | st.uuids().map(str),
    st.sampled_from(Lock),
)


@given(
    st.builds(
        UnitFile,
        st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,9}\Z"),
        st.integers(min_value=1, max_value=10_000),
        st.lists(blocks_of_files, max_size=12).map(tuple),
    )
)
@settings(max_examples=300)
def test_a_written_unit_is_read_as_the_same_unit(unit: UnitFile) -> None:
    assert parse(dump(unit)) == unit


def test_neighbours_that_would_join_are_kept_apart() -> None:
    blocks = (FileBlock(None, Kind.LIST, Lock.ADAPTABLE, "- a"), FileBlock(None, Kind.LIST, Lock.ADAPTABLE, "- b"))
    assert dump(UnitFile("u", 5, blocks)) == "---\nuid: u\nminutes: 5\n---\n\n- a\n{: }\n\n- b\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Words\n\n## Two\n\n# The *title* #\n", "The *title*"),
        ("Title\n=====\n", "Title"),
        ("## Only two\n", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_heading_of_level_one(text: str, title: str) -> None:
    assert unit_title(parse_blocks(text)) == title


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("/// plan\n\n| Min | What |\n|---|---|\n| 10 | a |\n| 5–7 | b |\n| | c |\n///", 15),
        ("Min | What\n--|--\n10 | a", 10),
        ("| 10 | a |\n", None),
        ("No table", None),
    ],
)
def test_plan_minutes_are_the_sum_of_the_first_column(text: str, minutes: int | None) -> None:
    assert plan_minutes(text) == minutes


def test_a_plan_must_add_up() -> None:
    check_plan(parse(UNIT))
    with pytest.raises(BadFile, match="line 14: The minutes of the plan add up to 31, but the unit has 30"):
        check_plan(parse(UNIT.replace("| 10 |", "| 11 |")), "a.md")


@pytest.mark.parametrize(
    ("other", "fault", "line"),
    [
        (UNIT.replace("coop-1", "coop-2"), faults.OtherValue, 2),
        (UNIT.replace("minutes: 30", "minutes: 31"), faults.OtherValue, 3),
        (UNIT.replace("- one\n- two", "Text"), faults.OtherKind, 11),
        (UNIT.replace("lock: fixed", "lock: must_adapt"), faults.OtherLock, 22),
        (UNIT.replace("#intro", "#other"), faults.OtherValue, 8),
        (UNIT + "\nMore\n", faults.BlockTooMany, 31),
        (UNIT[: UNIT.index("/// question")], faults.BlockMissing, 14),
    ],
)
def test_two_languages_must_be_one_unit(other: str, fault: type[Exception], line: int) -> None:
    source = parse(UNIT)
    check_pair(source, parse(UNIT.replace("Why", "Por qué")))
    with pytest.raises(BadFile) as caught:
        check_pair(source, parse(other), "b.md")
    assert type(caught.value.parts["problem"]) is fault
    assert (caught.value.parts["file"], caught.value.parts["line"]) == ("b.md", line)
