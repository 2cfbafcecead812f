"""What recruiters judge, in every format: beside what the machine found, and nowhere without it."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from lxml import html

from matcher import Matcher
from matcher.batch.judgement import Judgement
from matcher.batch.ranking import Judgements, Ranking
from matcher.export.csv_file import write_csv
from matcher.export.html import write_html
from matcher.export.jsonl import write_jsonl
from matcher.export.parquet import write_parquet
from matcher.export.xlsx import write_xlsx
from matcher.scoring.report import Evidence
from tests.exports import PLANNER, TEXTS, workbook
from tests.ranked import ranking

MADE = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FIRST = list(TEXTS).index("甲.pdf")
HOSTILE = "=1+1<b>電話問過</b>"


def quoted(matcher: Matcher) -> tuple[str, Evidence]:
    """An indicator of the first candidate, and the sentence that was found for it."""
    item = next(one for one in matcher.score(PLANNER).items if one.kind == "indicator" and one.evidence)
    return item.code, item.evidence[0]


def said(matcher: Matcher) -> Judgements:
    """A knowledge item seen otherwise, a note alone, and a sentence that does not count."""
    item, evidence = quoted(matcher)
    return {
        FIRST: (
            Judgement("K12", "absent", HOSTILE, MADE),
            Judgement("S01", None, "請他舉例", MADE),
            Judgement(item, "rejected", "", MADE, evidence.start, evidence.end),
        )
    }


def written(
    matcher: Matcher, path: Path, write: Callable[[Ranking, Path], None], *, judged: bool = True
) -> Path:
    with ranking(matcher, TEXTS, judgements=said(matcher) if judged else {}) as made:
        write(made, path)
    return path


def test_a_sheet_of_its_own_has_both_views(matcher: Matcher, tmp_path: Path) -> None:
    sheet = workbook(written(matcher, tmp_path / "results.xlsx", write_xlsx))["人工判斷"]
    titles, item, note, sentence = sheet.iter_rows(values_only=True)
    assert titles[4:] == ("程式判斷", "人工判斷", "證據句", "備註", "時間（UTC）")
    machine = {one.code: one.status for one in matcher.score(PLANNER).items}["K12"]
    words = {"stated": "明確", "partial": "部分", "absent": "未見"}
    assert item[1:3] == ("甲.pdf", "K12")
    assert item[4:] == (words[machine], "未見", None, HOSTILE, "2026-03-04 05:06")
    assert (note[2], note[5], note[7]) == ("S01", None, "請他舉例")
    code, evidence = quoted(matcher)
    assert (sentence[2], sentence[5]) == (code, "不成立")
    assert sentence[6] == f"「{' '.join(evidence.quote.split())}」"


def test_a_column_says_it_in_a_few_words(matcher: Matcher, tmp_path: Path) -> None:
    path = written(matcher, tmp_path / "results.csv", write_csv)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["檔案"]: row for row in csv.DictReader(file)}
    code, _ = quoted(matcher)
    assert rows["甲.pdf"]["人工判斷"] == f"K12 未見（{HOSTILE}）；S01（請他舉例）；{code} 的一句 不成立"
    assert rows["丙.pdf"]["人工判斷"] == rows["空的.txt"]["人工判斷"] == ""


def test_a_line_has_them_as_data(matcher: Matcher, tmp_path: Path) -> None:
    path = written(matcher, tmp_path / "results.jsonl", write_jsonl)
    first, *others = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first["judgements"] == as_data(matcher, "2026-03-04T05:06:07Z")
    assert first["report"] == matcher.score(PLANNER).to_dict()
    assert not any("judgements" in other for other in others)


def test_a_row_has_them_as_data_and_every_file_has_the_column(matcher: Matcher, tmp_path: Path) -> None:
    table = pq.read_table(written(matcher, tmp_path / "results.parquet", write_parquet))
    assert table.to_pylist()[0]["judgements"] == as_data(matcher, MADE)
    plain = pq.read_table(written(matcher, tmp_path / "plain.parquet", write_parquet, judged=False))
    assert plain.schema == table.schema
    assert [row["judgements"] for row in plain.to_pylist()] == [[], [], [], [], [], None]


def as_data(matcher: Matcher, made: str | datetime) -> list[dict[str, Any]]:
    code, evidence = quoted(matcher)
    item: dict[str, Any] = {"note": "", "made": made, "start": None, "end": None}
    return [
        {**item, "item": "K12", "verdict": "absent", "note": HOSTILE},
        {**item, "item": "S01", "verdict": None, "note": "請他舉例"},
        {**item, "item": code, "verdict": "rejected", "start": evidence.start, "end": evidence.end},
    ]


def test_the_report_shows_them_at_their_items_and_sentences(matcher: Matcher, tmp_path: Path) -> None:
    text = written(matcher, tmp_path / "report.html", write_html).read_text(encoding="utf-8")
    page: html.HtmlElement = html.document_fromstring(text)
    code, _ = quoted(matcher)
    assert {" ".join(one.text_content().split()): where(one) for one in page.find_class("judged")} == {
        f"人工判斷 ○ 未見 {HOSTILE}": "K12",
        "人工判斷 請他舉例": "S01",
        "人工判斷 ✗ 不成立": f"{code} 的一句",
    }


def where(shown: html.HtmlElement) -> str:
    """The code of the item that it stands at; says so where it stands at a sentence of it."""
    (item,) = (one for one in shown.iterancestors("li") if "item" in (one.get("class") or ""))
    return f"{item.get('data-codes')}{'' if shown.getparent() == item else ' 的一句'}"


@pytest.mark.parametrize(
    ("name", "write"),
    [("results.xlsx", write_xlsx), ("results.csv", write_csv), ("results.jsonl", write_jsonl)],
)
def test_where_nobody_judged_nothing_speaks_of_it(
    matcher: Matcher, tmp_path: Path, name: str, write: Callable[[Ranking, Path], None]
) -> None:
    path = written(matcher, tmp_path / name, write, judged=False)
    if name == "results.xlsx":
        book = workbook(path)
        assert "人工判斷" not in book.sheetnames
        assert "人工判斷" not in {cell.value for cell in book["排名"][1]}
    else:
        text = path.read_text(encoding="utf-8")
        assert "人工判斷" not in text
        assert "judgements" not in text
