"""The phrasebook: its form, its errors, and that the shipped one speaks for every item."""

from pathlib import Path

import pytest

from matcher.scoring.phrasebook import Phrase, Phrasebook, PhrasebookError, load_phrasebook, meaning
from matcher.standard import Standard


def book(folder: Path, **files: str) -> Phrasebook:
    """The phrasebook of a folder with these files."""
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return load_phrasebook(folder)


ENTRY = """
- text: 掌握預算限制。
  stated:
    - 控管年度預算
  partial:
    預算:
      - 編列預算
    供應商:
      - 供應商管理
  not:
    - 了解預算概念
"""


def test_an_entry_has_wording_phrases_facets_and_lookalikes(tmp_path: Path) -> None:
    assert book(tmp_path, one=ENTRY).phrases("掌握預算限制。") == (
        Phrase("掌握預算限制。", "wording"),
        Phrase("控管年度預算", "stated"),
        Phrase("編列預算", "partial", "預算"),
        Phrase("供應商管理", "partial", "供應商"),
        Phrase("了解預算概念", "not"),
    )


@pytest.mark.parametrize("text", ["掌握預算限制", "掌握预算限制。", "掌握 預算\n限制", "掌握預算限制。。"])
def test_an_item_of_the_same_meaning_has_the_entry(text: str, tmp_path: Path) -> None:
    assert len(book(tmp_path, one=ENTRY).phrases(text)) == 5


def test_an_item_without_an_entry_has_its_wording(tmp_path: Path) -> None:
    assert book(tmp_path, one=ENTRY).phrases("點收能力") == (Phrase("點收能力", "wording"),)


def test_all_files_of_the_folder_count(tmp_path: Path) -> None:
    both = book(tmp_path, one=ENTRY, two="- text: 簡報能力\n  stated: [製作簡報]\n")
    assert [phrase.text for phrase in both.phrases("簡報能力")] == ["簡報能力", "製作簡報"]
    assert len(both.entries) == 2


def test_the_version_changes_with_the_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one, other = book(first, one=ENTRY), book(second, one=ENTRY.replace("編列預算", "編預算"))
    assert one.version != other.version


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("- text: [", "不是有效的 YAML"),
        ("text: 簡報能力", "應為一串項目"),
        ("- stated: [製作簡報]", "應為一串項目"),
        ("- 簡報能力", "應為一串項目"),
        ("- text: 簡報能力\n  stted: [製作簡報]", "收到「stted」"),
        ("- text: 簡報能力\n  partial: [製作簡報]", "partial 要分面向"),
        ("- text: 簡報能力\n- text: 简报能力", "有兩筆"),
        ("- text: 簡報能力\n  stated: 製作簡報", "stated 要是一串說法"),
        ("- text: 簡報能力\n  not: {一: 二}", "not 要是一串說法"),
        ("- text: 簡報能力\n  partial: {簡報: 製作簡報}", "partial 的「簡報」 要是一串說法"),
        ("- text: 簡報能力\n  stated: [製作簡報, [投影片]]", "stated 要是一串說法"),
    ],
)
def test_an_error_names_file_and_reason(content: str, part: str, tmp_path: Path) -> None:
    with pytest.raises(PhrasebookError) as error:
        book(tmp_path, skills=content)
    assert "skills.yaml" in str(error.value)
    assert part in str(error.value)


def test_names_and_numbers_of_yaml_are_text(tmp_path: Path) -> None:
    entry = "- text: 產業規範\n  stated: [ISO 9001, 9001, 3.0]\n"
    assert [p.text for p in book(tmp_path, one=entry).phrases("產業規範")] == [
        "產業規範",
        "ISO 9001",
        "9001",
        "3.0",
    ]


def test_the_shipped_phrasebook_speaks_for_every_item_and_for_nothing_else(bas2421: Standard) -> None:
    shipped = load_phrasebook()
    named = {meaning(item.text) for item in bas2421.items} | {meaning(bas2421.name)}
    assert shipped.entries.keys() == named
    for text in (*(item.text for item in bas2421.items), bas2421.name):
        roles = [phrase.role for phrase in shipped.phrases(text)]
        assert roles.count("stated") + roles.count("partial") >= 8, text
