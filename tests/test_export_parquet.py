"""``results.parquet``: typed columns, as pyarrow reads them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Ranking
from matcher.export.parquet import GROUP, write_parquet
from matcher.scoring.fit import fit
from tests.exports import PLANNER, POSTING, TEXTS, candidates
from tests.ranked import Listed, posting


def written(matcher: Matcher, tmp_path: Path, asking: str | None = POSTING) -> pa.Table:
    with candidates(matcher, asking) as ranked:
        write_parquet(ranked, tmp_path / "results.parquet")
    return pq.read_table(tmp_path / "results.parquet")


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("rank", pa.int64()),
        ("file", pa.string()),
        ("level", pa.int64()),
        ("coverage", pa.float64()),
        ("T2.3", pa.float64()),
        ("fit", pa.float64()),
        ("notes", pa.list_(pa.string())),
    ],
)
def test_columns_are_typed(matcher: Matcher, tmp_path: Path, column: str, kind: pa.DataType) -> None:
    assert written(matcher, tmp_path).schema.field(column).type == kind


def test_a_row_says_what_report_and_fit_say(matcher: Matcher, tmp_path: Path) -> None:
    row = written(matcher, tmp_path).to_pylist()[0]
    report = matcher.score(PLANNER)
    result = fit(posting(matcher, POSTING).report, report)
    assert (row["rank"], row["file"], row["status"], row["duplicate_of"]) == (1, "甲.pdf", "scored", None)
    assert (row["level"], row["coverage"]) == (report.level.estimate, report.coverage)
    assert [row[task.code] for task in report.tasks] == [task.coverage for task in report.tasks]
    assert (row["fit"], row["fit_expected"], row["missing"]) == (
        result.score,
        result.expected,
        result.count("missing"),
    )
    assert (row["education"], row["experience"]) == ("met", "met")
    assert [item["code"] for item in row["items"]] == [item.code for item in report.items]
    item, evidence = next((one, one.evidence[0]) for one in report.items if one.evidence)
    stored = next(one for one in row["items"] if one["code"] == item.code)
    assert (stored["kind"], stored["status"], stored["probability"]) == (
        item.kind,
        item.status,
        item.probability,
    )
    assert stored["evidence"][0] == {
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "score": evidence.score,
    }


def test_duplicates_and_failures_are_told_by_their_status(matcher: Matcher, tmp_path: Path) -> None:
    table = written(matcher, tmp_path).to_pylist()
    assert [row["status"] for row in table] == ["scored", "duplicate", *["scored"] * 3, "failed"]
    assert table[1]["duplicate_of"] == "甲.pdf"
    failed = {key: value for key, value in table[-1].items() if value is not None}
    assert failed == {
        "file": "空的.txt",
        "status": "failed",
        "error": "empty",
        "reason": "這個檔案是空的（0 位元組）。",
    }


def test_without_a_posting_the_fit_is_null(matcher: Matcher, tmp_path: Path) -> None:
    table = written(matcher, tmp_path, None)
    assert table.column("fit").null_count == len(TEXTS)
    assert table.schema.metadata[b"standard"] == b"BAS2421-003v4"


def test_many_are_written_group_by_group(matcher: Matcher, tmp_path: Path) -> None:
    report = matcher.score("應徵貴公司職務")
    many = Listed({f"履歷{number:05}.pdf": Entry("", report) for number in range(GROUP + 150)})
    with Ranking(matcher.standard, many) as ranked:
        write_parquet(ranked, tmp_path / "results.parquet")
    stored = pq.ParquetFile(tmp_path / "results.parquet")
    assert [stored.metadata.row_group(number).num_rows for number in range(2)] == [GROUP, 150]
    assert stored.read(["rank"]).column("rank").to_pylist() == list(range(1, GROUP + 151))


def test_nothing_to_write_is_a_table_of_no_rows(matcher: Matcher, tmp_path: Path) -> None:
    with Ranking(matcher.standard, Listed({})) as ranked:
        write_parquet(ranked, tmp_path / "results.parquet")
    assert pq.read_table(tmp_path / "results.parquet").num_rows == 0
