"""Mail as it really comes, written byte by byte: names and bodies in old charsets, containers, our server's header lines."""

from __future__ import annotations

import base64
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import quote

OUR_HOST = "mx.teploenergo.uz"
OUR_ADDRESS = "metrology@teploenergo.uz"


class Standing(StrEnum):
    """What our server found out about the sender."""

    DMARC = "dmarc"  # tier A
    DKIM_ONLY = "dkim_only"  # tier A: aligned DKIM, no DMARC record
    SPF_ONLY = "spf_only"  # tier B
    FAILED = "failed"  # tier C
    FORGED = "forged"  # tier C, and the sender wrote a pass of his own below our line
    CONTRADICTION = "contradiction"  # tier C: two results of ours
    SILENT = "silent"  # no result of ours


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends, when our server received it, and under which Message-ID."""

    sender: str
    received_at: dt.datetime
    number: str
    name: str = ""
    subject: str = ""
    subject_charset: str = "utf-8"
    standing: Standing = Standing.DMARC
    extra: tuple[str, ...] = ()
    delivered_locally: bool = False

    @property
    def message_id(self) -> str:
        return f"<{self.number}@{self.sender.partition('@')[2]}>"


def message(envelope: Envelope, root: bytes) -> bytes:
    """The whole mail: trace lines on top as our server writes them, then the sender's headers, then the root part."""
    head = "\r\n".join([*_trace(envelope), *_sender_lines(envelope), *envelope.extra, "MIME-Version: 1.0"])
    return head.encode() + b"\r\n" + root


def _trace(envelope: Envelope) -> list[str]:
    domain = envelope.sender.partition("@")[2]
    when = format_datetime(envelope.received_at)
    lines = []
    if envelope.delivered_locally:
        lines.append(f"Received: from {OUR_HOST} by {OUR_HOST} (Dovecot) with LMTP id {envelope.number[-6:]};\r\n {when}")
    results = {
        Standing.DMARC: [f"spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain};\r\n dmarc=pass header.from={domain}"],
        Standing.DKIM_ONLY: [f"dkim=pass header.d={domain}; dmarc=none header.from={domain}"],
        Standing.SPF_ONLY: [f"spf=pass smtp.mailfrom={envelope.sender}; dkim=none; dmarc=none header.from={domain}"],
        Standing.FAILED: [f"spf=fail smtp.mailfrom=bulk.example; dkim=none;\r\n dmarc=fail header.from={domain}"],
        Standing.FORGED: [f"spf=softfail smtp.mailfrom=bulk.example; dkim=none;\r\n dmarc=fail header.from={domain}"],
        Standing.CONTRADICTION: [f"dmarc=pass header.from={domain}", f"dmarc=fail header.from={domain}"],
        Standing.SILENT: [],
    }[envelope.standing]
    lines += [f"Authentication-Results: {OUR_HOST};\r\n {result}" for result in results]
    lines.append(
        f"Received: from out.{domain} (out.{domain} [198.51.100.23])\r\n by {OUR_HOST} with ESMTPS id {envelope.number[-8:]}; {when}"
    )
    if envelope.standing is Standing.FORGED:
        lines.append(f"Authentication-Results: {OUR_HOST};\r\n dkim=pass header.d={domain}; dmarc=pass header.from={domain}")
    return lines


def _sender_lines(envelope: Envelope) -> list[str]:
    name = f"{Header(envelope.name, 'utf-8').encode()} <{envelope.sender}>" if envelope.name else envelope.sender
    subject = Header(envelope.subject, envelope.subject_charset).encode(linesep="\r\n") if envelope.subject else ""
    written = format_datetime(envelope.received_at - dt.timedelta(seconds=40))
    return [f"From: {name}", f"To: {OUR_ADDRESS}", f"Subject: {subject}", f"Date: {written}", f"Message-ID: {envelope.message_id}"]


def text(content: str, charset: str = "utf-8", declared: str | None = None, subtype: str = "plain") -> bytes:
    """A body part; `declared` is the charset that the header claims, right or wrong."""
    return _base64(f'Content-Type: text/{subtype}; charset="{declared or charset}"', content.encode(charset, "replace"))


class Naming(StrEnum):
    """How a file's name is written into its headers."""

    RFC2231 = "rfc2231"
    RFC2047 = "rfc2047"
    RAW_CP1251 = "raw_cp1251"
    RAW_UTF8 = "raw_utf8"
    NONE = "none"


def file(
    content: bytes,
    name: str,
    media: str = "application/octet-stream",
    naming: Naming = Naming.RFC2231,
    disposition: str | None = "attachment",
) -> bytes:
    """A file part. disposition None leaves that header out, so that the name stands in Content-Type alone, if anywhere."""
    written = {
        Naming.RFC2231: lambda key: f"{key}*=utf-8''{quote(name)}".encode(),
        Naming.RFC2047: lambda key: f'{key}="{Header(name, _charset(name), maxlinelen=900).encode()}"'.encode(),
        Naming.RAW_CP1251: lambda key: f'{key}="{name}"'.encode("cp1251", "replace"),
        Naming.RAW_UTF8: lambda key: f'{key}="{name}"'.encode(),
        Naming.NONE: lambda key: b"",
    }[naming]
    head = f"Content-Type: {media}".encode()
    if disposition is None:
        head += b";\r\n " + written("name") if naming is not Naming.NONE else b""
    else:
        head += f"\r\nContent-Disposition: {disposition}".encode()
        head += b";\r\n " + written("filename") if naming is not Naming.NONE else b""
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + _lines(content)


def _charset(name: str) -> str:
    """koi8-r where it has the letters, else UTF-8."""
    return "utf-8" if set(name) - set(name.encode("koi8-r", "ignore").decode("koi8-r")) else "koi8-r"


def multipart(parts: Sequence[bytes], subtype: str = "mixed", mark: str = "") -> bytes:
    """Parts under a boundary that is the same for the same parts."""
    boundary = f"=_{subtype}_{mark}{sum(len(part) for part in parts):x}_{len(parts)}"
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode() + body + f"--{boundary}--\r\n".encode()


def forwarded(inner: bytes) -> bytes:
    """A message inside a message."""
    return b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner


def logo(cid: str, png: bytes) -> bytes:
    """A small picture that an HTML body shows by its cid."""
    return (
        b"Content-Type: image/png; name=image001.png\r\nContent-ID: <" + cid.encode() + b">\r\nContent-Disposition: inline\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + _lines(png)
    )


class _OldName(zipfile.ZipInfo):
    """An entry whose name is in cp866 without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp866", "replace"), self.flag_bits & ~0x800


def zipped(files: dict[str, bytes], encrypted: bool = False) -> bytes:
    """A zip with names in cp866, as old archivers write them; `encrypted` marks the entries as locked by a password."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_OldName(name, (2026, 1, 1, 0, 0, 0)), content)
    data = bytearray(out.getvalue())
    if encrypted:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                data[at + offset] |= 1  # general purpose bit 0 (APPNOTE 4.4.4)
                at = data.find(mark, at + 4)
    return bytes(data)


def winmail(files: dict[str, bytes]) -> bytes:
    """winmail.dat: TNEF ([MS-OXTNEF] 2.1) with the files as attachments."""

    def attribute(level: int, identity: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, identity, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    out += attribute(1, 0x00069007, struct.pack("<II", 1251, 0))  # attOemCodepage
    for name, content in files.items():
        out += attribute(2, 0x00069002, struct.pack("<HiHHI", 1, -1, 0, 0, 0))  # attAttachRenddata
        out += attribute(2, 0x00018010, name.encode("cp1251", "replace") + b"\0")  # attAttachTitle
        out += attribute(2, 0x0006800F, content)  # attAttachData
    return out


def signed(inner: bytes) -> bytes:
    """smime.p7m: the part inside a CMS SignedData (RFC 5652), DER, signed by a key made on the spot."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs7

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Bosh hisobchi")])
    begin = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    certificate = builder.not_valid_before(begin).not_valid_after(begin + dt.timedelta(days=900)).sign(key, hashes.SHA256())
    signature = pkcs7.PKCS7SignatureBuilder().set_data(inner).add_signer(certificate, key, hashes.SHA256())
    return signature.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _base64(head: str, data: bytes) -> bytes:
    return f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + _lines(data)


def _lines(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")
