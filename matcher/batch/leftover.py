"""What a run on a cluster had finished when it was ended, and not taken in yet."""

from contextlib import suppress

from matcher.batch.parts import Parts, Row
from matcher.batch.work import Finished
from matcher.errors import MatcherError
from matcher.inputs.source import Source

_Place = tuple[str, str]  # key and stamp of a source


class Leftover:
    """The rows of parts that are there when a run begins; one part at a time is in memory."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._names: dict[_Place, str] = {}
        self._open: tuple[str, dict[_Place, Row]] = ("", {})
        for name in parts.names():
            if name.startswith(parts.version):
                with suppress(MatcherError):  # the machine died before all of the file was on its disk
                    self._names |= {place: name for place, row in self._rows(name).items() if row.final}

    def take(self, source: Source) -> Finished | None:
        """What became of the source, if that is here. It is given once."""
        place = source.key, source.stamp
        name = self._names.pop(place, None)
        return self._rows(name)[place].finished(source) if name else None

    def _rows(self, name: str) -> dict[_Place, Row]:
        if name != self._open[0]:  # sources come in the order in which they lie in the parts
            self._open = name, {(row.key, row.stamp): row for row in self._parts.read(name)}
        return self._open[1]
