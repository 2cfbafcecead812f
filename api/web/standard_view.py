"""How many candidates of a batch show each item of the standard."""

from dataclasses import dataclass

from matcher.batch.ranking import Ranking

_FEW = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Of ``candidates``, how many show each item by code; ``most`` and ``least`` are the codes of the
    indicators that most and fewest of them show."""

    candidates: int
    counts: dict[str, int]
    most: tuple[str, ...]
    least: tuple[str, ...]

    def share(self, code: str) -> float:
        """The share of candidates that show the item."""
        return self.counts[code] / self.candidates if self.candidates else 0.0


def found_in(ranking: Ranking) -> Found:
    """What the candidates of a ranking show; duplicates are not counted again."""
    counts = dict.fromkeys((item.code for item in ranking.standard.items), 0)
    candidates = 0
    for one in ranking:
        if one.duplicate_of is None:
            candidates += 1
            for item in one.report.items:
                counts[item.code] += item.status != "absent"
    indicators = [item.code for item in ranking.standard.items if item.kind == "indicator"]
    rising = sorted(indicators, key=lambda code: counts[code])
    falling = sorted(indicators, key=lambda code: -counts[code])
    return Found(candidates, counts, tuple(falling[:_FEW]), tuple(rising[:_FEW]))
