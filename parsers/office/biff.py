"""What calamine does not tell of an xls: each cell's number format, what is hidden, and the pictures in it ([MS-XLS], BIFF8)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from metering.messages import Fault
from parsers.files.pictures import PictureError
from parsers.office.blocks import Picture
from parsers.office.compound import NotCompound, stream_of
from parsers.office.number_formats import BUILT_IN
from parsers.office.xlsx_parts import SheetParts

_BOUNDSHEET, _FORMAT, _XF, _FILEPASS, _BOF, _EOF = 0x85, 0x41E, 0xE0, 0x2F, 0x809, 0x0A
_FORMULA, _NUMBER, _RK, _MULRK, _ROW, _COLINFO = 0x06, 0x203, 0x27E, 0xBD, 0x208, 0x7D
_DRAWING_GROUP, _CONTINUE = 0xEB, 0x3C
_BIFF8 = 0x0600
#: The header of an embedded JPEG, PNG or TIFF ([MS-ODRAW] 2.2.27, 2.2.28, 2.2.30): type and length, before some 17 to 50 bytes of its own.
_BLIP = re.compile(rb"[\x1d\x1e\x29]\xf0(....)", re.DOTALL)
_SIGNATURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*")
_PICTURES_LIMIT = 50


class XlsParts:
    """The parts of a workbook by the names of its sheets. Raises PictureError."""

    def __init__(self, data: bytes) -> None:
        try:
            self._stream = stream_of(data, ("Workbook", "Book"))
        except NotCompound as error:
            raise PictureError(Fault.DAMAGED, str(error)) from error
        self._own: dict[int, str] = {}
        self._styles: list[int] = []
        self._sheets: dict[str, int] = {}
        self._drawings = b""
        self._read_globals()

    def sheet(self, name: str) -> SheetParts:
        """The pictures of the workbook come with its first sheet: which sheet shows one is told far from its bytes."""
        found = SheetParts()
        if name in self._sheets:
            for kind, body in self._records(self._sheets[name]):
                self._take(kind, body, found)
        found.pictures, self._drawings = list(_pictures(self._drawings)), b""
        return found

    def _records(self, position: int) -> Iterator[tuple[int, bytes]]:
        """Records up to the end of the substream that begins there."""
        while position + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, position)
            if kind == _EOF:
                return
            yield kind, self._stream[position + 4 : position + 4 + length]
            position += 4 + length

    def _read_globals(self) -> None:
        in_drawing = False
        for kind, body in self._records(0):
            if kind == _FILEPASS:
                raise PictureError(Fault.ENCRYPTED, "protected by a password")
            if kind == _BOF and body[:2] != _BIFF8.to_bytes(2, "little"):
                return  # of before 1997: its values are read, its formats are told otherwise
            in_drawing = kind == _DRAWING_GROUP or (in_drawing and kind == _CONTINUE)
            if in_drawing:
                self._drawings += body
            elif kind == _XF and len(body) >= 4:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _FORMAT and len(body) > 5:
                number, count, flags = struct.unpack_from("<HHB", body)
                self._own[number] = _text(body[5:], count, flags)
            elif kind == _BOUNDSHEET and len(body) > 8:
                offset, _, _, count, flags = struct.unpack_from("<IBBBB", body)
                self._sheets[_text(body[8:], count, flags)] = offset

    def _take(self, kind: int, body: bytes, found: SheetParts) -> None:
        if kind in (_NUMBER, _RK, _FORMULA) and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            self._format(found, row, column, style)
        elif kind == _MULRK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                self._format(found, row, first + place, struct.unpack_from("<H", body, 4 + 6 * place)[0])
        elif kind == _ROW and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & 0x01:
            first, last = struct.unpack_from("<HH", body)
            found.hidden_columns.update(range(first, min(last, 255) + 1))

    def _format(self, found: SheetParts, row: int, column: int, style: int) -> None:
        number = self._styles[style] if style < len(self._styles) else 0
        code = self._own.get(number, BUILT_IN.get(number, "General"))
        if code != "General":
            found.formats[row, column] = code


def _text(body: bytes, count: int, flags: int) -> str:
    return body[: 2 * count].decode("utf-16-le", "replace") if flags & 1 else body[:count].decode("latin-1")


def _pictures(drawings: bytes) -> Iterator[Picture]:
    position = 0
    for _ in range(_PICTURES_LIMIT):
        header = _BLIP.search(drawings, position)
        if header is None:
            return
        length = int.from_bytes(header[1], "little")
        body = drawings[header.end() : header.end() + length]
        begin = _SIGNATURE.search(body[:100])
        if begin is None or len(body) < length:
            position = header.start() + 1
            continue
        yield Picture(body[begin.start() :])
        position = header.end() + length
