"""What is wrong with a phrasebook: phrases twice, nearer to another item than to their own, or everywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from matcher.language.analysis import Clause
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter
from matcher.scoring.idf import Idf
from matcher.scoring.index import Floats, PhraseIndex
from matcher.scoring.phrasebook import Phrase, Phrasebook
from matcher.scoring.windows import one_each
from matcher.standard import Item, Standard

Bools = npt.NDArray[np.bool_]

EVERYWHERE = 0.1
"""A phrase all of whose words stand in more than this share of the background documents says nothing."""

STRAY = 0.4
"""How much nearer to another item of its kind a phrase may be than to the rest of its own entry."""

Problem = Literal["empty", "duplicate", "stray", "everywhere"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one phrase; ``message`` says in Chinese what it is and what it was compared with."""

    problem: Problem
    code: str
    phrase: str
    message: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of an item that a text is near to."""

    code: str
    kind: str
    phrase: Phrase
    similarity: float


class PhrasebookChecker:
    """Compares the phrases of a standard's items with one another and with texts."""

    def __init__(self, standard: Standard, phrasebook: Phrasebook, segmenter: Segmenter, idf: Idf) -> None:
        self._segmenter, self._idf = segmenter, idf
        self._items: tuple[Item, ...] = standard.items
        self._index = PhraseIndex(
            [phrasebook.phrases(item.text) for item in self._items], segmenter.words, idf
        )
        self._item_of = np.empty(len(self._index.phrases), int)
        for group in self._index.groups:
            self._item_of[group.start : group.end] = group.meaning
        self._kind_of = np.array([item.kind for item in self._items])[self._item_of]
        self._counts = np.array([phrase.role != "not" for phrase in self._index.phrases])

    def hits(self, text: str, least: float = 0.5, most: int = 10) -> list[Hit]:
        """The phrases that ``text``, taken as one sentence, is nearest to; one for each item and role."""
        row = self._similarities([text])[0]
        found: dict[tuple[int, bool], Hit] = {}
        for at in np.argsort(-row, kind="stable"):
            if row[at] < least:
                break
            item, phrase = self._items[self._item_of[at]], self._index.phrases[at]
            found.setdefault(
                (int(self._item_of[at]), phrase.role == "not"),
                Hit(item.code, item.kind, phrase, float(row[at])),
            )
        return list(found.values())[:most]

    def findings(self) -> Iterator[Finding]:
        """All problems, in the order of the items."""
        phrases = self._index.phrases
        terms = [frozenset(terms) for terms in self._index.terms]
        numbers: dict[frozenset[str], int] = {}
        says = np.array([numbers.setdefault(own, len(numbers)) for own in terms], int)
        matrix = self._similarities([phrase.text for phrase in phrases])
        seen: dict[tuple[int, frozenset[str]], str] = {}
        for at, phrase in enumerate(phrases):
            if phrase.role == "wording":
                continue
            item = int(self._item_of[at])
            code = self._items[item].code
            if not terms[at]:
                yield Finding("empty", code, phrase.text, "沒有可以比對的詞。")
                continue
            twin = seen.setdefault((item, terms[at]), phrase.text)
            if twin != phrase.text:
                yield Finding("duplicate", code, phrase.text, f"與「{twin}」是同樣的詞。")
            if self._everywhere(terms[at]):
                yield Finding("everywhere", code, phrase.text, "每個詞在職缺裡都很常見，會到處命中。")
            if phrase.role != "not":
                yield from self._stray(at, matrix[at], says == says[at])

    def _everywhere(self, terms: frozenset[str]) -> bool:
        least = EVERYWHERE * self._idf.documents
        return all(self._idf.frequency.get(term, 0) > least for term in terms)

    def _stray(self, at: int, row: Floats, same: Bools) -> Iterator[Finding]:
        """``same`` are the phrases of the same words; items that have them share the phrase on purpose."""
        mine = self._item_of == self._item_of[at]
        rest = mine & self._counts
        rest[at] = False
        best_own = float(row[rest].max(initial=0))
        shared = np.isin(self._item_of, self._item_of[same & self._counts])
        others = np.where(~shared & (self._kind_of == self._kind_of[at]) & self._counts, row, 0)
        other = int(others.argmax())
        if others[other] > best_own + STRAY:
            there = self._items[self._item_of[other]].code
            message = f"離 {there} 的「{self._index.phrases[other].text}」比離自己這一項更近。"
            yield Finding("stray", self._items[self._item_of[at]].code, self._index.phrases[at].text, message)

    def _similarities(self, texts: Sequence[str]) -> Floats:
        """The similarity of each text (row), taken as one sentence, and each phrase (column)."""
        clauses = [
            Clause(0, len(text), tuple(self._segmenter.terms(normalise(text))), "affirmed") for text in texts
        ]
        return self._index.similarities(one_each(clauses))
