"""The education that a résumé names or a posting asks for."""

import re
from collections.abc import Iterator

from matcher.language.analysis import AnalysedSentence, Analysis
from matcher.standard import EDUCATION_LEVELS

_DEGREES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("博士", re.compile(r"博士|ph\.?d")),
    ("碩士", re.compile(r"硕士|研究所|\be?mba\b|master'?s|master (?:of|degree)|\bm\.s\.")),
    (
        "大學",
        re.compile(
            r"大学(?:部|以上|毕业|学历|肄业)|(?<!副)学士|本科(?!系)|四技|二技(?!能|术)|bachelor|\bb\.[as]\."
        ),
    ),
    ("大專", re.compile(r"大专|专科|二专|五专|三专|商专|工专|副学士")),
    ("高中職", re.compile(r"高中|高职|职校|中专|[商工农家]职(?!位|务)|高[商工]|high school")),
    ("國中", re.compile(r"国中|初中")),
)
_TERTIARY = {"博士", "碩士", "大學", "大專"}
# A university's name says 大學 where no degree of one is named: 「某學院 大專」 is 大專.
_SCHOOL = re.compile(r"大学(?![生附])|科大|学院|university")
# Who left without finishing holds the degree below.
_BELOW = {"博士": "碩士", "碩士": "大學", "大學": "高中職", "大專": "高中職", "高中職": "國中"}
_UNFINISHED = re.compile("肄业|就读中|在学")
# Every alternative begins with a letter, so that «re» skips quickly to the next.
_OF_EDUCATION = re.compile(
    r"学历|毕业|就读|肄业|学位|学士|硕士|博士|研究所|教育(?!训练)|系(?<![关体联]系)(?!统|列|数)|学所|理所|程所|degree|"
    r"edu(?<=\bedu)"
)
_ASKED = re.compile(r"学历|毕业|(?:高中职?|大专|专科|大学|学士|硕士|研究所)[^,。;]{0,3}以上|degree")
_PREFERRED = re.compile("佳|优先|加分|preferred")

Named = tuple[str, AnalysedSentence]


def education(analysis: Analysis, *, posting: bool) -> Named | None:
    """The highest level (of ``EDUCATION_LEVELS``) that a résumé names, or the least that a posting asks for,
    with its sentence; None where the text names none."""
    found = list(_asked(analysis) if posting else _held(analysis))
    return (min if posting else max)(found, key=lambda one: EDUCATION_LEVELS.index(one[0]), default=None)


def _held(analysis: Analysis) -> Iterator[Named]:
    for sentence in analysis.sentences:
        text = analysis.normalised[sentence.start : sentence.end]
        # 「某大學系統」 may be a customer: a degree counts in a sentence about education only.
        if sentence.part == "education" or _OF_EDUCATION.search(text):
            unfinished = _UNFINISHED.search(text)
            for level in degrees(text):
                yield (_BELOW.get(level, level) if unfinished else level), sentence


def _asked(analysis: Analysis) -> Iterator[Named]:
    for sentence in analysis.sentences:
        text = analysis.normalised[sentence.start : sentence.end]
        if sentence.part not in ("education", "requirement", "experience") and not _ASKED.search(text):
            continue
        for clause in sentence.clauses:
            text = analysis.normalised[clause.start : clause.end]
            if not _PREFERRED.search(text):
                yield from ((level, sentence) for level in degrees(text))


def degrees(normalised: str) -> list[str]:
    """The levels that a normalised text names, highest first."""
    named = [level for level, pattern in _DEGREES if pattern.search(normalised)]
    if _SCHOOL.search(normalised) and not {*named} & _TERTIARY:
        return ["大學", *named]
    return named
