"""Entries as the store keeps them."""

import zlib

from matcher.batch.scorers import decoded, encoded
from matcher.batch.source import Entry


def packed(entry: Entry) -> bytes:
    """The entry as bytes."""
    return zlib.compress(encoded(entry), 1)


def unpacked(content: bytes) -> Entry:
    """The entry that ``packed`` made these bytes of."""
    return decoded(zlib.decompress(content))
