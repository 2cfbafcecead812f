"""Plain text and Markdown in any charset."""

from matcher.reading.charset import decode
from matcher.reading.document import Notice
from matcher.reading.draft import Draft


def read_text(data: bytes) -> Draft:
    """The text of ``data``; a warning says how many characters could not be read."""
    text = decode(data)
    lost = text.count("\ufffd")
    warnings = (Notice("lost_characters", f"有 {lost} 個字無法辨認，檔案可能已損壞。"),) if lost else ()
    return Draft((text,), warnings=warnings)
