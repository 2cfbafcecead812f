"""Settings from the environment: every limit can be set, and whatever is wrong is told at once."""

from dataclasses import fields
from pathlib import Path

import pytest

from matcher.errors import MatcherError
from matcher.reading.limits import Limits
from matcher.serving import Serving
from matcher.settings import Settings, load_settings

LIMITS = [(field.name, "false" if field.name == "ocr" else "7") for field in fields(Limits)]


def test_without_any_they_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MATCHER_STANDARDS")
    assert load_settings() == Settings(
        segmenter="rjieba",
        max_characters=2_000_000,
        workers=0,
        database_url="",
        standards="",
        read=Limits(),
        serve=Serving(),
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Serving)])
def test_every_limit_of_the_service_can_be_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    value = {"host": "::1", "cors_origins": "https://a.example,http://localhost:3000"}.get(name, "7")
    monkeypatch.setenv(f"MATCHER_SERVE_{name.upper()}", value)
    serve = load_settings().serve
    others = [field.name for field in fields(Serving) if field.name != name]
    assert str(getattr(serve, name)).removesuffix(".0") == value
    assert [other for other in others if getattr(serve, other) != getattr(Serving(), other)] == []


def test_options_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_SERVE_PORT", "7")
    monkeypatch.setenv("MATCHER_SERVE_QUEUE", "8")
    assert load_settings({"port": 9}).serve == Serving(port=9, queue=8)
    with pytest.raises(MatcherError, match="MATCHER_SERVE_PORT 收到「70000」，最多 65535"):
        load_settings({"port": 70_000})


def test_an_address_with_a_password_is_not_shown() -> None:
    assert "geheim" not in repr(Settings(database_url="postgresql://u:geheim@h/x"))


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_every_limit_on_reading_can_be_set(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MATCHER_READ_{name.upper()}", value)
    read = load_settings().read
    assert getattr(read, name) == (False if value == "false" else 7)
    assert [other for other, _ in LIMITS if getattr(read, other) != getattr(Limits(), other)] == [name]


def test_from_a_file_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "MATCHER_READ_OCR_PAGES=3\nMATCHER_WORKERS=2\nMATCHER_READ_PAGES=9\nOTHER=1\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATCHER_READ_PAGES", "4")
    settings = load_settings()
    assert (settings.read, settings.workers) == (Limits(ocr_pages=3, pages=4), 2)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SEGMENTER", "nltk", "只能是 rjieba 或 jieba"),
        ("MAX_CHARACTERS", "多", "要是整數"),
        ("MAX_CHARACTERS", "9" * 20, "最多 9007199254740992"),
        ("WORKERS", "-1", "最少 0"),
        ("WORKERS", "9" * 20, "最多 1024"),
        ("READ_SECONDS", "0", "要大於 0"),
        ("READ_SECONDS", "nan", "最多 86400"),
        ("READ_OCR_SECONDS", "inf", "最多 86400"),
        ("READ_PAGES", "1.5", "要是整數"),
        ("READ_OCR", "也許", "要是 true 或 false"),
        ("READ_FILE_BYTES", "50MB", "要是整數"),
        ("READ_MEMORY_BYTES", "9" * 20, "最多 9007199254740992"),
        ("READ_SECNODS", "5", "沒有這個設定"),
        ("SERVE_HOST", "", "不能是空白"),
        ("SERVE_PORT", "65536", "最多 65535"),
        ("SERVE_WORKERS", "0", "最少 1"),
        ("SERVE_BODY_SECONDS", "inf", "最多 86400"),
        ("SERVE_CORS_ORIGINS", "*", "要像 https://ats.example.com，以逗號分隔"),
        ("SERVE_CORS_ORIGINS", "https://a.example/path", "要像 https://ats.example.com，以逗號分隔"),
        ("SERVE_PROT", "5", "沒有這個設定"),
    ],
)
def test_what_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str) -> None:
    monkeypatch.setenv(f"MATCHER_{name}", value)
    with pytest.raises(MatcherError) as caught:
        load_settings()
    assert f"MATCHER_{name} 收到「{value}」，{reason}" in str(caught.value)


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ("MATCHER_SEGMENTER", "MATCHER_WORKERS", "MATCHER_READ_SECONDS", "MATCHER_READ_DEPTH")
    for name in wrong:
        monkeypatch.setenv(name, "x")
    with pytest.raises(MatcherError) as caught:
        load_settings()
    assert [name for name in wrong if name not in str(caught.value)] == []
    assert str(caught.value).count("收到") == len(wrong)


def test_a_misspelt_setting_is_told_with_the_nearest_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text("MATCHER_SEGMENTOR=jieba\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATCHER_WORKER", "3")
    monkeypatch.setenv("MATCHER_PORT_8000_TCP", "tcp://10.0.0.1:8000")
    load_settings()
    assert caplog.messages == [
        "注意：沒有這樣的設定，已略過：MATCHER_PORT_8000_TCP、"
        "MATCHER_SEGMENTOR（是不是要用 MATCHER_SEGMENTER？）、"
        "MATCHER_WORKER（是不是要用 MATCHER_WORKERS？）。"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MATCHER_WORKERS", "2"),
        ("matcher_workers", "2"),
        ("MATCHER_READ_SECONDS", "7"),
        ("MATCHER_EVAL_REAL", "x"),
        ("MATCHER_TEST_MARK", "x"),
        ("MATCHER_MUTATIONS", "5"),
        ("OTHER_WORKER", "5"),
    ],
)
def test_what_is_a_setting_or_somebody_elses_is_not_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    load_settings()
    assert caplog.messages == []


@pytest.mark.parametrize("value", ["abc", '"abc"', "[]"])
def test_the_limits_are_set_one_by_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MATCHER_READ", value)
    with pytest.raises(MatcherError, match="MATCHER_READ"):
        load_settings()
