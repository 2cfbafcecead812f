import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.archive import Archive, Member, is_archive, unpack
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.outcome import ReadingFailure
from tests import make_zip
from tests.make_zip import zipped

TEXT = "王小明，負責客服流程規劃。".encode()


def members(data: bytes, limits: Limits | None = None) -> list[Member | ReadingFailure]:
    return list(unpack(data, "批次.zip", limits or Limits()))


def refused(data: bytes, limits: Limits | None = None) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        members(data, limits)
    return caught.value


def test_gives_the_files_in_order_with_the_archives_name_before_theirs() -> None:
    data = zipped(("乙.txt", b"2"), ("資料夾/", b""), ("資料夾/甲.txt", b"1"))
    assert members(data) == [Member("批次.zip/乙.txt", b"2"), Member("批次.zip/資料夾/甲.txt", b"1")]


def test_opens_an_archive_in_an_archive_in_its_place() -> None:
    inner = zipped(("內.txt", TEXT))
    data = zipped(("a.txt", b"1"), ("內層.zip", inner), ("z.txt", b"3"))
    assert members(data) == [
        Member("批次.zip/a.txt", b"1"),
        Member("批次.zip/內層.zip/內.txt", TEXT, depth=2),
        Member("批次.zip/z.txt", b"3"),
    ]


@pytest.mark.parametrize(
    "packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_reads_every_packing_that_the_standard_library_knows(packing: int) -> None:
    assert members(zipped(("a.txt", TEXT), packing=packing)) == [Member("批次.zip/a.txt", TEXT)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "gb18030"])
def test_names_in_a_charset_that_is_not_mentioned(encoding: str) -> None:
    assert members(make_zip.named_in(encoding, "履歷表.txt", TEXT)) == [Member("批次.zip/履歷表.txt", TEXT)]


def test_passes_over_what_systems_leave_behind() -> None:
    junk = ("__MACOSX/._a.txt", ".DS_Store", "資料夾/Thumbs.db", "~$履歷.docx", "desktop.ini")
    data = zipped(*((name, b"x") for name in junk), ("a.txt", TEXT))
    assert members(data) == [Member("批次.zip/a.txt", TEXT)]


def test_a_name_of_nothing_but_nul_is_an_empty_one() -> None:
    data = zipped(("a.txt", TEXT), ("b", b"2")).replace(b"a.txt", b"\0.txt")
    assert members(data) == [Member("批次.zip/（無檔名）", TEXT), Member("批次.zip/b", b"2")]


def test_a_name_with_control_and_direction_characters_is_shown_without_them() -> None:
    assert members(zipped(("履歷\u202efdp.exe\n", TEXT))) == [Member("批次.zip/履歷_fdp.exe_", TEXT)]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (zipped(("a.txt", bytes(20_000_000))), "unsafe_archive", "倍"),
        (make_zip.overlapping(500, 1_000_000), "unsafe_archive", "最多 200 MB，這個檔有 476 MB"),
        (zipped(*((f"{n}.txt", b"1") for n in range(1001))), "unsafe_archive", "1000 個項目，收到 1001 個"),
        (make_zip.encrypted("a.txt", TEXT), "encrypted", "密碼"),
        (zipped(), "empty", "沒有可讀的檔案"),
        (zipped(("資料夾/", b"")), "empty", "沒有可讀的檔案"),
        (zipped(("a.txt", TEXT))[:40], "malformed", "損壞"),
    ],
)
def test_refuses_with_a_code_and_a_reason(data: bytes, code: str, words: str) -> None:
    error = refused(data)
    assert (error.code, words in str(error)) == (code, True)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (zipped(("../外面.txt", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("a/../../外面.txt", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("..\\外面.txt", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("/etc/cron.d/x", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (zipped(("C:\\Windows\\x", TEXT)), "unsafe_archive", "指向壓縮檔外"),
        (make_zip.with_link("履歷.txt", "/etc/passwd"), "unsafe_archive", "符號連結"),
        (make_zip.nested(3, "a.txt", TEXT), "unsafe_archive", "最多包 2 層"),
        (make_zip.lying("a.txt", TEXT * 50, declared=10), "malformed", "損壞"),
        (zipped(("a.txt", TEXT * 99)).replace(b"\x08\x00", b"\x63\x00"), "unsupported", "第 99 號"),
        (zipped(("a.zip", zipped(("a.txt", TEXT))[:40])), "malformed", "損壞"),
        (zipped(("a.zip", zipped())), "empty", "沒有可讀的檔案"),
        (zipped(("a.zip", make_zip.encrypted("a.txt", TEXT))), "encrypted", "密碼"),
        (zipped(("a.zip", zipped(("a.txt", bytes(20_000_000))))), "unsafe_archive", "倍"),
    ],
)
def test_an_entry_that_is_no_good_fails_alone(data: bytes, code: str, words: str) -> None:
    (failure,) = members(data)
    assert isinstance(failure, ReadingFailure)
    assert (failure.code, words in failure.message) == (code, True)


def test_the_entries_around_one_that_fails_are_there() -> None:
    rows = members(zipped(("a.txt", b"1"), ("../b.txt", b"2"), ("c.zip", b"PK\x05\x06"), ("d.txt", b"4")))
    assert [type(row) for row in rows] == [Member, ReadingFailure, ReadingFailure, Member]
    assert [row.name for row in rows] == [
        f"批次.zip/{name}" for name in ("a.txt", "../b.txt", "c.zip", "d.txt")
    ]


def test_archives_inside_one_another_share_one_budget() -> None:
    limits = Limits(unpacked_bytes=3_000_000, ratio=10**9)
    inner = zipped(("x", bytes(1_400_000)))
    assert len(members(zipped(("a.zip", inner), ("b.zip", inner)), limits)) == 2
    rows = members(zipped(("a.zip", inner), ("b.zip", inner), ("c.zip", inner)), limits)
    assert [getattr(row, "code", "read") for row in rows] == ["read", "read", "unsafe_archive"]
    many = zipped(*((f"{n}", b"1") for n in range(400)))
    rows = members(zipped(("a.zip", many), ("b.zip", many), ("c.zip", many)))
    assert (len(rows), getattr(rows[-1], "code", "read")) == (801, "unsafe_archive")


def test_reads_an_entry_of_a_document_by_name() -> None:
    package = Archive(zipped(("word/document.xml", b"<w/>"), ("../x", b"1")), Limits())
    assert (package.names, package.read("word/document.xml")) == (("word/document.xml", "../x"), b"<w/>")
    with pytest.raises(KeyError):
        package.read("word/none.xml")


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_a_document_that_is_a_zip_inside_is_no_archive(first: str) -> None:
    assert not is_archive(zipped((first, b"application/x"), ("content.xml", b"<x/>")))


@given(
    st.dictionaries(
        st.text("abc履歷é.", min_size=1, max_size=20).filter(lambda n: ".." not in n), st.binary()
    )
)
def test_what_is_packed_comes_out(files: dict[str, bytes]) -> None:
    data = zipped(*files.items())
    if not files:
        assert refused(data).code == "empty"
        return
    assert [(row.name, getattr(row, "data", None)) for row in members(data)] == [
        (f"批次.zip/{name}", None if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) else content)
        for name, content in files.items()
    ]


@given(st.data())
def test_a_damaged_archive_gives_members_or_a_named_error(data: st.DataObject) -> None:
    good = zipped(("甲.txt", TEXT * 20), ("乙.zip", zipped(("丙.txt", TEXT))))
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ReadingError):
        assert members(bytes(damaged))
