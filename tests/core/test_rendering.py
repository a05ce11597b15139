from __future__ import annotations

import re
import threading
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.rendering import TooDeep, TooDense, TooLong, check_text, fill, render

from .markdown_texts import markdown_texts

QUESTION = """/// question | What is a {{coop}}?
    use: pre, post
    objective: 1

- [ ] An office
- [x] Its members

> Members own it.
///
"""


class Nesting(HTMLParser):
    """Fails on an element that is closed out of order or never; collects elements and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\n###### Six", "<h1>One</h1>\n<h6>Six</h6>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("2. two\n3. three", '<ol start="2">\n<li>two</li>\n<li>three</li>\n</ol>'),
        ("[a](http://b.c)", '<p><a href="http://b.c" rel="noopener">a</a></p>'),
        ("[a](mailto:b@c.d) [e](tel:+51) [f](../g.md)", None),
        ("<b>raw</b> & <!-- c -->", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &lt;!-- c --&gt;</p>"),
        ("```python title\nx = 1 < 2\n```", '<pre><code class="language-python">x = 1 &lt; 2\n</code></pre>'),
        ("![alt](media/a.svg)", '<figure><img alt="alt" src="media/a.svg"></figure>'),
        (
            '![alt](media/a.svg "Caption")',
            '<figure><img alt="alt" src="media/a.svg"><figcaption>Caption</figcaption></figure>',
        ),
        ("see ![alt](https://b.c/d.png)", '<p>see <img alt="alt" src="https://b.c/d.png"></p>'),
        ("[a][b]\n\n[b]: /c", '<p><a href="/c" rel="noopener">a</a></p>'),
        ("/// nonsense | T\nText\n///", "<p>/// nonsense | T\nText\n///</p>"),
        ("/// note | never closed\n\nText", "<p>/// note | never closed</p>\n<p>Text</p>"),
    ],
)
def test_markdown_becomes_plain_semantic_html(text: str, expected: str | None) -> None:
    page = render(text)
    if expected is not None:
        assert page == expected
    else:
        assert page.count("href=") == 3


def test_typed_blocks_are_sections_with_facts_as_data() -> None:
    page = render("/// activity | The *market* basket\n    minutes: 25\n    objectives: 1, 2\n\n1. Form groups\n///")
    assert page == (
        '<section class="block block-activity">\n<h2>The <em>market</em> basket</h2>\n'
        '<p class="facts"><data class="minutes" value="25">25</data> '
        '<data class="objectives" value="1 2">1, 2</data></p>\n'
        "<ol>\n<li>Form groups</li>\n</ol>\n</section>"
    )


def test_typed_blocks_nest() -> None:
    page = render("//// case | Outer\n\nText\n\n/// handout\n- a\n///\nMore\n////")
    assert page.count("<section") == 2
    assert page.index("block-case") < page.index("block-handout") < page.index("More")
    assert page.endswith("<p>More</p>\n</section>")


def test_tables_are_aligned_by_class() -> None:
    page = render("| a | b |\n|:-:|--:|\n| 1 | `x|y` |")
    assert '<th class="align-center">a</th>' in page
    assert '<td class="align-right"><code>x|y</code></td>' in page
    assert "style=" not in page


def test_a_table_is_reached_by_keyboard_and_an_empty_head_is_a_cell() -> None:
    page = render("| | a |\n|---|---|\n| b | c |")
    assert page.startswith('<table tabindex="0">')
    assert "<th></th>" not in page
    assert "<td></td>" in page


def test_facilitators_see_key_and_feedback() -> None:
    page = render(QUESTION)
    assert '<li class="choice">An office</li>\n<li class="choice key">Its members</li>' in page
    assert '<blockquote class="feedback">' in page
    assert "<input" not in page


def test_participants_see_neither_key_nor_feedback() -> None:
    page = render(QUESTION, "participant")
    assert page.count('<li class="choice">') == 2
    assert "key" not in page
    assert "Members own it" not in page


def test_a_loose_question_shows_no_key_to_participants_either() -> None:
    page = render("/// question | Q?\n\n- [ ] a\n\n- [x] b\n\n///", "participant")
    assert page.count('<li class="choice">') == 2
    assert "[x]" not in page


@pytest.mark.parametrize("kind", ["note", "plan", "materials", "access"])
def test_what_is_for_the_trainer_is_left_out_for_participants(kind: str) -> None:
    text = f"Before\n\n//// case\n\n/// {kind} | Secret\nText of it\n///\n////\n\n/// {kind}\nSecret\n///"
    assert "Secret" in render(text)
    page = render(text, "participant")
    assert "Secret" not in page
    assert "Text of it" not in page
    assert "Before" in page


ATTACKS = [
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a]({{x}}javascript:alert(1))",
    "[a](java{{x}}script:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "<javascript://%0aalert(1)>",
    "[a][b]\n\n[b]: javascript:alert(1)",
    '[a](http://b "onmouseover=alert(1) x=\\"")',
    "[a](http://b' onclick='alert(1))",
    '![a](x" onerror="alert(1))',
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![a](http://tracker.example/p.gif)",
    "![a](//tracker.example/p.gif)",
    "![a](/\\tracker.example/p.gif)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><button>x</button></form>",
    "# T {: onclick=alert(1) }\n\n{: onclick=alert(1) }",
    "a{: #x .y onclick=alert(1) }",
    "```{.py onclick=alert(1)}\nx\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "/// note | <script>alert(1)</script>\n    attrs: {onclick: alert(1)}\n\nx\n///",
    '/// note" onclick="alert(1) | T\nx\n///',
    '/// activity\n    minutes: "><script>alert(1)</script>\nx\n///',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "＜script＞alert(1)＜/script＞",
    "\u202e<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02/// note | 0\n\x02///",
    "| <script>x</script> |\n|---|\n| [a](javascript:x) |",
    "<<script>script>alert(1)<</script>/script>",
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "> {}", "- {}", "/// note | T\n{}\n///", "*{}*"])
def test_attacks_come_to_nothing(text: str, around: str) -> None:
    page = render(around.replace("{}", text))
    found = Nesting(page)
    assert not found.tags & {"script", "style", "iframe", "form", "input", "button", "svg", "object"}
    for tag, name, value in found.attributes:
        assert not name.startswith("on"), page
        assert name in {"href", "src", "alt", "title", "class", "rel", "value", "start"} or (tag, name, value) == (
            "table",
            "tabindex",
            "0",
        ), page
        if name == "href":
            scheme = re.match(r"[^/?#]*?:", re.sub(r"[\x00-\x20]", "", value))
            assert scheme is None or scheme[0].lower() in {"http:", "https:", "mailto:", "tel:"}, page
        if name == "src":
            assert tag == "img"
            assert not re.match(r"\s*([/\\]{2}|(?!https:)[a-z]+:)", value, re.IGNORECASE), page


@given(markdown_texts)
@settings(max_examples=300)
def test_whatever_is_written_nests_well(text: str) -> None:
    Nesting(render(text))
    Nesting(render(text, "participant"))


TOO_MUCH = [
    (">" * 5_000 + " deep", TooDeep),
    ("> " * 5_000 + "deep", TooDeep),
    ("- " * 5_000 + "deep", TooDeep),
    ("\n".join("    " * depth + "- x" for depth in range(200)), TooDeep),
    ("[" * 50_000 + "]" * 50_000, TooDense),
    ("[ a " * 31 + "](b)" * 31, TooDeep),
    ("\n".join("/" * length + " note" for length in range(300, 3, -1)), TooDeep),
    ("x" * 100_001, TooLong),
    ("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 50_000, TooLong),
    ("`" * 100_000, TooDense),
    ("*" * 99_999, TooDense),
    ("*a " * 30_000, TooDense),
    ("![a](b " * 10_000, TooDense),
    ("<a " * 30_000, TooDense),
    ("| " + "[a](" * 20_000, TooDense),
    ("[a](\n\n" * 6_000, TooDense),
    ("a\n-\n" * 20_000, TooDense),
    ("/// note\n///\n\n" * 5_000, TooDense),
]


@pytest.mark.parametrize(("text", "reason"), TOO_MUCH)
def test_too_much_is_refused_and_shown_as_typed(text: str, reason: type[Refused]) -> None:
    with pytest.raises(reason):
        check_text(text)
    page = render(text)
    assert page.startswith('<pre class="unrendered">')
    Nesting(page)


@pytest.mark.parametrize(
    "text",
    [
        "*" + "_*" * 900,
        "**a " * 400,
        "\n".join("> " * depth + "x" for depth in range(20)),
        "\n".join("    " * depth + "- x" for depth in range(18)),
        "[" * 30 + "a" + "](b)" * 30,
        "`a``b" * 300,
        "&#x" * 1_900,
    ],
)
def test_much_but_not_too_much_is_rendered(text: str) -> None:
    check_text(text)
    assert "unrendered" not in render(text)


def test_variables_stay_in_text_and_leave_attributes() -> None:
    page = render('{{a}} [{{b}}](http://x/{{c}} "t {{d}}") ![{{e}}](media/{{f}}.svg)')
    assert page == (
        '<p>{{a}} <a href="http://x/" title="t " rel="noopener">{{b}}</a> <img alt="" src="media/.svg"></p>'
    )


def test_filling_escapes_values_and_marks_what_is_unknown() -> None:
    page = fill(render("{{a}} *{{b}}* `{{a}}` {{ a }}"), {"a": "<b>5 & 6</b>"})
    value = '<span class="variable" data-name="a">&lt;b&gt;5 &amp; 6&lt;/b&gt;</span>'
    assert page == (
        f'<p>{value} <em><span class="variable unknown" data-name="b">{{{{b}}}}</span></em> '
        f"<code>{{{{a}}}}</code> {value}</p>"
    )


def test_code_in_fences_keeps_its_braces() -> None:
    page = fill(render("```\n{{a}}\n```\n\n{{a}}"), {"a": "x"})
    assert page.count("{{a}}") == 1


@given(st.text(max_size=40))
def test_a_value_cannot_break_out(value: str) -> None:
    page = fill("<p>{{a}}</p>", {"a": value})
    Nesting(page)
    assert page.count("<") == 4


def test_each_thread_renders_by_itself() -> None:
    pages: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: pages.append(render(f"/// note | {n}\n\n*{n}*\n///"))) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(re.findall(r"<em>(\d)</em>", "".join(pages))) == [str(n) for n in range(8)]
    assert all(re.search(r"<h2>(\d)</h2>\n<p><em>\1</em>", page) for page in pages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Listen. *(5 min)*", "<p>Listen. <em>(5\u00a0min)</em></p>"),
        ("☐ yes ☐ no", "<p>☐\u00a0yes ☐\u00a0no</p>"),
        ("Tick: ☐ one ☐ two ☐ three", "<p>Tick: ☐\u00a0one<br>☐\u00a0two<br>☐\u00a0three</p>"),
        ("`5 min` and ☐ two", "<p><code>5 min</code> and ☐\u00a0two</p>"),
        ("minutes 5 minutes", "<p>minutes 5 minutes</p>"),
        ("57.5 kg", "<p>57.5\u00a0kg</p>"),
        ("☐ *one* ☐ two ☐ three", "<p>☐\u00a0<em>one</em><br>☐\u00a0two<br>☐\u00a0three</p>"),
        ("[5 min](<media/5 min.svg>)", '<p><a href="media/5 min.svg" rel="noopener">5\u00a0min</a></p>'),
        ("![☐ a ☐ b ☐ c 5 min](media/a.svg)", '<figure><img alt="☐ a ☐ b ☐ c 5 min" src="media/a.svg"></figure>'),
    ],
)
def test_what_belongs_together_stays_on_a_line_and_many_boxes_get_one_each(text: str, expected: str) -> None:
    assert render(text) == expected


def test_an_amount_stays_with_its_currency() -> None:
    assert fill(render("Pays {{currency}} 1,200 today"), {"currency": "USD"}).endswith(
        "USD</span>\u00a01,200 today</p>"
    )
