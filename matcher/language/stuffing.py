"""Text that is there to please a machine: one sentence again and again, bare lists of words, pasted texts.

Nothing is judged here: each note has its measure and its places, and a person decides what it means.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

Span = tuple[int, int]

LEAST_COPIES = 3
"""Times a sentence stands in a text before that is worth a note: headers of pages come twice."""
LEAST_SENTENCE = 8
"""Letters of a sentence whose repetition means something: «客戶服務» may stand anywhere, often."""
LEAST_ENTRIES = 20
"""Entries of a list of words without a sentence; the longest honest list in 181 texts had 17."""
LEAST_COPIED = 40
"""Letters in one piece that a text shares with an original: two people hardly write them alike."""

_LONGEST_ENTRY = 8.0  # full-width characters; Latin letters count half
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_SEPARATORS = "、,，/／|｜;；•·"
# A blank separates between Han characters; between Latin words it is part of a name (Google Analytics).
_ENTRY = re.compile(
    rf"(?:[^{_SEPARATORS}。.\s]++|(?<![\u3400-\u9fff])[ .](?=\w)"
    r"|(?<=[\u3400-\u9fff])[ ](?![\u3400-\u9fff\s]))+"
)
# A list goes on over a line end behind a separator only.
_NEW_LINE = re.compile(rf"(?<![{_SEPARATORS}])\s*\n")
_WINDOW = 12  # letters; pieces that match in all windows are one copy
_BLOCK = 6  # letters; wherever a window begins, it holds a whole block


@dataclass(frozen=True, slots=True)
class Stuffing:
    """A note on a text. ``spans`` are its places in code points, end exclusive, in order.

    ``count`` is the number of copies beyond the first, of entries, or of copied letters; ``share`` is the
    part of the text's letters that they make up, 0 to 1.
    """

    code: Literal["repeated_sentences", "keyword_list", "pasted_copy"]
    count: int
    share: float
    spans: tuple[Span, ...]
    message: str


def stuffing(text: str, originals: Mapping[str, str] | None = None) -> tuple[Stuffing, ...]:
    """The notes on a text. ``originals`` are texts it may have been pasted from, by the name to be shown:
    the competency standard, the posting."""
    letters = _Letters(text)
    if not letters.text:
        return ()
    notes = [_repeated(text, letters), _listed(text, letters)]
    notes += [_copied(letters, name, original) for name, original in (originals or {}).items()]
    return tuple(note for note in notes if note is not None)


class _Folding(dict[int, str]):
    """Code point → the letters and digits that it is compared by, filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code_point)).casefold()
        self[code_point] = letters = "".join(filter(str.isalnum, folded))
        return letters


_FOLDING = _Folding()


def _folded(text: str) -> str:
    return text.translate(_FOLDING)


class _Letters:
    """The letters and digits of a text, folded, and the place of each."""

    def __init__(self, text: str) -> None:
        self._original = text
        self.text = _folded(text)

    @cached_property
    def places(self) -> list[int]:
        return [at for at, character in enumerate(self._original) for _ in _folded(character)]

    def share(self, count: int) -> float:
        return round(min(1.0, count / len(self.text)), 4)


def _repeated(text: str, letters: _Letters) -> Stuffing | None:
    """Sentences that stand in the text ``LEAST_COPIES`` times or more; spans are those beyond the first."""
    places: dict[str, list[Span]] = defaultdict(list)
    for match in _SENTENCE.finditer(text):
        key = _folded(match.group())
        if len(key) >= LEAST_SENTENCE:
            places[key].append(match.span())
    copies = {key: spans[1:] for key, spans in places.items() if len(spans) >= LEAST_COPIES}
    if not copies:
        return None
    count = sum(map(len, copies.values()))
    share = letters.share(sum(len(key) * len(spans) for key, spans in copies.items()))
    spans = tuple(sorted(span for spans in copies.values() for span in spans))
    message = f"{len(copies)} 個句子重複出現，多出 {count} 次，占全文 {share:.0%}；重複的句子不會增加分數。"
    return Stuffing("repeated_sentences", count, share, spans, message)


def _listed(text: str, letters: _Letters) -> Stuffing | None:
    """Runs of ``LEAST_ENTRIES`` or more short entries with no sentence among them."""
    runs = [run for run in _runs(text) if len(run) >= LEAST_ENTRIES]
    if not runs:
        return None
    count = sum(map(len, runs))
    share = letters.share(sum(len(_folded(text[start:end])) for run in runs for start, end in run))
    spans = tuple((run[0][0], run[-1][1]) for run in runs)
    message = f"連續 {count} 個詞並列，前後沒有句子，占全文 {share:.0%}；只列出詞彙不算說明做過什麼。"
    return Stuffing("keyword_list", count, share, spans, message)


def _runs(text: str) -> Iterator[list[Span]]:
    """Entries that follow one another in a line and are all short."""
    run: list[Span] = []
    for match in _ENTRY.finditer(text):
        if run and _NEW_LINE.search(text, run[-1][1] - 1, match.start()):
            yield run
            run = []
        if _short(match.group()):
            run.append(match.span())
        else:
            yield run
            run = []
    yield run


def _short(entry: str) -> bool:
    bare = entry.strip()
    if not _LONGEST_ENTRY < len(bare) <= 2 * _LONGEST_ENTRY:
        return len(bare) <= _LONGEST_ENTRY  # whatever its letters are
    return sum(0.5 if character < "\u2000" else 1.0 for character in bare) <= _LONGEST_ENTRY


def _copied(letters: _Letters, name: str, original: str) -> Stuffing | None:
    """Pieces of ``LEAST_COPIED`` letters or more that stand word for word in the original."""
    windows, blocks = _windows(original, _WINDOW), _windows(original, _BLOCK)
    text, pieces = letters.text, list[Span]()
    looked = 0
    for block in range(0, len(text), _BLOCK):
        # Every window holds a whole block: only around those that the original has, there can be one.
        if text[block : block + _BLOCK] not in blocks:
            continue
        for at in range(max(looked, block + _BLOCK - _WINDOW), block + 1):
            if text[at : at + _WINDOW] in windows:
                if pieces and at <= pieces[-1][1]:
                    pieces[-1] = (pieces[-1][0], at + _WINDOW)
                else:
                    pieces.append((at, at + _WINDOW))
        looked = block + 1
    pieces = [(start, end) for start, end in pieces if end - start >= LEAST_COPIED]
    if not pieces:
        return None
    count = sum(end - start for start, end in pieces)
    share = letters.share(count)
    spans = tuple((letters.places[start], letters.places[end - 1] + 1) for start, end in pieces)
    message = f"有 {count} 個字與「{name}」原文逐字相同，占全文 {share:.0%}。"
    return Stuffing("pasted_copy", count, share, spans, message)


@lru_cache(maxsize=32)
def _windows(original: str, length: int) -> frozenset[str]:
    source = _folded(original)
    return frozenset(source[at : at + length] for at in range(len(source) - length + 1))
