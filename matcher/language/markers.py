"""What stands before an entry of a résumé or posting: bullets, numbers, headings in brackets."""

import re

HAN = r"\u3400-\u9fff"
CIRCLED = r"①-⒛⓪-⓾❶-➓㈠-㈩㊀-㊉"
_NUMERAL = "一二三四五六七八九十壹貳參肆伍陸柒捌玖拾甲乙丙丁"
# Word and PDF draw bullets with the private use area; people draw them with arrows and emoji.
_SIGNS = (
    r"・･·•‧∙√※»ˇ*＊\u2190-\u21ff\u2500-\u2775\u2794-\u27bf\u2b00-\u2bff"
    r"\ue000-\uf8ff\ufe0f\U0001f000-\U0001faff"
)
BULLET = re.compile(
    rf"""[ \t\u3000]*(?:
        [{_SIGNS}]+[ \t\u3000]*
      | (?:[．﹒#＃>＞]+|o(?=[ \t]))(?=\W|[^\x00-\x7f])[ \t\u3000]*
      | [-–—+~]++(?:[ \t\u3000]+|(?=[^\d\s]|$))
      | [(（\[【]?[0-9０-９]{{1,2}}[ ]?[)）\]】.．、:：‧][ \t\u3000]*(?![0-9０-９])
      | [(（][{_NUMERAL}]{{1,3}}[)）][ \t\u3000]*
      | [{_NUMERAL}]{{1,3}}[、.．)）][ \t\u3000]*(?![{_NUMERAL}])
      | (?:[a-zA-Z]|[IVX]{{2,4}})[.．)）、][ \t\u3000]*(?=[^\x00-\x7f])
      | [Ⅰ-Ⅻ][.．、)）]?[ \t\u3000]*
      | [{CIRCLED}][ \t\u3000]*
    )""",
    re.VERBOSE,
)
"""A bullet or number that begins a line: 「・」「- 」「1.」「（一）」「①」; not 「-3%」「三、五年」."""

BRACKETED = re.compile(
    r"""[ \t\u3000]*(?:
        【[^】\n]{1,30}】|［[^］\n]{1,30}］|\[[^\]\n]{1,30}\]|〈[^〉\n]{1,30}〉|《[^》\n]{1,30}》
    )""",
    re.VERBOSE,
)
"""A heading in brackets at the beginning of a line."""
