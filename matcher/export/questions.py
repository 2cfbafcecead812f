"""What to ask in an interview about an indicator that a résumé does not show."""

import re

_ABLE = re.compile(r"^(?:能夠|可以|應能|須能|能(?![源量力見耗效]))")
_HAVE = re.compile(r"^(?:具備|具有|擁有)")


def question(indicator: str) -> str:
    """A question in the indicator's own words, for a candidate: one sentence.

    An indicator says what somebody does («規劃緊急應變措施。») or is able to do («能夠規劃…»); the question
    asks how they did it («請舉例說明您如何規劃緊急應變措施。»).
    """
    doing = _ABLE.sub("", indicator.strip()).rstrip("。．.；; ")
    doing = _HAVE.sub("展現", doing).replace("。", "；")
    return f"請舉例說明您如何{doing}。"
