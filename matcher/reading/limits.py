"""Every limit on the reading of one file, with its unit and default."""

from dataclasses import dataclass, fields
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from matcher.errors import MatcherError

_MIB = 1024 * 1024
_DAY = 86_400  # seconds; the most, because clocks overflow with much longer ones
_MOST = 2**53  # of everything else, because the kernel's limits overflow


def _limit(description: str, most: int = _MOST) -> Any:
    """What the setting says of itself; its field below says it to programmers."""
    return Field(gt=0, le=most, description=description)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. A file that goes over a limit becomes a failure with a code.

    Each is a setting of `matcher.settings`, too: ``seconds`` is ``MATCHER_READ_SECONDS``.

    Raises:
        MatcherError: a limit that is not above zero, or is above a day or 2⁵³.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")  # a misspelt setting is told, not passed over

    seconds: Annotated[float, _limit("讀一個檔最多幾秒，不含辨識圖片；超過 → timeout。", _DAY)] = 20.0
    """Wall time of one file without recognition of pictures, in seconds → ``timeout``."""
    ocr_seconds: Annotated[float, _limit("一個檔從開始辨識圖片起最多幾秒；超過 → timeout。", _DAY)] = 60.0
    """Wall time of one file from the moment recognition begins, in seconds → ``timeout``."""
    memory_bytes: Annotated[int, _limit("讀一個檔最多用多少記憶體，位元組；超過 → memory。")] = 2048 * _MIB
    """Address space (RLIMIT_AS) of a worker and of each program it starts, in bytes → ``memory``."""
    file_bytes: Annotated[int, _limit("一個檔最大多少位元組；超過 → too_large。")] = 50 * _MIB
    """Size of the file itself, in bytes → ``too_large``."""
    text_characters: Annotated[int, _limit("一個檔最多讀出幾個字，含看不見的；超過 → too_large。")] = (
        1_000_000
    )
    """Text that comes out of one file, hidden text included, in code points → ``too_large``."""
    pages: Annotated[int, _limit("一個檔最多幾頁；超過 → too_large。")] = 300
    """Pages of one file → ``too_large``."""
    ocr: Annotated[bool, Field(description="要不要辨識圖片與沒有文字的頁，true 或 false。")] = True
    """Whether pages without a usable text layer are recognised."""
    ocr_pages: Annotated[int, _limit("一個檔最多辨識幾頁；其餘的略過，並在報告裡說明。")] = 20
    """Pages recognised in one file; further ones are left out with a warning."""
    image_pixels: Annotated[int, _limit("一張圖、或一頁畫成的圖最多幾個像素；超過 → too_large。")] = (
        120_000_000
    )
    """Pixels of one picture, of a page drawn for recognition too → ``too_large``."""
    entries: Annotated[int, _limit("ZIP、DOCX、ODT 的項目或郵件的部分最多幾個；超過 → unsafe_archive。")] = (
        1000
    )
    """Entries of an archive, of a DOCX or ODT too, or parts of a mail → ``unsafe_archive``."""
    unpacked_bytes: Annotated[int, _limit("ZIP、DOCX、ODT 解開後最多多少位元組；超過 → unsafe_archive。")] = (
        200 * _MIB
    )
    """Unpacked size of all entries of an archive, of a DOCX or ODT too, in bytes → ``unsafe_archive``."""
    ratio: Annotated[int, _limit("壓縮檔裡大於 1 MiB 的項目最多壓縮幾倍；超過 → unsafe_archive。")] = 200
    """Unpacked bytes for each packed byte of an archive entry over 1 MiB → ``unsafe_archive``."""
    depth: Annotated[int, _limit("壓縮檔與郵件最多包幾層，2 是 ZIP 裡的 ZIP；超過 → unsafe_archive。")] = 2
    """Archives and mails inside one another: 2 is a ZIP in a ZIP → ``unsafe_archive``."""
    tasks_per_worker: Annotated[int, _limit("一個讀檔程序讀幾個檔後換新的。")] = 500
    """Files after which a worker is replaced by a fresh one."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            most = _DAY if isinstance(field.default, float) else _MOST
            if not isinstance(value, bool) and not 0 < value <= most:
                raise MatcherError(f"讀檔限制 {field.name} 要大於 0，最多 {most}，收到 {value!r}。")
