"""The names by which a recruiter knows the files of a batch."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from matcher.reading.names import clean_name

Label = tuple[str, ...]
"""The names that come before those of an input's own files; of a file, its own comes last."""


def shown(label: Label, parts: Sequence[str] = ()) -> str:
    """The name of a file: its path below its input, after the input's label."""
    return "/".join((*label, *map(clean_name, parts))) or clean_name("")


def distinct(paths: Sequence[Label]) -> list[Label]:
    """A label for each path: its last name, and as many before it as tell it from all others.

    No label is another one's beginning, either, unless their paths are, so that no two inputs give the same
    name. The order of the paths makes no difference.
    """
    sizes = [1] * len(paths)
    while True:
        labels = [path[-size:] for path, size in zip(paths, sizes, strict=True)]
        counts = Counter(labels)
        beginnings = {beginning for label in labels for beginning in _beginnings(label)}
        longer = [
            number
            for number, label in enumerate(labels)
            if sizes[number] < len(paths[number])
            and (counts[label] > 1 or label in beginnings or not counts.keys().isdisjoint(_beginnings(label)))
        ]
        if not longer:
            return labels
        for number in longer:
            sizes[number] += 1


def _beginnings(label: Label) -> list[Label]:
    return [label[:size] for size in range(1, len(label))]


def numbered(name: str, number: int) -> str:
    """A name that is told from another by a number: «履歷（2）.pdf»."""
    path = PurePosixPath(name)
    return f"{name.removesuffix(path.suffix)}（{number}）{path.suffix}"
