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


def overlapping(copies: int, size: int) -> bytes:
    """A ZIP whose many directory entries all point to one and the same packed content."""
    single = zipped(("a", bytes(size)))
    start = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    directory = single[start:end] * copies
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0)
    return single[:start] + directory + tail


def nested(depth: int, name: str, content: bytes) -> bytes:
    """A file in ``depth`` ZIPs."""
    for level in range(depth):
        content = zipped((name if level == 0 else f"{level}.zip", content))
    return content
