"""One way through the house: what a package may import is what lies before it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    "matcher.errors", "matcher.files", "matcher.data", "matcher.standard", "matcher.icap", "matcher.reading",
    "matcher.language", "matcher.scoring", "matcher.notes", "matcher.serving", "matcher.unknown_settings",
    "matcher.settings", "matcher.catalogue", "matcher.matcher", "matcher.privacy", "matcher.postings",
    "matcher.inputs", "matcher.batch", "matcher.export", "api", "matcher.cli",
)  # fmt: skip
"""From what knows of nothing to the commands, which know of everything."""


def layer(module: str) -> str | None:
    """The layer of a module; None outside, and for ``matcher`` itself, which has the version."""
    return next((name for name in LAYERS if f"{module}.".startswith(f"{name}.")), None)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def modules() -> list[Path]:
    return sorted(
        path.relative_to(ROOT) for name in ("matcher", "api") for path in (ROOT / name).rglob("*.py")
    )


def test_every_module_lies_in_a_layer() -> None:
    names = [".".join(path.with_suffix("").parts) for path in modules()]
    assert [name for name in names if layer(name) is None] == ["matcher.__init__"]


@pytest.mark.parametrize("name", LAYERS)
def test_nothing_is_imported_from_further_on(name: str) -> None:
    after = LAYERS[LAYERS.index(name) + 1 :]
    found = [
        f"{path} imports {module}"
        for path in modules()
        if layer(".".join(path.with_suffix("").parts)) == name
        for module in imported(ROOT / path)
        if layer(module) in after
    ]
    assert found == []
