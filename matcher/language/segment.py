"""Words of a text: jieba on Han characters, one regular expression on Latin words, the lexicon on both."""

import itertools
import logging
import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple, Protocol

from matcher.data import data_path
from matcher.language.lexicon import Lexicon, load_lexicon
from matcher.language.normalise import normalise

Engine = Literal["rjieba", "jieba"]


class Term(NamedTuple):
    """A word to be compared, and the place (code points, end exclusive) of the text that it stands for."""

    text: str
    start: int
    end: int


class _Cutter(Protocol):
    def cut(self, text: str) -> Iterable[str]: ...

    def tokenize(self, text: str, mode: str) -> Iterable[tuple[str, int, int]]: ...


_HAN = "\u4e00-\u9fd5"  # what both engines' dictionaries cover; a rarer character is a word of its own
_RARE_HAN = "\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A Latin word keeps what belongs to a name: c++, c#, node.js, p&l, iso 9001, office 365.
_RUN = re.compile(
    rf"""(?P<han>[{_HAN}]+)
      | [{_RARE_HAN}]
      | (?P<latin>
            iso[ /-]?(?:iec[ ]?)?[0-9]{{4,5}}(?![0-9])
          | (?:office|microsoft)[ ]365(?![0-9])
          | [a-z][a-z0-9]*(?:[.&][a-z0-9]+)*(?:\+\+|[#])?
          | [0-9]+[a-z]+
        )
    """,
    re.VERBOSE,
)
_ISO = re.compile(r"iso(?:[ /-]?iec)?[ /-]?(?=[0-9]{4,5}$)")
_LATIN_PIECE = re.compile(r"[a-z][a-z0-9]+")
# Particles, pronouns and conjunctions of one character: in every text, and in none of the meanings.
_FUNCTION_WORDS = frozenset(
    "的与和及之等在是了以为有也都就而或其于将把被由从对向给并让使可能会要跟每各该此这那个们中上下内外后前时年月日者所"
)
_MOST_EXPANSIONS = 200_000  # a bound on memory over millions of documents
_LATIN_GAP = re.compile(r"[ \-_]{0,2}")


class Segmenter:
    """Cuts normalised text into terms.

    Words of the lexicon are cut whole and stand as their group's canonical form, together with the
    shorter words inside that form, so that 「SOP」 meets 「標準作業程序」 whole and 「作業流程」 in part.
    """

    def __init__(self, lexicon: Lexicon, words: Iterable[str] = (), engine: Engine = "rjieba") -> None:
        own_words = [*_han_words(lexicon), *words]
        self._cutter = _fast(own_words) if engine == "rjieba" else _reference(own_words)
        self._canonical = lexicon.canonical
        self._phrases = _latin_phrases(lexicon)
        self._expansions: dict[str, tuple[Term, ...]] = {}

    def terms(self, text: str, places: Sequence[int] | None = None) -> list[Term]:
        """The terms of a normalised text in order of their place, without function words.

        ``places`` says where each character stands in a longer text that the terms are counted in.
        """
        places = range(len(text)) if places is None else places
        found: list[Term] = []
        runs = list(_RUN.finditer(text))
        # All at once, a line each: one call costs as much as a run.
        words = iter(self._cutter.cut("\n".join([run.group() for run in runs if run.lastgroup == "han"])))
        position = 0
        while position < len(runs):
            run = runs[position]
            at = run.start()
            if run.lastgroup == "han":
                position += 1
                for word in words:
                    if word == "\n":
                        break
                    if word not in _FUNCTION_WORDS:
                        for term, first, last in self._expansions.get(word) or self._expand(word):
                            found.append(Term(term, places[at + first], places[at + last - 1] + 1))
                    at += len(word)
            else:
                word, taken = self._latin(text, runs, position)
                position += taken
                first, last = places[at], places[runs[position - 1].end() - 1] + 1
                found += [Term(term, first, last) for term, _, _ in self._expand(word)]
        return found

    def words(self, text: str) -> list[str]:
        """The terms of a normalised text without their places."""
        return [term.text for term in self.terms(text)]

    def _latin(self, text: str, runs: list[re.Match[str]], position: int) -> tuple[str, int]:
        """The longest lexicon phrase of Latin words that starts here, and how many words it takes."""
        first = self._name(runs[position].group())
        for phrase in self._phrases.get(first, ()):
            candidate = runs[position : position + len(phrase)]
            if tuple(match.group() for match in candidate) == phrase and all(
                _LATIN_GAP.fullmatch(text, left.end(), right.start())
                for left, right in itertools.pairwise(candidate)
            ):
                return " ".join(phrase), len(phrase)
        return first, 1

    def _name(self, word: str) -> str:
        """ISO 9001, iso9001 and ISO-9001 are one word; of a number that the lexicon lacks, «iso» is left."""
        letters = _ISO.match(word)
        if letters is None:
            return word
        name = f"iso {word[letters.end() :]}"
        return name if name in self._canonical else "iso"

    def _expand(self, word: str) -> tuple[Term, ...]:
        """The terms that a word stands for, with their places inside it."""
        known = self._expansions.get(word)
        if known is None:
            if len(self._expansions) > _MOST_EXPANSIONS:
                self._expansions.clear()
            meanings = dict.fromkeys(self._meanings(word))
            known = self._expansions[word] = tuple(sorted(meanings, key=itemgetter(1)))
        return known

    def _meanings(self, word: str) -> Iterator[Term]:
        canonical = self._canonical.get(word)
        if canonical is None:
            yield Term(word, 0, len(word))
            for piece in self._pieces(word):
                at = piece.start
                yield from (Term(term, at + a, at + b) for term, a, b in self._expand(piece.text))
        else:
            yield Term(canonical, 0, len(word))
            for piece in self._pieces(canonical):
                # Not expanded further: two groups that contain each other's words would never end.
                yield Term(self._canonical.get(piece.text, piece.text), 0, len(word))

    def _pieces(self, word: str) -> Iterator[Term]:
        """The shorter words inside a word: the dictionary's, and the Latin words of a name."""
        for run in _RUN.finditer(word):
            found: Iterable[tuple[str, int, int]]
            if run.lastgroup == "han":
                found = self._cutter.tokenize(run.group(), "search")
            else:
                found = ((piece.group(), *piece.span()) for piece in _LATIN_PIECE.finditer(run.group()))
            at = run.start()
            yield from (Term(t, at + a, at + b) for t, a, b in found if 1 < len(t) < len(word))


def _han_words(lexicon: Lexicon) -> list[str]:
    return [variant for variant in lexicon.canonical if re.fullmatch(f"[{_HAN}]+", variant)]


def _latin_phrases(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """First word → phrases of the lexicon that begin with it, longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for variant in lexicon.canonical:
        words = tuple(match.group() for match in _RUN.finditer(variant))
        if len(words) > 1:
            phrases.setdefault(words[0], []).append(words)
    for candidates in phrases.values():
        candidates.sort(key=len, reverse=True)
    return phrases


def _fast(words: Iterable[str]) -> _Cutter:
    import rjieba

    fast = rjieba.Jieba()
    for word in words:
        fast.add_word(word, None, None)
    return fast


def _reference(words: Iterable[str]) -> _Cutter:
    import rjieba

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes and imports pkg_resources
        import jieba

    jieba.setLogLevel(logging.WARNING)
    reference = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as private:
        # jieba unmarshals its cache from the shared temp folder, where anyone may have put one.
        reference.tmp_dir = private
        reference.initialize()
    fast = rjieba.Jieba()
    for word in words:
        known = reference.FREQ.get(word, 0)
        # Both take the same frequencies: the two suggestions differ by one for some words.
        reference.add_word(word, fast.add_word(word, None, None))
        reference.total -= known  # jieba counts a word that it knew twice
    cutter: _Cutter = reference
    return cutter


@lru_cache(maxsize=2)
def default_segmenter(engine: Engine = "rjieba") -> Segmenter:
    """The segmenter with the shipped lexicon and words, made once a process."""
    lines = data_path("lexicon", "words.txt").read_text(encoding="utf-8-sig").splitlines()
    words = [normalise(word) for line in lines if not line.startswith("#") for word in line.split()]
    return Segmenter(load_lexicon(), words, engine)
