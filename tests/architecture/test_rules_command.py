"""`vivero rules` finds every rule without running any of them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.core.errors import Refused
from app.core_cli.rules import find, first_sentence, rules

from .sources import APP, ROOT, tree


def test_the_rules_of_this_project_are_listed_with_sentence_and_place() -> None:
    found = json.loads(CliRunner().invoke(rules, ["--json"]).output)["rules"]
    by_name = {rule["name"]: rule for rule in found}
    lockout = by_name["LockedOut"]
    assert lockout["kind"] == "refusal"
    assert lockout["says"].startswith("Too many wrong passwords for this account.")
    path, _, line = lockout["place"].partition(":")
    assert (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1] == "class LockedOut(Refused):"
    assert by_name["minutes_locked"]["says"] == (
        "Whole minutes an account is still locked after these failures, 0 when it is open."
    )
    assert {"app/core", "app/people"} <= {"/".join(rule["place"].split("/")[:2]) for rule in found}


def test_every_refusal_that_the_running_program_knows_is_listed() -> None:
    import app.factory  # noqa: F401 -- so that every feature's refusals are there

    def below(kind: type[Refused]) -> set[str]:
        return {name for sub in kind.__subclasses__() for name in {sub.__name__} | below(sub)}

    listed = {rule.name for rule in find(APP)}
    ours = {name for name in below(Refused) if not name.startswith("_")}
    assert len(ours) > 30
    assert ours <= listed


def test_reading_only_the_beginnings_finds_what_reading_everything_finds() -> None:
    found = list(find(APP))
    for path in [*(APP / "core").rglob("*.py"), *APP.rglob("rules.py")]:
        whole = [
            (rule.name, f"{path.relative_to(ROOT)}:{rule.lineno}", first_sentence(ast.get_docstring(rule) or ""))
            for rule in tree(path).body
            if isinstance(rule, ast.FunctionDef) and not rule.name.startswith("_")
        ]
        begun = [
            (rule.name, rule.place, rule.says)
            for rule in found
            if rule.kind == "rule" and rule.place.startswith(f"{path.relative_to(ROOT)}:")
        ]
        assert begun == whole


def test_every_rule_has_something_to_say() -> None:
    silent = [f"{rule.place} {rule.name}" for rule in find(APP) if not rule.says]
    assert not silent, f"write a docstring or a sentence: {silent}"


def test_a_refusal_of_a_refusal_and_of_another_file_is_found(tmp_path: Path) -> None:
    package = tmp_path / "app"
    (package / "core").mkdir(parents=True)
    (package / "herbs").mkdir()
    (package / "core" / "errors.py").write_text(
        'class Refused(Exception):\n    """No."""\n\ndef _hidden(): ...\n\ndef N_(text):\n    """Mark. More."""\n'
    )
    (package / "herbs" / "rules.py").write_text(
        "class TooDry(errors.Refused):\n    text = N_(\n        'Too dry, e.g. in May.'\n    )\n"
        "class MuchTooDry(TooDry, Other):\n    '''Dead already.'''\n"
        "class Plant:\n    '''No refusal.'''\ndef check_water():\n    '''Raise unless, e.g. X, is wet. Never else.'''\n"
    )
    (package / "herbs" / "web.py").write_text("class Late(MuchTooDry):\n    text = N_('Late.')\ndef page(): ...\n")

    found = [(rule.kind, rule.name, rule.says, rule.place) for rule in find(package)]

    assert found == [
        ("refusal", "Refused", "No.", "app/core/errors.py:1"),
        ("rule", "N_", "Mark.", "app/core/errors.py:6"),
        ("refusal", "TooDry", "Too dry, e.g. in May.", "app/herbs/rules.py:1"),
        ("refusal", "MuchTooDry", "Dead already.", "app/herbs/rules.py:5"),
        ("rule", "check_water", "Raise unless, e.g. X, is wet.", "app/herbs/rules.py:9"),
        ("refusal", "Late", "Late.", "app/herbs/web.py:1"),
    ]


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("One thing.", "One thing."),
        ("One thing. Another.", "One thing."),
        ("On two\nlines. `x` too.", "On two lines."),
        ("Head\n\nbody.", "Head"),
        ("Read `a.b` as e.g. this; 1.5 of it. Then.", "Read `a.b` as e.g. this; 1.5 of it."),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_docstring(docstring: str, sentence: str) -> None:
    assert first_sentence(docstring) == sentence


def test_it_starts_without_flask_and_sqlalchemy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from app.core_cli.rules import rules;"
        "assert CliRunner().invoke(rules, []).exit_code == 0;"
        "print(sorted({'flask', 'sqlalchemy', 'werkzeug'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
