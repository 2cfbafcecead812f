"""What ``matcher batch`` reads on this machine, and what it passes over."""

import os
import pickle
import sys
import tarfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from operator import methodcaller
from pathlib import Path
from threading import Thread

import pytest
from fsspec.implementations.http import HTTPFileSystem
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import MatcherError
from matcher.inputs.inputs import Inputs
from matcher.inputs.labels import Label, distinct
from matcher.inputs.selection import Selection, left_behind
from matcher.inputs.source import Source
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from tests.make_zip import zipped

TEXT = "王小明，負責客服流程規劃。".encode()
OTHER = "陳小華，熟悉客訴處理。".encode()


def put(folder: Path, *files: str, content: bytes = TEXT) -> Path:
    """Lay files down in a folder."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def names(inputs: Inputs) -> list[str]:
    return [source.name for source in inputs]


def refused(source: Source, limits: Limits | None = None) -> tuple[str, str]:
    """Code and message of the error that loading a source raises."""
    with pytest.raises(ReadingError) as caught:
        source.load(limits or Limits())
    return caught.value.code, str(caught.value)


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """fsspec's file system in memory, empty."""
    yield (fs := MemoryFileSystem())
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


def test_gives_all_files_below_a_folder_in_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, "乙.txt", "丁/丙.pdf", "丁/戊/甲", "a.docx", "丁.txt")
    inputs = Inputs([str(tmp_path)])
    assert names(inputs) == ["a.docx", "丁.txt", "乙.txt", "丁/丙.pdf", "丁/戊/甲"]
    assert names(inputs) == names(inputs)
    assert inputs.skipped == {}


def test_a_source_knows_where_it_is_and_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "履歷/王小明.txt")
    monkeypatch.chdir(tmp_path)
    (source,) = Inputs(["./履歷/../履歷/"])
    assert (source.key, source.name) == (f"{tmp_path}/履歷/王小明.txt", "王小明.txt")
    assert source.load(Limits()) == TEXT


def test_the_stamp_changes_when_the_file_does(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt") / "a.txt"
    inputs = Inputs([str(tmp_path)])
    stamps = {next(iter(inputs)).stamp, next(iter(inputs)).stamp}
    assert len(stamps) == 1
    file.write_bytes(OTHER)
    stamps.add(next(iter(inputs)).stamp)
    os.utime(file, ns=(0, 0))
    stamps.add(next(iter(inputs)).stamp)
    assert len(stamps) == 3


def test_passes_over_what_programs_leave_behind_and_counts_it(tmp_path: Path) -> None:
    put(
        tmp_path, "a.txt", ".隱藏.txt", "b/.c.txt", ".git/d.txt", ".git/e/f.txt", "b/~$履歷.docx",
        "Thumbs.db", "b/Desktop.ini", "__MACOSX/._a.txt", ".DS_Store",
    )  # fmt: skip
    inputs = Inputs([str(tmp_path)])
    assert names(inputs) == ["a.txt"]
    assert inputs.skipped == {"隱藏檔": 3, "隱藏資料夾": 1, "暫存鎖定檔": 1, "系統檔": 3}
    assert names(inputs) == ["a.txt"]
    assert inputs.skipped["隱藏檔"] == 3


def test_a_hidden_input_was_asked_for(tmp_path: Path) -> None:
    put(tmp_path, ".履歷/a.txt", ".b.txt", "~$c.docx", "d.txt")
    assert names(Inputs([str(tmp_path / ".履歷")])) == ["a.txt"]
    inputs = Inputs([str(tmp_path / name) for name in (".b.txt", "~$c.docx", "d.txt")])
    assert (names(inputs), inputs.skipped) == ([".b.txt", "d.txt"], {"暫存鎖定檔": 1})


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    put(tmp_path, "外/a.txt", "裡/b.txt")
    (tmp_path / "裡" / "圈").symlink_to(tmp_path / "裡")
    (tmp_path / "裡" / "外").symlink_to(tmp_path / "外")
    (tmp_path / "裡" / "c.txt").symlink_to(tmp_path / "外" / "a.txt")
    (tmp_path / "裡" / "斷.txt").symlink_to(tmp_path / "沒有")
    os.mkfifo(tmp_path / "裡" / "管線")
    inputs = Inputs([str(tmp_path / "裡")])
    assert [(source.name, source.load(Limits())) for source in inputs] == [("b.txt", TEXT), ("c.txt", TEXT)]
    assert inputs.skipped == {"資料夾的捷徑": 2, "不是一般檔案": 2}


@pytest.mark.parametrize(
    "name",
    [
        "履歷[1].txt", "*.txt", "a?.txt", "{a,b}.txt", "100%.txt", "a#b.txt", "~a.txt", "a::b.txt",
        "file:a.txt", "a\\b.txt", "-a.txt", " a .txt", "履歷（王）.txt", "é.txt",
    ],
)  # fmt: skip
def test_no_character_in_a_name_means_anything(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, name)
    (source,) = Inputs([str(tmp_path)])
    assert (source.key, source.load(Limits())) == (f"{tmp_path}/{name}/{name}", TEXT)
    (source,) = Inputs([str(tmp_path / name / name)], include=[name])
    assert source.load(Limits()) == TEXT


def test_a_file_whose_name_looks_like_a_url_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(tmp_path, "s3:/a.txt", "甲::乙.txt"))
    assert [source.key for source in Inputs(["s3://a.txt", "甲::乙.txt"])] == [
        f"{tmp_path}/s3:/a.txt",
        f"{tmp_path}/甲::乙.txt",
    ]


def test_a_name_that_deceives_is_shown_without_what_deceives(tmp_path: Path) -> None:
    put(tmp_path, "一\n月/履歷\u202efdp.exe")
    assert names(Inputs([str(tmp_path)])) == ["一_月/履歷_fdp.exe"]


def test_names_that_are_no_utf8_can_be_written_down_and_read(tmp_path: Path) -> None:
    for name in ("履歷", "自傳"):
        path = os.fsencode(tmp_path) + b"/" + name.encode("cp950")
        Path(os.fsdecode(path)).write_bytes(name.encode())
    sources = list(Inputs([str(tmp_path)]))
    assert len({source.key.encode() for source in sources}) == 2
    assert {source.load(Limits()).decode() for source in sources} == {"履歷", "自傳"}
    assert all(source.name.encode() for source in sources)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [(b"", "empty", "0 位元組"), (bytes(1001), "too_large", "檔案最大")],
)
def test_a_file_of_a_wrong_size_is_refused_unread(
    tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    (source,) = Inputs([str(put(tmp_path, "a.txt", content=content))])
    (tmp_path / "a.txt").unlink()
    error, message = refused(source, Limits(file_bytes=1000))
    assert (error, words in message) == (code, True)


def test_a_file_that_is_gone_or_grew_since_it_was_listed(tmp_path: Path) -> None:
    gone, grown = Inputs([str(put(tmp_path, "a.txt", "b.txt"))])
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").write_bytes(bytes(5000))
    assert refused(gone) == ("unreachable", "讀不到這個檔案（找不到）。")
    assert refused(grown, Limits(file_bytes=1000))[0] == "too_large"


def test_a_folder_that_cannot_be_listed_is_a_failure_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "b/c.txt", "d/e.txt", "z.txt")
    sources = iter(Inputs([str(tmp_path)]))
    first = next(sources)
    (tmp_path / "b" / "c.txt").unlink()
    (tmp_path / "b").rmdir()
    failure, last = sources
    assert (first.name, failure.key, failure.name, last.name) == ("z.txt", f"{tmp_path}/b", "b", "d/e.txt")
    assert refused(failure) == ("unreachable", "讀不到這個資料夾（找不到）。")


FILES = ("王小明.pdf", "王小明.DOCX", "二月/王大同.pdf", "二月/草稿/李四.pdf", "草稿/張三[1].txt")


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        (["*.pdf"], [], (0, 2, 3)),
        (["*.docx"], [], (1,)),
        (["*.PDF", "*.docx"], [], (0, 1, 2, 3)),
        (["王*"], [], (0, 1, 2)),
        (["二月/*"], [], (2, 3)),
        (["二月"], [], ()),
        (["*/草稿/*"], [], (3,)),
        (["王?明.*"], [], (0, 1)),
        (["[張李]*"], [], (3, 4)),
        (["張三[1].txt"], [], (4,)),
        (["張三[[]1].txt"], [], (4,)),
        ([], ["*.pdf"], (1, 4)),
        ([], ["草稿/*", "*/草稿/*"], (0, 1, 2)),
        (["*.pdf"], ["王*"], (3,)),
    ],
)
def test_patterns(tmp_path: Path, include: list[str], exclude: list[str], taken: tuple[int, ...]) -> None:
    inputs = Inputs([str(put(tmp_path, *FILES))], include=include, exclude=exclude)
    if not taken:
        with pytest.raises(MatcherError, match="不在 --include 之內 5 個"):
            names(inputs)
        return
    assert set(names(inputs)) == {FILES[number] for number in taken}
    assert sum(inputs.skipped.values()) == len(FILES) - len(taken)
    assert set(inputs.skipped) <= {"不在 --include 之內", "被 --exclude 排除"}


def test_a_pattern_and_a_name_may_write_an_accent_differently(tmp_path: Path) -> None:
    put(tmp_path, "Rene\u0301.txt")
    assert len(names(Inputs([str(tmp_path)], include=["ren\u00e9.*"]))) == 1


@given(
    st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8), min_size=1, max_size=3)
)
def test_a_pattern_takes_what_it_spells_out_and_the_star_everything(parts: list[str]) -> None:
    expected = not any(map(left_behind, parts))
    for pattern in ("*", parts[-1], "/".join(parts)):
        assert Selection([pattern], [], []).takes(parts) is expected
        assert Selection([], [pattern], []).takes(parts) is False


@given(st.text("ab.", min_size=1, max_size=4), st.text("ab.*?[]!", max_size=5))
def test_a_pattern_is_a_shell_pattern(name: str, pattern: str) -> None:
    if not left_behind(name):
        taken = Selection([pattern], [], []).takes([name])
        assert taken is (name == pattern or fnmatchcase(name, pattern))


def test_several_folders_have_their_names_before_those_of_their_files(tmp_path: Path) -> None:
    put(tmp_path, "一月/a.txt", "二月/b/a.txt", "c.txt")
    given = [str(tmp_path / name) for name in ("一月", "二月", "c.txt")]
    assert names(Inputs(given)) == ["一月/a.txt", "二月/b/a.txt", "c.txt"]


def test_inputs_of_one_name_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    put(tmp_path, "台北/履歷/a.txt", "高雄/履歷/a.txt", "台北/b.txt", "高雄/b.txt", "c.txt")
    given = [str(tmp_path / name) for name in ("台北/履歷", "高雄/履歷", "台北/b.txt", "高雄/b.txt", "c.txt")]
    expected = ["台北/履歷/a.txt", "高雄/履歷/a.txt", "台北/b.txt", "高雄/b.txt", "c.txt"]
    assert names(Inputs(given)) == expected
    assert names(Inputs(given[::-1])) == expected[::-1]


paths = st.lists(st.text("ab", min_size=1, max_size=1), min_size=1, max_size=4).map(tuple)


@given(st.lists(paths, unique=True, max_size=6))
def test_labels_tell_paths_apart(given: list[Label]) -> None:
    labels = distinct(given)
    assert all(path[-len(label) :] == label for path, label in zip(given, labels, strict=True))
    for path, label in zip(given, labels, strict=True):
        for other_path, other in zip(given, labels, strict=True):
            if path != other_path and other_path[: len(path)] != path:
                assert other[: len(label)] != label
    assert distinct(given[::-1]) == labels[::-1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["履歷", "履歷"], ["a.txt", "b/c.txt"]),
        (["履歷", "履歷/"], ["a.txt", "b/c.txt"]),
        (["履歷", "捷徑"], ["a.txt", "b/c.txt"]),
        (["履歷", "履歷/b"], ["a.txt", "b/c.txt"]),
        (["履歷/b", "履歷"], ["b/c.txt", "履歷/a.txt"]),
        (["履歷", "履歷/a.txt"], ["履歷/b/c.txt", "a.txt"]),
        (["履歷/a.txt", "履歷/a.txt"], ["a.txt"]),
        (["履歷/.d", "履歷"], [".d/e.txt", "履歷/a.txt", "履歷/b/c.txt"]),
        (["履歷", "履歷/.d"], ["履歷/a.txt", "履歷/b/c.txt", ".d/e.txt"]),
        (["履歷", "履歷/.d/../b"], ["a.txt", "b/c.txt"]),
    ],
)
def test_every_file_is_taken_once(tmp_path: Path, given: list[str], expected: list[str]) -> None:
    put(tmp_path, "履歷/a.txt", "履歷/b/c.txt", "履歷/.d/e.txt")
    (tmp_path / "捷徑").symlink_to(tmp_path / "履歷")
    sources = list(Inputs([f"{tmp_path}/{name}" for name in given]))
    assert [source.name for source in sources] == expected
    assert len({source.key for source in sources}) == len(expected)


def test_the_results_of_an_earlier_run_are_no_documents(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "結果/results.csv", "結果/parts/1", "b.csv")
    (tmp_path / "捷徑").symlink_to(tmp_path)
    leave_out = [str(tmp_path / "捷徑" / "結果"), str(tmp_path / "b.csv"), str(tmp_path / "還沒有")]
    inputs = Inputs([str(tmp_path)], leave_out=leave_out)
    assert (names(inputs), inputs.skipped) == (["a.txt"], {"輸出的結果": 2, "資料夾的捷徑": 1})
    with pytest.raises(MatcherError, match="裡沒有可以評分的檔案；略過的有：輸出的結果 1 個。"):
        names(Inputs([str(tmp_path / "結果")], leave_out=leave_out))


def test_nothing_to_score_says_what_was_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "甲/.a", "甲/.b", "甲/~$c.docx", "甲/d.txt")
    (tmp_path / "乙").mkdir()
    with pytest.raises(MatcherError) as caught:
        names(Inputs([f"{tmp_path}/乙"]))
    assert str(caught.value) == f"「{tmp_path}/乙」裡沒有可以評分的檔案。"
    with pytest.raises(MatcherError) as caught:
        names(Inputs([f"{tmp_path}/乙", f"{tmp_path}/甲"], exclude=["*.txt"]))
    assert str(caught.value) == (
        f"「{tmp_path}/乙」、「{tmp_path}/甲」裡沒有可以評分的檔案；"
        "略過的有：隱藏檔 2 個、被 --exclude 排除 1 個、暫存鎖定檔 1 個。"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("沒有這個", "找不到「沒有這個」。"),
        ("", "輸入的路徑不能是空的。"),
        ("/dev/null", "「/dev/null」不是一般檔案，也不是資料夾。"),
        ("foo://a/b", "不認得「foo://a/b」的開頭「foo://」。"),
        ("memory://沒有", "找不到「memory://沒有」。"),
        ("file:///沒有/這個", "找不到「file:///沒有/這個」。"),
        ("zip://a.zip", "zip:// 要寫成「zip://裡面的資料夾::ZIP 的位置」，收到「zip://a.zip」。"),
        ("oss://a/b", "讀「oss://a/b」要先安裝套件：Install ossfs to access Alibaba Object Storage System。"),
    ],
)
def test_an_input_that_is_not_there_is_named(given: str, words: str) -> None:
    with pytest.raises(MatcherError) as caught:
        Inputs([given])
    assert str(caught.value) == words


def test_a_bucket_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MatcherError, match=r'讀「s3://a」要先安裝套件：pip install "icap-matcher\[s3\]"。'):
        Inputs(["s3://a"])


def test_other_file_systems_are_read_as_this_one_is(memory: MemoryFileSystem, tmp_path: Path) -> None:
    memory.pipe({"/履歷/王.txt": TEXT, "/履歷/新/陳.txt": OTHER, "/履歷/.a": TEXT, "/別的.txt": TEXT})
    put(tmp_path, "a.txt")
    inputs = Inputs(["memory://履歷", f"file://{tmp_path}", "memory://別的.txt", str(tmp_path)])
    assert [(source.key, source.name, source.load(Limits())) for source in inputs] == [
        ("memory:///履歷/王.txt", "履歷/王.txt", TEXT),
        ("memory:///履歷/新/陳.txt", "履歷/新/陳.txt", OTHER),
        (f"{tmp_path}/a.txt", f"{tmp_path.name}/a.txt", TEXT),
        ("memory:///別的.txt", "別的.txt", TEXT),
    ]
    assert inputs.skipped == {"隱藏檔": 1}


def test_a_whole_file_system_is_an_input(memory: MemoryFileSystem) -> None:
    memory.pipe({"/a.txt": TEXT, "/b/c.txt": OTHER})
    assert names(Inputs(["memory://"])) == ["a.txt", "b/c.txt"]
    assert names(Inputs(["memory://", "memory://b"])) == ["a.txt", "b/c.txt"]


class _Web(BaseHTTPRequestHandler):
    """Answers «/長度» with a text, in pieces, so that nobody knows before how long it is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(int(self.path[1:]) // 100):
            self.wfile.write(b"64\r\n" + b"x" * 100 + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is no log."""


class _WebServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Nothing: clients leave when they have enough."""


@pytest.fixture
def web() -> Iterator[str]:
    """The address of a web server."""
    with _WebServer(("127.0.0.1", 0), _Web) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        HTTPFileSystem.clear_instance_cache()


def test_a_file_whose_length_nobody_knows_is_read_up_to_the_limit(web: str) -> None:
    limits = Limits(file_bytes=1000)
    short, long, empty = Inputs([f"{web}/1000", f"{web}/5000000", f"{web}/0"])
    assert (short.key, short.name, short.load(limits)) == (f"{web}/1000", "1000", b"x" * 1000)
    assert refused(long, limits)[0] == "too_large"
    assert refused(empty, limits)[0] == "empty"


def test_a_chained_url_has_its_chain_in_its_keys(tmp_path: Path) -> None:
    put(tmp_path, "履歷/a.txt")
    with tarfile.open(tmp_path / "批次.tar", "w") as archive:
        archive.add(tmp_path / "履歷", "履歷")
    (source,) = Inputs([f"tar://履歷::{tmp_path}/批次.tar"])
    assert (source.key, source.name) == (f"tar://履歷/a.txt::{tmp_path}/批次.tar", "a.txt")
    assert source.load(Limits()) == TEXT


def test_sources_can_be_sent_to_other_processes(tmp_path: Path) -> None:
    put(tmp_path, "履歷/a.txt")
    (tmp_path / "批次.zip").write_bytes(zipped(("b.txt", OTHER)))
    (tmp_path / "表.csv").write_text("自傳\n熟悉客訴處理\n", encoding="utf-8")
    inputs = Inputs([str(tmp_path / name) for name in ("履歷", "批次.zip", "表.csv")], text_column="自傳")
    sources = list(inputs)
    assert pickle.loads(pickle.dumps(sources)) == sources  # noqa: S301 - what was pickled here
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as others:
        loaded = list(others.map(methodcaller("load", Limits()), sources))
    assert loaded == [TEXT, OTHER, "熟悉客訴處理".encode()]
