"""``matcher read`` shows what was read of a file."""

import json
from pathlib import Path

from tests.command import RunCommand


def test_the_text_of_a_file(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "履歷.txt"
    file.write_bytes("客服專員，處理客訴".encode("cp950"))
    outcome = run("read", file)
    assert outcome.status == 0
    assert "客服專員，處理客訴" in outcome.out
    assert "text/plain" in outcome.out


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


def test_a_file_that_cannot_be_read(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "empty.pdf"
    file.write_bytes(b"")
    outcome = run("read", file)
    assert outcome.status == 2
    assert "無法讀取「empty.pdf」" in outcome.err
