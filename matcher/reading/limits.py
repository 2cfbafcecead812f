"""Every limit on the reading of one file, with its unit and default."""

from dataclasses import dataclass, fields

from matcher.errors import MatcherError

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. A file that goes over a limit becomes a failure with a code.

    Raises:
        MatcherError: a limit that is not above zero.
    """

    seconds: float = 20.0
    """Wall time of one file without recognition of pictures, in seconds → ``timeout``."""
    ocr_seconds: float = 60.0
    """Wall time of one file from the moment recognition begins, in seconds → ``timeout``."""
    memory_bytes: int = 2048 * _MIB
    """Address space (RLIMIT_AS) of a worker and of each program it starts, in bytes → ``memory``."""
    file_bytes: int = 50 * _MIB
    """Size of the file itself, in bytes → ``too_large``."""
    text_characters: int = 1_000_000
    """Text that comes out of one file, hidden text included, in code points → ``too_large``."""
    pages: int = 300
    """Pages of one file → ``too_large``."""
    ocr: bool = True
    """Whether pages without a usable text layer are recognised."""
    ocr_pages: int = 20
    """Pages recognised in one file; further ones are left out with a warning."""
    image_pixels: int = 120_000_000
    """Pixels of one picture, of a page drawn for recognition too → ``too_large``."""
    entries: int = 1000
    """Entries of an archive, of a DOCX or ODT too, or parts of a mail → ``unsafe_archive``."""
    unpacked_bytes: int = 200 * _MIB
    """Unpacked size of all entries of an archive, of a DOCX or ODT too, in bytes → ``unsafe_archive``."""
    ratio: int = 200
    """Unpacked bytes for each packed byte of an archive entry over 1 MiB → ``unsafe_archive``."""
    depth: int = 2
    """Archives and mails inside one another: 2 is a ZIP in a ZIP → ``unsafe_archive``."""
    tasks_per_worker: int = 500
    """Files after which a worker is replaced by a fresh one."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, bool) and not value > 0:
                raise MatcherError(f"讀檔限制 {field.name} 要大於 0，收到 {value!r}。")
