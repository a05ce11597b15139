"""`vivero rules`: every rule with its first sentence and place, read from the source without running it.

Rules are the public functions of `app/core` and of every feature's `rules.py`, the permission table's, and every
`Refused`: a reason to turn something down, with the sentence people read.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

APP = Path(__file__).parents[1]
REFUSED = "Refused"

_CLASS = re.compile(r"^class (\w+)\(([^)]*)\)", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:class|def) .*\n(?:[ \t)\]].*\n|\n)*", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-ZÁÉÍÓÚÑ¿¡`])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is ("rule" or "refusal"), its name, what it promises or says, and where it stands."""

    kind: str
    name: str
    says: str
    place: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def rules(as_json: bool) -> None:
    """List every rule with its first sentence and place."""
    found = list(find(APP))
    if as_json:
        click.echo(json.dumps({"rules": [asdict(rule) for rule in found]}, ensure_ascii=False))
        return
    for rule in found:
        click.echo(f"{rule.place}\n    {rule.name}: {rule.says}")


def find(package: Path) -> Iterator[Rule]:
    """Yield every rule of the package, by file and line."""
    sources = {path: path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}
    refusals = _descendants(sources.values())
    for path, source in sources.items():
        holds_rules = _holds_rules(path.relative_to(package))
        if not holds_rules and not any(match[1] in refusals for match in _CLASS.finditer(source)):
            continue
        for node, line in _definitions(source):
            place = f"{path.relative_to(package.parent)}:{line}"
            if isinstance(node, ast.ClassDef) and node.name in refusals:
                yield Rule("refusal", node.name, _refusal(node), place)
            elif holds_rules and isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield Rule("rule", node.name, first_sentence(ast.get_docstring(node) or ""), place)


def _definitions(source: str) -> Iterator[tuple[ast.stmt, int]]:
    """The classes and functions at the top level of a file, with their lines.

    A function is parsed as far as its docstring reaches: bodies are most of the source, and nothing is asked of them.
    """
    for match in _DEFINITION.finditer(source):
        text = match[0]
        if text.startswith("def"):
            opened = text.find('"""')
            text = text[: text.find('"""', opened + 3) + 3] if opened >= 0 else text
        yield ast.parse(text).body[0], source.count("\n", 0, match.start()) + 1


def first_sentence(docstring: str) -> str:
    """Return the first sentence of a docstring on one line; "e.g." does not end it."""
    paragraph = " ".join(docstring.strip().partition("\n\n")[0].split())
    return _SENTENCE_END.split(paragraph)[0]


def _holds_rules(path: Path) -> bool:
    return path.parts[0] == "core" or "rules" in path.with_suffix("").parts[1:2] or path.name == "permissions.py"


def _descendants(sources: object) -> set[str]:
    """The names of all classes that derive from `Refused`, however far down."""
    headers = [(match[1], match[2]) for source in sources for match in _CLASS.finditer(source)]  # type: ignore[attr-defined]
    known, before = {REFUSED}, 0
    while len(known) != before:
        before = len(known)
        known |= {name for name, bases in headers if known & {b.strip().rpartition(".")[2] for b in bases.split(",")}}
    return known


def _refusal(node: ast.ClassDef) -> str:
    """The sentence of a refusal, else the first sentence of its docstring."""
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if isinstance(target, ast.Name) and target.id == "text":
            said = [n.value for n in ast.walk(line) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
            return " ".join(said[-1].split()) if said else ""
    return first_sentence(ast.get_docstring(node) or "")
