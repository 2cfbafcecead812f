"""All result files together: every one of them, or none, the same bytes each time."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Ranking
from matcher.errors import MatcherError
from matcher.export.outputs import ALL, EXPORTERS, write_all
from matcher.files import all_written_whole, written_whole
from tests.exports import candidates
from tests.full_disk import OLD
from tests.ranked import Listed

ROOT = Path(__file__).parent.parent


def test_all_are_written_and_nothing_else(matcher: Matcher, tmp_path: Path) -> None:
    folder = tmp_path / "新的" / "結果"
    with candidates(matcher) as ranked:
        paths = write_all(ranked, folder)
    assert paths == [folder / name for name in ALL]
    assert sorted(folder.iterdir()) == sorted(paths)


def test_some_are_written_when_some_are_asked_for(matcher: Matcher, tmp_path: Path) -> None:
    with candidates(matcher) as ranked:
        assert write_all(ranked, tmp_path, {"results.csv"}) == [tmp_path / "results.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["results.csv"]


def test_another_name_is_refused(matcher: Matcher, tmp_path: Path) -> None:
    with (
        candidates(matcher) as ranked,
        pytest.raises(MatcherError, match=r"沒有「a\.doc」.*可以選 results\.csv、"),
    ):
        write_all(ranked, tmp_path, ["results.csv", "a.doc"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change the time zone of a process")
@pytest.mark.parametrize("name", ALL)
def test_the_same_bytes_every_time(
    matcher: Matcher, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for zone in ("Asia/Taipei", "America/New_York"):
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", zone)
            time.tzset()
            with candidates(matcher) as ranked:
                EXPORTERS[name](ranked, tmp_path / zone.replace("/", "-"))
            written.append((tmp_path / zone.replace("/", "-")).read_bytes())
    time.tzset()
    assert written[0] == written[1]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the results of an earlier run."""
    for name in ALL:
        (tmp_path / name).write_text(OLD, encoding="utf-8")
    return tmp_path


def assert_untouched(folder: Path, *, but: str = "") -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(ALL)
    assert {(folder / name).read_text(encoding="utf-8") for name in ALL if name != but} == {OLD}


@pytest.mark.parametrize("name", ALL)
def test_where_one_cannot_be_written_none_is(matcher: Matcher, old: Path, name: str) -> None:
    (old / name).unlink()
    (old / name).mkdir()
    with candidates(matcher) as ranked, pytest.raises(MatcherError) as caught:
        write_all(ranked, old)
    assert str(caught.value).startswith(f"無法寫入「{old / name}」：")
    assert "原有的結果檔都沒有變動" in str(caught.value)
    assert_untouched(old, but=name)


def test_a_file_where_the_folder_should_be(matcher: Matcher, tmp_path: Path) -> None:
    (tmp_path / "結果").write_text(OLD, encoding="utf-8")
    with candidates(matcher) as ranked, pytest.raises(MatcherError, match=r"無法寫入「.*結果」"):
        write_all(ranked, tmp_path / "結果")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(matcher: Matcher, old: Path) -> None:
    old.chmod(0o500)
    try:
        with candidates(matcher) as ranked, pytest.raises(MatcherError, match="沒有寫入的權限"):
            write_all(ranked, old)
    finally:
        old.chmod(0o700)
    assert_untouched(old)


class Breaking(Listed):
    """Entries of which the last cannot be had any more when it is written."""

    def __init__(self, report: Entry) -> None:
        super().__init__({f"{number}.pdf": report for number in range(5)})
        self.broken = False

    def named(self, number: int) -> tuple[str, Entry]:
        if self.broken and number == 4:
            raise KeyboardInterrupt
        return super().named(number)


@pytest.mark.parametrize("name", [name for name in ALL if name != "errors.csv"])
def test_whatever_ends_it_leaves_what_was_there(matcher: Matcher, old: Path, name: str) -> None:
    entries = Breaking(Entry("", matcher.score("彙整客訴，訂定標準作業流程")))
    with Ranking(matcher.standard, entries) as ranked:
        entries.broken = True
        with pytest.raises(KeyboardInterrupt):
            write_all(ranked, old, [name])
    assert_untouched(old)


def test_on_a_full_disk_the_old_results_stay(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if (
        unshare is None
        or subprocess.run([unshare, "-Urm", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip(
            "a disk of its own needs unprivileged user namespaces: sysctl kernel.unprivileged_userns_clone=1"
        )
    done = subprocess.run(
        [unshare, "-Urm", sys.executable, "-m", "tests.full_disk", tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert sorted(told["said"]) == sorted(ALL)
    for name, message in told["said"].items():
        assert message.startswith(f"無法寫入「{tmp_path / name}」：磁碟空間不足，這裡可用 0.0 MB"), name
        assert "已完成的評分都留在進度紀錄" in message
    assert told["old"] == list(ALL)
    assert told["left_as_before"], told["left"]


def test_files_appear_together(tmp_path: Path) -> None:
    paths = [tmp_path / "甲", tmp_path / "乙"]
    with all_written_whole(paths) as temporaries:
        for temporary in temporaries:
            temporary.write_text("新的", encoding="utf-8")
        assert not any(path.exists() for path in paths)
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_where_one_was_not_written_none_appears(tmp_path: Path) -> None:
    (tmp_path / "甲").write_text(OLD, encoding="utf-8")
    with (
        pytest.raises(FileNotFoundError),
        all_written_whole([tmp_path / "甲", tmp_path / "乙"]) as (first, _),
    ):
        first.write_text("新的", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]
    assert (tmp_path / "甲").read_text(encoding="utf-8") == OLD


def test_one_file_is_written_whole(tmp_path: Path) -> None:
    with written_whole(tmp_path / "甲") as temporary:
        temporary.write_text("新的", encoding="utf-8")
        assert not (tmp_path / "甲").exists()
    assert (tmp_path / "甲").read_text(encoding="utf-8") == "新的"
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]
