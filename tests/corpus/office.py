"""A drawn page as an office file: the same layouts typed in Word, Excel or LibreOffice, with numbers and dates as cells."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

import docx
import odfdo
import pypdfium2
import xlsxwriter
from docx.shared import Mm
from PIL import Image
from weasyprint import HTML

from tests.corpus.layouts.parts import Drawn
from tests.corpus.paper import fonts

KINDS = ("docx", "odt", "xlsx", "ods")
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(20\d\d)")
_VOID = frozenset(("br", "img", "col", "meta"))


@dataclass(slots=True)
class Cell:
    text: str
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Content:
    """What a page says, in its order: lines, tables as rows of cells, and ink as pictures (PNG, width in mm).

    typewriter: its columns are aligned with spaces, which nobody does in a spreadsheet.
    """

    blocks: list[str | list[list[Cell]] | tuple[bytes, float]] = field(default_factory=list)
    typewriter: bool = False


class _Reader(HTMLParser):
    """The markup of tests/corpus/layouts, and no other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.content = Content()
        self._line = ""
        self._cell: Cell | None = None
        self._open: list[str] = []
        self._pictures: list[tuple[bytes, float]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "table":
            self._end_line()
            self.content.blocks.append([])
        elif tag == "tr" and isinstance(self.content.blocks[-1], list):
            self.content.blocks[-1].append([])
        elif tag in ("td", "th"):
            self._cell = Cell("", int(given.get("colspan") or 1), int(given.get("rowspan") or 1))
        elif tag == "pre":
            self.content.typewriter = True
        elif tag == "br":
            self._write("\n")
        elif tag == "img" and given.get("class") in ("ink", "seal"):
            self._pictures.append(_bitmap(given["src"] or "", 42 if given["class"] == "ink" else 38))
        elif tag == "span" and given.get("class") in ("name", "rule pen", " pen"):
            self._write("\t")
        elif tag in ("div", "p", "h1", "h2"):
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if tag in ("td", "th") and self._cell is not None:
            self._cell.text = " ".join(self._cell.text.split())
            self.content.blocks[-1][-1].append(self._cell)  # type: ignore[index, union-attr]
            self._cell = None
        elif tag in ("div", "p", "h1", "h2", "pre"):
            self._end_line()

    def handle_data(self, data: str) -> None:
        self._write(data if "pre" in self._open else re.sub(r"[ \n]+", " ", data))

    def _write(self, text: str) -> None:
        if self._cell is not None:
            self._cell.text += text
        else:
            self._line += text

    def _end_line(self) -> None:
        self.content.blocks += [line for line in self._line.replace("\u00a0", " ").split("\n") if line.strip()]
        self._line = ""
        self.content.blocks += self._pictures
        self._pictures = []


def _bitmap(address: str, width: float) -> tuple[bytes, float]:
    page = f'<style>@page {{ size: {width}mm; margin: 0 }} body {{ margin: 0 }}</style><img style="width:{width}mm" src="{address}">'
    image = pypdfium2.PdfDocument(HTML(string=page).write_pdf(font_config=fonts()))[0].render(scale=200 / 72).to_pil().convert("RGB")
    grey = image.convert("L").point(lambda v: 255 if v < 250 else 0)
    cut = image.crop(grey.getbbox() or (0, 0, 10, 10))
    out = io.BytesIO()
    cut.save(out, "PNG")
    return out.getvalue(), width * cut.width / image.width


def content_of(drawn: Drawn) -> Content:
    reader = _Reader()
    reader.feed(drawn.body)
    reader.close()
    reader._end_line()
    return reader.content


def written(drawn: Drawn, kind: str, random: Random) -> bytes:
    """The page as a file of that kind. A spreadsheet has no ink on it."""
    content = content_of(drawn)
    if content.typewriter and kind in ("xlsx", "ods"):
        raise ValueError("nobody types columns with spaces in a spreadsheet")
    return {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx, "ods": as_ods}[kind](content, random)


def _grid(rows: list[list[Cell]]) -> tuple[dict[tuple[int, int], Cell], int, int]:
    """Cells by the place of their top left corner, and the size of the grid."""
    placed: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed[row, column] = cell
            taken |= {(row + r, column + c) for r in range(cell.down) for c in range(cell.across)}
            column += cell.across
    return placed, max((r for r, _ in taken), default=0) + 1, max((c for _, c in taken), default=0) + 1


def as_docx(content: Content, random: Random) -> bytes:
    document = docx.Document()
    for block in content.blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, tuple):
            document.add_picture(io.BytesIO(block[0]), width=Mm(block[1]))
        else:
            placed, rows, columns = _grid(block)
            table = document.add_table(rows, columns, style="Table Grid")
            for (row, column), cell in placed.items():
                first, last = table.cell(row, column), table.cell(row + cell.down - 1, column + cell.across - 1)
                first.merge(last).text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scan_in_docx(pages: list[Image.Image]) -> bytes:
    """A scan pasted into an empty document, as people do who were asked for "a Word file"."""
    document = docx.Document()
    for page in pages:
        out = io.BytesIO()
        page.convert("RGB").save(out, "JPEG", quality=80)
        document.add_picture(out, width=Mm(150))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def as_odt(content: Content, random: Random) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for number, block in enumerate(content.blocks):
        if isinstance(block, str):
            document.body.append(odfdo.Paragraph(block, formatted=True))
        elif isinstance(block, tuple):
            name = document.add_file(io.BytesIO(block[0]))
            with Image.open(io.BytesIO(block[0])) as image:
                size = f"{block[1]:.1f}mm", f"{block[1] * image.height / image.width:.1f}mm"
            holder = odfdo.Paragraph("")
            holder.append(odfdo.Frame.image_frame(name, size=size, anchor_type="as-char"))
            document.body.append(holder)
        else:
            document.body.append(_odf_table(f"Table{number}", *_grid(block)))
    return _saved(document)


def _odf_table(name: str, placed: dict[tuple[int, int], Cell], rows: int, columns: int) -> odfdo.Table:
    table = odfdo.Table(name, width=columns, height=rows)
    for (row, column), cell in placed.items():
        table.set_value((column, row), cell.text)
    for (row, column), cell in placed.items():
        if cell.across > 1 or cell.down > 1:
            table.set_span((column, row, column + cell.across - 1, row + cell.down - 1))
    return table


def as_ods(content: Content, random: Random) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    placed, rows, columns = _sheet(content, random)
    table = odfdo.Table("Лист1", width=columns, height=rows)
    for (row, column), cell in placed.items():
        value = _typed(cell.text, random)
        if isinstance(value, tuple):  # what LibreOffice shows stands beside the value
            table.set_cell((column, row), odfdo.Cell(float(value[0]), text=cell.text, cell_type="float"))
        elif isinstance(value, dt.date):
            table.set_cell((column, row), odfdo.Cell(value, text=cell.text))
        else:
            table.set_value((column, row), cell.text)
    for (row, column), cell in placed.items():
        if cell.across > 1 or cell.down > 1:
            table.set_span((column, row, column + cell.across - 1, row + cell.down - 1))
    document.body.append(table)
    return _saved(document)


def as_xlsx(content: Content, random: Random) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист1")
    placed, _, _ = _sheet(content, random)
    for (row, column), cell in placed.items():
        value, look = _typed(cell.text, random), None
        if isinstance(value, tuple):
            number, code = value
            look, value = book.add_format({"num_format": code}), float(number)
        elif isinstance(value, dt.date):
            look = book.add_format({"num_format": "dd.mm.yyyy"})
        if cell.across > 1 or cell.down > 1:
            sheet.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", look)
        if isinstance(value, float):
            sheet.write_number(row, column, value, look)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), look)
        else:
            sheet.write_string(row, column, value)
    book.close()
    return out.getvalue()


def _sheet(content: Content, random: Random) -> tuple[dict[tuple[int, int], Cell], int, int]:
    """Everything on one sheet, from the second column on now and then; `label: value` in two cells or in one."""
    placed: dict[tuple[int, int], Cell] = {}
    left, row, split, width = random.choice((0, 0, 1)), random.choice((0, 1)), random.random() < 0.5, 1
    for block in content.blocks:
        if isinstance(block, tuple):
            continue
        if isinstance(block, str):
            parts = [part for part in re.split(r"\t+| {4,}", block.strip()) if part.strip()]
            if len(parts) == 1 and split and re.fullmatch(r"[^:]{3,40}: .+", parts[0]):
                parts = [part.strip() for part in re.split(r"(?<=:) ", parts[0], maxsplit=1)]
            for place, part in enumerate(parts):
                placed[row, left + 3 * place] = Cell(part.strip())
                width = max(width, left + 3 * place + 1)
            row += 1
        else:
            cells, rows, columns = _grid(block)
            placed |= {(row + r, left + c): cell for (r, c), cell in cells.items() if cell.text or cell.across > 1 or cell.down > 1}
            row, width = row + rows + random.choice((0, 1)), max(width, left + columns)
    return placed, row + 1, width + 1


def _typed(text: str, random: Random) -> str | tuple[str, str] | dt.date:
    """As the clerk typed it: text, a date, or a number and the format that shows it as it was."""
    if date := _DATE.fullmatch(text):
        return dt.date(int(date[3]), int(date[2]), int(date[1]))
    if not _NUMBER.fullmatch(text) or len(text) > 14 or random.random() < 0.2:
        return text
    plain = re.sub(r"[ \u00a0]", "", text).replace(",", ".")
    whole, _, part = plain.partition(".")
    zeros = len(whole) if whole.startswith("0") and len(whole) > 1 else 1
    grouped = "#,##0" if plain != text.replace(",", ".") else "0" * zeros
    return plain, grouped + ("." + "0" * len(part) if part else "")


def _saved(document: odfdo.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
