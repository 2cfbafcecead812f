"""Judgements of recruiters as a labelled set, which evaluation and calibration read."""

from pathlib import Path
from typing import Any

import msgspec

from api.batches.judgements import Judged, all_judged
from api.store import Store
from matcher.errors import MatcherError
from matcher.files import all_written_whole
from matcher.privacy import mask
from matcher.scoring.report import Report


def export_feedback(store: Store, standard: str, folder: Path, *, masking: bool = True) -> int:
    """Write ``documents.jsonl`` and ``labels.jsonl`` for `eval.sets`; gives the number of documents.

    An item that nobody judged is ``doubtful``: no figure counts it. Level and scope are left open.
    ``evidence`` are the sentences that were judged: item, span in the text, and verdict.

    Raises:
        MatcherError: nothing was judged by that standard, or the folder cannot be written.
    """
    documents, labels = [], []
    for one in all_judged(store, standard):
        if one.entry.report is not None and any(own.verdict for own in one.judgements):
            text = mask(one.entry.text) if masking else one.entry.text
            documents.append({"id": _name(one), "kind": one.entry.report.kind, "text": text})
            labels.append(_labels(one, one.entry.report))
    if not documents:
        raise MatcherError(f"還沒有依 {standard} 的判斷；請在招募頁面的應徵者頁按「我的判斷」。")
    paths = [folder / "documents.jsonl", folder / "labels.jsonl"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with all_written_whole(paths) as temporaries:
            for path, records in zip(temporaries, (documents, labels), strict=True):
                path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
    except OSError as error:
        raise MatcherError(f"無法寫入「{folder}」：{error.strerror}。") from error
    return len(documents)


def _name(one: Judged) -> str:
    return f"feedback-{one.number}"


def _labels(one: Judged, report: Report) -> dict[str, Any]:
    said = {own.item: own.verdict for own in one.judgements if own.verdict and not own.of_sentence}
    return {
        "id": _name(one),
        "scope": None,
        "level": None,
        "stated": [code for code, status in said.items() if status == "stated"],
        "partial": [code for code, status in said.items() if status == "partial"],
        "doubtful": [item.code for item in report.items if item.code not in said],
        "evidence": [
            {"item": own.item, "start": own.start, "end": own.end, "verdict": own.verdict}
            for own in one.judgements
            if own.of_sentence
        ],
    }
