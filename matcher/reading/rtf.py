"""RTF → text, with the charset of each font, and hidden, white and tiny text apart."""

import re
from dataclasses import replace

from matcher.reading.document import Why
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.rtf_state import State, changed
from matcher.reading.sink import Sink

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]", re.DOTALL
)
_SKIPPED = frozenset(
    (
        *("stylesheet", "info", "pict", "themedata", "colorschememapping", "datastore", "objdata", "fldinst"),
        *("listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "nonesttables"),
        *(
            "shprslt",
            "sn",
            "sv",
            "sp",
            "latentstyles",
            "pntext",
            "pnseclvl",
            "mmathPr",
            "annotation",
            "atnid",
        ),
        *("atnauthor", "template", "filetbl", "private", "bkmkstart", "bkmkend", "picprop", "blipuid"),
    )
)
# Destinations behind «\*» that are shown all the same: text boxes, and tables in tables.
_SHOWN = frozenset(("shpinst", "shptxt", "nesttableprops", "fldrslt"))
_LINE_ENDS = frozenset(("par", "line", "sect", "page", "row", "nestrow", "column", "softline"))
_CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u3000", "enspace": " ", "~": " ", "_": "-",
}  # fmt: skip
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    177: "cp1255", 178: "cp1256", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SUPERSETS = {950: "cp950", 936: "gb18030", 65001: "utf-8", 10000: "mac_roman"}
_TINY = 4  # half-points
_FAINT = 240  # of 255: a channel above it is white on a white page
_DEEPEST = 1000  # groups in one another; word processors write a dozen


def read_rtf(data: bytes, limits: Limits) -> Draft:
    """What an RTF file shows, and what it hides.

    Raises:
        ReadingError: ``malformed`` for groups nested without end.
    """
    reader = _Reader(Sink(limits))
    reader.read(data.decode("latin-1"))
    return Draft((reader.sink.text(),), hidden=reader.sink.hidden())


class _Reader:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self._state = State()
        self._stack: list[State] = []
        self._bytes = bytearray()  # text whose charset is that of the font
        self._surrogate = 0
        self._to_skip = 0
        self._star = False
        self._charset = "cp1252"
        self._fonts: dict[int, str] = {}
        self._colours: list[tuple[int, int, int] | None] = []
        self._channels: dict[str, int] = {}

    def read(self, text: str) -> None:
        position = 0
        while token := _TOKEN.match(text, position):
            position = token.end()
            word, number, hexed, symbol, brace, plain = token.groups()
            if word == "bin":
                position += max(0, int(number or 0))
            elif word:
                self._word(word, int(number) if number else None)
            elif hexed:
                self._byte(int(hexed, 16))
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._group(brace)
            elif plain:
                self._plain(plain)
        self._flush()

    def _group(self, brace: str) -> None:
        self._flush()
        self._to_skip = 0
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise ReadingError("malformed", "RTF 檔的結構一層包一層，太深了，無法讀取。")
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()
        self._star = False

    def _plain(self, plain: str) -> None:
        skipped = min(self._to_skip, len(plain))
        self._to_skip -= skipped
        rest = plain[skipped:]
        if self._state.table == "colortbl" and ";" in rest:
            channels = self._channels
            known = (channels.get("red", 0), channels.get("green", 0), channels.get("blue", 0))
            self._colours.append(known if channels else None)
            self._channels = {}
        elif not self._state.table:
            self._bytes += rest.encode("latin-1")

    def _byte(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif not self._state.table:
            self._bytes.append(byte)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._star = True
        elif symbol in "\\{}":
            self._byte(ord(symbol))
        elif symbol in "\r\n":
            self._end_line()
        elif symbol in _CHARACTERS:
            self._flush()
            self._add(_CHARACTERS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if word in ("fonttbl", "colortbl"):
            self._state = replace(self._state, table=word)  # type: ignore[arg-type]
        elif word in _SKIPPED or (star and word not in _SHOWN):
            self._state = replace(self._state, skipped=True)
        elif self._state.table:
            self._define(word, number or 0)
        elif word in _LINE_ENDS:
            self._end_line()
        elif word in ("cell", "nestcell"):
            if not self._state.skipped:
                self.sink.end_cell()
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "ansicpg" and number:
            self._charset = _SUPERSETS.get(number, f"cp{number}")
        else:
            self._state = changed(self._state, word, number)

    def _define(self, word: str, number: int) -> None:
        """An entry of the font or colour table."""
        if word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset" and number in _CHARSETS:
            self._fonts[self._state.font] = _CHARSETS[number]
        elif word in ("red", "green", "blue"):
            self._channels[word] = number

    def _unicode(self, number: int) -> None:
        self._flush()
        self._to_skip = self._state.fallback
        unit = number & 0xFFFF
        if 0xD800 <= unit < 0xDC00:
            self._surrogate = unit
            return
        if 0xDC00 <= unit < 0xE000 and self._surrogate:
            unit = 0x10000 + ((self._surrogate - 0xD800) << 10) + unit - 0xDC00
        self._surrogate = 0
        self._add(chr(unit))

    def _flush(self) -> None:
        if self._bytes:
            charset = self._fonts.get(self._state.font, self._charset)
            data, self._bytes = bytes(self._bytes), bytearray()
            try:
                self._add(data.decode(charset, errors="replace"))
            except LookupError:
                self._add(data.decode("cp1252", errors="replace"))

    def _add(self, text: str) -> None:
        state = self._state
        if not state.skipped and not state.table and not state.deleted:
            self.sink.add(text, self._why())

    def _end_line(self) -> None:
        self._flush()
        if not self._state.skipped:
            self.sink.end_line()

    def _why(self) -> Why | None:
        state = self._state
        if state.vanish:
            return "vanish"
        if state.size < _TINY:
            return "tiny"
        on_white = self._is_white(state.ground or state.row_ground, default=True)
        return "white" if self._is_white(state.colour, default=False) and on_white else None

    def _is_white(self, index: int, *, default: bool) -> bool:
        colour = self._colours[index] if 0 <= index < len(self._colours) else None
        return default if colour is None else min(colour) >= _FAINT
