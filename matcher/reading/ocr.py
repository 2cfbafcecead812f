"""Recognition of text in pictures with rapidocr (extra ``ocr``)."""

import importlib.util
import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.reading import deadline
from matcher.reading.columns import lines_of
from matcher.reading.document import Notice
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.layout import Line, Piece
from matcher.reading.limits import Limits
from matcher.reading.paragraphs import join

INSTALL = "pip install icap-matcher[ocr]"
Pixels = NDArray[np.uint8]
"""Height × width × 3, blue first."""

_SIDEWAYS = 1.2  # how much higher than wide a line's box is that lies on its side
_UNSURE = 0.8  # mean certainty below which a picture may stand on its head
_LEAST = 0.5  # certainty of a line that is kept
_LONGEST = 2600  # pixels: larger pictures gain nothing and cost time
_TIME = 0.8  # share of the time for recognition that a further page must end within


class Recogniser:
    """Recognises the pages of one file within its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages = 0
        self._began = 0.0
        self._longest = 0.0

    @property
    def missing(self) -> str | None:
        """Why nothing can be recognised here, in Chinese, or None."""
        if not self._limits.ocr:
            return "文字辨識已關閉"
        if not installed():
            return f"文字辨識尚未安裝（{INSTALL}）"
        return None

    @property
    def exhausted(self) -> bool:
        """Whether the file has used up its pages, or its time but for what a page takes."""
        spent = monotonic() - self._began + self._longest if self._pages else 0.0
        return self._pages >= self._limits.ocr_pages or spent > _TIME * self._limits.ocr_seconds

    def lines(self, picture: Pixels) -> list[Line]:
        """The lines of text in a picture, in reading order, however the picture lies."""
        began = monotonic()
        if self._pages == 0:
            self._began = began
            deadline.extend(self._limits.ocr_seconds)
        self._pages += 1
        found = _recognise(picture)
        if found.certainty < _UNSURE:
            turned = _recognise(np.ascontiguousarray(picture[::-1, ::-1]))
            found = max(found, turned, key=lambda either: either.certainty)
        self._longest = max(self._longest, monotonic() - began)
        return lines_of(found.pieces, trusted=False)


def installed() -> bool:
    """Whether the extra is there."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL"))


def read_image(data: bytes, limits: Limits) -> Draft:
    """The text in a picture or scan; each page of a TIFF is a page.

    Raises:
        ReadingError: ``unsupported`` without the extra, ``too_large``, ``malformed``.
    """
    recogniser = Recogniser(limits)
    if recogniser.missing:
        raise ReadingError("unsupported", f"這是圖片，要辨識文字才能讀：{recogniser.missing}。")
    pages, notices = [], []
    for number, picture in enumerate(pictures(data, limits), start=1):
        if recogniser.exhausted:
            notices.append(left_out(limits))
            break
        if number > limits.pages:
            raise ReadingError("too_large", f"一個檔最多 {limits.pages} 頁。")
        pages.append(recogniser.lines(picture))
    notices.append(Notice("recognised", "文字由圖片辨識而來，可能有錯字。"))
    return Draft(tuple(join(pages)), warnings=tuple(notices))


def left_out(limits: Limits) -> Notice:
    """Says that further pages were not recognised."""
    most = f"{limits.ocr_pages} 頁、{limits.ocr_seconds:g} 秒"
    return Notice("ocr_left_out", f"文字辨識每個檔以 {most}為限，之後的掃描頁沒有讀。")


def pictures(data: bytes, limits: Limits) -> Iterator[Pixels]:
    """The pixels of each page, upright, on white paper, and no larger than recognition has use for.

    Raises:
        ReadingError: ``too_large`` or ``malformed``.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as image:
            warnings.simplefilter("ignore")  # Pillow's own warning of large pictures; the limit here is ours
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.image_pixels:
                    raise ReadingError(
                        "too_large",
                        f"圖片最多 {limits.image_pixels:,} 像素，這張是 {frame.width:,} × {frame.height:,}。",
                    )
                upright = ImageOps.exif_transpose(frame) or frame
                upright = _flat(upright)
                upright.thumbnail((_LONGEST, _LONGEST))
                yield np.asarray(upright)[:, :, ::-1].copy()
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        bomb = isinstance(error, Image.DecompressionBombError)
        raise ReadingError("too_large" if bomb else "malformed", "圖片太大或已損壞，無法讀取。") from error
    # Pillow says of a damaged file whatever it stumbles over; a TIFF tag of another type is a TypeError.
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error) as error:
        raise ReadingError("malformed", "圖片已損壞，無法讀取。") from error


def _flat(image: Any) -> Any:
    """In colour, on white paper where it is transparent."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return image.convert("RGB")


@dataclass(frozen=True, slots=True)
class _Found:
    pieces: list[Piece]
    certainty: float  # mean over characters


def _recognise(picture: Pixels) -> _Found:
    found = _engine()(picture, use_cls=False, text_score=0.0)
    if found.boxes is None or found.txts is None:
        return _Found([], 0.0)
    boxes = np.asarray(found.boxes, dtype=float)
    sizes = boxes.max(axis=1) - boxes.min(axis=1)
    long = np.array([len(text) > 2 for text in found.txts])
    if 2 * (long & (sizes[:, 1] > _SIDEWAYS * sizes[:, 0])).sum() > long.sum():
        # rapidocr turns high boxes before it reads them, so only the page has still to be turned.
        boxes = np.stack((boxes[:, :, 1], -boxes[:, :, 0]), axis=2)
        boxes = np.roll(boxes, -1, axis=1)
    pieces, certainty = [], 0.0
    for box, text, score in zip(_straightened(boxes), found.txts, found.scores, strict=True):
        (left, top), (right, bottom) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
        certainty += score * len(text)
        if text.strip() and score >= _LEAST:
            pieces.append(Piece(text.strip(), left, top, right, bottom))
    return _Found(pieces, certainty / max(1, sum(map(len, found.txts))))


def _straightened(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Boxes (lines × 4 corners × 2) turned so that long lines run level: photos are rarely straight."""
    along = boxes[:, 1] - boxes[:, 0]
    lengths = np.hypot(along[:, 0], along[:, 1])
    longest = lengths >= np.quantile(lengths, 0.6)
    # Corners may be numbered from either end of a line.
    angle = float(
        np.median((np.arctan2(along[longest, 1], along[longest, 0]) + np.pi / 2) % np.pi - np.pi / 2)
    )
    if abs(angle) > np.pi / 8:
        return boxes
    cosine, sine = np.cos(angle), np.sin(angle)
    straight: NDArray[np.float64] = boxes @ np.array([[cosine, -sine], [sine, cosine]])
    return straight


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    # There is a worker for each core; a second thread took a third more CPU time and was no faster.
    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})
