"""What a text denies, wishes for, or says that others do: no evidence for the one it is about."""

import re
from collections.abc import Sequence
from typing import Literal

from matcher.language.sentences import Span

Polarity = Literal["affirmed", "denied", "wished", "others"]

# Words of which one is in whatever says that a clause is not affirmed. Most sentences have none, and are
# not searched further; every alternative begins with a letter, so that «re» skips quickly to the next.
_CUE = re.compile(
    "是|由|归|请|交|转给|专人|照着|没|无|不|毋|未|缺|非必|免|希望|想|打算|兴趣|期|盼|愿|有意|将来|计划|有志|进修|"
    "准备考|学习中|目标|by |no |never |not required|without |hope to|wish to|want to|looking for|would like"
)
# What looks like a denial and is none: 沒問題, 無障礙, 不只 …; these are passed over first.
_HARMLESS = re.compile(
    "没问题|没有问题(?!分析|解决)|无障碍|无线|无缝|无纸化|无形|无论|无不|无不良|无违约|无重大|无延误|无人机|无人店|无人商店|无误|"
    "不只|不仅|不但|不单|不断|不同|不论|不限|不拘|不良|不足|不满|不懂就|不怕|不错|不少|不太|不定期|不定时|不动产|"
    "不会主动联络|不会(?=忽略|遗漏|漏|放弃|推卸|推托|逃避)|不厌其烦|毫不|没日没夜|没有遗漏|并非只|不是只|不是单纯|"
    "从未(?=延误|延迟|迟到|缺勤|失误|漏)|除非|非常|莫非|免费|免付费|避免|以免|难免|免税|豁免|"
    "never (?=missed|failed|late)"
)
_DENIAL = re.compile(
    "没有|没做(?!的)|没写|没用|没编|没带|没碰|没参与|没接触|没负责|没在|没经验|没机会|没(?=[\u4e00-\u9fff]{1,4}过)|"
    "尚无|并无|皆无|均无|毫无|无(?=.{0,12}经验)|无需|无须|^.{0,3}无法(?!.*(?:的|之|问题|状况|情况|情形|时|者|案))|"
    "不需要?|不须|不必|毋须|毋需|不用|不做|不写|不涉及|不负责|不含|不包含|不包括|不接触|不具备?(?!名)|不熟|不会|"
    "不擅长|不懂|不曾|未曾|从未|从来没|未(?=[\u4e00-\u9fff]{1,3}过|接触|参与|负责|担任|具备|涉及)|"
    "(?:缺乏|缺少)(?=.{0,10}(?:经验|能力))|不是(?=做(?!完)|负责|担任)|非必要|非必须|不考虑|不碰|不背|"
    "免(?=(经验|业绩|外勤|轮班|企划|报告|出差|推销|开发|业务))|"
    "\\bno (?=[a-z ]{0,20}experience)|\\bnever |\\bnot required|\\bwithout (?=[a-z ]{0,20}experience)"
)
# 「處理客戶沒有收到貨的問題」「讓客人不用等」: what is denied is what the work is about.
_CAUSES = re.compile("(?:让|使(?!用)|确保|避免|减少|降低|防止|预防)[^。;]{0,10}$")
_TREATS = re.compile(
    "(?:处理|解决|排除|追踪|协助|回[覆复]|安抚|针对|改善|引导|通知|联系|联络|提醒|服务|说明|教|对)[^。;]{0,10}$"
)
_TREATED = re.compile(
    "^.{0,12}(?:的|之|问题|案件|状况|情况|情形|原因|客户|客人|顾客)(?!.{0,4}(?:经验|能力|机会))"
)
_CUSTOMER = "(?<!客户)(?<!客人)(?<!顾客)(?<!用户)(?<!会员)(?<!对方)"
_WISH = re.compile(
    f"{_CUSTOMER}(?:希望(?!您|你|贵)|想(?=学|找|往|转|从事|做|要学|接触|尝试|考|成为|挑战)|打算|有兴趣(?!者)|"
    "(?<!的)期许|[期企]盼|未来(想|规划|希望|目标))|^盼|(?:^|我|也|更|很|非常|并|且|加)期待(?!您|你|值)|"
    "有意愿?学|愿意?学习?|将来|计划(?=学|考|报考|进修)|有志|考虑进修|准备考|学习中|"
    "目标是?(?=成为|考上|考取|当(?![年月日季])|转任|升|担任|从事)|"
    "\\bhope to|\\bwish to|\\bwant to learn|^.{0,10}\\blooking for|\\bwould like to"
)
_OTHERS = re.compile(
    "(都|皆|均|全|主要)?(是|由|归|请|交由|转给|交给)(组长|主管|同事|经理|老板|店长|总公司|总部|专人|别的?部门|其他部门|"
    "业务部|维修部|服务部|资讯部|it部门|厂商|行销部|企划部|上级|别人)(来|在|去)?"
    "(做|拉|写|控|处理|负责|规划|订|定|决定|管|编|编列|统筹)|有专人|专人负责|只是(照|按|依)|照着清单|"
    "(?:done|handled|written|prepared|decided|planned|managed) by (?:my |our |the |a )?"
    "(?:manager|supervisor|team lead|colleague|vendor)"
)
_CONTRAST = re.compile(
    "但(?!不限)|不过|而是|然而|只(做|接|负责|需|要|有)|(?<!也)可以(?=.)|仅需|主要(是|负责)|改为|改成"
)
# What ends a list of things denied: 「不需要：管理經驗，需負責客訴」.
_STATES = re.compile("\\W*(?:需(?!要?经验)|须|要|负责|具备?|有|会|能|熟|我)")
_CUE_ENDS = re.compile("[的过有到]{0,2}$")


def polarities(normalised: str, clauses: Sequence[Span], *, posting: bool) -> list[Polarity]:
    """The polarity of each clause of one sentence.

    A denial reaches over its clause; one that opens a list («不需要：管理經驗、企劃能力») also over the
    clauses behind it, until a contrast (但、而是 …) or a statement (需、負責 …). A wish reaches to the end
    of the sentence. In a posting, «願意學習 X» asks for X: wishes count there as affirmed.
    """
    if not clauses or not _CUE.search(normalised, clauses[0].start, clauses[-1].end):
        return ["affirmed"] * len(clauses)
    found: list[Polarity] = []
    reaching: Polarity = "affirmed"
    for clause in clauses:
        text = normalised[clause.start : clause.end]
        own, cue_end = _own(text, posting=posting)
        if own == "affirmed":
            if reaching != "affirmed" and (
                _CONTRAST.search(text) or (reaching == "denied" and _STATES.match(text))
            ):
                reaching = "affirmed"
            found.append(reaching)
            continue
        opens_list = _CUE_ENDS.match(text, cue_end) or normalised[
            clause.end : clause.end + 2
        ].lstrip().startswith(":")
        if own == "wished" or (own == "denied" and opens_list):
            reaching = own
        found.append(own)
    return found


def _own(text: str, *, posting: bool) -> tuple[Polarity, int]:
    """The polarity that a clause has by its own words, and where the words end that say so."""
    if not _CUE.search(text):
        return "affirmed", len(text)
    if _OTHERS.search(text):
        return "others", len(text)
    if _DENIAL.search(text):
        masked = _HARMLESS.sub(lambda match: "□" * len(match.group()), text)
        denial = _denial(text, masked)
        if denial is not None:
            contrast = _CONTRAST.search(masked, denial.end())
            return "affirmed" if contrast else "denied", denial.end()
    if not posting and _WISH.search(text):
        return "wished", len(text)
    return "affirmed", len(text)


def _denial(text: str, masked: str) -> re.Match[str] | None:
    """The first denial that is not itself what the work is about."""
    for denial in _DENIAL.finditer(masked):
        before, after = text[: denial.start()], masked[denial.end() :]
        if not _CAUSES.search(before) and not (_TREATS.search(before) and _TREATED.match(after)):
            return denial
    return None
