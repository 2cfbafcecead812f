"""PDF → text in reading order, page by page; pages without a usable text layer are recognised."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from matcher.reading.columns import lines_of
from matcher.reading.document import HiddenText, Notice
from matcher.reading.draft import Draft
from matcher.reading.errors import Code, ReadingError
from matcher.reading.garbage import is_garbage
from matcher.reading.layout import Line
from matcher.reading.limits import Limits
from matcher.reading.ocr import Pixels, Recogniser, left_out
from matcher.reading.paragraphs import join
from matcher.reading.pdf_page import PageText, read_page

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:第\s*)?[0-9]{1,3}(?:\s*[頁页])?(?:\s*[/／,，]\s*共?\s*[0-9]{1,3}\s*[頁页]?)?[-–—\s]*"
    r"|Page [0-9]+( of [0-9]+)?"
)
_RESOLUTION = 200 / 72  # pixels for each point
_FEW = 20  # characters that a scanned page may have as text: a stamp, a page number
_SAME = 0.6  # share of an invisible layer's characters that recognition must find for it to be the page's own


def read_pdf(data: bytes, limits: Limits) -> Draft:
    """What a PDF shows, and what it hides.

    Raises:
        ReadingError: ``encrypted``, ``malformed``, ``too_large`` over ``limits.pages``; ``empty`` or
            ``unsupported`` where there are only scanned pages and nothing to recognise them.
    """
    file = _open(data)
    try:
        if len(file) > limits.pages:
            raise ReadingError("too_large", f"一個檔最多 {limits.pages} 頁，這個 PDF 有 {len(file)} 頁。")
        file.init_forms()
        pages = _Pages(limits)
        for index in range(len(file)):
            try:
                page = _load(file, index)
            except pdfium.PdfiumError:
                pages.miss()
                continue
            pages.add(page)
            page.close()
        return pages.draft()
    finally:
        file.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise ReadingError("encrypted", "這個 PDF 有密碼保護，請移除密碼後再試。") from error
        raise ReadingError("malformed", "PDF 已損壞或不完整，無法讀取。") from error


def _load(file: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page, with what was filled into its form fields as part of it."""
    page = file[index]
    if raw.FPDFPage_GetAnnotCount(page) == 0:
        return page
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return file[index]


@dataclass(slots=True)
class _Pages:
    """The pages read so far."""

    limits: Limits
    lines: list[Sequence[Line]] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)
    recogniser: Recogniser = field(init=False)
    length: int = 0

    def __post_init__(self) -> None:
        self.recogniser = Recogniser(self.limits)

    def miss(self) -> None:
        self.notices["broken"] += 1
        self.lines.append([])

    def add(self, page: pdfium.PdfPage) -> None:
        found = read_page(page)
        seen = "".join(piece.text for piece in found.pieces)
        scanned = len(seen) < _FEW and found.pictured
        garbage = is_garbage(seen)
        if scanned or garbage:
            self._scan(page, found, garbage=garbage)
        else:
            self._keep(lines_of(found.pieces, trusted=True), found.hidden)

    def _scan(self, page: pdfium.PdfPage, found: PageText, *, garbage: bool) -> None:
        layer = [hidden for hidden in found.hidden if hidden.why in ("invisible_mode", "behind_image")]
        if self.recogniser.missing or self.recogniser.exhausted:
            self.notices["left_out" if self.recogniser.exhausted else "garbage" if garbage else "unread"] += 1
            kept = lines_of(found.pieces, trusted=True)
            self._keep([] if garbage else kept, found.hidden)
            return
        lines = self.recogniser.lines(_draw(page, self.limits))
        self.notices["garbage_recognised" if garbage else "recognised"] += bool(lines)
        recognised = "".join(line.text for line in lines)
        others = [hidden for hidden in found.hidden if hidden not in layer]
        # Scanners lay the text that they recognised under the picture, unseen; it hides nothing.
        self._keep(lines, others if _same(layer, recognised) else found.hidden)

    def _keep(self, lines: Sequence[Line], hidden: Sequence[HiddenText]) -> None:
        self.hidden += hidden
        self.lines.append(_without_number(lines))
        self.length += sum(len(line.text) for line in lines)
        if self.length > self.limits.text_characters:
            raise ReadingError(
                "too_large", f"一個檔最多讀 {self.limits.text_characters:,} 字，這個 PDF 超過了。"
            )

    def draft(self) -> Draft:
        if not any(self.lines) and (self.notices["unread"] or self.notices["garbage"]):
            code: Code = "unsupported" if self.limits.ocr else "empty"
            why = "文字層是亂碼" if self.notices["garbage"] else "是掃描檔，沒有看得見的文字層"
            raise ReadingError(code, f"這個 PDF {why}，要辨識文字才能讀：{self.recogniser.missing}。")
        return Draft(tuple(join(self.lines)), tuple(self.hidden), tuple(self._warnings()))

    def _warnings(self) -> list[Notice]:
        missing = self.recogniser.missing
        messages = {
            "recognised": "有 {} 頁是掃描影像，文字由辨識而來，可能有錯字。",
            "garbage_recognised": "有 {} 頁的文字層是亂碼，文字改由辨識而來，可能有錯字。",
            "unread": "有 {} 頁是影像，沒有讀：" + f"{missing}。",
            "garbage": "有 {} 頁的文字層是亂碼，沒有讀：" + f"{missing}。",
            "broken": "有 {} 頁已損壞，沒有讀。",
        }
        notices = [
            Notice(code, message.format(self.notices[code]))
            for code, message in messages.items()
            if self.notices[code]
        ]
        return [*notices, left_out(self.limits)] if self.notices["left_out"] else notices


def _draw(page: pdfium.PdfPage, limits: Limits) -> Pixels:
    width, height = page.get_size()
    if width * height * _RESOLUTION**2 > limits.image_pixels:
        raise ReadingError("too_large", f"PDF 的一頁太大：{width:.0f} × {height:.0f} pt。")
    drawn: Pixels = page.render(scale=_RESOLUTION).to_numpy()[:, :, :3].copy()
    return drawn


def _same(layer: Sequence[HiddenText], recognised: str) -> bool:
    """Whether an invisible layer says what the page shows."""
    wanted = Counter("".join("".join(hidden.text for hidden in layer).split()))
    return bool(wanted) and (wanted & Counter(recognised)).total() >= _SAME * wanted.total()


def _without_number(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a page without its number, which would stand in the middle of a sentence."""
    kept = list(lines)
    for place in (-1, 0):
        if len(kept) > 1 and _PAGE_NUMBER.fullmatch(kept[place].text):
            del kept[place]
    return kept
