"""Pairs of characters as terms: what jieba cuts in different places still meets."""

import re
from operator import add

_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z][a-z0-9+#.]*")


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring Han characters, and whole Latin words, of a normalised text in order.

    They find 「接電話」 near 「接聽電話」 and 「比較表」 in 「比較」, where the words differ.
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] < "\u3400":
            found.append(run)
        else:
            found += map(add, run, run[1:])
    return found
