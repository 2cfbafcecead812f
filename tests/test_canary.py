"""Canaries: seeded personal data in everything that goes in, none of it in anything that comes out."""

import json
import random
import re
import sqlite3
import zlib
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from pyarrow.parquet import read_table

from tests.command import Outcome, RunCommand, on_a_terminal
from tests.corpus.good import good_files
from tests.personal import with_checksum


@dataclass(frozen=True)
class Canary:
    """The numbers and the mail address of one made-up person."""

    id_number: str
    arc_number: str
    old_arc_number: str
    mobile: str
    land_line: str
    mail: str

    @property
    def sentence(self) -> str:
        """What makes evidence, so that a report quotes it."""
        return (
            f"訂定客服標準作業流程，洽 {self.mobile} 或 {self.land_line}，信箱 {self.mail}，"
            f"證號 {self.id_number}、{self.arc_number}、{self.old_arc_number}。"
        )


def canary(seed: int) -> Canary:
    """The same made-up person for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - nobody is to be kept from guessing

    def digits(count: int) -> str:
        return "".join(dice.choices("0123456789", k=count))

    letter = dice.choice("ABCDEFGHJKLMNPQRSTUVXYWZIO")
    return Canary(
        with_checksum(letter + dice.choice("12") + digits(7)),
        with_checksum(letter + dice.choice("89") + digits(7)),
        with_checksum(letter + dice.choice("ABCD") + digits(7)),
        f"09{dice.randint(10, 89)}{digits(6)}",
        f"02-{dice.randint(2300, 2999)}-{digits(4)}",
        f"canary{digits(8)}@example.com",
    )


RESUME = "【工作經歷】\n{}\n每月彙整客訴並分析原因，提出改善方案。\n規劃年度客服預算，管理 12 人團隊。"


@dataclass(frozen=True)
class Cage:
    """A folder of files and the canaries in it: those in texts, in hidden text, and in file names."""

    folder: Path
    told: tuple[Canary, ...]
    hidden: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def secrets(self) -> list[str]:
        """Every number and address that must not come out."""
        return [*self.named, *self.hidden, *(one for person in self.told for one in astuple(person))]

    @property
    def some(self) -> list[Path]:
        """A file of each kind that reads or fails in a way of its own: all would take long, one by one."""
        ends = ("文字.txt", "文件.docx", "文件.pdf", "看不見.html", ".json", "broken.pdf", "broken.txt")
        return [path for path in sorted(self.folder.iterdir()) if path.name.endswith(ends)]


@pytest.fixture(scope="module")
def cage(tmp_path_factory: pytest.TempPathFactory) -> Cage:
    """Good files of every kind, hidden text, a JSON Resume, and broken files with telling names."""
    folder = tmp_path_factory.mktemp("cage")
    told: list[Canary] = []
    named: list[str] = []
    for seed, kind in enumerate(good_files("客服")):
        one, name = canary(seed), canary(100 + seed)
        secret = (name.mobile, name.id_number, name.mail)[len(named) % 3]
        content = good_files(RESUME.format(one.sentence))[kind]
        (folder / f"{secret}_{kind}").write_bytes(content)
        told.append(one)
        named.append(secret)
    hidden = astuple(canary(200))[::3]  # as much as a note quotes
    page = "".join(f'<p style="display:none">{secret}</p>' for secret in hidden)
    (folder / "看不見.html").write_text(f"<html><p>客服專員</p>{page}</html>", encoding="utf-8")
    person = canary(201)
    basics = {
        "name": "王小明",
        "phone": person.mobile,
        "email": person.mail,
        "summary": RESUME.format(person.sentence),
    }
    (folder / "resume.json").write_text(json.dumps({"basics": basics}), encoding="utf-8")
    told.append(person)
    wrong = {"basics": {"email": {"value": person.mail}, "phone": [person.mobile]}}
    (folder / "faulty.json").write_text(json.dumps(wrong), encoding="utf-8")
    broken = {
        ".pdf": b"%PDF-1.7\nbroken",
        ".docx": b"PK\x03\x04broken",
        ".txt": b"",
        ".doc": bytes(range(256)),
    }
    for seed, (suffix, content) in enumerate(broken.items(), 300):
        secret = astuple(canary(seed))[seed % 6]
        (folder / f"{secret}_broken{suffix}").write_bytes(content + secret.encode() * bool(content))
        named.append(secret)
    return Cage(folder, tuple(told), hidden, tuple(named))


def bare(text: str) -> str:
    """The text as one who looks for numbers reads it: no blanks, no dashes, one width."""
    return re.sub(r"[\s-]", "", text)


def escaped(secrets: list[str], *places: str) -> list[str]:
    shown = bare("\n".join(places))
    return [secret for secret in secrets if bare(secret) in shown]


def said(outcome: Outcome) -> str:
    return outcome.out + outcome.err


def contents(folder: Path) -> list[str]:
    """All that the files of a folder hold, in the clear."""
    found = []
    for path in folder.iterdir():
        if path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                found += [archive.read(name).decode() for name in archive.namelist()]
        elif path.suffix == ".parquet":
            found += map(repr, read_table(path).to_pylist())
        else:
            found.append(path.read_bytes().decode("utf-8", "replace"))
    with closing(sqlite3.connect(folder / "journal.sqlite")) as base:
        found += [
            zlib.decompress(content).decode() for (content,) in base.execute("SELECT content FROM entry")
        ]
    return found


def test_none_leaves_a_batch(
    run: RunCommand, cage: Cage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = run("batch", cage.folder, "--out", tmp_path)
    assert outcome.status == 1, "the broken files fail"
    assert escaped(cage.secrets, *contents(tmp_path), said(outcome), caplog.text) == []


def test_none_leaves_a_batch_through_a_pipe(run: RunCommand, cage: Cage) -> None:
    assert escaped(cage.secrets, said(run("batch", cage.folder))) == []


def test_without_masking_they_are_all_there(run: RunCommand, cage: Cage, tmp_path: Path) -> None:
    run("batch", cage.folder, "--out", tmp_path, "--no-mask")
    assert set(cage.secrets) - set(escaped(cage.secrets, *contents(tmp_path))) == set()
    assert escaped(list(cage.named), said(run("batch", cage.folder, "--no-mask"))) == list(cage.named)


def test_none_leaves_a_report_or_an_error(
    run: RunCommand, cage: Cage, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = [run("score", path, "--json") for path in cage.some]
    assert {outcome.status for outcome in outcomes} == {0, 2}
    assert escaped(cage.secrets, *map(said, outcomes), caplog.text) == []


def test_without_masking_reports_and_errors_tell(run: RunCommand, cage: Cage) -> None:
    for path in cage.some:
        outcome = run("score", path, "--json", "--no-mask")
        if outcome.status == 0:
            assert escaped(cage.secrets, said(outcome)) != [], path.name
        elif "_broken" in path.name:
            assert escaped(list(cage.named), outcome.error) == [path.name.partition("_")[0]]


@pytest.mark.parametrize("command", ["score", "read"])
def test_a_table_that_goes_into_a_pipe_is_masked(run: RunCommand, cage: Cage, command: str) -> None:
    path = next(path for path in cage.folder.iterdir() if path.name.endswith("_文字.txt"))
    (person,) = [one for one in cage.told if one.mobile in path.read_text(encoding="utf-8")]
    secrets = [*astuple(person), path.name.removesuffix("_文字.txt")]
    assert escaped(secrets, said(run(command, path)), said(run(command, path, "--mask"))) == []
    assert escaped(secrets, said(run(command, path, "--no-mask"))) != []


def test_a_document_as_json_is_masked(run: RunCommand, cage: Cage) -> None:
    assert escaped(cage.secrets, *(said(run("read", path, "--json")) for path in cage.some)) == []
    (page,) = [path for path in cage.some if path.name == "看不見.html"]
    assert escaped(cage.secrets, run("read", page, "--json", "--no-mask").out) == list(cage.hidden)


@pytest.mark.parametrize("command", ["score", "read", "batch"])
def test_a_name_that_is_not_there(run: RunCommand, tmp_path: Path, command: str) -> None:
    person = canary(400)
    path = tmp_path / f"{person.id_number}_{person.mobile}.pdf"
    secrets = [person.id_number, person.mobile]
    assert escaped(secrets, run(command, path).error) == []
    assert escaped(secrets, run(command, path, "--no-mask").error) == secrets


def test_standard_input(run: RunCommand) -> None:
    person = canary(400)
    text = RESUME.format(person.sentence).encode()
    assert escaped(list(astuple(person)), said(run("score", "-", "--json", stdin=text))) == []


@pytest.mark.parametrize("command", ["score", "read", "batch"])
def test_ones_own_screen_shows_them_unless_asked_not_to(tmp_path: Path, command: str) -> None:
    person = canary(400)
    path = tmp_path / f"{person.mobile}.txt"
    path.write_text(RESUME.format(person.sentence), encoding="utf-8")
    target = tmp_path if command == "batch" else path
    assert escaped([person.mobile], on_a_terminal(command, target)) == [person.mobile]
    assert escaped([*astuple(person)], on_a_terminal(command, target, "--mask")) == []
