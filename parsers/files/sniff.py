"""What a file's bytes are. The name and the declared type never decide."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

from metering.messages import FileKind


class Wrapper(StrEnum):
    """Kinds of bytes that hold other files."""

    ZIP = "zip"
    TNEF = "tnef"
    CMS = "cms"
    MESSAGE = "message"
    ARCHIVE = "archive"  # rar, 7z, gzip, DjVu: known, not opened
    PGP = "pgp"


_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"))
_BMP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))  # bytes of the header that follows
_OFFICE_SIGNS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
_RICH_TEXT, _EXCEL_XML = b"{\\rtf", b'progid="Excel.Sheet"'
_PDF_WITHIN = 8192  # junk before %PDF; readers look into the first kilobyte, gateways add more
_MESSAGE_FIELDS = re.compile(
    rb"^(from|to|date|subject|message-id|received|return-path|mime-version|content-type|reply-to|delivered-to|x-[a-z-]{2,40}):",
    re.IGNORECASE | re.MULTILINE,
)
_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # the object identifiers 1.2.840.113549.1.7.* (RFC 5652)


def sniff(data: bytes) -> FileKind:
    """The kind of file; OTHER for all that can be no report, and for wrappers."""
    if data[:3] == b"\xff\xd8\xff":
        return FileKind.JPEG
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return FileKind.PNG
    if data[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return FileKind.TIFF
    if data[4:8] == b"ftyp" and (data[8:12] in _HEIC_BRANDS or any(data[i : i + 4] in _HEIC_BRANDS for i in range(16, 48, 4))):
        return FileKind.HEIC
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    if data[:2] == b"BM" and data[6:10] == bytes(4) and data[14:18] in _BMP_HEADERS:
        return FileKind.BMP
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return FileKind.GIF
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return FileKind.OFFICE
    if data[:4] == b"PK\x03\x04":
        return FileKind.OFFICE if _is_office_package(data) else FileKind.OTHER
    if data[:5] == _RICH_TEXT or (data[:5] == b"<?xml" and _EXCEL_XML in data[:500]):
        return FileKind.OFFICE
    if data[:5] == b"%PDF-":
        return FileKind.PDF
    if data[:2] == b"MZ" or data[:4] == b"\x7fELF" or sniff_wrapper(data) is not None:
        return FileKind.OTHER  # a PDF may lie within, uncompressed
    return FileKind.PDF if re.search(rb"%PDF-[0-9]\.[0-9]", data[:_PDF_WITHIN]) else FileKind.OTHER


def _is_office_package(data: bytes) -> bool:
    """Whether a zip is one office file, and not one that holds some; of a zip without an end its first bytes tell."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.NameToInfo
            if "mimetype" in names and "content.xml" in names:
                with archive.open("mimetype") as stream:
                    return stream.read(200).startswith(b"application/vnd.oasis.opendocument")
            return "[Content_Types].xml" in names
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, OverflowError, UnicodeError, EOFError, RuntimeError):
        return any(sign in data[:4096] for sign in _OFFICE_SIGNS)


def sniff_wrapper(data: bytes) -> Wrapper | None:
    """Which wrapper the bytes are, if any; office files, themselves zips, are none."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Wrapper.ZIP
    if data[:4] == b"\x78\x9f\x3e\x22":
        return Wrapper.TNEF
    if data[:1] == b"\x30" and _PKCS7 in data[:32]:
        return Wrapper.CMS
    if data[:7] == b"Rar!\x1a\x07\x00"[:6] + data[6:7] or data[:6] == b"7z\xbc\xaf\x27\x1c" or data[:3] == b"\x1f\x8b\x08":
        return Wrapper.ARCHIVE
    if data[:8] == b"AT&TFORM" and data[12:15] == b"DJV":
        return Wrapper.ARCHIVE
    if data[:200].lstrip().startswith(b"-----BEGIN PGP MESSAGE-----"):
        return Wrapper.PGP
    if _is_message(data):
        return Wrapper.MESSAGE
    return None


def _is_message(data: bytes) -> bool:
    """Text that begins with a header line and has three well-known ones before its first empty line."""
    head = data[:16384].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    if not re.match(rb"[!-9;-~]{1,80}[ \t]*:", head):
        return False
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return len({match[1].lower() for match in _MESSAGE_FIELDS.finditer(block)}) >= 3


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of GIF and BMP pictures by their first bytes: damaged lines and counters of a letter are decoration all the same."""
    if data[:4] == b"GIF8" and len(data) > 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if data[:2] == b"BM" and len(data) > 26:
        return abs(int.from_bytes(data[18:22], "little", signed=True)), abs(int.from_bytes(data[22:26], "little", signed=True))
    return None
