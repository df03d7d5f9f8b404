"""OpenDocument texts and spreadsheets (odt, ods) as lines, tables and pictures. A cell's text is what its program showed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from odfdo import Document, Element

from metering.messages import Fault
from parsers.files.pictures import PictureError
from parsers.office.blocks import Block, Cell, Line, Picture, Table, table_runs
from parsers.office.size import Extent, TooLarge

SHEETS_LIMIT = 20
_DEEP = 40
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,6})?)(cm|mm|in|pt|pc|px)")
_NOT_SHOWN = frozenset(("text:tracked-changes", "office:annotation", "text:note", "table:shapes", "office:forms", "text:sequence-decls"))
_ROWS = frozenset(("table:table-rows", "table:table-header-rows", "table:table-row-group"))


def read_text(data: bytes) -> list[Block]:
    """The blocks of an odt: the heads of its pages first, then its body, then their feet. Raises PictureError."""
    with _Opened(data) as reader:
        styles = reader.document.styles
        head = [block for each in styles.get_elements("//style:header")[:1] for block in reader.blocks(each)]
        foot = [block for each in styles.get_elements("//style:footer")[:1] for block in reader.blocks(each)]
        return [*head, *reader.blocks(reader.document.body), *foot]


def read_sheets(data: bytes) -> list[list[Block]]:
    """The blocks of each visible sheet of an ods that shows something. Raises PictureError."""
    with _Opened(data) as reader:
        hidden = {
            str(style.get_attribute("style:name"))
            for style in reader.document.content.get_elements("//style:style[@style:family='table']")
            if (kept := style.get_element("style:table-properties")) is not None and kept.get_attribute("table:display") == "false"
        }
        tables = [t for t in reader.document.body.children if t.tag == "table:table" and t.get_attribute("table:style-name") not in hidden]
        return [blocks for table in tables[:SHEETS_LIMIT] if (blocks := list(reader.table(table, overflows=True)))]


class _Opened:
    """The reader of one document; as a context it turns what odfdo raises on damaged files into PictureError."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> _Reader:
        try:
            return _Reader(Document(BytesIO(self._data)))
        except Exception as error:  # odfdo raises what its code happens to hit
            raise PictureError(Fault.DAMAGED, f"the document cannot be read: {type(error).__name__}") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TooLarge):
            raise PictureError(Fault.LIMIT, str(error)) from error
        if isinstance(error, Exception) and not isinstance(error, PictureError):
            raise PictureError(Fault.DAMAGED, f"the document cannot be read: {type(error).__name__}") from error


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document

    def blocks(self, holder: Element, depth: int = 0) -> Iterator[Block]:
        if depth > _DEEP:
            raise TooLarge("nested too deep")
        for child in holder.children:
            if child.tag in _NOT_SHOWN:
                continue
            if child.tag in ("text:p", "text:h"):
                for line in "".join(_texts(child)).split("\n"):
                    if line.strip():
                        yield Line(line.strip(" "))
                yield from self._frames(child, depth)
            elif child.tag == "table:table":
                yield from self.table(child, depth=depth)
            elif child.tag == "draw:frame":
                yield from self._frame(child, depth)
            else:
                yield from self.blocks(child, depth + 1)

    def table(self, table: Element, *, overflows: bool = False, depth: int = 0) -> Iterator[Block]:
        cells: dict[tuple[int, int], Cell] = {}
        further: list[Block] = []
        extent = Extent()
        hidden = _hidden_columns(table)
        row = 0
        for element in _rows(table):
            repeated = _count(element, "table:number-rows-repeated")
            if element.get_attribute("table:visibility") in ("collapse", "filter"):
                continue
            filled = list(self._cells(element, hidden, further, depth))
            if filled:
                extent.reach(row + repeated - 1, max(column + cell.across - 1 for column, cell in filled))
                cells |= {(row + n, column): cell for n in range(repeated) for column, cell in filled}
            row += repeated
        if cells:
            whole = ((0, extent.rows),) if extent.rows >= 2 and extent.columns >= 3 else ()
            yield Table(cells, table_runs(cells) if overflows else whole, overflows)
        for shapes in table.get_elements("table:shapes"):
            yield from self._frames(shapes, depth)
        yield from further

    def _cells(self, row: Element, hidden: set[int], further: list[Block], depth: int) -> Iterator[tuple[int, Cell]]:
        column = place = 0
        for element in row.children:
            if element.tag not in ("table:table-cell", "table:covered-table-cell"):
                continue
            repeated = _count(element, "table:number-columns-repeated")
            lines = list(self.blocks(element, depth + 1)) if element.tag == "table:table-cell" else []
            text = "\n".join(block.text.replace("\t", " ") for block in lines if isinstance(block, Line))
            further += [block for block in lines if not isinstance(block, Line)]
            for _ in range(repeated) if text else ():
                if column not in hidden:
                    across, down = _count(element, "table:number-columns-spanned"), _count(element, "table:number-rows-spanned")
                    Extent().reach(down - 1, place + across - 1)
                    yield place, Cell(text, across, down)
                    place += 1
                column += 1
            if not text:
                place += repeated - sum(column <= n < column + repeated for n in hidden)
                column += repeated

    def _frames(self, holder: Element, depth: int) -> Iterator[Block]:
        for frame in holder.get_elements("descendant::draw:frame"):
            yield from self._frame(frame, depth)

    def _frame(self, frame: Element, depth: int) -> Iterator[Block]:
        """The first picture of a frame that we read (others say the same in another format), or the text of a text box."""
        width, height = _points(frame, "svg:width"), _points(frame, "svg:height")
        for child in frame.children:
            if child.tag == "draw:text-box":
                yield from self.blocks(child, depth + 1)
            if child.tag == "draw:image":
                name = str(child.get_attribute("xlink:href") or "").removeprefix("./")
                if name.startswith("Pictures/") and name in self.document.container.parts:
                    data = self.document.container.get_part(name)
                    yield Picture(data if isinstance(data, bytes) else data.encode(), width, height)
                    return


def _texts(element: Element) -> Iterator[str]:
    """The text of a paragraph; what stands in frames and notes is told elsewhere."""
    yield element.text or ""
    for child in element.children:
        if child.tag == "text:tab":
            yield "\t"
        elif child.tag == "text:line-break":
            yield "\n"
        elif child.tag == "text:s":
            yield " " * min(200, _count(child, "text:c"))
        elif child.tag not in _NOT_SHOWN and not child.tag.startswith("draw:"):
            yield from _texts(child)
        yield child.tail or ""


def _rows(holder: Element) -> Iterator[Element]:
    for child in holder.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in _ROWS:
            yield from _rows(child)


def _hidden_columns(table: Element) -> set[int]:
    hidden: set[int] = set()
    column = 0
    for element in table.get_elements("descendant::table:table-column"):
        repeated = _count(element, "table:number-columns-repeated")
        if element.get_attribute("table:visibility") in ("collapse", "filter"):
            hidden.update(range(column, column + min(repeated, 1000)))
        column += repeated
    return hidden


def _count(element: Element, name: str) -> int:
    value = str(element.get_attribute(name) or "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1


def _points(element: Element, name: str) -> float | None:
    match = _LENGTH.fullmatch(str(element.get_attribute(name) or ""))
    return float(match[1]) * _POINTS[match[2]] if match else None
