"""All personal data of a text."""

from collections.abc import Iterable

from matcher.privacy.addresses import addresses
from matcher.privacy.contacts import contacts
from matcher.privacy.dates import dates
from matcher.privacy.found import PersonalData
from matcher.privacy.names import names
from matcher.privacy.numbers import numbers
from matcher.privacy.phones import phones
from matcher.privacy.plain import plain
from matcher.privacy.status import labelled_status, status_fields

_FINDERS = (numbers, contacts, phones, addresses, dates, names, labelled_status)


def personal_data(text: str) -> tuple[PersonalData, ...]:
    """The personal data of a text, in order; spans are code points of ``text`` and do not overlap.

    docs/privacy.md says what is found and what is not. Takes time in proportion to the text's length.
    """
    folded = plain(text)
    found = [one for finder in _FINDERS for one in finder(folded.text)]
    found += status_fields(folded.text, found)
    return tuple(
        PersonalData(one.kind, *folded.original(one.start, one.end)) for one in _apart(found)
    )  # fmt: skip


def _apart(found: Iterable[PersonalData]) -> Iterable[PersonalData]:
    """Spans that cover the same places and do not overlap: the longer keeps what two share."""
    reached = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        start = max(one.start, reached)
        if start < one.end:
            yield PersonalData(one.kind, start, one.end)
            reached = one.end
