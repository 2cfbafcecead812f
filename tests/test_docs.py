"""Nothing that a user can call or set is undocumented."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from matcher.cli import app
from matcher.settings import Settings

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-TW.md")


def commands() -> list[str]:
    """Every command as it is typed, without the program's name."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


@pytest.mark.parametrize("readme", READMES)
def test_every_command_stands_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [command for command in commands() if f"matcher {command}" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_file_that_a_command_of_the_readme_reads_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    block = text.partition("PATH=$PWD/.venv/bin")[2].partition("```")[0]
    named = [word for line in block.splitlines() for word in line.partition("#")[0].split() if "/" in word]
    files = [word for word in named if word.endswith(".txt")]
    assert len(files) > 5
    assert [word for word in files if not (ROOT / word).is_file()] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_stands_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"MATCHER_{name.upper()}" not in text] == []


def settings() -> Iterator[tuple[str, str, str]]:
    """Name, default and description of every setting, those of groups one by one."""
    schema = Settings.model_json_schema()
    fields = schema["properties"]
    for group, kind in (("read", "Limits"), ("serve", "Serving")):
        del fields[group]
        found = schema["$defs"][kind]["properties"]
        fields |= {f"{group}_{name}": field for name, field in found.items()}
    for name, field in fields.items():
        default = field["default"]
        shown = default if isinstance(default, str) else json.dumps(default)
        yield f"MATCHER_{name.upper()}", shown, field["description"]


def test_every_setting_stands_in_the_table_of_settings_with_its_default() -> None:
    lines = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `MATCHER_")]
    for row, (name, default, description) in zip(rows, settings(), strict=True):
        assert row.startswith(f"| `{name}` | `{default}` | ")
        assert row.endswith(f" | {description} |")


@pytest.mark.parametrize("readme", READMES)
def test_links_to_files_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    local = [target for target in targets if not target.startswith("http")]
    assert local
    assert [target for target in local if not (ROOT / target).exists()] == []
