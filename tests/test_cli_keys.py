"""``matcher keys``: made, listed and revoked by whoever runs the service."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from api.batches.batch import Order
from api.batches.shelf import add_batch
from api.secret import Token
from api.store import Store
from api.store.keys import key_of
from tests.command import RunCommand
from tests.services import CODE, RESUME


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The store that the commands work on."""
    url = f"sqlite:///{tmp_path / 'keys.sqlite3'}"
    monkeypatch.setenv("MATCHER_DATABASE_URL", url)
    return url


def test_a_key_is_shown_once_and_works(run: RunCommand, database: str) -> None:
    outcome = run("keys", "create", "--name", "招募系統", "--role", "admin")
    assert outcome.status == 0
    token = Token.read(outcome.out.strip())
    assert token is not None
    assert "不會再顯示" in outcome.err
    assert "admin" not in outcome.err  # there are no batches yet
    assert str(token) not in outcome.err
    with Store(database) as store:
        key = key_of(store, token)
    assert key is not None
    assert (key.name, key.role) == ("招募系統", "admin")
    listed = run("keys", "list")
    assert token.id in listed.out
    assert token.secret not in listed.out


def test_the_first_key_says_whose_earlier_batches_are(run: RunCommand, database: str) -> None:
    with Store(database) as store:
        for key in ("", "", "k1"):
            add_batch(store, Order(key, CODE, masking=True), [("a.txt", RESUME)], timedelta(days=1))
    outcome = run("keys", "create", "--name", "甲")
    assert "還沒有金鑰時送出的 2 批，只有 admin 的金鑰看得到、能刪除" in outcome.err


def test_without_a_role_it_is_a_recruiters(run: RunCommand) -> None:
    run("keys", "create", "--name", "甲")
    assert "recruiter" in run("keys", "list").out


def test_the_list_tells_what_became_of_each(run: RunCommand, database: str) -> None:
    tokens = [Token.read(run("keys", "create", "--name", name).out.strip()) for name in ("甲", "乙[b]")]
    with Store(database) as store:
        assert tokens[0] is not None
        key_of(store, tokens[0])
    assert tokens[1] is not None
    revoked = run("keys", "revoke", tokens[1].id)
    assert (revoked.status, revoked.out) == (0, f"已停用 {tokens[1].id}（乙[b]）。\n")
    lines = [line for line in run("keys", "list").out.splitlines() if re.match(r"\s*[0-9a-f]{12} ", line)]
    assert [line.split()[:3] for line in lines] == [
        [tokens[0].id, "甲", "recruiter"],
        [tokens[1].id, "乙[b]", "recruiter"],
    ]
    assert [line.split().count("–") for line in lines] == [1, 1]  # not revoked; not used


def test_no_keys_are_an_empty_list(run: RunCommand) -> None:
    outcome = run("keys", "list")
    assert (outcome.status, outcome.err) == (0, "")
    assert "名稱" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["create"], "缺少必填的 '--name'"),
        (["create", "--name", " "], "金鑰名稱要是 1 到 100 個看得見的字，收到 0 個字"),
        (["create", "--name", "甲", "--role", "boss"], "--role 只能是 recruiter 或 admin，收到「boss」。"),
        (["revoke"], "缺少必填的"),
        (["revoke", "x"], "沒有金鑰「x」；現有：（無）"),
    ],
)
def test_what_is_wrong_is_told(run: RunCommand, arguments: list[str], message: str) -> None:
    assert message in run("keys", *arguments).error


def test_a_database_that_is_not_there_is_told(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATABASE_URL", "postgresql://u:geheim@127.0.0.1:1/x")
    assert run("keys", "list").error == "錯誤：連不上服務的資料庫，請稍後再試。"


def test_without_a_setting_it_is_a_file_of_the_users_own(
    run: RunCommand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MATCHER_DATABASE_URL")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run("keys", "create", "--name", "甲").status == 0
    (found,) = tmp_path.rglob("service.sqlite3")
    assert found.stat().st_mode & 0o077 == 0
