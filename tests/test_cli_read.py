"""``matcher read`` shows what was read of a file."""

import json
import zlib
from pathlib import Path

import pytest

from tests.command import RunCommand
from tests.make_hostile import png
from tests.make_zip import zipped


def test_the_text_of_a_file(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "履歷.txt"
    file.write_bytes("客服專員，處理客訴".encode("cp950"))
    outcome = run("read", file)
    assert outcome.status == 0
    assert "客服專員，處理客訴" in outcome.out
    assert "text/plain" in outcome.out


def test_a_bullet_stays_beside_its_sentence(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "履歷.txt"
    file.write_text("- " + "每季彙整客訴並追蹤改善成效" * 6, encoding="utf-8")
    first, second = run("read", file).out.splitlines()[1:]
    assert first.startswith("- 每季彙整客訴")
    assert second.endswith("改善成效")


def test_text_that_the_eye_does_not_see(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "resume.html"
    file.write_text('<html><body><p>客服專員</p><p style="display:none">預算管理</p></body></html>', "utf-8")
    outcome = run("read", file)
    assert "看不見的文字（display_none）：預算管理" in outcome.out


def test_all_of_it_as_json(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "resume.txt"
    file.write_text("客服專員", "utf-8")
    document = json.loads(run("read", file, "--json").out)
    assert document["text"] == "客服專員"
    assert document["hidden"] == []


@pytest.mark.parametrize(
    ("name", "content", "limit", "value", "words"),
    [
        ("a.txt", "客服專員".encode(), "TEXT_CHARACTERS", "3", "一個檔最多讀 3 字，這個檔有 4 字"),
        ("a.html", "<html><p>客服專員</p></html>".encode(), "TEXT_CHARACTERS", "3", "最多讀 3 字"),
        ("a.txt", b"x" * 2**20, "FILE_BYTES", str(2**19), "檔案最大 0.5 MB，收到 1.0 MB"),
        ("a.zip", zipped(("a.zip", zipped(("a.txt", b"x")))), "DEPTH", "1", "最多包 1 層"),
    ],
)
@pytest.mark.parametrize("command", ["read", "score", "batch"])
def test_limits_are_settings(
    run: RunCommand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    name: str,
    content: bytes,
    limit: str,
    value: str,
    words: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    monkeypatch.setenv(f"MATCHER_READ_{limit}", value)
    outcome = run(command, tmp_path if command == "batch" else tmp_path / name)
    assert outcome.status == (1 if command == "batch" else 2)
    assert words in outcome.out + outcome.err


@pytest.mark.parametrize("command", ["read", "score", "batch"])
def test_without_recognition_a_picture_is_named(run: RunCommand, tmp_path: Path, command: str) -> None:
    picture = tmp_path / "掃描.png"
    picture.write_bytes(png(8, 8, zlib.compress(bytes(2 * 8))))
    outcome = run(command, tmp_path if command == "batch" else picture, "--no-ocr")
    assert "文字辨識已關閉" in outcome.out + outcome.err


def test_a_file_that_cannot_be_read(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "empty.pdf"
    file.write_bytes(b"")
    outcome = run("read", file)
    assert outcome.status == 2
    assert "無法讀取「empty.pdf」" in outcome.err
