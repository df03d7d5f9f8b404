"""Spreadsheets and text documents that people send instead of a scan, to sheets like a PDF's (docs/opening.md, "Office files")."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from metering.messages import Fault, Sheet
from parsers.files.pictures import PictureError, open_picture, open_small, size_of
from parsers.files.sniff import sniff
from parsers.office.blocks import Block, Line, Picture, Placed
from parsers.office.package import PICTURES, OfficeKind, kind_of, repacked

_PAGE_SHARE = 0.25 * 595 * 842  # square points from which a picture is a page that was pasted in, not a stamp or a logo
_PAGE_SIDE = 150.0  # points; a stamp is some 115 across
_PAGE_PIXELS = 700  # of the shorter side, from which something can be read on it
_PICTURES_LIMIT = 60


def open_office(data: bytes, folder: Path, stem: str, pages_limit: int) -> tuple[list[Sheet], list[str]]:
    """Sheets of an office file, with their pictures written into `folder`, and problems. Raises PictureError.

    What is written in it becomes pages of words; each scan or photo pasted into it becomes a page of its own, and small pictures (a stamp,
    a signature) stand where they are shown.
    """
    kind = kind_of(data)
    if kind is not OfficeKind.XLS:
        data = repacked(data)
    sheets: list[Sheet] = []
    problems: list[str] = []
    try:
        for blocks in _read(data, kind):
            for part in _parted(blocks, problems):
                if len(sheets) >= pages_limit:
                    problems.append(f"only the first {pages_limit} pages are read")
                    return sheets, problems
                sheets += _sheets(part, folder, stem, len(sheets) + 1, pages_limit, problems)
    except RecursionError as error:
        raise PictureError(Fault.LIMIT, "nested too deep") from error
    if not sheets:
        raise PictureError(Fault.NOT_A_REPORT, "an empty office file")
    return sheets[:pages_limit], problems


def _read(data: bytes, kind: OfficeKind) -> Sequence[Sequence[Block]]:
    """The library for that kind is loaded only where it is needed."""
    if kind in (OfficeKind.XLSX, OfficeKind.XLS):
        from parsers.office.spreadsheets import read_workbook

        return list(read_workbook(data, kind))
    if kind is OfficeKind.DOCX:
        from parsers.office.word import read_document

        return [read_document(data)]
    from parsers.office.opendocument import read_sheets, read_text

    return [read_text(data)] if kind is OfficeKind.TEXT else read_sheets(data)


def _parted(blocks: Sequence[Block], problems: list[str]) -> list[list[Block] | Picture]:
    """What is typed as one page, and each picture that is a page as one by itself, behind it."""
    typed: list[Block] = []
    pages: list[Picture] = []
    pictures = 0
    for block in blocks:
        if not isinstance(block, Picture):
            typed.append(block)
            continue
        pictures += 1
        if pictures > _PICTURES_LIMIT:
            problems.append(f"only the first {_PICTURES_LIMIT} pictures are looked at")
            break
        size = size_of(block.data, kind) if (kind := sniff(block.data)) in PICTURES else None
        if size is None:
            problems.append("a picture in it is of a kind that is not read")
        elif _is_page(block, size):
            pages.append(block)
        else:
            typed.append(block)
    return [typed, *pages]


def _is_page(picture: Picture, pixels: tuple[int, int]) -> bool:
    if min(pixels) < _PAGE_PIXELS:
        return False
    if picture.width is None or picture.height is None:
        return True
    return picture.width * picture.height >= _PAGE_SHARE or min(picture.width, picture.height) >= _PAGE_SIDE


def _sheets(part: list[Block] | Picture, folder: Path, stem: str, number: int, pages_limit: int, problems: list[str]) -> list[Sheet]:
    if not isinstance(part, Picture):
        from parsers.office.typeset import typeset

        return typeset([_decoded(block, problems) for block in part], folder, stem, number, pages_limit - number + 1)
    try:
        sheets, _ = open_picture(part.data, sniff(part.data), folder, stem, 1, number)
    except PictureError as error:
        problems.append(f"a picture in it: {error}")
        return []
    return sheets


def _decoded(block: Block, problems: list[str]) -> Block | Placed:
    """A small picture with its pixels; what cannot be decoded shows nothing."""
    if not isinstance(block, Picture):
        return block
    try:
        return block, open_small(block.data, sniff(block.data))
    except PictureError as error:
        problems.append(f"a picture in it: {error}")
        return Line("")
