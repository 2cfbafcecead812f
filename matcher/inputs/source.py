"""Where documents come from."""

from typing import Protocol

from matcher.reading.limits import Limits


class Source(Protocol):
    """A place with content to score. It can be pickled, and is small: a file's content is loaded when needed.

    ``key`` names the place, the same in every run; ``name`` is how a recruiter knows it; ``stamp`` changes
    when the content does, and is known without reading it.
    """

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def stamp(self) -> str: ...

    def load(self, limits: Limits) -> bytes:
        """The content.

        Raises:
            ReadingError: it is too large by ``limits``, empty, or cannot be reached.
        """
        ...
