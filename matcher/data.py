"""Where the shipped data folder is."""

from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("matcher")))


def data_path(*parts: str) -> Path:
    """The path of a file or folder of the shipped data, e.g. ``data_path("standards")``.

    In an installed wheel the data lie inside the package, in a checkout beside it.
    """
    packaged = _PACKAGE / "_data"
    root = packaged if packaged.is_dir() else _PACKAGE.parent / "data"
    return root.joinpath(*parts)
