from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.read_page import ReadPage
from ocr.reader import PageReader
from tests.ocr.drawing import draw_report, scan

Read = Callable[..., ReadPage]


@pytest.fixture(scope="package")
def page_reader() -> Iterator[PageReader]:
    reader = PageReader()
    yield reader
    reader.close()


@pytest.fixture(scope="package")
def plain(page_reader: PageReader, tmp_path_factory: pytest.TempPathFactory) -> ReadPage:
    """A scan of the drawn report, neither signed nor stamped, read once for all who ask something of it."""
    path = tmp_path_factory.mktemp("plain") / "page.ppm"
    assert cv2.imwrite(str(path), scan(draw_report()))
    return page_reader.read(path, 200, 1)


@pytest.fixture
def read(page_reader: PageReader, tmp_path: Path) -> Read:
    """Reads a BGR picture as the worker would: through a file."""

    def read_picture(picture: np.ndarray, pixels_per_inch: float | None = 200) -> ReadPage:
        path = tmp_path / "page.ppm"
        assert cv2.imwrite(str(path), picture)
        return page_reader.read(path, pixels_per_inch, 1)

    return read_picture
