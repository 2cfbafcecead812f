"""`matcher standard …`: list, show, import."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.standard import app
from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.icap import parse_file
from matcher.standard import Standard, available_standards, load_standard
from tests.command import RunCommand

CODE = "BAS2421-003v4"
SOURCE = data_path("standards", f"{CODE}.txt")
OTHER = "ZZW9001-901v2"
OTHER_SOURCE = Path(__file__).parent / "standards" / f"{OTHER}.txt"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of imported standards, which is not there yet."""
    monkeypatch.setenv("MATCHER_STANDARDS", str(tmp_path / "匯入"))
    return tmp_path / "匯入"


def run(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, [str(argument) for argument in arguments])


def succeeded(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exception is None
    return result.output


def failed(*arguments: str | Path) -> str:
    """The message of the error for the user that the command raises."""
    error = run(*arguments).exception
    assert isinstance(error, MatcherError)
    return str(error)


def test_list_shows_code_name_and_counts() -> None:
    row = next(line for line in succeeded("list").splitlines() if CODE in line)
    assert "客戶服務企劃人員" in row
    assert "42" in row


def test_show_shows_everything() -> None:
    standard = load_standard(CODE)
    shown = "".join(succeeded("show", CODE).replace("│", "").split())
    texts = [standard.code, standard.name, standard.description, *standard.conditions.lines]
    texts += [duty.name for duty in standard.duties]
    for task in standard.tasks:
        texts += [task.code, f"{task.name}　第 {task.level} 級", *(output.text for output in task.outputs)]
        texts += [" ".join(task.knowledge), " ".join(task.skills)]
    texts += [text for item in standard.items for text in (item.code, item.text)]
    texts += [text for attitude in standard.attitudes for text in (attitude.name, attitude.description)]
    texts += [note.text for note in standard.notes]
    texts += [text for version in standard.versions for text in (version.code, version.date, version.note)]
    missing = [text for text in texts if "".join(text.split()) not in shown]
    assert missing == []


def test_show_json_is_the_standard() -> None:
    assert Standard.from_dict(json.loads(succeeded("show", CODE, "--json"))) == load_standard(CODE)


def test_show_of_an_unknown_code() -> None:
    assert failed("show", "ABC") == f"沒有職能基準「ABC」；現有：{'、'.join(available_standards())}。"


def test_import_writes_the_json_and_says_what_it_read(tmp_path: Path) -> None:
    output = succeeded("import", SOURCE, "--out", tmp_path / "new")
    assert (
        "BAS2421-003v4 客戶服務企劃人員：2 項職責、5 項任務、21 項行為指標、12 項知識、9 項技能、6 項態度"
        in output
    )
    assert (tmp_path / "new" / f"{CODE}.json").read_bytes() == data_path(
        "standards", f"{CODE}.json"
    ).read_bytes()


def test_import_again_changes_nothing(tmp_path: Path) -> None:
    succeeded("import", SOURCE, "--out", tmp_path)
    succeeded("import", SOURCE, "--out", tmp_path)
    assert load_standard(CODE, tmp_path) == parse_file(SOURCE)


def test_import_does_not_replace_another_file_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.json"
    path.write_text("自己修改過", encoding="utf-8")
    message = failed("import", SOURCE, "--out", tmp_path)
    assert str(path) in message
    assert "--force" in message
    assert path.read_text(encoding="utf-8") == "自己修改過"
    succeeded("import", SOURCE, "--out", tmp_path, "--force")
    assert load_standard(CODE, tmp_path) == parse_file(SOURCE)


def test_import_of_a_missing_file(tmp_path: Path) -> None:
    missing = tmp_path / "沒有.txt"
    assert failed("import", missing, "--out", tmp_path) == f"找不到檔案「{missing}」。"


def test_import_of_a_damaged_document_writes_nothing(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.txt"
    damaged.write_text(SOURCE.read_text(encoding="utf-8").replace("P2.2.5", "P2.2.4"), encoding="utf-8")
    assert failed("import", damaged, "--out", tmp_path / "out").startswith(
        "第 29 行：行為指標代碼 P2.2.4 重複"
    )
    assert not (tmp_path / "out").exists()


def test_import_over_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / f"{CODE}.json").mkdir()
    assert "無法寫入" in failed("import", SOURCE, "--out", tmp_path, "--force")
    assert [path.name for path in tmp_path.iterdir()] == [f"{CODE}.json"]


def test_import_into_a_place_that_is_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("", encoding="utf-8")
    assert str(place) in failed("import", SOURCE, "--out", place)


def test_an_imported_standard_is_known_to_every_command(run: RunCommand, kept: Path) -> None:
    imported = run("standard", "import", OTHER_SOURCE)
    assert f"使用：matcher score --standard {OTHER} 檔案" in imported.out
    assert (kept / f"{OTHER}.json").is_file()
    rows = {line.split()[1]: line for line in run("standard", "list").out.splitlines() if "v" in line}
    assert "匯入" in rows[OTHER]
    assert "內建" in rows[CODE]
    assert json.loads(run("standard", "show", OTHER, "--json").out)["code"] == OTHER
    resume = data_path("samples", "resumes", "clerk.txt")
    posting = data_path("samples", "postings", "customer_service_planner.txt")
    by = ("--standard", OTHER)
    assert json.loads(run("score", resume, *by, "--json").out)["standard"]["code"] == OTHER
    matched = json.loads(run("match", posting, resume, *by, "--json").out)
    assert matched["resumes"][0]["report"]["standard"]["code"] == OTHER
    assert run("batch", resume, *by).status == 0
    assert run("phrasebook", "try", "倉儲管理", *by).status == 0
    assert OTHER in run("score", resume, "--standard", "ABC").error


def test_a_standard_that_was_saved_elsewhere_is_used_by_its_path(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / f"{OTHER}.json"
    assert f"--standard {path}" in run("standard", "import", OTHER_SOURCE, "--out", tmp_path).out
    resume = data_path("samples", "resumes", "clerk.txt")
    report = json.loads(run("score", resume, "--standard", path, "--json").out)
    assert report["standard"]["code"] == OTHER
    missing = tmp_path / "沒有.json"
    assert f"找不到職能基準的檔案「{missing}」" in run("score", resume, "--standard", missing).error


@pytest.mark.parametrize("out", [False, True], ids=["by default", "by --out"])
def test_a_shipped_standard_cannot_be_replaced(run: RunCommand, kept: Path, out: bool) -> None:
    options = ("--out", kept) if out else ()
    error = run("standard", "import", SOURCE, *options, "--force").error
    assert f"{CODE} 是內建的職能基準，不能取代" in error
    assert not kept.exists()


def test_a_file_with_the_code_of_a_shipped_standard_hides_nothing(run: RunCommand, kept: Path) -> None:
    kept.mkdir()
    (kept / f"{CODE}.json").write_text("{}", encoding="utf-8")
    assert json.loads(run("standard", "show", CODE, "--json").out) == load_standard(CODE).to_dict()
