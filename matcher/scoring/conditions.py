"""Entry conditions that a standard suggests — education, years of experience — as the text states them."""

from matcher.language.analysis import AnalysedSentence, Analysis
from matcher.scoring.education import education
from matcher.scoring.experience import Experience, Relevant, experience_asked, experience_shown
from matcher.scoring.report import Condition, ConditionEvidence, ConditionStatus
from matcher.standard import EDUCATION_LEVELS, Conditions

_MOST_EVIDENCE = 3


def check_conditions(
    analysis: Analysis, required: Conditions, relevant: Relevant, *, posting: bool
) -> dict[str, Condition]:
    """Education and years of experience: met, not met or not stated. Never part of a score.

    For a résumé, the highest education and the years of experience in sentences and jobs that are
    ``relevant``; for a posting, the least that it asks for.
    """
    shown = experience_asked(analysis) if posting else experience_shown(analysis, relevant)
    return {
        "education": _education(analysis, required.education, posting=posting),
        "experience": _experience(analysis, required.years, shown),
    }


def _education(analysis: Analysis, required: str | None, *, posting: bool) -> Condition:
    label = f"{required}以上" if required else "未訂"
    named = education(analysis, posting=posting)
    if named is None:
        return Condition(label, "not_stated", None, ())
    level, place = named
    order = EDUCATION_LEVELS.index
    met = required is None or order(level) >= order(required)
    return Condition(label, "met" if met else "not_met", level, (_evidence(analysis, place),))


def _experience(analysis: Analysis, required: int | None, shown: Experience | None) -> Condition:
    label = f"相關經驗 {required} 年以上" if required else "未訂"
    if shown is None:
        return Condition(label, "not_stated", None, ())
    status: ConditionStatus = "met" if required is None or shown.years >= required else "not_met"
    if status == "not_met" and shown.least:
        status = "not_stated"  # the job goes on: how long by now, the text does not say
    found = f"{shown.years} 年"
    if shown.least:
        found = f"至少 {found}，仍在職" if shown.years else "仍在職，年數未載明"
    evidence = tuple(_evidence(analysis, place) for place in dict.fromkeys(shown.places))
    return Condition(label, status, found, evidence[:_MOST_EVIDENCE])


def _evidence(analysis: Analysis, sentence: AnalysedSentence) -> ConditionEvidence:
    return ConditionEvidence(sentence.start, sentence.end, analysis.text[sentence.start : sentence.end])
