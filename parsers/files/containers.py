"""Files within files: zip, winmail.dat, signed .p7m. Each gives its members or the reason why not, within limits."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from metering.messages import Fault
from parsers.files.sniff import Wrapper
from parsers.mail.charsets import decode
from parsers.mail.transfer import from_base64

MEMBERS_LIMIT = 200
BOMB_RATIO = 100  # a scan packs at most some tens to one; zip's own best is 1,032
_TNEF_OBJECTS_LIMIT = 5000
_NOT_FOR_PEOPLE = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)

logging.getLogger("tnefparse").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of a wrapper. Where it has a fault, `data` is empty or what was got of it."""

    name: str
    data: bytes
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes that may still be unpacked: of one member, and of all of a message."""

    member: int
    total: int


def unwrap(wrapper: Wrapper, data: bytes, name: str, allowance: Allowance) -> tuple[list[Member], Fault | None]:
    """Members of a wrapper; the fault is of the wrapper as a whole and may stand beside the members that were got."""
    if wrapper is Wrapper.ZIP:
        return _unzip(data, allowance)
    if wrapper is Wrapper.TNEF:
        return _open_tnef(data)
    if wrapper is Wrapper.CMS:
        return _open_signed(data, name)
    return [], Fault.ENCRYPTED if wrapper is Wrapper.PGP else Fault.UNSUPPORTED


def _unzip(data: bytes, allowance: Allowance) -> tuple[list[Member], Fault | None]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        # Not by is_dir: it raises where a member has no name.
        files = (entry for entry in archive.infolist() if not entry.filename.endswith("/"))
        entries = [entry for entry in files if not _NOT_FOR_PEOPLE.search(entry.filename)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, UnicodeError):
        return [], Fault.DAMAGED
    members: list[Member] = []
    left = allowance.total
    for entry in entries[:MEMBERS_LIMIT]:
        member = _unzip_one(archive, entry, min(allowance.member, left))
        cut_short = member.fault in (Fault.LIMIT, Fault.TOO_LARGE)
        if cut_short and left < allowance.member:
            return members, Fault.LIMIT
        left -= allowance.member if cut_short else len(member.data)  # what was unpacked in vain counts
        members.append(member)
        if left <= 0:
            return members, Fault.LIMIT
    return members, Fault.LIMIT if len(entries) > MEMBERS_LIMIT else None


def _unzip_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> Member:
    name = _zip_name(entry)
    if entry.flag_bits & 0x1:
        return Member(name, b"", Fault.ENCRYPTED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Member(name, b"", Fault.DAMAGED)  # bzip2 and lzma take memory by the archive's word; no usual program writes them
    try:
        with archive.open(entry) as stream:
            unpacked = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        return Member(name, b"", Fault.DAMAGED)
    if len(unpacked) <= limit:
        return Member(name, unpacked)
    bomb = entry.file_size > BOMB_RATIO * max(1, entry.compress_size) or len(unpacked) > BOMB_RATIO * max(1, entry.compress_size)
    return Member(name, b"", Fault.LIMIT if bomb else Fault.TOO_LARGE)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag names are in whatever the sender's Windows has: cp866 from Explorer, cp1251 or UTF-8 from others."""
    if entry.flag_bits & 0x800:
        return decode(entry.filename.encode("utf-8", "replace"))
    try:
        return decode(entry.filename.encode("cp437"), "cp866")
    except UnicodeEncodeError:
        return entry.filename.replace("\x00", "")


def _open_tnef(data: bytes) -> tuple[list[Member], Fault | None]:
    from tnefparse.tnef import TNEF, TNEFAttachment

    kept = _attachment_objects(data, TNEF.LVL_ATTACHMENT, TNEF.ATTOEMCODEPAGE)
    if kept is None:
        return [], Fault.LIMIT
    try:
        pending: list[TNEFAttachment] = list(TNEF(kept, do_checksum=False).attachments)
        members: list[Member] = []
        while pending and len(members) < MEMBERS_LIMIT:
            attachment = pending.pop(0)
            inner = getattr(attachment, "embed", None)
            if inner is not None:
                pending.extend(inner.attachments)
            elif isinstance(attachment.data, bytes) and attachment.data:
                members.append(Member(_tnef_name(attachment), attachment.data))
    except Exception:  # tnefparse checks nothing: any error of indexing or decoding means a damaged file
        return [], Fault.DAMAGED
    return members, Fault.LIMIT if pending else None


def _attachment_objects(data: bytes, level: int, codepage: int) -> bytes | None:
    """The same TNEF with only the objects that attachments need ([MS-OXTNEF] 2.1.3); None if there are too many.

    tnefparse copies the rest of the file for each object, and gives up altogether on one odd property of the message.
    """
    kept = [data[:6]]
    position = 6
    for _ in range(_TNEF_OBJECTS_LIMIT):
        if position + 9 >= len(data):
            return b"".join(kept)
        length = int.from_bytes(data[position + 5 : position + 9], "little") + 11
        if data[position] == level or int.from_bytes(data[position + 1 : position + 3], "little") == codepage:
            kept.append(data[position : position + length])
        position += length
    return None


def _tnef_name(attachment: object) -> str:
    try:
        name = attachment.long_filename()  # type: ignore[attr-defined]
    except UnicodeDecodeError:
        name = attachment._name  # type: ignore[attr-defined]  # tnefparse 1.4.0 knows only UTF-8 there
    if isinstance(name, list):
        name = name[0] if name else ""
    return decode(name).strip("\x00 ") if isinstance(name, bytes) else str(name).replace("\x00", "").strip()


def _open_signed(data: bytes, name: str) -> tuple[list[Member], Fault | None]:
    """The content of CMS SignedData (RFC 5652 section 5). A detached signature has none: no members, no fault."""
    from asn1crypto import cms

    try:
        info = cms.ContentInfo.load(data)
        if info["content_type"].native in ("enveloped_data", "encrypted_data", "authenticated_enveloped_data"):
            return [], Fault.ENCRYPTED
        if info["content_type"].native != "signed_data":
            return [], Fault.DAMAGED
        content = info["content"]["encap_content_info"]["content"]
        inner = content.native if content else None
    except Exception:  # asn1crypto raises ValueError, TypeError, KeyError and others on malformed input
        return [], Fault.DAMAGED
    if inner is None:
        return [], None
    if not isinstance(inner, bytes):
        return [], Fault.DAMAGED
    return [Member(re.sub(r"\.(p7[mscz]|sig)$", "", name, flags=re.IGNORECASE), inner)], None


def armoured_signed(data: bytes) -> bytes | None:
    """DER of a CMS file that is written as PEM or as bare base64, as signing services hand it out; None if it is not one."""
    head = data[:200].lstrip()
    if head.startswith(b"-----BEGIN "):
        begin, end = data.find(b"-----\n"), data.rfind(b"-----END ")
        begin = data.find(b"-----\r\n") if begin < 0 else begin
        data = data[begin + 5 : end] if 0 < begin < end else b""
    elif not head.startswith(b"MI"):  # 0x30 0x8* in base64
        return None
    decoded, _ = from_base64(data)
    return decoded if decoded[:1] == b"\x30" else None
