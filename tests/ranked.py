"""Rankings of a few texts, made as the batch makes them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Judgements, Posting, Ranking
from matcher.batch.same import sameness
from matcher.errors import MatcherError


class Listed:
    """Entries held in memory."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = list(entries.items())

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self._entries)))

    def named(self, number: int) -> tuple[str, Entry]:
        return self._entries[number]


def entry(matcher: Matcher, text: str) -> Entry:
    """The entry of a résumé's text; of an empty one, a failure."""
    if not text:
        return Entry("", error="empty", reason="這個檔案是空的（0 位元組）。")
    try:
        return Entry("", matcher.score(text), text, sameness(text))
    except MatcherError as error:
        return Entry("", error="unscored", reason=str(error))


def posting(matcher: Matcher, text: str, name: str = "職缺.txt") -> Posting:
    return Posting(name, text, matcher.score(text, "posting"))


def ranking(
    matcher: Matcher,
    texts: Mapping[str, str],
    asking: str | None = None,
    *,
    top: int | None = None,
    min_level: int | None = None,
    judgements: Judgements = MappingProxyType({}),
) -> Ranking:
    """The ranking of résumés by name, for the text of a posting or for the standard. Close it."""
    entries = Listed({name: entry(matcher, text) for name, text in texts.items()})
    wanted = posting(matcher, asking) if asking else None
    return Ranking(
        matcher.standard, entries, wanted, top=top, min_level=min_level, judgements=lambda: judgements
    )
