"""What a batch came to, in a few lines at its end."""

from collections.abc import Iterator, Mapping

from matcher.batch.entry import ERROR_WORDS
from matcher.batch.journal import Journal
from matcher.batch.ranking import Ranking
from matcher.cli.batch_progress import Tally

_NAMES = 3  # names shown of the files that failed for the same reason
_SLOWEST = 3


def summary(ranking: Ranking, journal: Journal, tally: Tally, skipped: Mapping[str, int]) -> Iterator[str]:
    """Lines in the order in which a recruiter asks: is it all, what did it give, what is missing."""
    done = tally.before + tally.done
    if done < tally.total:
        yield f"中途停止：{tally.total} 個來源只做完 {done} 個；同一個指令會接著做。"
    yield (
        f"評分 {ranking.scored} 份（不重複 {ranking.candidates} 份），失敗 {ranking.failed} 份；"
        f"本次做了 {tally.done} 個來源（{tally.rate:.1f} 個/秒），先前已完成 {tally.before} 個。"
    )
    median = ranking.median_coverage()
    if median is not None:
        levels = "、".join(
            f"{f'第 {level} 級' if level else '證據不足'} {count} 份"
            for level, count in ranking.levels().items()
        )
        yield f"證據相當於：{levels}；行為指標涵蓋的中位數 {median:.0%}。"
    for code, (count, names) in ranking.errors(_NAMES).items():
        more = " …" if count > len(names) else ""
        yield f"失敗（{ERROR_WORDS.get(code, code)}）{count} 份：{'、'.join(names)}{more}"
    if skipped:
        yield "略過不讀：" + "、".join(f"{reason} {count} 個" for reason, count in skipped.items()) + "。"
    slowest = journal.slowest(_SLOWEST)
    if tally.done and slowest:
        yield "最慢的：" + "、".join(f"{name}（{seconds:.1f} 秒）" for name, seconds in slowest)
