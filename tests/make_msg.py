"""Makes Outlook messages (MSG) out of their properties: an OLE file ([MS-CFB]) of streams ([MS-OXMSG])."""

import struct
from dataclasses import dataclass, field

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_END, _FREE, _FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Tree = dict[str, "bytes | Tree"]


def message(
    subject: str = "",
    body: str = "",
    html: bytes = b"",
    attachments: tuple[tuple[str, "bytes | Tree"], ...] = (),
    code_page: int = 0,
    inside: bool = False,
    pictures: tuple[str, ...] = (),
) -> Tree:
    """A message as a tree of streams. With ``code_page``, strings are in its bytes, else in UTF-16.
    Attachments named in ``pictures`` have their name as content id, too."""
    entries = [(3, identity, code_page) for identity in (0x3FDE, 0x3FFD)] if code_page else []
    properties = b"".join(
        struct.pack("<HHIII", kind, identity, 6, value, 0) for kind, identity, value in entries
    )
    tree: Tree = {"__properties_version1.0": bytes(24 if inside else 32) + properties}
    for identity, text in (("0037", subject), ("1000", body)):
        if text:
            tree |= _text(identity, text, code_page)
    if html:
        tree["__substg1.0_10130102"] = html
    for number, (name, content) in enumerate(attachments):
        folder: Tree = {"__properties_version1.0": bytes(8), **_text("3707", name, code_page)}
        if name in pictures:
            folder |= _text("3712", name, code_page)
        folder["__substg1.0_3701" + ("0102" if isinstance(content, bytes) else "000D")] = content
        tree[f"__attach_version1.0_#{number:08X}"] = folder
    return tree


def _text(identity: str, text: str, code_page: int) -> Tree:
    if code_page:
        return {f"__substg1.0_{identity}001E": text.encode(f"cp{code_page}")}
    return {f"__substg1.0_{identity}001F": text.encode("utf-16-le")}


@dataclass
class _Entry:
    name: str
    content: bytes | None  # None is a folder
    children: list[int] = field(default_factory=list)
    start: int = _END
    size: int = 0
    sibling: int = _FREE


def ole(tree: Tree) -> bytes:
    """The bytes of an OLE file with these folders (dict) and streams (bytes)."""
    entries: list[_Entry] = [_Entry("Root Entry", None)]
    _lay_out(tree, 0, entries)
    small = b""
    small_fat: list[int] = []
    for entry in entries:
        if entry.content is not None and len(entry.content) < _SMALL:
            entry.size = len(entry.content)
            entry.start = len(small) // _SMALL_SECTOR if entry.content else _END
            small += _padded(entry.content, _SMALL_SECTOR)
            small_fat += _chain(len(small_fat), len(_padded(entry.content, _SMALL_SECTOR)) // _SMALL_SECTOR)
    entries[0].content = small  # the root's stream holds all small ones

    chunks = [_padded(b"".join(struct.pack("<I", link) for link in small_fat), _SECTOR, b"\xff")]
    large = [
        entry for entry in entries if entry.content and (entry is entries[0] or len(entry.content) >= _SMALL)
    ]
    chunks += [_padded(entry.content or b"", _SECTOR) for entry in large]
    directory_sectors = -(-len(entries) // 4)
    body_sectors = directory_sectors + sum(map(len, chunks)) // _SECTOR
    fat_sectors = next(n for n in range(1, 110) if n * 128 >= n + body_sectors)

    fat = [_FAT_SECTOR] * fat_sectors
    fat += _chain(len(fat), directory_sectors)
    small_fat_start = len(fat) if chunks[0] else _END
    fat += _chain(len(fat), len(chunks[0]) // _SECTOR)
    for entry, chunk in zip(large, chunks[1:], strict=True):
        entry.start, entry.size = len(fat), len(entry.content or b"")
        fat += _chain(len(fat), len(chunk) // _SECTOR)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIII", fat_sectors, fat_sectors, 0, _SMALL, small_fat_start)
    header += struct.pack("<III", len(chunks[0]) // _SECTOR, _END, 0)
    header += b"".join(struct.pack("<I", n) for n in range(fat_sectors))
    table = _padded(b"".join(struct.pack("<I", link) for link in fat), _SECTOR, b"\xff")
    directory = _padded(b"".join(map(_packed, entries)), _SECTOR)
    return _padded(header, _SECTOR, b"\xff") + table + directory + b"".join(chunks)


def _lay_out(tree: Tree, parent: int, entries: list[_Entry]) -> None:
    for name, content in tree.items():
        entries.append(_Entry(name, content if isinstance(content, bytes) else None))
        number = len(entries) - 1
        if entries[parent].children:
            entries[entries[parent].children[-1]].sibling = number
        entries[parent].children.append(number)
        if not isinstance(content, bytes):
            _lay_out(content, number, entries)


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if entry.name == "Root Entry" else 1 if entry.content is None else 2
    child = entry.children[0] if entry.children else _FREE
    head = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), kind, 1, _FREE, entry.sibling, child)
    return head + bytes(36) + struct.pack("<IQ", entry.start, entry.size)


def _chain(first: int, length: int) -> list[int]:
    return [*range(first + 1, first + length), _END] if length else []


def _padded(data: bytes, size: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % size)


def msg(**properties: object) -> bytes:
    """The bytes of a MSG file; the arguments are those of :func:`message`."""
    return ole(message(**properties))  # type: ignore[arg-type]
