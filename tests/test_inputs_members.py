"""A ZIP as the input of a batch: each file in it is a source."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.inputs.inputs import Inputs
from matcher.inputs.source import Source
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from tests import make_zip
from tests.make_zip import zipped

TEXT = "王小明，負責客服流程規劃。".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where the ZIP of a test is put."""
    return tmp_path / "批次.zip"


def sources_in(archive: Path, data: bytes) -> list[Source]:
    archive.write_bytes(data)
    return list(Inputs([str(archive)]))


def refused(source: Source, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(ReadingError) as caught:
        source.load(limits or Limits())
    return caught.value.code, str(caught.value)


def test_gives_the_files_in_their_order(archive: Path) -> None:
    sources = sources_in(archive, zipped(("乙.txt", b"2"), ("夾/", b""), ("夾/甲.txt", b"1"), (".a/b", b"3")))
    assert [(source.key, source.name, source.load(Limits())) for source in sources] == [
        (f"{archive}::乙.txt", "乙.txt", b"2"),
        (f"{archive}::夾/甲.txt", "夾/甲.txt", b"1"),
    ]


def test_passes_over_what_is_passed_over_in_a_folder(archive: Path) -> None:
    names = ("a.txt", "__MACOSX/._a.txt", ".DS_Store", "夾/.b/c.txt", "夾/~$d.docx", "夾/thumbs.db", "e.pdf")
    archive.write_bytes(zipped(*((name, TEXT) for name in names)))
    inputs = Inputs([str(archive)], include=["*.txt"])
    assert [source.name for source in inputs] == ["a.txt"]
    assert inputs.skipped == {"系統檔": 2, "隱藏檔": 2, "暫存鎖定檔": 1, "不在 --include 之內": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "gb18030"])
def test_names_in_a_charset_that_is_not_mentioned(archive: Path, encoding: str) -> None:
    (source,) = sources_in(archive, make_zip.named_in(encoding, "成功的履歷.txt", TEXT))
    assert (source.key, source.name) == (f"{archive}::成功的履歷.txt", "成功的履歷.txt")
    assert source.load(Limits()) == TEXT


def test_backslashes_part_folders(archive: Path) -> None:
    (source,) = sources_in(archive, zipped(("二月\\王小明.txt", TEXT)))
    assert (source.name, source.load(Limits())) == ("二月/王小明.txt", TEXT)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_files_of_the_same_name_are_told_apart(archive: Path) -> None:
    names = ("a.txt", "a（2）.txt", "a.txt", "a.txt", "b/a", "b/a")
    data = zipped(*((name, str(number).encode()) for number, name in enumerate(names)))
    sources = sources_in(archive, data)
    assert [source.name for source in sources] == [
        "a.txt", "a（2）.txt", "a（3）.txt", "a（4）.txt", "b/a", "b/a（2）",
    ]  # fmt: skip
    assert len({source.key for source in sources}) == 6
    assert [source.load(Limits()) for source in sources] == [b"0", b"1", b"2", b"3", b"4", b"5"]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (zipped(("a.txt", b"")), "empty", "0 位元組"),
        (zipped(("a.txt", bytes(20_000_000))), "unsafe_archive", "倍"),
        (make_zip.encrypted("a.txt", TEXT), "encrypted", "密碼"),
        (zipped(("../外面.txt", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("/etc/cron.d/x", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("C:\\Windows\\x", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (make_zip.with_link("履歷.txt", "/etc/passwd"), "unsafe_archive", "符號連結"),
        (make_zip.lying("a.txt", TEXT * 50, declared=10), "malformed", "損壞"),
        (zipped(("a.txt", TEXT), packing=zipfile.ZIP_STORED).replace(TEXT, TEXT[::-1]), "malformed", "損壞"),
        (zipped(("a.txt", TEXT * 99)).replace(b"\x08\x00", b"\x63\x00"), "unsupported", "第 99 號"),
    ],
)
def test_a_file_that_is_no_good_fails_alone(archive: Path, data: bytes, code: str, words: str) -> None:
    (source,) = sources_in(archive, data)
    error, message = refused(source)
    assert (error, words in message) == (code, True)


def test_only_the_single_file_is_held_to_the_limits(archive: Path) -> None:
    limits = Limits(entries=3, unpacked_bytes=500, file_bytes=100)
    sources = sources_in(archive, zipped(*((f"{n}.txt", bytes(100)) for n in range(10)), ("x", bytes(101))))
    assert [len(source.load(limits)) for source in sources[:-1]] == [100] * 10
    assert refused(sources[-1], limits)[0] == "too_large"


def test_a_zip_inside_is_left_to_who_reads_it(archive: Path) -> None:
    inner = zipped(("a.txt", TEXT))
    (source,) = sources_in(archive, zipped(("內.zip", inner)))
    assert (source.name, source.load(Limits())) == ("內.zip", inner)


def test_a_zip_in_a_folder_is_a_file(archive: Path) -> None:
    archive.write_bytes(zipped(("a.txt", TEXT)))
    (source,) = Inputs([str(archive.parent)])
    assert (source.name, source.load(Limits())) == ("批次.zip", archive.read_bytes())
    given = [str(archive.parent), str(archive)]
    assert [source.name for source in Inputs(given)] == ["批次.zip/a.txt"]


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_a_document_that_someone_called_a_zip_is_a_file(archive: Path, first: str) -> None:
    data = zipped((first, b"application/x"), ("content.xml", b"<x/>"))
    (source,) = sources_in(archive, data)
    assert (source.name, source.load(Limits())) == ("批次.zip", data)


def test_a_folder_in_a_zip(archive: Path) -> None:
    archive.write_bytes(
        zipped(("二月/a.txt", TEXT), ("二月/新/b.txt", TEXT), ("二月底/c.txt", TEXT), ("d", TEXT))
    )
    assert [source.name for source in Inputs([f"zip://二月::{archive}"])] == ["a.txt", "新/b.txt"]
    assert [source.name for source in Inputs([f"zip://d::file://{archive}"])] == ["d"]
    assert [source.name for source in Inputs([f"zip://二月/新::{archive}", f"zip://二月底::{archive}"])] == [
        "新/b.txt",
        "二月底/c.txt",
    ]
    with pytest.raises(MatcherError, match="裡沒有可以評分的檔案"):
        list(Inputs([f"zip://三月::{archive}"]))


@pytest.mark.parametrize("data", [b"", b"PK", zipped(("a.txt", TEXT))[:40], "這不是壓縮檔".encode()])
def test_a_zip_that_is_damaged_is_an_error(archive: Path, data: bytes) -> None:
    archive.write_bytes(data)
    with pytest.raises(MatcherError, match=r"批次\.zip」：壓縮結構已損壞"):
        Inputs([str(archive)])


def test_a_zip_without_files_is_an_error(archive: Path) -> None:
    with pytest.raises(MatcherError, match=r"批次\.zip」裡沒有可以評分的檔案"):
        sources_in(archive, zipped(("夾/", b"")))


def test_a_zip_that_is_gone_is_unreachable(archive: Path) -> None:
    (source,) = sources_in(archive, zipped(("a.txt", TEXT)))
    archive.unlink()
    for number in range(9):  # so many that this process lets go of the first
        sources_in(archive.with_name(f"{number}.zip"), zipped(("a.txt", TEXT)))
    assert refused(source) == ("unreachable", "讀不到這個壓縮檔（找不到）。")
    archive.write_bytes(zipped(("b.txt", TEXT[::-1])))
    assert refused(source) == ("unreachable", "壓縮檔在評分途中被換過，請再執行一次。")


def test_many_threads_read_one_zip(archive: Path) -> None:
    contents = [f"第 {number} 份履歷。".encode() * 500 for number in range(200)]
    sources = sources_in(archive, zipped(*((f"{n}.txt", content) for n, content in enumerate(contents))))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda source: source.load(Limits()), sources)) == contents
