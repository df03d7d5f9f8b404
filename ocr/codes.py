"""Finds QR codes in a picture (docs/form.md, "The code")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp


@dataclass(frozen=True, slots=True)
class Code:
    """A code's text and its corners, 4 x 2 float32 pixels, in the code's own order: top left, top right, bottom right, bottom left."""

    text: str
    corners: np.ndarray


def find_codes(grey: np.ndarray) -> tuple[Code, ...]:
    """All QR codes in a grey picture (height x width, uint8), whichever way they lie; none is no error."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode, text_mode=zxingcpp.TextMode.Plain, try_invert=False)
    return tuple(Code(each.text, _corners(each.position)) for each in found)


def _corners(position: zxingcpp.Position) -> np.ndarray:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([(point.x, point.y) for point in points], np.float32)
