"""An upright page as a person sees it: one JPEG of a known resolution, sharp in its print and with the colour of its ink."""

from __future__ import annotations

import cv2
import numpy as np

from metering.errors import PermanentError
from ocr.geometry import UprightPicture

DISPLAY = 150  # pixels per inch; 72 points are so many pixels, which is how boxes are laid over it
_QUALITY = 72


def as_jpeg(page: UprightPicture) -> bytes:
    """Brightness from the full picture, colour from the small one: the eye does not see the difference."""
    height, width = page.grey.shape
    scale = DISPLAY / page.pixels_per_inch
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.resize(page.grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    tones = cv2.cvtColor(cv2.resize(page.colour, size, interpolation=cv2.INTER_CUBIC), cv2.COLOR_BGR2YCrCb)
    picture = cv2.cvtColor(np.dstack([grey, tones[:, :, 1], tones[:, :, 2]]), cv2.COLOR_YCrCb2BGR)
    done, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise PermanentError("the page cannot be written as a JPEG")
    return coded.tobytes()
