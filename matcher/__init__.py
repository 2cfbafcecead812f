"""Matches Chinese job postings and résumés against iCAP competency standards."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

__version__ = version("icap-matcher")
__all__ = ["Matcher", "__version__"]

if TYPE_CHECKING:
    from matcher.matcher import Matcher


def __getattr__(name: str) -> Any:
    # Loaded when first asked for: the command line's --help must not import numpy and scipy.
    if name == "Matcher":
        from matcher.matcher import Matcher

        return Matcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
