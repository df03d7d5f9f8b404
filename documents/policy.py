"""How documents are signed: with which key, who proves the time, whom we trust (docs/documents.md, "Setting it up")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from asn1crypto import pem

from metering.errors import PermanentError


@dataclass(frozen=True, slots=True)
class Pkcs12Key:
    """A file with key, certificate and the certificates above it, locked with a passphrase."""

    file: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pkcs11Key:
    """A key in a token. module: the library of its maker; label: of the key and of its certificate; pin: of the user."""

    module: Path
    token: str
    label: str
    pin: str = field(repr=False)


KeySource = Pkcs12Key | Pkcs11Key


@dataclass(frozen=True, slots=True)
class SigningPolicy:
    """timestamp_url: of an RFC 3161 server; trust: certificates (DER) from which the chain of our own begins; with_revocation: ask
    OCSP and CRL and put the answers in (B-LT), where they can be had."""

    key: KeySource
    timestamp_url: str
    trust: tuple[bytes, ...] = ()
    with_revocation: bool = False


class DetachedSigner(Protocol):
    """A second signer, whose signature is a file of its own beside the PDF: the national E-IMZO service, whose algorithms no PDF
    program knows (docs/documents.md, "A second signature")."""

    def sign(self, pdf: bytes, now: dt.datetime) -> bytes:
        """A detached PKCS#7 over exactly these bytes, DER. Raises TemporaryError or PermanentError."""
        ...


def read_trust(file: Path) -> tuple[bytes, ...]:
    """The certificates of a PEM file, DER. Raises PermanentError."""
    try:
        found = tuple(der for _, _, der in pem.unarmor(file.read_bytes(), multiple=True))
    except OSError as error:
        raise PermanentError(f"the certificates {file} cannot be read: {error.strerror}; see signature.trust_file") from None
    except ValueError:
        found = ()
    if not found:
        raise PermanentError(f"{file} holds no certificates in PEM; see signature.trust_file")
    return found
