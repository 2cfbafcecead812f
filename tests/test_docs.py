"""Nothing that a user can call or set is undocumented."""

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
def test_every_setting_stands_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"MATCHER_{name.upper()}" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_links_to_files_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    local = [target for target in targets if not target.startswith("http")]
    assert local
    assert [target for target in local if not (ROOT / target).exists()] == []
