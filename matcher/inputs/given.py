"""The inputs of a batch as the user gave them, and what was found there."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.errors import MatcherError
from matcher.inputs.folders import Found, look
from matcher.inputs.labels import Label
from matcher.inputs.locations import Location, input_errors, locate
from matcher.inputs.records import TableFile
from matcher.inputs.selection import left_behind
from matcher.inputs.table_files import table_file
from matcher.reading.names import clean_name


@dataclass(frozen=True, slots=True)
class Given:
    """An input as the user wrote it, and what was found there. ``inside`` is a folder in a ZIP, with «/»."""

    text: str
    found: Found
    inside: str | None = None
    table: TableFile | None = None

    @property
    def path(self) -> Label:
        """The names on the way to it, as they may be shown."""
        return (*self.found.location.parts, *map(clean_name, filter(None, (self.inside or "").split("/"))))


def find(text: str) -> Given:
    """What lies where an input points.

    Raises:
        MatcherError: nothing does, nothing that can be read, or nobody knows how to get there.
    """
    inside = None
    if text.startswith("zip://"):
        inside, colons, text_of_zip = text.removeprefix("zip://").partition("::")
        inside = inside.strip("/") and f"{inside.strip('/')}/"
        if not colons:
            raise MatcherError(f"zip:// 要寫成「zip://裡面的資料夾::ZIP 的位置」，收到「{text}」。")
    with input_errors(text):
        found = look(locate(text if inside is None else text_of_zip))
    if found.kind == "other":
        raise MatcherError(f"「{text}」不是一般檔案，也不是資料夾。")
    table = table_file(found.location) if found.kind == "file" and inside is None else None
    return Given(text, found, inside, table)


def once(given: Sequence[Given]) -> list[Given]:
    """Without the inputs that were given before, or that lie where an earlier folder leads anyway."""
    kept: dict[tuple[Location, str | None], Given] = {}
    folders: set[Location] = set()
    for one in given:
        location = one.found.location
        if one.found.kind == "directory":
            if _leads_to(folders, location):
                continue
            folders.add(location)
        kept.setdefault((location, one.inside), one)
    return list(kept.values())


def _leads_to(folders: set[Location], location: Location) -> bool:
    path = location.path
    while location not in folders:
        path, slash, name = path.rpartition("/")
        if not slash or left_behind(name):
            return False
        location = location.at(path)
    return True
