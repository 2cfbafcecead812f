"""What the scores are measured beside: the bare wording scored in simpler ways, and BM25."""

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.prepare import Prepared
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter
from matcher.scoring.idf import Idf
from matcher.scoring.index import PhraseIndex
from matcher.scoring.phrasebook import Phrase, Phrasebook
from matcher.standard import Standard

Scores = npt.NDArray[np.float64]
"""Documents (rows) × items (columns)."""


def raw_tfidf(prepared: Sequence[Prepared], standard: Standard) -> Scores:
    """What anyone would write: jieba's words of the raw text, idf of the items, whole documents, cosine."""
    wordings = [item.text for item in standard.items]
    vectoriser = TfidfVectorizer(tokenizer=rjieba.cut, token_pattern=None, lowercase=False).fit(wordings)
    documents = vectoriser.transform([one.document.text for one in prepared])
    return np.asarray((documents @ vectoriser.transform(wordings).T).todense())


def wording(prepared: Sequence[Prepared], standard: Standard, segmenter: Segmenter, idf: Idf) -> Scores:
    """Simplified characters, sentences and the background idf, against the items' own wording alone."""
    return _best_windows(
        prepared, [[Phrase(item.text, "wording")] for item in standard.items], segmenter, idf
    )


def phrasebook(
    prepared: Sequence[Prepared], standard: Standard, book: Phrasebook, segmenter: Segmenter, idf: Idf
) -> Scores:
    """The same against the phrasebook: the best window's similarity to the best phrase, not calibrated."""
    meanings = [[p for p in book.phrases(item.text) if p.role != "not"] for item in standard.items]
    return _best_windows(prepared, meanings, segmenter, idf)


def bm25(prepared: Sequence[Prepared], standard: Standard, segmenter: Segmenter) -> Scores:
    """BM25 (Lucene's form) of the items' wording over each document's windows, the best window counts."""
    queries = [[term.text for term in segmenter.terms(normalise(item.text))] for item in standard.items]
    corpus = [
        [term.text for term in windows.terms(at)] or [""]
        for windows in (one.signals.windows for one in prepared)
        for at in range(len(windows))
    ]
    retriever = bm25s.BM25(method="lucene")
    retriever.index(corpus, show_progress=False)
    by_window = np.stack([retriever.get_scores(query) for query in queries], axis=1)
    ends = np.cumsum([len(one.signals.windows) for one in prepared])
    return np.stack([part.max(axis=0) for part in np.split(by_window, ends[:-1])])


def _best_windows(
    prepared: Sequence[Prepared], meanings: Sequence[Sequence[Phrase]], segmenter: Segmenter, idf: Idf
) -> Scores:
    index = PhraseIndex(meanings, segmenter.words, idf)
    scores = np.zeros((len(prepared), len(meanings)))
    for row, one in enumerate(prepared):
        matrix = index.group_similarities(one.signals.windows)
        for column, group in enumerate(index.groups):
            scores[row, group.meaning] = max(scores[row, group.meaning], float(matrix[:, column].max()))
    return scores
