from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.read_page import ReadPage
from ocr.reader import PageReader

Read = Callable[..., ReadPage]


@pytest.fixture(scope="package")
def page_reader() -> Iterator[PageReader]:
    reader = PageReader()
    yield reader
    reader.close()


@pytest.fixture
def read(page_reader: PageReader, tmp_path: Path) -> Read:
    """Reads a BGR picture as the worker would: through a file."""

    def read_picture(picture: np.ndarray, pixels_per_inch: float | None = 200) -> ReadPage:
        path = tmp_path / "page.ppm"
        assert cv2.imwrite(str(path), picture)
        return page_reader.read(path, pixels_per_inch, 1)

    return read_picture
