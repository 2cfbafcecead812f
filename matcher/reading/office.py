"""Legacy DOC → DOCX by LibreOffice, where it is installed."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from olefile import OleFileIO

from matcher.reading.docx import read_docx
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits

_FLAGS = 10  # offset of the flags in a Word document's head
_START_AGAIN = 81  # exit code of LibreOffice once it has made its profile
_ENCRYPTED = 0x01  # in the second byte of the flags


def find_office() -> str | None:
    """The path of LibreOffice's program, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    # The command is a script; ended in time, it would leave the program that it started.
    program = Path(found).resolve().with_name("soffice.bin")
    return str(program) if program.exists() else found


def read_doc(data: bytes, limits: Limits) -> Draft:
    """What a legacy DOC shows, and what it hides.

    Raises:
        ReadingError: ``unsupported`` without LibreOffice, ``encrypted``, ``timeout``, ``malformed``.
    """
    if _encrypted(data):
        raise ReadingError("encrypted", "這個 DOC 有密碼保護，請移除密碼後再試。")
    office = find_office()
    if office is None:
        raise ReadingError(
            "unsupported",
            "讀舊版 DOC 要有 LibreOffice（apt-get install libreoffice-writer-nogui），或另存為 DOCX。",
        )
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        return read_docx(_convert(office, data, Path(folder), limits), limits)


def _encrypted(data: bytes) -> bool:
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            head = file.openstream("WordDocument").read(_FLAGS + 2)
    except (OSError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise ReadingError("malformed", "這個 DOC 的結構已損壞，請重新存檔後再試。") from error
    return len(head) == _FLAGS + 2 and bool(head[_FLAGS + 1] & _ENCRYPTED)


def _convert(office: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    source = folder / "in.doc"
    source.write_bytes(data)
    command = [
        office,
        # A profile of its own: two that share one wait for each other, and the user's macros stay out.
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        # Not in a session of its own: the guard ends a reader together with what it started.
        for _ in range(2):
            run = subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603
            if run.returncode != _START_AGAIN:
                break
    except subprocess.TimeoutExpired as error:
        raise ReadingError("timeout", f"LibreOffice 在 {limits.seconds:g} 秒內沒有讀完這個 DOC。") from error
    result = folder / "in.docx"
    if not result.exists():
        raise ReadingError("malformed", "LibreOffice 打不開這個 DOC，檔案可能已損壞。")
    return result.read_bytes()
