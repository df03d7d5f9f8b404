"""What calamine does not tell of an xlsx: each cell's number format, what is hidden, and the pictures on a sheet.

Reads the parts of a package that was made anew (parsers/office/package.py). ECMA-376 part 1, chapter 18.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from parsers.office.blocks import Picture
from parsers.office.number_formats import BUILT_IN
from parsers.office.size import MOST_CELLS, Extent

_EMU = 12_700  # English metric units in a point
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class SheetParts:
    """formats: the code of each cell by (row, column), from 0, where it is not General; hidden_rows, hidden_columns: what nobody sees."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    pictures: list[Picture] = field(default_factory=list)


class XlsxParts:
    """The parts of a workbook by the names of its sheets. Raises ElementTree.ParseError, KeyError or ValueError on damaged ones."""

    def __init__(self, package: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(package))
        self._names = set(self._archive.namelist())
        book = self._parse("xl/workbook.xml")
        relations = self._relations("xl/workbook.xml")
        self._sheets: dict[str, str] = {}
        for sheet in _all(book, "sheet"):
            target = relations.get(_relation_id(sheet))
            if target is not None:
                self._sheets[sheet.get("name", "")] = target
        self._codes = self._style_codes()

    def sheet(self, name: str) -> SheetParts:
        """Raises TooLarge where its cells reach too far."""
        found = SheetParts()
        part = self._sheets.get(name)
        if part is None or part not in self._names:
            return found
        extent = Extent()
        with self._archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                tag = _plain(element.tag)
                if tag == "c":
                    self._cell(element, found, extent)
                elif tag == "row":
                    if element.get("hidden") in ("1", "true"):
                        found.hidden_rows.add(int(element.get("r", "1")) - 1)
                    element.clear()
                elif tag == "col" and element.get("hidden") in ("1", "true"):
                    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                    found.hidden_columns.update(range(first - 1, min(last, first + MOST_CELLS // 100)))
        found.pictures = list(self._pictures(part))
        return found

    def _cell(self, element: ElementTree.Element, found: SheetParts, extent: Extent) -> None:
        match = _CELL.fullmatch(element.get("r", ""))
        if match is None:
            return  # calamine counts such cells by itself; no office program leaves the reference out beside a number format
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        if not len(element):
            return  # formatted, and empty: whole columns are, down to the last row
        place = int(match[2]) - 1, column - 1
        extent.reach(*place)
        code = self._codes.get(int(element.get("s", "0")))
        if code is not None and code != "General":
            found.formats[place] = code

    def _style_codes(self) -> dict[int, str]:
        """The format code of each cell style, by its place in cellXfs."""
        if "xl/styles.xml" not in self._names:
            return {}
        styles = self._parse("xl/styles.xml")
        own = {int(each.get("numFmtId", "-1")): each.get("formatCode", "General") for each in _all(styles, "numFmt")}
        formats = next(iter(_all(styles, "cellXfs")), None)
        numbers = [int(each.get("numFmtId", "0")) for each in formats] if formats is not None else []
        return {place: own.get(number, BUILT_IN.get(number, "General")) for place, number in enumerate(numbers)}

    def _pictures(self, part: str) -> Iterator[Picture]:
        for drawing in self._relations(part).values():
            if "/drawings/" not in drawing or drawing not in self._names or not drawing.endswith(".xml"):
                continue
            relations = self._relations(drawing)
            for anchor in self._parse(drawing):  # oneCellAnchor and twoCellAnchor lie over a cell, absoluteAnchor over none (20.5.2)
                blip = next((b for picture in _all(anchor, "pic") for b in _all(picture, "blip")), None)
                target = relations.get(_relation_id(blip, "embed")) if blip is not None else None
                if target not in self._names:
                    continue
                size = next((e for e in _all(anchor, "ext") if e.get("cx")), None)
                width, height = (int(size.get(k, "0")) / _EMU for k in ("cx", "cy")) if size is not None else (0.0, 0.0)
                yield Picture(self._archive.read(target), width or None, height or None, _cell_under(anchor))

    def _parse(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(part))

    def _relations(self, part: str) -> dict[str | None, str]:
        """Targets within the package by their ids."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return {}
        found: dict[str | None, str] = {}
        for each in self._parse(relations):
            target = each.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[each.get("Id")] = path
        return found


def _cell_under(anchor: ElementTree.Element) -> tuple[int, int] | None:
    """Row and column of the cell under the left upper corner of what is anchored."""
    corner = next((element for element in anchor if _plain(element.tag) == "from"), None)
    if corner is None:
        return None
    told = {_plain(element.tag): int(element.text or "0") for element in corner}
    return max(0, told.get("row", 0)), max(0, told.get("col", 0))


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in root.iter() if _plain(element.tag) == name)


def _relation_id(element: ElementTree.Element, name: str = "id") -> str | None:
    return next((value for key, value in element.attrib.items() if "elationships}" in key and _plain(key) == name), None)
