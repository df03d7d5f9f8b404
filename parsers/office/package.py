"""Office files as packages: what kind one is, and the same package made anew of the parts that are safe (docs/opening.md, "Office files").

The libraries that read them see only a package that we wrote: bounded, no macros, no document type definitions, nothing from elsewhere.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

from metering.messages import Fault, FileKind
from parsers.files.pictures import PictureError
from parsers.files.sniff import sniff

PARTS_LIMIT = 2_000
PACKAGE_BYTES = 64 * 1024**2  # of all parts, unpacked; a spreadsheet of ten thousand rows has 3 MiB
PART_RATIO = 200  # XML packs some twenty to one; zip's own best is 1,032
_SMALL = 256 * 1024  # a part that may pack as well as it likes
_LARGEST_XML = 32 * 1024**2
_XML = re.compile(r"\.(xml|rels)$|(^|/)mimetype$", re.IGNORECASE)
_MAY_BE_PICTURE = re.compile(r"(^|/)(media|Pictures)/")
PICTURES = frozenset((FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC))
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_EXTERNAL = re.compile(rb"""<Relationship\b[^>]*?\bTargetMode\s*=\s*["']External["'][^>]*?(/>|>\s*</Relationship>)""")


class OfficeKind(StrEnum):
    """What an office file is by its contents; its name never decides."""

    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    TEXT = "odt"
    SPREADSHEET = "ods"


_MAIN_PARTS = {"xl/workbook.xml": OfficeKind.XLSX, "word/document.xml": OfficeKind.DOCX}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": OfficeKind.TEXT,
    b"application/vnd.oasis.opendocument.text-template": OfficeKind.TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": OfficeKind.SPREADSHEET,
    b"application/vnd.oasis.opendocument.spreadsheet-template": OfficeKind.SPREADSHEET,
}


def kind_of(data: bytes) -> OfficeKind:
    """Raises PictureError: UNSUPPORTED for kinds that are not read, ENCRYPTED for what a password protects, DAMAGED for half a file."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return _kind_of_compound(data)
    if data[:4] != b"PK\x03\x04":
        raise PictureError(Fault.UNSUPPORTED, "rich text, or a spreadsheet as text")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            for part, kind in _MAIN_PARTS.items():
                if part in names:
                    return kind
            mimetype = _unpacked(archive, archive.getinfo("mimetype"), 200) if "mimetype" in names else b""
            manifest = _unpacked(archive, archive.getinfo("META-INF/manifest.xml"), _SMALL) if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, UnicodeError, RuntimeError) as error:
        raise PictureError(Fault.DAMAGED, f"no office file: {type(error).__name__}") from error
    if b"encryption-data" in manifest:
        raise PictureError(Fault.ENCRYPTED, "protected by a password")
    if (found := _MIMETYPES.get(mimetype.strip())) is not None:
        return found
    raise PictureError(Fault.UNSUPPORTED, "an office file of a kind that is not read")


def _kind_of_compound(data: bytes) -> OfficeKind:
    """Files of before 2007, and the envelope of those with a password, by the names of their streams ([MS-CFB] 2.6)."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise PictureError(Fault.ENCRYPTED, "protected by a password")
    if has("WordDocument"):
        raise PictureError(Fault.UNSUPPORTED, "a .doc of before 2007")
    if has("Workbook") or has("Book"):
        return OfficeKind.XLS
    raise PictureError(Fault.UNSUPPORTED, "an office file of a kind that is not read")


def repacked(data: bytes) -> bytes:
    """The package with only its XML and its pictures, stored without compression, each part checked. Raises PictureError."""
    out = BytesIO()
    left = PACKAGE_BYTES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as anew:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > PARTS_LIMIT:
                raise PictureError(Fault.LIMIT, f"{len(entries)} parts")
            written: set[str] = set()
            for entry in entries:
                if entry.filename in written:
                    raise PictureError(Fault.DAMAGED, "two parts of one name")  # programs take now the one, now the other
                written.add(entry.filename)
                part = b""  # macros, fonts and embedded programs stay as empty parts: others point at them
                if _XML.search(entry.filename):
                    part = _harmless(_unpacked(archive, entry, left))
                elif _MAY_BE_PICTURE.search(entry.filename) and sniff(found := _unpacked(archive, entry, left)) in PICTURES:
                    part = found
                left -= len(part)
                anew.writestr(zipfile.ZipInfo(entry.filename), part)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError) as error:
        raise PictureError(Fault.DAMAGED, f"a part cannot be unpacked: {type(error).__name__}") from error
    return out.getvalue()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    if entry.flag_bits & 0x1:
        raise PictureError(Fault.ENCRYPTED, "protected by a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PictureError(Fault.DAMAGED, "packed in a way that office programs do not")
    most = min(limit, max(_SMALL, PART_RATIO * entry.compress_size))
    with archive.open(entry) as stream:
        part = stream.read(most + 1)
    if len(part) > most:
        raise PictureError(Fault.LIMIT, "unpacks to far more than an office file has")
    return part


def _harmless(xml: bytes) -> bytes:
    """The part, if it is plain XML without a document type; relationships to elsewhere are taken out of it."""
    if len(xml) > _LARGEST_XML:
        raise PictureError(Fault.LIMIT, f"a part of {len(xml)} bytes")
    wide = xml[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide:
        try:
            xml = xml.decode("utf-16").encode("utf-8")
        except UnicodeError as error:
            raise PictureError(Fault.DAMAGED, "a part in no known encoding") from error
        xml = re.sub(rb"""^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["'][^"']{0,40}["']""", rb"\1", xml)
    plain = xml.removeprefix(b"\xef\xbb\xbf")
    declared = _XML_ENCODING.match(plain)
    if declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise PictureError(Fault.DAMAGED, "a part in an encoding that office programs do not write")
    if b"\0" in plain or b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise PictureError(Fault.DAMAGED, "a part with a document type definition")  # no office program writes one
    return _EXTERNAL.sub(b"", plain) if b"External" in plain else plain
