"""A whole document → `Standard`."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from matcher.errors import MatcherError
from matcher.icap.errors import StandardFormatError
from matcher.icap.profile import parse_profile
from matcher.icap.remarks import parse_attitudes, parse_remarks
from matcher.icap.rows import Row, read_rows, tidy
from matcher.icap.sections import split_sections
from matcher.icap.table import parse_table
from matcher.icap.versions import parse_versions
from matcher.standard import Standard


def parse_file(path: Path) -> Standard:
    """The standard in a tab-separated UTF-8 file.

    MatcherError if it cannot be read, StandardFormatError if it is no published standard or damaged.
    """
    try:
        return parse_text(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise MatcherError(f"找不到檔案「{path}」。") from None
    except OSError as error:
        raise MatcherError(f"無法讀取 {path}：{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise StandardFormatError(
            f"{path.name} 不是 UTF-8 文字檔（第 {error.start + 1} 個位元組）。"
        ) from error


def parse_text(text: str) -> Standard:
    """The standard in the tab-separated text of a published document; StandardFormatError if it is none."""
    return parse_rows(read_rows(text))


def parse_rows(rows: Sequence[Row]) -> Standard:
    """The standard in a published document's rows, whatever file format they come from.

    StandardFormatError if they are no published standard or a damaged one.
    """
    sections = split_sections(tidy(rows))
    profile = parse_profile(sections.profile)
    table = parse_table(sections.table)
    conditions, notes = parse_remarks(sections.remarks)
    versions = parse_versions(sections.versions)
    if versions and profile.code not in {version.code for version in versions}:
        raise StandardFormatError(f"版本紀錄裡沒有這份文件的代碼 {profile.code}。", sections.profile[0].line)
    return Standard(
        title=sections.title,
        **{field.name: getattr(profile, field.name) for field in fields(profile)},
        duties=table.duties,
        knowledge=table.knowledge,
        skills=table.skills,
        attitudes=parse_attitudes(sections.attitudes),
        conditions=conditions,
        notes=notes,
        versions=versions,
    )
