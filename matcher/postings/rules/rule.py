"""A rule, the laws it rests on, and the turns of phrase that many rules share."""

import re
from dataclasses import dataclass

from matcher.language.normalise import normalise
from matcher.postings.finding import Weight

EQUAL = "就業服務法第 5 條第 1 項"
EQUAL_SEX = f"{EQUAL}、性別平等工作法第 7 條"
EQUAL_AGE = f"{EQUAL}、中高齡者及高齡者就業促進法第 12 條"
PREGNANT = "性別平等工作法第 7 條、第 11 條"
FALSE = "就業服務法第 5 條第 2 項第 1 款"
PRIVATE = "就業服務法第 5 條第 2 項第 2 款"
DEPOSIT = "就業服務法第 5 條第 2 項第 3 款"
INDECENT = "就業服務法第 5 條第 2 項第 4 款"
PAY = "就業服務法第 5 條第 2 項第 6 款"

BETTER = "(?:者|人士|員工|同事|同仁|從業人員)?(?:最佳|尤佳|為佳|更佳|較佳|佳|優先|為主|為優|可?加分)"
NOT = (
    "(?:者|人士)?(?:請)?(?:勿試|勿擾|勿投|勿應徵|勿入|勿來|不收|不要|恕不|不錄用|不錄取|不予錄取|不予錄用|"
    "不考慮|不適合|不宜|免談|止步|謝絕|婉拒)"
)
REFUSE = (
    "(?:拒絕|不收|不要|不招|不用|拒收|謝絕|婉拒|恕不(?:錄用|接受|考慮|收)|不(?:考慮|接受|錄用|錄取|歡迎))"
)
ONLY = (
    "(?<![不無有期權上下時年])"
    "(?:僅限|只限|限定|限|須為|需為|須是|需是|必須是|只收|只徵|只用|只找|只招|僅收|僅徵|僅招)"
)
NEED = "(?:需要|必須|需|須|請|應|要)"
SEEK = "(?:誠徵|急徵|徵求|(?<![象特應])徵|急招|招募|招聘|徵聘|急聘|誠聘)"
ITEM = r"(?<![^\s,，:：、。；;|/(（【\]】\-•‧・.])"
"""Before an entry of a list or the beginning of a clause."""
ITEM_END = r"(?:者)?(?=$|[\s,，、。；;|/)）])"

_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Wordings of a ground. ``unless`` are words in the same clause that make them harmless.

    Both are for normalised text.
    """

    ground: str
    article: str
    wordings: re.Pattern[str]
    why: str
    better: str
    weight: Weight = "forbidden"
    unless: re.Pattern[str] | None = None


def rule(
    ground: str,
    wordings: tuple[str, ...],
    better: str,
    *,
    why: str = "",
    article: str = EQUAL,
    weight: Weight = "forbidden",
    unless: str = "",
) -> Rule:
    """A rule of wordings that are written in Traditional characters and found in either script."""
    return Rule(
        ground,
        article,
        pattern("|".join(wordings)),
        why or f"雇主不能因為{ground}而不錄用人。",
        better,
        weight,
        pattern(unless) if unless else None,
    )


def pattern(expression: str) -> re.Pattern[str]:
    """An expression for normalised text; its ``\\s*`` spans a few blanks only.

    Else a text of blanks would be searched again from every one of them to its end.
    """
    expression = expression.replace(r"\s*", r"\s{0,3}")
    return re.compile(_HAN.sub(lambda run: normalise(run.group()), expression), re.IGNORECASE)
