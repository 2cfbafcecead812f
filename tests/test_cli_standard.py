"""`matcher standard …`: list, show, import."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from matcher.cli.standard import app
from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.icap import parse_file
from matcher.standard import Standard, available_standards, load_standard

CODE = "BAS2421-003v4"
SOURCE = data_path("standards", f"{CODE}.txt")


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
