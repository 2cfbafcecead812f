"""The worst misses and false alarms, item by item, with their sentences: what to work from."""

from collections.abc import Iterator, Sequence

from eval.judge import Judged
from eval.prepare import Prepared
from matcher.scoring.evidence import best_windows, explain
from matcher.scoring.scorer import Scorer


def errors(
    scorer: Scorer, prepared: Sequence[Prepared], judged: Sequence[Judged], codes: Sequence[str], most: int
) -> Iterator[str]:
    """For each item its figures, then up to ``most`` false alarms and misses, the surest first, in lines.

    A false alarm shows the evidence that was believed, with the phrase it is nearest to; a miss shows the
    nearest sentences that were not believed.
    """
    ready = {one.document.id: one for one in prepared}
    for at, item in enumerate(scorer.standard.items):
        if codes and not any(item.code.startswith(code) for code in codes):
            continue
        alarms, misses, hits = [], [], 0
        for one in judged:
            label, found = one.document.labels[item.code], one.report.items[at]
            if label is None:
                continue
            hits += bool(label) and found.status != "absent"
            if not label and found.status != "absent":
                alarms.append((-found.probability, one))
            elif label and found.status == "absent":
                misses.append((found.probability, one))
        f1 = 2 * hits / max(2 * hits + len(alarms) + len(misses), 1)
        counts = f"{hits} found, {len(alarms)} false alarms, {len(misses)} missed"
        yield f"\n{item.code} {item.text}\n  F1 {f1:.2f}: {counts}"
        for title, group in (("false alarm", alarms), ("missed", misses)):
            for _, one in sorted(group, key=lambda pair: (pair[0], pair[1].document.id))[:most]:
                found = one.report.items[at]
                label = one.document.labels[item.code]
                yield f"  {title} {one.document.id} (label {label}, p {found.probability:.2f})"
                yield from _sentences(scorer, ready[one.document.id], at)


def _sentences(scorer: Scorer, one: Prepared, at: int) -> Iterator[str]:
    windows = one.signals.windows
    for place in best_windows(one.signals.findings.best[:, [at]], windows)[0]:
        nearest = scorer.index.nearest(windows.take([place]))[0, at]
        evidence = explain(one.analysis, scorer.index, windows, place, int(nearest))
        quote = evidence.quote.replace("\n", " ")[:70]
        yield f"      {evidence.score:.2f} 「{quote}」 ~ {evidence.phrase}"
