"""A text as the scorer sees it: sentences of clauses of terms, with part and polarity."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from matcher.language.headings import Part
from matcher.language.normalise import normalise
from matcher.language.parts import parts
from matcher.language.polarity import Polarity, polarities
from matcher.language.segment import Segmenter, Term
from matcher.language.sentences import Sentence, spans_between, split_sentences

_LINE_BREAK = re.compile(r"\s*[\n\r\f\v\x85\u2028\u2029]\s*")
_LIST_SEPARATOR = re.compile(r"[、/#]|[,，](?=\w{1,6}[,，])")
# Words of web and mail addresses (index.html, profile.php) are nobody's skills.
_ADDRESS = re.compile(r"https?://[!-~]+|www\.[!-~]+|[!-~]+@[!-~]+")
_LEAST_LIST_ENTRIES = 8
_LONGEST_LIST_ENTRY = 7  # code points, on average: 「SOP、KPI、CRM …」 names things and says nothing of them


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its place in the original text, its terms and whether the text affirms it."""

    start: int
    end: int
    terms: tuple[Term, ...]
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class AnalysedSentence:
    """A sentence: its place, its clauses, the part it stands in, and whether it merely lists words."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    part: Part
    listed: bool


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
    named = parts(normalised, sentences, posting=posting)
    analysed = tuple(
        _sentence(normalised, sentence, part, segmenter, posting=posting)
        for sentence, part in zip(sentences, named, strict=True)
    )
    return Analysis(text, normalised, analysed)


def _sentence(
    normalised: str, sentence: Sentence, part: Part, segmenter: Segmenter, *, posting: bool
) -> AnalysedSentence:
    listed = part == "tools" or _is_list(normalised, sentence)
    terms = _terms(normalised, sentence, segmenter)
    starts = [term.start for term in terms]
    clauses = tuple(
        Clause(
            span.start,
            span.end,
            tuple(terms[bisect_left(starts, span.start) : bisect_left(starts, span.end)]),
            polarity,
        )
        for clause, polarity in zip(
            sentence.clauses, polarities(normalised, sentence.clauses, posting=posting), strict=True
        )
        # Entries of a list have nothing to do with one another; words of two of them make no meaning.
        for span in (spans_between(_LIST_SEPARATOR, normalised, clause) if listed else (clause,))
    )
    return AnalysedSentence(sentence.start, sentence.end, clauses, part, listed)


def _terms(normalised: str, sentence: Sentence, segmenter: Segmenter) -> list[Term]:
    """Terms with their places in the whole text; a word that a line break cuts in two is one word."""
    text = _ADDRESS.sub(_blank, normalised[sentence.start : sentence.end])
    lines = _LINE_BREAK.split(text)
    if len(lines) == 1:
        return segmenter.terms(text, sentence.start)
    joined, places, begin = "", list[int](), sentence.start
    for line in lines:
        begin = text.index(line, begin - sentence.start) + sentence.start
        if _is_latin(joined[-1:]) and _is_latin(line[:1]):
            joined += " "
            places.append(begin - 1)
        joined += line
        places += range(begin, begin + len(line))
        begin += len(line)
    return [Term(t, places[start], places[end - 1] + 1) for t, start, end in segmenter.terms(joined)]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_list(normalised: str, sentence: Sentence) -> bool:
    entries = [entry for entry in _LIST_SEPARATOR.split(normalised[sentence.start : sentence.end]) if entry]
    return (
        len(entries) >= _LEAST_LIST_ENTRIES and sum(map(len, entries)) / len(entries) <= _LONGEST_LIST_ENTRY
    )
