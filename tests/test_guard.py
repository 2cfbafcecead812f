import multiprocessing
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import MatcherError
from matcher.reading.document import Document
from matcher.reading.guard import Guard
from matcher.reading.limits import Limits
from matcher.reading.names import clean_name
from matcher.reading.outcome import ReadingFailure
from tests import hostile_readers, make_zip
from tests.make_zip import zipped

_PGREP = shutil.which("pgrep") or "/usr/bin/pgrep"
LIMITS = Limits(memory_bytes=300 * 1024 * 1024, tasks_per_worker=40)
IMPATIENT = replace(LIMITS, seconds=1.5, ocr_seconds=1.5)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel confines on Linux only")


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(LIMITS, workers=2, reader=hostile_readers.read) as made:
        yield made


@pytest.fixture(scope="module")
def impatient() -> Iterator[Guard]:
    with Guard(IMPATIENT, workers=1, reader=hostile_readers.read) as made:
        yield made


def told(result: Document | ReadingFailure) -> str:
    """The text of a document or the code of a failure."""
    return result.text if isinstance(result, Document) else result.code


def ordered(guard: Guard, order: str) -> str:
    return told(guard.read(order.encode(), "檔案.txt"))


@pytest.mark.parametrize("order", ["hang", "hang_in_c", "sleep 60"])
def test_a_worker_that_hangs_costs_one_row(impatient: Guard, order: str) -> None:
    failure = impatient.read(order.encode(), "檔案.txt")
    assert isinstance(failure, ReadingFailure)
    assert (failure.code, "1.5 秒" in failure.message) == ("timeout", True)
    assert ordered(impatient, "下一份履歷") == "下一份履歷"


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("eat_memory", "memory"),
        ("exit 1", "crash"),
        ("exit 0", "crash"),
        ("leave", "crash"),
        (f"kill {int(signal.SIGKILL)}", "crash"),
        (f"kill {int(signal.SIGSEGV)}", "crash"),
        (f"kill {int(signal.SIGTERM)}", "crash"),
        ("recurse", "malformed"),
        ("fail", "malformed"),
        ("long 1000001", "too_large"),
        ("", "empty"),
    ],
)
def test_what_breaks_a_worker_costs_one_row_with_its_code(guard: Guard, order: str, code: str) -> None:
    failure = guard.read(order.encode(), "檔案.txt")
    assert isinstance(failure, ReadingFailure)
    assert (failure.name, failure.code) == ("檔案.txt", code)
    assert failure.message.endswith("。")
    assert "Traceback" not in failure.message
    assert ordered(guard, "下一份履歷") == "下一份履歷"


def test_a_worker_is_replaced_after_its_share_of_files(guard: Guard) -> None:
    processes = [told(row.result) for row in guard.read_many((b"pid", "x") for _ in range(200))]
    shares = 200 // LIMITS.tasks_per_worker
    # Each of the two workers may begin in the middle of its share and end in the middle of another.
    assert shares <= len(set(processes)) <= shares + 4


def test_memory_of_one_file_is_not_taken_from_the_next(guard: Guard) -> None:
    assert [ordered(guard, f"long {900_000 + n}")[:1] for n in range(60)] == ["字"] * 60


@linux
def test_no_network(guard: Guard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert ordered(guard, f"connect {port}") == "malformed"
        command = f"{sys.executable} -c 'import socket; socket.create_connection((\"127.0.0.1\", {port}), 3)'"
        assert ordered(guard, f"shell {command} && echo connected") == ""
    assert "network" in guard.taken


def test_no_writing_outside_its_folder(guard: Guard, tmp_path: Path) -> None:
    outside = tmp_path / "x"
    assert ordered(guard, f"write {outside}") == "malformed"
    assert not outside.exists()


@linux
def test_no_writing_outside_its_folder_by_programs_that_it_starts(guard: Guard, tmp_path: Path) -> None:
    outside = tmp_path / "x"
    outside.write_text("原文")
    ordered(guard, f"shell echo y > {outside}; rm {outside}; mv {outside} {outside}2; touch {outside}3")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "原文")]
    assert "writing" in guard.taken


def test_what_a_file_leaves_in_the_folder_is_gone_with_the_next(guard: Guard) -> None:
    path = Path(ordered(guard, "write_inside"))
    for _ in range(2 * LIMITS.tasks_per_worker):
        ordered(guard, "x")
    assert not path.exists()


def test_a_file_may_not_fill_the_disk(guard: Guard) -> None:
    assert ordered(guard, f"write_much {LIMITS.unpacked_bytes + 1}") == "malformed"


@linux
def test_programs_started_by_a_worker_end_with_it(impatient: Guard) -> None:
    mark = f"sleep 47{os.getpid()}"
    assert ordered(impatient, f"child {mark}") == "timeout"
    assert subprocess.run([_PGREP, "-f", mark], capture_output=True, check=False).stdout == b""


def test_what_libraries_print_is_not_heard(guard: Guard, capfd: pytest.CaptureFixture[str]) -> None:
    assert ordered(guard, "print 王小明 A123456789") == "印了"
    assert ordered(guard, "exit 1") == "crash"
    assert capfd.readouterr() == ("", "")


def test_many_threads_may_call(guard: Guard) -> None:
    results: dict[int, str] = {}
    threads = [
        threading.Thread(target=lambda n=n: results.update({n: ordered(guard, f"執行緒{n}")}))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: f"執行緒{n}" for n in range(20)}


def test_takes_few_files_ahead_of_the_row_asked_for(guard: Guard) -> None:
    taken = []

    def sources() -> Iterator[tuple[bytes, str]]:
        for number in range(1000):
            taken.append(number)
            yield b"x", "x"

    rows = guard.read_many(sources())
    next(rows)
    assert len(taken) < 20
    rows.close()  # type: ignore[attr-defined]


# Files by path


def test_paths(guard: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "王小明.txt"
    path.write_text("履歷")
    assert guard.read(path) == Document("履歷", "王小明.txt", "text/plain", "unknown", ((0, 2),))
    assert guard.read(str(path), "別名.txt").name == "別名.txt"
    monkeypatch.chdir(tmp_path)
    assert told(guard.read("王小明.txt")) == "履歷"


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (lambda _: None, "unsupported", "打不開"),
        (lambda path: path.mkdir(), "unsupported", "不是一般檔案"),
        (os.mkfifo, "unsupported", "不是一般檔案"),
        (lambda path: path.symlink_to("/dev/zero"), "unsupported", "不是一般檔案"),
        (lambda path: path.symlink_to(path), "unsupported", "打不開"),
        (lambda path: path.touch(), "empty", "0 位元組"),
        (lambda path: path.write_bytes(bytes(51 << 20)), "too_large", "最大 50 MB，收到 51.0 MB"),
    ],
)
def test_paths_that_are_no_files(guard: Guard, tmp_path: Path, make: object, code: str, words: str) -> None:
    assert callable(make)
    make(tmp_path / "x")
    failure = guard.read(tmp_path / "x")
    assert isinstance(failure, ReadingFailure)
    assert (failure.code, words in failure.message) == (code, True)


@pytest.mark.parametrize("path", ["a\0b", "/x/" + "長" * 5000, "壞\udcff", ""])
def test_paths_that_cannot_be(guard: Guard, path: str) -> None:
    assert told(guard.read(path)) == "unsupported"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("履歷.txt", "履歷.txt"),
        ("履歷\u202etxt.exe", "履歷_txt.exe"),
        ("a\nb\0c\x1b[31m", "a_b_c_[31m"),
        ("壞\udcff名", "壞_名"),
        ("長" * 300 + ".pdf", "長" * 169 + "…" + "長" * 81 + ".pdf"),
        (" \u200b", "_"),
        ("", "（無檔名）"),
    ],
)
def test_names_are_shown_as_one_line_that_does_not_deceive(guard: Guard, name: str, shown: str) -> None:
    assert clean_name(name) == shown
    assert guard.read(b"x", name).name == shown


# Containers


def test_the_files_in_a_zip_are_rows_of_one_input(guard: Guard) -> None:
    archive = zipped(("甲.txt", "甲的履歷".encode()), ("壞.txt", b"exit 1"), ("../x", b"1"), ("乙.txt", b"2"))
    inputs = [(b"first", "1.txt"), (archive, "批次.zip"), (b"last", "3.txt")]
    rows = [(row.index, row.result.name, told(row.result)) for row in guard.read_many(inputs)]
    assert rows == [
        (0, "1.txt", "first"),
        (1, "批次.zip/甲.txt", "甲的履歷"),
        (1, "批次.zip/壞.txt", "crash"),
        (1, "批次.zip/../x", "unsafe_archive"),
        (1, "批次.zip/乙.txt", "2"),
        (2, "3.txt", "last"),
    ]


def test_a_zip_read_alone_gives_its_one_file(guard: Guard) -> None:
    assert told(guard.read(zipped(("履歷.txt", b"x")), "a.zip")) == "x"
    failure = guard.read(zipped(("甲.txt", b"1"), ("乙.txt", b"2")), "a.zip")
    assert isinstance(failure, ReadingFailure)
    assert (failure.code, "有 2 個檔案" in failure.message) == ("unsupported", True)


def letter(*attachments: tuple[str, bytes], text: str = "您好") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "a@example.com", "應徵", "<1@example.com>"
    made.set_content(text)
    for name, content in attachments:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_a_mail_is_one_document_with_its_attachments(guard: Guard) -> None:
    packed = zipped(("丙.txt", "丙的作品".encode()))
    data = letter(("甲.txt", "甲的履歷".encode()), ("壞.txt", b"kill 9"), ("丙.zip", packed))
    result = guard.read(data, "信.eml")
    assert isinstance(result, Document)
    assert (result.name, result.text.split()) == ("信.eml", ["應徵", "您好", "甲的履歷", "丙的作品"])
    (notice,) = result.warnings
    assert (notice.code, notice.message[:13]) == ("attachment_not_read", "附件「壞.txt」讀不出來")


def test_a_mail_none_of_whose_attachments_can_be_read_fails_loudly(guard: Guard) -> None:
    result = guard.read(letter(("履歷.txt", b"exit 1")), "信.eml")
    assert isinstance(result, ReadingFailure)
    assert (result.code, "履歷.txt" in result.message) == ("crash", True)


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (make_zip.nested(2, "a.txt", b"x"), "x"),
        (make_zip.nested(3, "a.txt", b"x"), "unsafe_archive"),
        (zipped(("信.eml", letter(("a.txt", b"x")))), "應徵 您好 x"),
        (
            zipped(
                ("信.eml", letter(("a.zip", zipped(("a.txt", b"x"))))),
            ),
            "unsafe_archive",
        ),
        (letter(("信.eml", letter(("a.txt", b"x")))), "應徵 您好 應徵 您好 x"),
        (letter(("a.zip", zipped(("信.eml", letter(("a.txt", b"x")))))), "unsafe_archive"),
        (zipped(("a.zip", zipped(("信.eml", letter())))), "unsafe_archive"),
    ],
)
def test_containers_in_one_another_as_deep_as_the_limit(guard: Guard, data: bytes, outcome: str) -> None:
    assert " ".join(told(guard.read(data, "x")).split()) == outcome


# The guard itself


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Guard(LIMITS, workers=1, reader=hostile_readers.read) as guard:
        for order in (b"write_inside", b"exit 1", zipped(("a", b"1"), ("b", b"2")), letter(("a", b"1"))):
            list(guard.read_many([(order, "x")]))
        rows = guard.read_many([(zipped(("a", b"1"), ("b", b"2")), "x"), (b"x", "y")])
        next(rows)
        del rows
    assert list(tmp_path.glob("matcher-*")) == []  # what multiprocessing keeps for its server may be there


def test_leaving_does_not_wait_for_files_in_work() -> None:
    with Guard(LIMITS, workers=2, reader=hostile_readers.read) as guard:
        rows = guard.read_many([(b"x", "x"), *[(b"sleep 19", "x")] * 5])
        next(rows)
        left = time.monotonic()
    assert time.monotonic() - left < 10


def test_a_daemon_is_told_why_it_cannot_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    with pytest.raises(MatcherError, match="daemon"), Guard():
        pass


def test_a_program_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("from matcher.reading.guard import Guard\nwith Guard() as guard:\n    pass\n")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False, timeout=120)
    assert 'if __name__ == "__main__"' in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), 1e300])
def test_a_limit_must_be_above_zero_and_within_what_a_kernel_takes(value: float) -> None:
    with pytest.raises(MatcherError, match=re.escape(f"seconds 要大於 0，最多 86400，收到 {value}")):
        Limits(seconds=value)


def test_the_longest_limits_work() -> None:
    counts: dict[str, Any] = {field.name: 2**53 for field in fields(Limits) if type(field.default) is int}
    most = replace(Limits(ocr=False, seconds=86_400, ocr_seconds=86_400), **counts)
    with Guard(most, workers=1) as guard:
        assert told(guard.read("履歷".encode(), "a.txt")) == "履歷"


def test_there_are_no_fewer_workers_than_none() -> None:
    with pytest.raises(MatcherError, match="讀檔程序數要是 0（每個核心一個）或更多，收到 -1"):
        Guard(workers=-1)


def test_the_hook_refuses_what_the_kernel_does_not_take(tmp_path: Path) -> None:
    code = f"""
import os, socket
from pathlib import Path
from typing import Any
from matcher.reading.confine import hook
inside, outside = Path({str(tmp_path / "in")!r}), Path({str(tmp_path)!r})
inside.mkdir()
hook(inside, frozenset({{"network", "writing"}}))
(inside / "a").write_text("1")
(inside / "a").rename(inside / "b")
Path(os.devnull).write_text("x")
(inside / "b").read_text()
for act in (
    lambda: (outside / "c").write_text("1"),
    lambda: (inside / ".." / "c").write_text("1"),
    lambda: os.mkdir(outside / "d"),
    lambda: os.remove(outside / "keep"),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 9),
):
    try:
        act()
    except PermissionError as error:
        print("refused")
"""
    (tmp_path / "keep").touch()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "keep"]
