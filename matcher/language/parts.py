"""Which part of a posting or résumé a sentence stands in: duties, requirements, benefits, the company …"""

import re
from collections.abc import Iterator, Sequence

from matcher.language.headings import Part, bracketed, heading
from matcher.language.sentences import Sentence

SILENT: frozenset[Part] = frozenset({"company", "benefits", "pay", "place", "process", "wish", "person"})
"""Parts that say nothing about an item: the firm, what it pays, where, how to apply, what one wishes for."""

_PAY = re.compile(
    "劳健保|劳保|健保|团保|劳退|五险一金|六险一金|三节|年终奖?|尾牙|春酒|特休|周休|月休|见红休|下午茶|员工旅游|"
    "国内外旅游|健检|生日礼|礼金|礼券|旅游补助|伙食|供膳|员购|员工餐厅|宿舍|停车位|哺乳室|股票选择权|分红|"
    "月薪|年薪|日薪|时薪|底薪|起薪|薪资|加班费|全勤|绩效奖金|业绩奖金|不收取|劳基法|生理假|陪产假|育婴|产假|提拨|"
    "health insurance|paid leave"
)
_COMPANY = re.compile(
    "我们是一[家间个]|本公司(为|是|成立|系|创立|专)|成立于|成立[0-9]+年|创立于|员工(人?数|逾|约|总数)?[0-9]+|资本额|"
    "a轮|b轮|新创公司|集团旗下|连续多年|we are a "
)
# 「負責員工旅遊行程規劃」 is work with what others are given.
_WORK = re.compile(
    r"\W*(负责|处理|规划|企划|协助|执行|办理|核算|计算|管理|编列|制定|制订|订定|拟定|撰写|设计|安排|回[覆复]|受理|审核)"
)
_LONGEST_HEADING = 12  # code points
_NEAR = 8  # sentences in which the two lines below a heading begin


def parts(normalised: str, sentences: Sequence[Sentence], *, posting: bool) -> Iterator[Part]:
    """The part of each sentence, by the headings before it and, in postings, by its own words.

    A heading in brackets or alone in its line rules until the next heading; «待遇：…» with text behind
    it rules its own line only. A short line above a list ends a silent part, though its words are unknown.
    """
    block: Part = "body"
    inline: tuple[int, Part] | None = None
    for position, sentence in enumerate(sentences):
        text = normalised[sentence.start : sentence.end]
        name, rest = (bracketed(text), "") if sentence.heading else heading(text)
        if name is None and block in SILENT and _opens_list(normalised, sentences, position):
            name, rest = bracketed(text), ""
        if name is not None and inline is not None and inline[0] == sentence.line:
            name = None  # a word of an entry that has begun, not a heading of its own
        if name is not None:
            if sentence.heading or not rest:
                block, inline = name, None
            else:
                inline = (sentence.line, name)
        elif inline is not None and inline[0] != sentence.line:
            inline = None
        part = inline[1] if inline else block
        by_words = posting and part in ("body", "duty", "requirement")
        yield _by_words(text, part, title=sentence.line == 0) if by_words else part


def _opens_list(normalised: str, sentences: Sequence[Sentence], position: int) -> bool:
    """Whether a sentence is a short line of its own above two entries of a list: a heading, known or not."""
    here = sentences[position]
    above = sentences[position - 1].line if position else -1
    if here.bulleted or here.line == above or here.end - here.start > _LONGEST_HEADING:
        return False
    below = {one.line: one for one in reversed(sentences[position + 1 : position + 1 + _NEAR])}
    entries = [below[line] for line in sorted(below)][:2]
    return len(entries) == 2 and all(
        one.line != here.line and one.bulleted and heading(normalised[one.start : one.end])[0] is None
        for one in entries
    )


def _by_words(text: str, part: Part, *, title: bool) -> Part:
    # A title that names the pay is still the title.
    if _PAY.search(text) and not _WORK.match(text) and not title:
        return "benefits"
    return "company" if _COMPANY.search(text) else part
