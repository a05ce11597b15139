"""Every setting is in the README with its default and meaning, and every `VIVERO_…` that is read is a setting."""

from __future__ import annotations

import re

import pytest

from app.config import SETTINGS, load

from .settings import HOW_TO_UPDATE, README, SECTION, table
from .sources import APP, ROOT


def test_the_readme_lists_every_setting_with_default_and_meaning() -> None:
    section = SECTION.search(README.read_text("utf-8"))
    assert section is not None, "README.md has no <!-- settings --> … <!-- /settings --> section"
    assert section[1] == table(), f"run `{HOW_TO_UPDATE}` and commit README.md"


def test_every_variable_the_program_or_its_documents_name_is_a_setting() -> None:
    files = [*APP.rglob("*.py"), *(ROOT / "docs").rglob("*.md"), README, ROOT / "Makefile"]
    named = {name for path in files for name in re.findall(r"VIVERO_[A-Z][A-Z_]*[A-Z]", path.read_text("utf-8"))}
    assert named <= {setting.variable for setting in SETTINGS}


def test_only_the_settings_read_the_environment() -> None:
    readers = {str(path.relative_to(APP)) for path in APP.rglob("*.py") if "os.environ" in path.read_text("utf-8")}
    assert readers <= {"config.py", "infra/commands.py", "demo/cli.py"}, "read it in app/config.py, as a setting"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_set_by_its_variable(tmp_path: pytest.TempPathFactory, setting: object) -> None:
    name, read, default = setting.name, setting.read, setting.default  # type: ignore[attr-defined]
    base = {"VIVERO_DATA_DIR": str(tmp_path), "VIVERO_SECRET_KEY": "x"}
    other = str(tmp_path) if name == "DATA_DIR" else "1" if default in {"", "0"} else "es" if default == "en" else "2"

    values = load({**base, f"VIVERO_{name}": other})

    assert values[name] == (other if name in {"DATA_DIR", "SECRET_KEY"} else read(other))
