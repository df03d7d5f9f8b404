"""Of a long file the pictures of few pages are in memory; the others come back from disk as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ocr.geometry import UprightPicture
from ocr.shelf import AT_HAND, KeptPicture, Shelf, of_picture


class Leaf:
    """A page of a file."""

    def __init__(self, kept: KeptPicture) -> None:
        self.kept = kept
        self.made = 0

    @of_picture
    def darkest(self) -> int:
        self.made += 1
        return int(self.kept.take().grey.min())


def leaves(count: int, folder: Path) -> list[Leaf]:
    shelf = Shelf()
    pictures = [UprightPicture(np.full((4, 3), n, np.uint8), np.full((2, 2, 3), n, np.uint8), 200.0 + n) for n in range(count)]
    return [Leaf(KeptPicture(picture, folder / f"page-{n}.ppm", shelf)) for n, picture in enumerate(pictures)]


def test_nothing_is_written_for_a_file_of_few_pages(tmp_path: Path) -> None:
    assert [leaf.darkest for leaf in leaves(AT_HAND, tmp_path)] == list(range(AT_HAND))
    assert not list(tmp_path.iterdir())


def test_a_picture_that_was_laid_down_comes_back_as_it_was(tmp_path: Path) -> None:
    first, *others = leaves(AT_HAND + 2, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    back = first.kept.take()
    assert back.grey.tolist() == [[0, 0, 0]] * 4
    assert back.pixels_per_inch == 200.0
    assert others[0].kept.take().pixels_per_inch == 201.0


def test_what_was_made_of_a_picture_is_made_once_while_it_is_at_hand_and_anew_afterwards(tmp_path: Path) -> None:
    first, *others = leaves(AT_HAND + 1, tmp_path)
    assert (first.darkest, first.darkest, first.made) == (0, 0, 1)
    assert [leaf.darkest for leaf in others] == list(range(1, AT_HAND + 1))
    assert (first.darkest, first.made) == (0, 2)


def test_pages_that_are_gone_take_no_place(tmp_path: Path) -> None:
    shelf = Shelf()
    for n in range(3 * AT_HAND):
        KeptPicture(UprightPicture(np.zeros((2, 2), np.uint8), np.zeros((2, 2, 3), np.uint8), 200.0), tmp_path / f"page-{n}.ppm", shelf)
    assert not list(tmp_path.iterdir())
