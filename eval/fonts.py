"""A font with Chinese characters, for PDFs that the evaluation makes."""

from pathlib import Path

INSTALL = "apt-get install fonts-wqy-microhei"

_PLACES = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msjh.ttc",
)


def cjk_font() -> Path | None:
    """The first such font that is installed, or None."""
    return next((path for path in map(Path, _PLACES) if path.is_file()), None)
