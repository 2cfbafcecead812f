"""Whether a posting shows the pay, which it must below NT$40,000 a month."""

from collections.abc import Iterator

from matcher.postings.finding import Finding
from matcher.postings.rules.rule import PAY, pattern

_ABOUT_PAY = pattern(r"薪|待遇|月給|工資|NT\$|新[臺台]幣")
_AMOUNT = pattern(
    r"\d{2,3}[,，]?\d{3}|\d(?:\.\d+)?\s*萬|[一二兩三四五六七八九十]萬|\d{2,3}\s*[kK]\b|時薪\D{0,4}\d{3}"
)
_OPEN = pattern(
    r"(?:薪資|薪水|月薪|底薪|待遇|起薪)[^\n，,。；;]{0,10}?"
    r"(?:面議|面談|面洽|電洽|私洽|另議|從優|優渥|優厚|依公司規定|依[^\n，,。；;]{0,8}(?:核薪|敘薪|核定|而定|議定))"
    r"|(?:依[^\n，,。；;]{0,8}(?:核薪|敘薪))"
)
_WHY = "經常性薪資未達新臺幣 4 萬元的職缺，一定要公開薪資範圍；達 4 萬元以上才可以寫面議。"
_BETTER = "寫出範圍，例如「月薪 36,000 至 42,000 元」；4 萬元以上寫「面議（經常性薪資達 4 萬元以上）」。"


def pay_findings(text: str, normalised: str) -> Iterator[Finding]:
    """What the posting says instead of an amount; nothing where it names one."""
    if any(_ABOUT_PAY.search(line) and _AMOUNT.search(line) for line in normalised.splitlines()):
        return
    found = list(_OPEN.finditer(normalised))
    for match in found:
        quote = text[match.start() : match.end()]
        yield Finding(*match.span(), quote, "forbidden", "薪資", PAY, _WHY, _BETTER)
    if not found:
        why = f"這份職缺沒有寫薪資。{_WHY}"
        yield Finding(0, 0, "", "care", "薪資", PAY, why, _BETTER)
