"""The store: the same on SQLite and on PostgreSQL, however many processes open it at once."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, text

from api.batches.judgements import earlier_of, judge, judgements_of
from api.secret import Token
from api.store import Store, StoreError
from api.store.address import address
from api.store.keys import Key, all_keys, any_key, create_key, key_of, revoke_key
from api.store.migrate import migrate
from api.store.standards import add_standard, imported_codes, imported_standard
from api.store.tables import Base, BatchRow, EntryRow, FileRow, KeyRow
from matcher.errors import MatcherError
from matcher.standard import Standard


def test_the_migrations_make_the_tables_that_the_code_uses(database_url: str) -> None:
    with Store(database_url):
        pass
    engine = create_engine(address(database_url))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []


def test_judgements_of_an_earlier_version_stay(database_url: str) -> None:
    engine = create_engine(address(database_url))
    migrate(engine, "0003")
    now = datetime.now(UTC)
    with engine.begin() as connection:
        connection.execute(insert(BatchRow).values(_batch(now)))
        connection.execute(insert(FileRow).values(id=1, batch="b", place=0, name="甲.txt"))
        connection.execute(insert(EntryRow).values(id=1, file=1, failed=False, content=b""))
        row = {"id": 1, "entry": 1, "item": "S01", "status": "stated", "note": "甲", "made": now}
        connection.execute(text(_INSERT), row)
        if connection.dialect.name == "postgresql":  # which counts on from what it gave itself
            connection.execute(text("SELECT setval('judgement_id_seq', 1)"))
    engine.dispose()
    with Store(database_url) as store:
        judge(store, 1, "S01", "partial", "乙")
        (held,), (before,) = judgements_of(store, 1), earlier_of(store, 1)
    assert (held.verdict, held.note) == ("partial", "乙")
    assert (before.verdict, before.note, before.of_sentence) == ("stated", "甲", False)


_INSERT = "INSERT INTO judgement (id, entry, item, status, note, made) " + (
    "VALUES (:id, :entry, :item, :status, :note, :made)"
)


def _batch(now: datetime) -> dict[str, object]:
    what = {"id": "b", "key": "", "standard": "BAS2421-003v4", "masking": False}
    return {**what, "created": now, "expires": now + timedelta(days=1)}


def test_opening_again_keeps_what_is_there(database_url: str) -> None:
    with Store(database_url) as store:
        token = create_key(store, "甲", "admin")
    with Store(database_url) as store:
        assert key_of(store, token)


def test_many_processes_may_open_an_empty_store_at_once(database_url: str) -> None:
    script = f"""
from api.store import Store
from api.store.keys import create_key
with Store({database_url!r}) as store:
    create_key(store, "同時", "recruiter")
"""
    running = [subprocess.Popen([sys.executable, "-W", "error", "-c", script]) for _ in range(6)]
    assert [process.wait(timeout=120) for process in running] == [0] * 6
    with Store(database_url) as store:
        assert len(all_keys(store)) == 6


def test_a_store_of_a_newer_version_is_refused(database_url: str) -> None:
    with Store(database_url) as store, store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="較新版本"), Store(database_url):
        pass


def test_a_key_proves_itself_and_nothing_else_does(database_url: str) -> None:
    with Store(database_url) as store:
        token, other = create_key(store, "甲", "recruiter"), create_key(store, "乙", "admin")
        found = key_of(store, token)
        assert found is not None
        assert (found.id, found.name, found.role) == (token.id, "甲", "recruiter")
        assert key_of(store, Token(token.id, other.secret)) is None
        assert key_of(store, Token(other.id, token.secret)) is None
        assert key_of(store, Token.new()) is None


def test_a_revoked_key_stays_revoked_and_still_counts_as_made(database_url: str) -> None:
    with Store(database_url) as store:
        assert not any_key(store)
        token = create_key(store, "甲", "recruiter")
        first = revoke_key(store, token.id)
        assert key_of(store, token) is None
        assert revoke_key(store, token.id) == first
        assert any_key(store)
        assert [key.revoked for key in all_keys(store)] == [first.revoked]


def test_the_last_use_is_noted_at_most_once_a_minute(database_url: str) -> None:
    with Store(database_url) as store:
        token = create_key(store, "甲", "recruiter")
        assert [key.last_used for key in all_keys(store)] == [None]
        key_of(store, token)
        (noted,) = [key.last_used for key in all_keys(store)]
        assert noted is not None
        assert noted.tzinfo is not None
        key_of(store, token)
        assert [key.last_used for key in all_keys(store)] == [noted]
        earlier = datetime.now(UTC) - timedelta(hours=1)
        with store.writing() as session:
            row = session.get(KeyRow, token.id)
            assert row is not None
            row.last_used = earlier
        key_of(store, token)
        (again,) = [key.last_used for key in all_keys(store)]
        assert again is not None
        assert again > earlier


def test_nothing_of_a_secret_is_kept(database_url: str) -> None:
    with Store(database_url) as store:
        token = create_key(store, "甲", "recruiter")
        with store.reading() as session:
            rows = session.execute(text("SELECT * FROM api_key")).all()
    assert token.id in str(rows)
    assert token.secret not in str(rows)
    assert token.secret not in repr(token)


@pytest.mark.parametrize("name", ["", "   ", "字" * 101, "甲\n乙", "甲\x00乙"])
def test_a_name_can_be_read(database_url: str, name: str) -> None:
    with Store(database_url) as store:
        with pytest.raises(MatcherError, match="金鑰名稱要是 1 到 100 個看得見的字"):
            create_key(store, name, "recruiter")
        assert all_keys(store) == []


def test_an_unknown_key_cannot_be_revoked(database_url: str) -> None:
    with Store(database_url) as store:
        token = create_key(store, "甲", "recruiter")
        with pytest.raises(MatcherError, match=f"沒有金鑰「甲」；現有：{token.id}"):
            revoke_key(store, "甲")


def test_many_threads_may_make_use_and_revoke_keys_at_once(database_url: str) -> None:
    def live(number: int) -> Key | None:
        token = create_key(store, f"第 {number} 把", "recruiter")
        assert key_of(store, token)
        revoke_key(store, token.id)
        return key_of(store, token)

    with Store(database_url) as store, ThreadPoolExecutor(8) as threads:
        assert set(threads.map(live, range(40))) == {None}
        assert len(all_keys(store)) == 40


def test_a_standard_is_kept_once(database_url: str, bas2421: Standard) -> None:
    other = replace(bas2421, code="ABC1234-001v1")
    with Store(database_url) as store:
        assert imported_standard(store, other.code) is None
        assert add_standard(store, other)
        assert not add_standard(store, replace(other, title="改過"))
        assert imported_standard(store, other.code) == other
        assert imported_codes(store) == [other.code]


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite3"
    with Store(f"sqlite:///{path}"):
        assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "setting", ["mysql://u:geheim@h/x", "://", "sqlite://", "sqlite:///:memory:", "postgresql", "geheim"]
)
def test_an_address_of_another_kind_is_refused_without_repeating_it(setting: str) -> None:
    with pytest.raises(StoreError, match="MATCHER_DATABASE_URL") as caught:
        Store(setting)
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_without_its_address() -> None:
    with (
        pytest.raises(StoreError, match="連不上服務的資料庫") as caught,
        Store("postgres://u:geheim@127.0.0.1:1/x"),
    ):
        pass
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_text("這不是資料庫。" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="資料庫不能用"), Store(f"sqlite:///{path}"):
        pass
