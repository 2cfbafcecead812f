"""``matcher posting check`` names what a posting should not say."""

import json
from pathlib import Path

from tests.command import RunCommand


def test_what_is_forbidden_is_named_and_is_the_status(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "職缺.txt"
    file.write_text("客服專員\n限女性，35歲以下\n月薪 36,000 元", "utf-8")
    outcome = run("posting", "check", file)
    assert outcome.status == 1
    assert "性別 「限女性」　法律禁止，就業服務法第 5 條第 1 項" in outcome.out
    assert "改寫：刪去年齡" in outcome.out


def test_what_is_lawful_is_not(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "職缺.txt"
    file.write_text("客服專員，年齡不拘\n月薪 36,000 元", "utf-8")
    outcome = run("posting", "check", file)
    assert outcome.status == 0
    assert "沒有找到" in outcome.out


def test_as_json_with_places_in_the_text(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "職缺.txt"
    file.write_text("限男性。月薪 36,000 元", "utf-8")
    (found,) = json.loads(run("posting", "check", file, "--json").out)
    assert (found["start"], found["end"], found["quote"]) == (0, 3, "限男性")
