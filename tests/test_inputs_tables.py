"""A table as the input of a batch: each row is a source."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.parquet import write_table

from matcher.errors import MatcherError
from matcher.inputs.inputs import Inputs
from matcher.inputs.locations import local
from matcher.inputs.source import Source
from matcher.inputs.text_tables import Csv
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits

ROWS = (
    ("A-01", "負責客服流程規劃，\n並訓練新人。"),
    ("A-02", '擔任門市人員，處理"客訴"。'),
    ("A-03", "熟悉 Excel, Word。"),
)
COLUMNS = ("編號", "自傳")


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([COLUMNS, *rows])
    return stream.getvalue()


def as_json_lines(rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n" for row in rows
    )


def as_parquet(rows: Sequence[Sequence[object]], kept: int | None = None) -> bytes:
    """A Parquet file of the first ``kept`` of these rows."""
    stream = io.BytesIO()
    table = pa.table([pa.array(column) for column in zip(*rows, strict=True)], COLUMNS)
    write_table(table.slice(0, kept), stream)
    return stream.getvalue()


def sources_in(path: Path, content: str | bytes, name_column: str | None = None) -> list[Source]:
    """The sources of a table with this content in its column «自傳»."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(Inputs([str(path)], text_column="自傳", name_column=name_column))


def text(source: Source) -> str:
    return source.load(Limits()).decode()


def refused(source: Source, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(ReadingError) as caught:
        source.load(limits or Limits())
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("表.csv", as_csv(ROWS), 2),
        ("表.CSV", as_csv(ROWS, ";"), 2),
        ("表.tsv", as_csv(ROWS, "\t"), 2),
        ("表.jsonl", as_json_lines(ROWS), 1),
        ("表.ndjson", as_json_lines(ROWS).rstrip(), 1),
        ("表.parquet", as_parquet(ROWS), 1),
    ],
)
def test_each_row_is_a_source(tmp_path: Path, name: str, content: str | bytes, first: int) -> None:
    sources = sources_in(tmp_path / name, content)
    assert [text(source) for source in sources] == [row[1] for row in ROWS]
    assert [source.key for source in sources] == [f"{tmp_path}/{name}::row {first + n}" for n in range(3)]
    assert [source.name for source in sources] == [f"{name} 第 {first + n} 列" for n in range(3)]
    named = sources_in(tmp_path / name, content, "編號")
    assert [source.name for source in named] == ["A-01", "A-02", "A-03"]
    assert [source.stamp for source in named] == [source.stamp for source in sources]
    assert len({source.stamp for source in sources}) == 3


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp950", "gb18030"])
@pytest.mark.parametrize("write", [as_csv, as_json_lines])
def test_any_charset(tmp_path: Path, write: Callable[[Sequence[Sequence[str]]], str], charset: str) -> None:
    suffix = "csv" if write is as_csv else "jsonl"
    sources = sources_in(tmp_path / f"表.{suffix}", write(ROWS * 20).encode(charset), "編號")
    assert [(source.name, text(source)) for source in sources] == list(ROWS * 20)


def test_a_charset_is_told_where_chinese_begins(tmp_path: Path) -> None:
    content = (
        "name,自傳\n".replace("自傳", "text") + "a,English only.\n" * 9000 + "b,熟悉客訴處理與流程規劃。\n"
    )
    (tmp_path / "表.csv").write_bytes(content.encode("cp950"))
    *_, last = Inputs([str(tmp_path / "表.csv")], text_column="text")
    assert text(last) == "熟悉客訴處理與流程規劃。"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    sources = sources_in(tmp_path / "表.csv", '編號,自傳\r\n1,"甲\r\n甲"\r\n\r\n,\r\n2,乙\r\n')
    assert [(source.name, text(source)) for source in sources] == [
        ("表.csv 第 2 列", "甲\r\n甲"),
        ("表.csv 第 5 列", "乙"),
    ]


def test_a_name_column_may_have_gaps(tmp_path: Path) -> None:
    sources = sources_in(tmp_path / "表.csv", "自傳,編號\n甲,\n乙\n丙, 王\u202e小明 \n", "編號")
    assert [source.name for source in sources] == ["表.csv 第 2 列", "表.csv 第 3 列", "王_小明"]


def test_several_tables_have_their_names_before_those_of_their_rows(tmp_path: Path) -> None:
    given = []
    for folder in ("台北", "高雄"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "表.csv").write_text(as_csv(ROWS[:1]), encoding="utf-8")
        given.append(str(tmp_path / folder / "表.csv"))
    assert [source.name for source in Inputs(given, text_column="自傳", name_column="編號")] == [
        "台北/表.csv/A-01",
        "高雄/表.csv/A-01",
    ]
    assert [source.name for source in Inputs(given, text_column="自傳")] == [
        "台北/表.csv 第 2 列",
        "高雄/表.csv 第 2 列",
    ]


def test_a_table_in_a_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(as_csv(ROWS), encoding="utf-8")
    (tmp_path / "b.csv").write_text(as_csv(ROWS[:1]), encoding="utf-8")
    inputs = Inputs([str(tmp_path), str(tmp_path / "b.csv")], text_column="自傳")
    assert [source.name for source in inputs] == [f"{tmp_path.name}/a.csv", "b.csv 第 2 列"]


def test_long_cells_are_read_and_too_long_ones_refused(tmp_path: Path) -> None:
    first, second = sources_in(tmp_path / "表.csv", as_csv([("1", "長" * 300_000), ("2", "短")]))
    assert (len(text(first)), text(second)) == (300_000, "短")
    assert refused(first, Limits(file_bytes=1000))[0] == "too_large"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.csv", '編號,自傳\n1,"{}\n2,短\n'),
        ("表.jsonl", '{{"編號": "1", "自傳": "{}\n{{"編號": "2", "自傳": "短"}}\n'),
    ],
)
def test_what_is_never_closed_ends_somewhere(tmp_path: Path, name: str, content: str) -> None:
    broken, last = sources_in(tmp_path / name, content.format("長" * 17_000_000))
    assert refused(broken)[0] == "malformed"
    assert text(last) == "短"


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    first, second = sources_in(tmp_path / "表.csv", '編號,自傳\n1,甲\n2,"乙\n3,丙\n4,丁')
    assert text(first) == "甲"
    assert refused(second) == ("malformed", "從這一列起引號沒有成對，後面的列全都混在一起，分不開。")


@pytest.mark.parametrize("row", ["1", "1,熟悉 Excel,Word"])
def test_a_row_that_does_not_match_the_header_fails_alone(tmp_path: Path, row: str) -> None:
    first, second, third = sources_in(tmp_path / "表.csv", f"編號,自傳\n0,甲\n{row}\n2,乙,,\n")
    assert (text(first), text(third)) == ("甲", "乙")
    code, message = refused(second)
    assert code == "malformed"
    assert f"這一列有 {row.count(',') + 1} 欄，標題有 2 欄" in message


@pytest.mark.parametrize("line", ["{", "[1]", "null", "自傳", '{"自傳": "甲"', '{"自傳":' + "[" * 100_000])
def test_a_broken_line_fails_alone(tmp_path: Path, line: str) -> None:
    rows = as_json_lines([("1", "甲"), ("2", "乙")]).splitlines()
    first, broken, last = sources_in(tmp_path / "表.jsonl", f"{rows[0]}\n\n{line}\n{rows[1]}\n")
    assert (text(first), text(last), last.name) == ("甲", "乙", "表.jsonl 第 4 列")
    assert (broken.key, broken.name) == (f"{tmp_path}/表.jsonl::row 3", "表.jsonl 第 3 列")
    assert refused(broken) == ("malformed", "這一行不是 JSON 物件，或沒有寫完整。")
    *_, other, _ = sources_in(tmp_path / "表.jsonl", f"{rows[0]}\n\n{line}x\n{rows[1]}\n")
    assert other.stamp != broken.stamp


@pytest.mark.parametrize("value", [["甲"], {"甲": "乙"}])
def test_a_cell_that_holds_no_text_fails_alone(tmp_path: Path, value: object) -> None:
    lines = "".join(json.dumps({"自傳": cell}) + "\n" for cell in (value, "甲"))
    first, second = sources_in(tmp_path / "表.jsonl", lines)
    assert refused(first) == ("malformed", "「自傳」欄裡的不是文字。")
    assert text(second) == "甲"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.csv", "編號,自傳\n1,\n"),
        ("表.jsonl", '{"自傳": ""}'),
        ("表.jsonl", '{"自傳": null}'),
        ("表.jsonl", '{"編號": "1"}\n{"自傳": "甲"}'),
        ("表.parquet", as_parquet([("1", "甲"), ("2", None)][::-1])),
        ("表.parquet", as_parquet([("1", float("nan"))])),
    ],
)
def test_an_empty_cell_is_an_empty_file(tmp_path: Path, name: str, content: str | bytes) -> None:
    source, *_ = sources_in(tmp_path / name, content)
    assert refused(source) == ("empty", "這個檔案是空的（0 位元組）。")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("甲".encode(), "甲"), (12, "12"), (Decimal("1.50"), "1.50"), (date(2026, 1, 2), "2026-01-02")],
)
def test_cells_of_other_types_are_read_as_they_are_written(
    tmp_path: Path, value: object, expected: str
) -> None:
    (source,) = sources_in(tmp_path / "表.parquet", as_parquet([(value, value)]), "編號")
    assert (source.name, text(source)) == (expected, expected)


def test_a_parquet_file_of_many_row_groups(tmp_path: Path) -> None:
    table = pa.table({"自傳.全文": [f"第 {number} 份" for number in range(2000)], "其他": [0] * 2000})
    write_table(table, tmp_path / "表.parquet", row_group_size=300)
    sources = list(Inputs([str(tmp_path / "表.parquet")], text_column="自傳.全文"))
    assert [text(source) for source in sources] == table["自傳.全文"].to_pylist()
    assert sources[-1].key.endswith("::row 2000")


@pytest.mark.parametrize(
    ("name", "content"),
    [("表.csv", as_csv(ROWS)), ("表.jsonl", as_json_lines(ROWS)), ("表.parquet", as_parquet(ROWS))],
)
def test_columns_that_are_not_there(tmp_path: Path, name: str, content: str | bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("cp950") if isinstance(content, str) else content)
    for text_column, name_column, words in (
        (None, None, "是表格，請用 --text-column 指定哪一欄是要評分的文字；它的欄位有：編號、自傳。"),
        ("內文", None, "沒有「內文」欄；它的欄位有：編號、自傳。"),
        ("自傳", "姓名", "沒有「姓名」欄；它的欄位有：編號、自傳。"),
    ):
        with pytest.raises(MatcherError) as caught:
            Inputs([str(path)], text_column=text_column, name_column=name_column)
        assert str(caught.value) == f"「{path}」{words}"


@pytest.mark.parametrize("name", ["表.csv", "表.jsonl"])
def test_a_table_with_nothing_in_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(MatcherError, match="是空的表格，裡面沒有任何欄位。"):
        sources_in(tmp_path / name, "\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [("表.csv", as_csv([])), ("表.parquet", as_parquet([("1", "甲")], kept=0))],
)
def test_a_table_without_rows(tmp_path: Path, name: str, content: str | bytes) -> None:
    with pytest.raises(MatcherError, match="裡沒有可以評分的檔案"):
        sources_in(tmp_path / name, content)


@pytest.mark.parametrize("content", [b"", b"PAR1", as_parquet(ROWS)[:-20], "編號,自傳\n".encode()])
def test_a_parquet_file_that_is_damaged(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(MatcherError, match=r"表\.parquet」不是完整的 Parquet 檔。"):
        sources_in(tmp_path / "表.parquet", content)


def test_a_parquet_file_that_is_damaged_in_the_middle(tmp_path: Path) -> None:
    content = as_parquet([(str(number), f"第 {number} 份" * 50) for number in range(3000)])
    third = len(content) // 3
    with pytest.raises(MatcherError, match=r"表\.parquet」不是完整的 Parquet 檔。"):
        sources_in(tmp_path / "表.parquet", content[:third] + bytes(third) + content[2 * third :])


def test_a_text_column_without_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    with pytest.raises(MatcherError, match=r"--text-column 要有表格（\.csv、.*）才能用，收到「.*」。"):
        Inputs([str(tmp_path), str(tmp_path / "a.txt")], text_column="自傳")
    with pytest.raises(MatcherError, match="--name-column 要和 --text-column 一起用"):
        Inputs([str(tmp_path)], name_column="姓名")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(cells, cells), max_size=5), st.sampled_from(",;\t"))
def test_whatever_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("表") / "表.csv"
    path.write_bytes(as_csv(rows, delimiter).encode())
    records = list(Csv(local(str(path))).records("自傳", "編號"))
    assert [(record.name, record.text) for record in records] == [
        row for row in rows if any(map(str.strip, row))
    ]
