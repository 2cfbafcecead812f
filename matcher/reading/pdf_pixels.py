"""Proof by pixels: text that changes nothing on the page when it is left out is not seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

_SCALE = 1.0  # pixels for each point; enough, as even 2 pt text darkens its place
_LARGEST = 2000  # pixels along a side: posters are drawn smaller
_FAINT = 14  # of 255, in any channel: less cannot be told from the background
_SHARE = 0.3  # of a run's characters that must be seen

Box = tuple[float, float, float, float]


class Drawn:
    """A page drawn with its text, and without some of it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._scale = min(_SCALE, _LARGEST / max(*page.get_size(), 1.0))
        self._whole = self._draw()

    def without(self, objects: Iterable[Any]) -> Callable[[Sequence[Box]], bool]:
        """A test whether text in boxes, in points, is seen; ``objects`` are what it belongs to."""
        switched_off = list(objects)
        for text in switched_off:
            raw.FPDFPageObj_SetIsActive(text, False)
        rest = self._draw()
        for text in switched_off:
            raw.FPDFPageObj_SetIsActive(text, True)
        change = np.maximum(self._whole, rest) - np.minimum(self._whole, rest)
        changed = np.maximum(np.maximum(change[:, :, 0], change[:, :, 1]), change[:, :, 2]) >= _FAINT
        # Changed pixels above and left of each place: four look-ups tell whether a box holds any.
        sums = np.pad(changed, ((1, 0), (1, 0))).cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
        view = memoryview(sums)  # type: ignore[arg-type]  # Python before 3.12 cannot tell that it fits
        return lambda boxes: self._any(view, boxes)

    def _any(self, sums: memoryview, boxes: Sequence[Box]) -> bool:
        lowest, rightmost = (size - 1 for size in sums.shape or (1, 1))
        seen = 0
        for box in boxes:
            left, top, right, bottom = (int(side * self._scale) for side in box)
            left, right = min(max(left, 0), rightmost), min(max(right + 1, 0), rightmost)
            top, bottom = min(max(top, 0), lowest), min(max(bottom + 1, 0), lowest)
            seen += sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] > 0
        return seen >= _SHARE * len(boxes)

    def _draw(self) -> NDArray[np.uint8]:
        drawn: NDArray[np.uint8] = (
            self._page.render(scale=self._scale, may_draw_forms=False).to_numpy().copy()
        )
        return drawn
