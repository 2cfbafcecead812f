"""The scorer and the labelled documents, made ready once for everything that is measured."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from eval.sets import Labelled
from eval.thin import COPIES, WORKED_ON, thinned
from matcher.language.analysis import Analysis, analyse
from matcher.language.level_signs import LevelSigns, level_signs
from matcher.language.lexicon import load_lexicon
from matcher.language.segment import default_segmenter
from matcher.matcher import DEFAULT_STANDARD
from matcher.scoring.calibration import Calibration, Logistic
from matcher.scoring.idf import load_idf
from matcher.scoring.phrasebook import Phrasebook, load_phrasebook
from matcher.scoring.scorer import Scorer, Signals
from matcher.scoring.signals import SCOPE_SIGNALS
from matcher.standard import load_standard


@dataclass(frozen=True)
class Prepared:
    """A labelled document and what it shows: everything that does not depend on the calibration.

    ``fitting`` is what the calibration is fitted on: what the document would show, in ``COPIES`` tries, had
    nobody worked on the phrasebook with it in view.
    """

    document: Labelled
    analysis: Analysis
    signals: Signals
    fitting: tuple[Signals, ...]
    signs: LevelSigns


def uncalibrated_scorer(phrasebook: Phrasebook | None = None) -> Scorer:
    """The scorer of the labelled standard by the shipped phrasebook, or another, with a calibration that
    knows nothing yet."""
    blank = Logistic(SCOPE_SIGNALS, np.zeros(len(SCOPE_SIGNALS)), 0.0)
    return Scorer(
        load_standard(DEFAULT_STANDARD),
        phrasebook or load_phrasebook(),
        default_segmenter(),
        load_idf(load_lexicon()),
        Calibration({}, blank, blank, ""),
    )


def prepare(scorer: Scorer, documents: Iterable[Labelled]) -> list[Prepared]:
    """Analyse the documents and compare them with every item."""
    segmenter = default_segmenter()
    thinned_scorers = [uncalibrated_scorer(book) for book in thinned(load_phrasebook())]
    prepared = []
    for document in documents:
        analysis = analyse(document.text, segmenter, posting=document.kind == "posting")
        signals = scorer.signals(analysis)
        if document.set in WORKED_ON:
            fitting = tuple(thin.signals(analysis) for thin in thinned_scorers)
        else:
            fitting = (signals,) * COPIES
        prepared.append(Prepared(document, analysis, signals, fitting, level_signs(analysis)))
    return prepared
