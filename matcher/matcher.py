"""The public face: a ``Matcher`` reads texts and gives reports."""

from collections.abc import Iterable
from dataclasses import replace

from matcher import __version__
from matcher.catalogue import Catalogue
from matcher.errors import MatcherError
from matcher.language.analysis import analyse
from matcher.language.lexicon import load_lexicon
from matcher.language.segment import default_segmenter
from matcher.language.stuffing import stuffing
from matcher.notes import document_notes
from matcher.reading.document import Document
from matcher.scoring.calibration import load_calibration
from matcher.scoring.fit import Fit, fit
from matcher.scoring.idf import load_idf
from matcher.scoring.phrasebook import load_phrasebook
from matcher.scoring.report import Kind, Note, Report
from matcher.scoring.scorer import Scorer
from matcher.settings import Settings, load_settings
from matcher.standard import Standard

DEFAULT_STANDARD = "BAS2421-003v4"


def versions() -> dict[str, str]:
    """The version of the program and of each kind of data that a report depends on."""
    lexicon = load_lexicon()
    return {
        "matcher": __version__,
        "lexicon": lexicon.version,
        "phrasebook": load_phrasebook().version,
        "idf": load_idf(lexicon).version,
        "calibration": load_calibration().version,
    }


class Matcher:
    """Scores résumés and postings against one competency standard.

    Made once, it never changes and may be used for any number of texts; the same text gives the same
    report, byte for byte, in any order and in any process.
    """

    def __init__(self, standard: Standard, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        lexicon, phrasebook = load_lexicon(), load_phrasebook()
        idf, calibration = load_idf(lexicon), load_calibration()
        self._segmenter = default_segmenter(self.settings.segmenter)
        self._scorer = Scorer(standard, phrasebook, self._segmenter, idf, calibration)
        self._originals = {f"職能基準 {standard.name}": "\n".join(item.text for item in standard.items)}
        self.versions = versions()

    @classmethod
    def load(cls, code: str = DEFAULT_STANDARD, settings: Settings | None = None) -> "Matcher":
        """The matcher for a standard, shipped or imported, by its code, e.g. ``BAS2421-003v4``, or by the
        path of its ``.json`` file.

        Raises:
            MatcherError: there is no standard of that code.
        """
        settings = settings or load_settings()
        return cls(Catalogue(settings).find(code), settings)

    @property
    def standard(self) -> Standard:
        """The standard that texts are scored against."""
        return self._scorer.standard

    def score(self, text: str | Document, kind: Kind | None = None) -> Report:
        """The report of one text or document. Evidence spans are code points of its text.

        Without ``kind``, a document is of the kind that it says itself to be (JSON Resume, JobPosting), and
        everything else is a résumé.

        Raises:
            MatcherError: the text is longer than ``settings.max_characters``, or ``kind`` is unknown.
        """
        if kind is None:
            kind = (None if isinstance(text, str) else text.kind) or "resume"
        if kind not in ("resume", "posting"):
            raise MatcherError(f"文件種類只能是 resume（履歷）或 posting（職缺），收到「{kind}」。")
        content = text if isinstance(text, str) else text.text
        if len(content) > self.settings.max_characters:
            most = self.settings.max_characters
            raise MatcherError(f"文字太長：最多 {most:,} 字，收到 {len(content):,} 字。")
        analysis = analyse(content, self._segmenter, posting=kind == "posting")
        report = self._scorer.report(analysis, kind, self.versions)
        noticed = [] if isinstance(text, str) else document_notes(text)
        stuffed = [Note(one.code, one.message) for one in stuffing(content, self._originals)]
        return replace(report, notes=(*noticed, *stuffed, *report.notes))

    def score_many(self, texts: Iterable[str | Document], kind: Kind | None = None) -> list[Report]:
        """The reports of several texts, in order; each the same as ``score`` gives."""
        return [self.score(text, kind) for text in texts]

    def match(self, posting: Report, resume: Report) -> Fit:
        """How far the résumé of one report covers what the posting of another asks for.

        Raises:
            MatcherError: a report is by another standard than this matcher's.
        """
        for report in (posting, resume):
            if report.code != self.standard.code:
                raise MatcherError(f"這個比對用的是 {self.standard.code}，收到 {report.code} 的結果。")
        return fit(posting, resume)
