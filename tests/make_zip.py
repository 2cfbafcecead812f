"""Makes ZIP archives, honest and hostile ones."""

import io
import stat
import struct
import zipfile


def zipped(*files: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of files given by name and content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def with_link(name: str, target: str) -> bytes:
    """A ZIP with a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, target)
    return buffer.getvalue()


def encrypted(name: str, content: bytes) -> bytes:
    """A ZIP that says of its file that it is encrypted."""
    data = bytearray(zipped((name, content)))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + place] |= 1
    return bytes(data)


def lying(name: str, content: bytes, declared: int) -> bytes:
    """A ZIP whose directory declares another unpacked size than its file has."""
    data = bytearray(zipped((name, content)))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, declared)
    return bytes(data)


def named_in(encoding: str, name: str, content: bytes) -> bytes:
    """A ZIP whose file name is in a charset that the ZIP does not mention, as Windows writes it."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    return zipped((stand_in, content)).replace(stand_in.encode(), raw)


def overlapping(copies: int, size: int, *others: tuple[str, bytes]) -> bytes:
    """A ZIP of ``others`` and of many directory entries that all point to one and the same packed content."""
    whole = zipped(*others, ("a", bytes(size)))
    start, last, end = whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    directory = whole[start:last] + whole[last:end] * copies
    count = copies + len(others)
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return whole[:start] + directory + tail


def nested(depth: int, name: str, content: bytes) -> bytes:
    """A file in ``depth`` ZIPs."""
    for level in range(depth):
        content = zipped((name if level == 0 else f"{level}.zip", content))
    return content
