"""A text as the scorer sees it: sentences of clauses of terms, with part and polarity."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matcher.language.headings import Part
from matcher.language.normalise import normalise
from matcher.language.parts import SILENT, parts
from matcher.language.polarity import Polarity, polarities
from matcher.language.segment import Segmenter, Term
from matcher.language.sentences import Sentence, Span, spans_between, split_sentences
from matcher.language.stuffing import LEAST_SENTENCE

_LINE_BREAK = re.compile(r"\s*[\n\r\f\v\x85\u2028\u2029]\s*")
_LIST_SEPARATOR = re.compile(r"[、/#]|[,，](?=\w{1,6}[,，])")
# Words of web and mail addresses (index.html, profile.php) are nobody's skills.
_ADDRESS = re.compile(r"https?://[!-~]+|www\.[!-~]+|[!-~]+@[!-~]+")
_LEAST_LIST_ENTRIES = 8
_LONGEST_LIST_ENTRY = 7  # code points, on average: 「SOP、KPI、CRM …」 names things and says nothing of them


class Clause(NamedTuple):
    """A clause: its place in the original text, its terms and whether the text affirms it."""

    start: int
    end: int
    terms: tuple[Term, ...]
    polarity: Polarity


class AnalysedSentence(NamedTuple):
    """A sentence: its place, its clauses, the part it stands in, whether it merely lists words, and whether
    it has been said before, word for word."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    part: Part
    listed: bool
    repeated: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may say something of the work: not in a silent part, and for the first time."""
        return self.part not in SILENT and not self.repeated


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text, its normalised twin of the same length, and its sentences in order."""

    text: str
    normalised: str
    sentences: tuple[AnalysedSentence, ...]


def analyse(text: str, segmenter: Segmenter, *, posting: bool) -> Analysis:
    """Read ``text`` into sentences, clauses and terms. All spans are code points of ``text``."""
    normalised = normalise(text)
    sentences = list(split_sentences(text))
    terms = segmenter.terms(*_running(normalised, sentences))
    starts = [term.start for term in terms]

    def inside(span: Span) -> tuple[Term, ...]:
        return tuple(terms[bisect_left(starts, span.start) : bisect_left(starts, span.end)])

    analysed: list[AnalysedSentence] = []
    said: set[str] = set()
    for sentence, part in zip(sentences, parts(normalised, sentences, posting=posting), strict=True):
        listed = part == "tools" or _is_list(normalised, sentence)
        stated = zip(sentence.clauses, polarities(normalised, sentence.clauses, posting=posting), strict=True)
        clauses = tuple(
            [
                Clause(span.start, span.end, inside(span), polarity)
                for clause, polarity in stated
                # Entries of a list have nothing to do with one another; words of two make no meaning.
                for span in (spans_between(_LIST_SEPARATOR, normalised, clause) if listed else (clause,))
            ]
        )
        letters = "".join(filter(str.isalnum, normalised[sentence.start : sentence.end]))
        repeated = letters in said
        if part not in SILENT and len(letters) >= LEAST_SENTENCE:
            said.add(letters)
        analysed.append(AnalysedSentence(sentence.start, sentence.end, clauses, part, listed, repeated))
    return Analysis(text, normalised, tuple(analysed))


def _running(normalised: str, sentences: Sequence[Sentence]) -> tuple[str, list[int]]:
    """All sentences, one a line, for the segmenter, and the place in the whole text of each character.

    A word that a line break of the text cuts in two is one word.
    """
    running: list[str] = []
    places: list[int] = []
    for sentence in sentences:
        text, begin = normalised[sentence.start : sentence.end], sentence.start
        if "@" in text or "http" in text or "www." in text:
            text = _ADDRESS.sub(_blank, text)
        before = ""
        lines = _LINE_BREAK.split(text) if len(text.splitlines()) > 1 else (text,)
        for line in lines:
            begin = text.index(line, begin - sentence.start) + sentence.start
            if _is_latin(before[-1:]) and _is_latin(line[:1]):
                running.append(" ")
                places.append(begin - 1)
            running.append(line)
            places += range(begin, begin + len(line))
            begin += len(line)
            before = line or before
        running.append("\n")
        places.append(sentence.end)
    return "".join(running), places


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_list(normalised: str, sentence: Sentence) -> bool:
    if sentence.end - sentence.start < 2 * _LEAST_LIST_ENTRIES - 1:
        return False  # too short for so many entries and what parts them
    entries = [entry for entry in _LIST_SEPARATOR.split(normalised[sentence.start : sentence.end]) if entry]
    return (
        len(entries) >= _LEAST_LIST_ENTRIES and sum(map(len, entries)) / len(entries) <= _LONGEST_LIST_ENTRY
    )
