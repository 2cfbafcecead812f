"""Gender, marital and military status: behind a label, or between the fields of a résumé's head."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from matcher.privacy.dates import AGE_FIELD
from matcher.privacy.found import Finds, PersonalData, PersonalKind
from matcher.privacy.patterns import FIELD_EDGE, label, words

_TICKS = "□■☐☑☒✓✔√◎"
_TICKED = "■☑☒✓✔√◎"
_SEX = "性生"
_GENDER = rf"(?:[男女][{_SEX}]?|{words('跨性別 非二元 其他')}|male|female|[mf](?![a-z]))"
_MARITAL = words(
    "已婚 未婚 單身 離婚 離異 喪偶 再婚 已婚有子女 已婚無子女 married unmarried single divorced widowed"
)
_MILITARY = words(
    "役畢 免役 未役 待役 已役 未服役 已服役 服役中 已退伍 退伍 屆退 免服役 替代役 補充兵 國民兵 已服完兵役 "
    "服畢 免 無須服役 "
    "completed exempted exempt"
)
_DISCHARGED = rf"(?: ?\(?[0-9][0-9./年月 -]{{2,16}}(?:{words('退伍')})?\)?)?+"
# What a posting asks for: a choice, a preference, or nothing in particular.
_WISH = rf"[皆均者佳尤]|{words('不拘 不限 優先 可 需 須 加分')}"
_OR = r"[/、,或和及&]"
_LABELLED: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
    ("gender", re.compile(rf"{label('性別 gender sex')}({_GENDER})(?! ?(?:{_OR}? ?[男女]|{_WISH}))")),
    (
        "gender",
        re.compile(
            rf"{label('性別 gender')}(?=[^\n]{{0,10}}[{_TICKED}])"
            rf"([{_TICKS} ]*男[{_SEX}]?[ /、,]*[{_TICKS} ]*女[{_SEX}]?(?: ?[{_TICKED}])?)"
        ),
    ),
    (
        "marital",
        re.compile(
            label("婚姻 婚姻狀況 婚姻狀態 婚姻情形 婚姻情況 婚育狀況 marital_status marital")
            + rf"((?>{_MARITAL}))(?! ?(?:{_OR} ?(?:{_MARITAL})|{_WISH}))"
        ),
    ),
    (
        "military",
        re.compile(
            label(
                "兵役 兵役狀況 兵役狀態 兵役情形 役別 役況 服役狀況 military military_service military_status"
            )
            + rf"((?>{_MILITARY}){_DISCHARGED})(?! ?(?:{_OR} ?(?:{_MILITARY})|{_WISH}))"
        ),
    ),
)

_FIELDS: dict[PersonalKind, str] = {
    "age": AGE_FIELD,
    "gender": rf"[男女][{_SEX}]?|male|female",
    "marital": words("已婚 未婚 離婚 離異 喪偶 married divorced"),
    "military": words("役畢 免役 未役 待役 已退伍 退伍 服役中 替代役"),
}
_FIELD = re.compile(
    rf"(?<![^{FIELD_EDGE}])(?:"
    + "|".join(rf"(?P<{kind}>{pattern})" for kind, pattern in _FIELDS.items())
    + rf")(?![^{FIELD_EDGE}])"
)
_BOTH = re.compile(r"[男女]性?[ /、,或]{1,3}[男女]")
_OF_A_PERSON: frozenset[PersonalKind] = frozenset(("name", "birth_date", "id_number", "arc_number", "age"))
_NEAR = 60  # code points between a field and what shows that it is somebody's


def labelled_status(text: str) -> Finds:
    """Status behind its label; «不拘», choices and preferences are no person's."""
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(text):
            yield PersonalData(kind, *match.span(1))


def status_fields(text: str, found: Sequence[PersonalData]) -> Finds:
    """Fields that stand alone («男｜35歲｜已婚») near a name, birth date, age or ID number of ``found``, or
    next to a field of another kind.
    """
    fields = [
        PersonalData(kind, *match.span())
        for match in _FIELD.finditer(text)
        for kind in _FIELDS
        if match.lastgroup == kind and not _one_of_both(text, match)
    ]
    anchors = sorted(one.start for one in found if one.kind in _OF_A_PERSON)
    for before, field, after in zip([None, *fields], fields, [*fields[1:], None], strict=False):
        at = bisect_left(anchors, field.start - _NEAR)
        near = at < len(anchors) and anchors[at] <= field.end + _NEAR
        if near or _adjacent(text, before, field) or _adjacent(text, field, after):
            yield field


def _one_of_both(text: str, match: re.Match[str]) -> bool:
    return _BOTH.search(text, max(0, match.start() - 5), match.end() + 5) is not None


def _adjacent(text: str, one: PersonalData | None, other: PersonalData | None) -> bool:
    """Whether two fields of different kinds have nothing but separators between them."""
    if one is None or other is None or one.kind == other.kind:
        return False
    between = text[one.end : other.start]
    return len(between) <= 4 and re.fullmatch(rf"[{FIELD_EDGE}]+", between) is not None
