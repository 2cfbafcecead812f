"""Entries as bytes: the same for equal entries."""

import zlib

import msgspec

from matcher.batch.entry import Entry

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)


def encoded(entry: Entry) -> bytes:
    """The entry as JSON."""
    return _ENCODER.encode(entry)


def decoded(content: bytes) -> Entry:
    """The entry that ``encoded`` made these bytes of."""
    return _DECODER.decode(content)


def packed(entry: Entry) -> bytes:
    """The entry in as few bytes as it is kept in."""
    return zlib.compress(encoded(entry), 1)


def unpacked(content: bytes) -> Entry:
    """The entry that ``packed`` made these bytes of."""
    return decoded(zlib.decompress(content))
