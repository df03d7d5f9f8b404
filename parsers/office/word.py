"""Word documents (docx) as lines, tables and pictures, as they are shown: without what is hidden, deleted or said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from metering.messages import Fault
from parsers.files.pictures import PictureError
from parsers.office.blocks import Block, Cell, Line, Picture, Table
from parsers.office.size import Extent, TooLarge

_EMU = 12_700  # in a point
_DEEP = 40
_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_HOLDERS = frozenset(qn(n) for n in ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml", "w:hyperlink", "w:moveTo"))
_NOT_SHOWN = frozenset(qn(n) for n in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = qn("w:txbxContent")
_OFF = ("0", "false", "off")
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def read_document(data: bytes) -> list[Block]:
    """The blocks of a document: the heads of its pages first, then its body, then their feet. Raises PictureError."""
    try:
        document = docx.Document(BytesIO(data))
        head, foot = _heads_and_feet(document)
        return [*head, *_Blocks(document.part).of(document.element.body), *foot]
    except TooLarge as error:
        raise PictureError(Fault.LIMIT, str(error)) from error
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError, RecursionError) as error:
        # python-docx and lxml let these out where parts are missing or malformed; XMLSyntaxError is a SyntaxError
        raise PictureError(Fault.DAMAGED, f"the document cannot be read: {type(error).__name__}") from error


def _heads_and_feet(document: Any) -> tuple[list[Block], list[Block]]:
    """Of the first section, as its first page shows them: a letterhead often stands there."""
    head: list[Block] = []
    foot: list[Block] = []
    for section in list(document.sections)[:1]:
        first = section.different_first_page_header_footer
        for part, into in (
            (section.first_page_header if first else section.header, head),
            (section.first_page_footer if first else section.footer, foot),
        ):
            if not part.is_linked_to_previous:
                into += _Blocks(part.part).of(part._element)
    return head, foot


class _Blocks:
    """The blocks of one part (body, header, footer), whose pictures are found by its relationships."""

    def __init__(self, part: Any) -> None:
        self._part = part

    def of(self, holder: Any, depth: int = 0) -> Iterator[Block]:
        if depth > _DEEP:
            raise TooLarge("nested too deep")
        for child in holder:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, depth)
            elif child.tag == _TABLE:
                yield from self._table(child, depth)
            elif child.tag in _HOLDERS:
                yield from self.of(child, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Block]:
        alignment = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
        where = alignment.get(qn("w:val"), "") if alignment is not None else ""
        for line in "".join(_texts(paragraph)).split("\n"):
            if line.strip():
                yield Line(line.strip(" "), centred=where == "center", right=where in ("right", "end"))
        yield from self._pictures(paragraph)
        for box in _within(paragraph, _TEXT_BOX):
            yield from self.of(box, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        cells: dict[tuple[int, int], Cell] = {}
        further: list[Block] = []
        extent = Extent()
        rows = [child for child in _unwrapped(table) if child.tag == qn("w:tr")]
        open_above: dict[int, tuple[int, int]] = {}  # by column: the cell that goes on downwards
        for row, element in enumerate(rows):
            before = element.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            column = int(before.get(qn("w:val"), "0")) if before is not None else 0
            for cell in (child for child in _unwrapped(element) if child.tag == qn("w:tc")):
                across = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
                extent.reach(row, column + across - 1)
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is not None and merge.get(qn("w:val")) != "restart" and column in open_above:
                    home = open_above[column]
                    cells[home] = Cell(cells[home].text, cells[home].across, row - home[0] + 1)
                else:
                    lines = list(self.of(cell, depth + 1))
                    text = "\n".join(block.text.replace("\t", " ") for block in lines if isinstance(block, Line))
                    further += [block for block in lines if not isinstance(block, Line)]
                    open_above.pop(column, None)
                    cells[row, column] = Cell(text, across)
                    if merge is not None:
                        open_above[column] = row, column
                column += across
        shown = {place: cell for place, cell in cells.items() if cell.text}
        if shown:
            ruled = len(rows) >= 2 and extent.columns >= 3
            yield Table(shown, ((0, extent.rows),) if ruled else ())
        yield from further

    def _pictures(self, paragraph: Any) -> Iterator[Block]:
        for blip in _within(paragraph, _BLIP):
            extent = next((e for a in blip.iterancestors() for e in a.iterchildren(_EXTENT)), None)
            width, height = (int(extent.get(k, "0")) / _EMU for k in ("cx", "cy")) if extent is not None else (None, None)
            yield from self._picture(blip.get(f"{_RELATION}embed"), width, height)
        for image in _within(paragraph, _VML_IMAGE):
            style = next((a.get("style") for a in image.iterancestors() if a.get("style")), "") or ""
            sizes = {m[1]: float(m[2]) for m in re.finditer(r"(width|height):([0-9]{1,5}(?:\.[0-9]{1,6})?)pt", style)}
            yield from self._picture(image.get(f"{_RELATION}id"), sizes.get("width"), sizes.get("height"))

    def _picture(self, relation: str | None, width: float | None, height: float | None) -> Iterator[Block]:
        part = self._part.related_parts.get(relation) if relation else None
        if part is not None:
            yield Picture(part.blob, width, height)


def _unwrapped(holder: Any) -> Iterator[Any]:
    """Children, with those of content controls and marked insertions in their place."""
    for child in holder:
        if child.tag in _HOLDERS:
            yield from _unwrapped(child)
        else:
            yield child


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Elements of that tag that are shown: not in a fallback for old programs, not in a text box within, not deleted."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _NOT_SHOWN and child.tag not in (_FALLBACK, _TEXT_BOX):
            yield from _within(child, tag)


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:tab"), qn("w:ptab")):
            yield "\t"
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:r") and _is_hidden(child):
            continue
        elif child.tag not in _NOT_SHOWN and child.tag not in (_FALLBACK, _TEXT_BOX, _PARAGRAPH):
            yield from _texts(child)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in _OFF


def _number(element: Any, default: int) -> int:
    return max(1, int(element.get(qn("w:val"), default))) if element is not None else default
