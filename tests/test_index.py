"""The stored scorer is scikit-learn's TF-IDF: the same idf, the same masses, the same cosine."""

from collections.abc import Iterable

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from matcher.data import data_path
from matcher.language.analysis import Clause, analyse
from matcher.language.characters import pairs
from matcher.language.lexicon import load_lexicon
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter, Term
from matcher.scoring import index as index_module
from matcher.scoring.idf import Idf, load_idf, pair_idf
from matcher.scoring.index import LENGTH_WEIGHT, PhraseIndex
from matcher.scoring.phrasebook import Phrase, load_phrasebook
from matcher.scoring.windows import Windows, in_pairs, one_each, windows
from matcher.standard import Standard

SAMPLES = sorted(data_path("samples").glob("*/*.txt"))


class Sklearn:
    """The same comparison in scikit-learn's terms, with the samples as background."""

    def __init__(self, segmenter: Segmenter) -> None:
        documents = [self._terms(path.read_text(encoding="utf-8"), segmenter) for path in SAMPLES]
        counts = CountVectorizer(analyzer=list).fit(documents)
        frequency = np.diff(counts.transform(documents).tocsc().indptr).tolist()
        self.idf = Idf(len(documents), dict(zip(counts.get_feature_names_out(), frequency, strict=True)), "")
        self._documents = documents

    @staticmethod
    def _terms(text: str, segmenter: Segmenter) -> list[str]:
        return [term.text for term in segmenter.terms(normalise(text))]

    def counts(self, *sides: list[list[str]]) -> tuple[list[sparse.csr_array], TfidfTransformer]:
        """Counts of the terms of each side, and the transformer fitted on the background alone."""
        vectoriser = CountVectorizer(analyzer=list).fit(
            [*self._documents, *(t for side in sides for t in side)]
        )
        weigher = TfidfTransformer(smooth_idf=True).fit(vectoriser.transform(self._documents))
        return [vectoriser.transform(side) for side in sides], weigher


@pytest.fixture(scope="module")
def sklearn(segmenter: Segmenter) -> Sklearn:
    return Sklearn(segmenter)


@pytest.fixture(scope="module")
def small(segmenter: Segmenter, sklearn: Sklearn, bas2421: Standard) -> PhraseIndex:
    """Five items of the shipped phrasebook, weighed by the samples."""
    book = load_phrasebook()
    return PhraseIndex([book.phrases(item.text) for item in bas2421.items[:5]], segmenter.words, sklearn.idf)


@pytest.fixture(scope="module")
def found(segmenter: Segmenter) -> Windows:
    text = data_path("samples", "resumes", "planner.txt").read_text(encoding="utf-8")
    return windows(analyse(text, segmenter, posting=False))


def words(found: Windows, index: PhraseIndex) -> tuple[list[list[str]], list[list[str]]]:
    return [[term.text for term in found.terms(at)] for at in range(len(found))], index.terms


def test_idf_is_scikit_learns(sklearn: Sklearn) -> None:
    (counts,), weigher = sklearn.counts([["未曾見過的詞"]])
    assert counts.shape[1] == len(sklearn.idf.frequency) + 1
    ours = sorted([*map(sklearn.idf.weight, sklearn.idf.frequency), sklearn.idf.weight("未曾見過的詞")])
    assert np.allclose(ours, np.sort(weigher.idf_))


def test_similarity_is_what_scikit_learn_gives(sklearn: Sklearn, small: PhraseIndex, found: Windows) -> None:
    (texts, phrases), weigher = sklearn.counts(*words(found, small))
    weights = weigher.idf_
    shared = ((texts > 0).astype(float) @ sparse.diags_array(weights) @ phrases.T).toarray()
    own, whole = np.sqrt(phrases @ weights), np.sqrt(texts @ weights)
    expected = shared / (own * ((1 - LENGTH_WEIGHT) * own + LENGTH_WEIGHT * whole[:, None]))
    assert expected.max() > 0.5
    assert np.allclose(small.similarities(found), expected, atol=1e-5)


def test_with_the_whole_length_it_is_scikit_learns_cosine(
    sklearn: Sklearn, small: PhraseIndex, found: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, phrases = words(found, small)
    # A term that stands twice in a window would count twice in its length only.
    kept = [at for at, terms in enumerate(texts) if len(set(terms)) == len(terms) and terms]
    assert len(kept) > 20
    monkeypatch.setattr(index_module, "LENGTH_WEIGHT", 1.0)
    ours = small.similarities(found.take(kept))
    (left, right), weigher = sklearn.counts([texts[at] for at in kept], phrases)
    root = sparse.diags_array(np.sqrt(weigher.idf_))
    assert np.allclose(ours, cosine_similarity(left @ root, right @ root), atol=1e-5)


def test_shares_sum_to_the_similarity(small: PhraseIndex, found: Windows) -> None:
    matrix = small.similarities(found)
    for window, phrase in np.argwhere(matrix > 0).tolist():
        terms = [term.text for term in found.terms(window)]
        shares = small.shares(terms, phrase)
        assert sum(shares.values()) == pytest.approx(float(matrix[window, phrase]), abs=1e-5)
        assert set(shares) <= set(terms) & set(small.terms[phrase])


def test_a_group_has_its_best_phrases_similarity(small: PhraseIndex, found: Windows) -> None:
    nearest = np.zeros(len(small.phrases), np.float32)
    matrix, by_group = small.similarities(found), small.group_similarities(found, nearest)
    expected = np.stack([matrix[:, group.start : group.end].max(axis=1) for group in small.groups], axis=1)
    assert np.allclose(by_group, expected)
    assert np.allclose(nearest, matrix.max(axis=0))


def one_window(terms: Iterable[Term]) -> Windows:
    return one_each([Clause(0, 60, tuple(terms), "affirmed")])


def sentence(text: str, segmenter: Segmenter) -> Windows:
    return one_window(segmenter.terms(normalise(text)))


def index_of(phrases: Iterable[str], segmenter: Segmenter, idf: Idf) -> PhraseIndex:
    return PhraseIndex([[Phrase(phrase, "stated") for phrase in phrases]], segmenter.words, idf)


LONG = "每季與門市、經銷商及維修廠開會，繪製顧客旅程圖，再把安裝前後最容易來電的原因寫成報告交給主管"


def test_a_short_phrase_counts_in_a_long_sentence(
    segmenter: Segmenter, idf: Idf, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, window = index_of(["顧客旅程圖"], segmenter, idf), sentence(LONG, segmenter)
    assert index.similarities(window)[0, 0] > 0.75
    monkeypatch.setattr(index_module, "LENGTH_WEIGHT", 1.0)
    assert index.similarities(window)[0, 0] < 0.6, "the plain cosine buries it"


def test_a_longer_sentence_never_counts_for_more(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["顧客旅程圖"], segmenter, idf)
    texts = ["顧客旅程圖", "繪製顧客旅程圖", LONG]
    scores = [float(index.similarities(sentence(text, segmenter))[0, 0]) for text in texts]
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_order_of_words_does_not_matter(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["訂定緊急應變計畫", "編列年度預算"], segmenter, idf)
    terms = segmenter.terms(normalise(LONG + "並訂定緊急應變計畫與預算"))
    there = index.similarities(one_window(terms))
    back = index.similarities(one_window(reversed(terms)))
    assert there.max() > 0.4
    assert there.tolist() == back.tolist()


def test_variants_and_scripts_are_the_same_words(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["標準作業流程"], segmenter, idf)
    for text in ("SOP", "sop", "ＳＯＰ", "标准作业流程", "標準作業流程"):
        assert index.similarities(sentence(text, segmenter))[0, 0] == pytest.approx(1.0, abs=1e-5), text


def test_a_sentence_scores_the_same_wherever_it_stands_in_a_long_text(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["顧客旅程圖", "編列年度預算"], segmenter, idf)
    text = "\n".join(f"為客人繪製顧客旅程圖並編列預算，向主管說明{n}。" for n in range(3000))
    found = windows(analyse(text, segmenter, posting=False))
    same = [
        at
        for at in range(len(found))
        if found.end[at] - found.start[at] == len("為客人繪製顧客旅程圖並編列預算")
    ]
    assert len(same) == 3000
    by_group = index.group_similarities(found)
    assert np.ptp(by_group[same], axis=0).tolist() == [0.0]


def test_nothing_shared_is_nothing(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["的", "編列年度預算"], segmenter, idf)
    assert index.similarities(sentence("清蒸石斑", segmenter)).tolist() == [[0.0, 0.0]]
    assert index.similarities(sentence("的", segmenter)).tolist() == [[0.0, 0.0]]
    assert index.similarities(one_window(())).tolist() == [[0.0, 0.0]]


def test_no_windows_at_all(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["編列年度預算"], segmenter, idf)
    none = sentence("編列年度預算", segmenter).take([])
    assert index.similarities(none).shape == (0, 1)
    assert index.group_similarities(none).shape == (0, 1)


def test_the_nearest_of_a_meanings_own_phrases(small: PhraseIndex, found: Windows) -> None:
    matrix, nearest = small.similarities(found), small.nearest(found)
    for meaning in range(5):
        own = [
            column
            for group in small.groups
            if group.meaning == meaning and group.role != "not"
            for column in range(group.start, group.end)
        ]
        best = matrix[:, own].max(axis=1)
        expected = np.where(best > 0, np.array(own)[matrix[:, own].argmax(axis=1)], len(small.phrases))
        assert nearest[:, meaning].tolist() == expected.tolist()


def test_a_lookalike_is_nearest_to_nothing(segmenter: Segmenter, idf: Idf) -> None:
    index = PhraseIndex(
        [[Phrase("產品測試", "not"), Phrase("提供產品", "stated")], [Phrase("測試", "not")]],
        segmenter.words,
        idf,
    )
    (nearest,) = index.nearest(sentence("產品測試", segmenter)).tolist()
    assert [index.phrases[nearest[0]].text, nearest[1]] == ["提供產品", len(index.phrases)]


def test_the_background_counts_variants_with_their_canonical_form() -> None:
    lexicon = load_lexicon()
    idf = load_idf(lexicon)
    groups = {(variant, known) for variant, known in lexicon.canonical.items() if variant in idf.frequency}
    assert len(groups) > 50
    assert all(idf.weight(known) <= idf.weight(variant) for variant, known in groups)
    assert max(idf.frequency.values()) <= idf.documents


@pytest.mark.parametrize(("everyday", "telling"), [("客戶", "預算"), ("服務", "法規"), ("管理", "競品")])
def test_everyday_words_weigh_less(idf: Idf, everyday: str, telling: str) -> None:
    assert idf.weight(normalise(everyday)) < idf.weight(normalise(telling))


def test_a_term_place_does_not_change_the_similarity(segmenter: Segmenter, idf: Idf) -> None:
    index = index_of(["編列年度預算"], segmenter, idf)
    terms = tuple(segmenter.terms(normalise("編列年度預算")))
    moved = tuple(Term(term.text, term.start + 100, term.end + 100) for term in terms)
    assert index.similarities(one_window(terms)).tolist() == index.similarities(one_window(moved)).tolist()


def test_pairs_of_characters_meet_what_words_do_not(segmenter: Segmenter, idf: Idf) -> None:
    phrase, text = [[Phrase("接電話", "stated")]], "接聽電話"
    found = in_pairs(sentence(text, segmenter), normalise(text))
    by_pairs = PhraseIndex(phrase, pairs, pair_idf(idf)).similarities(found)[0, 0]
    assert by_pairs > 0.3
    found = in_pairs(sentence("清蒸石斑", segmenter), normalise("清蒸石斑"))
    assert PhraseIndex(phrase, pairs, pair_idf(idf)).similarities(found)[0, 0] == 0


def test_a_pair_is_no_rarer_than_a_word_that_holds_it(idf: Idf) -> None:
    by_pairs = pair_idf(idf)
    words = [word for word in idf.frequency if len(word) == 2 and word[0] >= "\u4e00" and word[1] >= "\u4e00"]
    assert len(words) > 1000
    assert all(by_pairs.weight(word) <= idf.weight(word) + 1e-9 for word in words)
    assert max(by_pairs.frequency.values()) <= idf.documents
