"""What the tests of the exports write, and how they read it back."""

import shutil
import subprocess
import warnings
from pathlib import Path

import openpyxl
import pytest

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Ranking
from matcher.data import data_path
from tests.ranked import Listed, entry, ranking

RESUMES = data_path("samples", "resumes")
PLANNER, MANAGER, CLERK, COOK = (
    (RESUMES / f"{name}.txt").read_text(encoding="utf-8") for name in ("planner", "manager", "clerk", "cook")
)
POSTING = data_path("samples", "postings", "customer_service_planner.txt").read_text(encoding="utf-8")

TEXTS = {
    "丁.txt": COOK,
    "乙.docx": CLERK,
    "甲.pdf": PLANNER,
    "甲/副本.pdf": PLANNER,
    "丙.pdf": MANAGER,
    "空的.txt": "",
}
"""Four candidates, one of them twice, and an empty file."""

HOSTILE = (
    "=cmd|'/C calc'!A0", "=1+1", "+1", "-1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u3000=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", '=HYPERLINK("http://example.com","按我")', "甲;=1+1", "甲\t=1+1",
    "http://example.com/", "<r><t>甲</t></r>", "<r><甲></r>", "_x0041_", "&L甲", "1e5", "007",
)  # fmt: skip
"""Names and reasons that a spreadsheet may take for something else than text."""


def candidates(matcher: Matcher, asking: str | None = POSTING) -> Ranking:
    """The ranking of ``TEXTS``. Close it."""
    return ranking(matcher, TEXTS, asking)


def hostile(matcher: Matcher) -> Ranking:
    """A ranking of documents with hostile names, and failures with hostile names and reasons. Close it."""
    scored = entry(matcher, "=彙整客訴，訂定標準作業流程\n@每月檢討滿意度指標\n-1 帶領團隊").report
    entries = {name: Entry("", scored) for name in HOSTILE}
    failed = {f"{name}.pdf": Entry("", error="malformed", reason=name) for name in HOSTILE}
    return Ranking(matcher.standard, Listed(entries | failed))


def workbook(path: Path) -> openpyxl.Workbook:
    """The workbook, as openpyxl reads it."""
    with warnings.catch_warnings():
        # openpyxl says that it leaves out the newer looks of data bars, which no test asks for.
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return openpyxl.load_workbook(path)


def by_calc(path: Path, target: str, *options: str) -> Path:
    """What LibreOffice Calc makes of a file: ``target`` is the format's ending, perhaps with
    «:» and a filter. Skips where it is missing."""
    office = shutil.which("soffice")
    if office is None or not any(Path(office).resolve().parent.glob("libsclo.*")):
        pytest.skip("apt-get install libreoffice-calc-nogui fonts-noto-cjk")
    out = path.parent / "calc"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command: list[str | Path] = [
        office,
        profile,
        "--headless",
        *options,
        "--convert-to",
        target,
        "--outdir",
        out,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{path.stem}.{target.partition(':')[0]}"
