"""The key that signs our documents: from a PKCS#12 file, held in memory, or in a token behind PKCS#11 (docs/documents.md, "The key")."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pkcs11
from asn1crypto import algos, x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.coroutines import completed
from documents.policy import KeySource, Pkcs11Key, Pkcs12Key
from metering.errors import PermanentError, TemporaryError


@contextlib.contextmanager
def opened_key(source: KeySource) -> Iterator[Signer]:
    """The signer for as long as the block lasts.

    Raises PermanentError for a file, passphrase, library, label or PIN that is wrong, TemporaryError for a token that is not there.
    """
    if isinstance(source, Pkcs12Key):
        yield _from_file(source)
        return
    with _session(source) as session:
        signer = PKCS11Signer(session, cert_label=source.label, key_label=source.label, embed_roots=False)
        _load(signer, source)
        yield signer


class _HeldKey(Signer):
    """A key in memory. pyHanko's own signer reads and checks the key anew for each signature, which costs a hundred signatures."""

    def __init__(self, key: Any, certificate: x509.Certificate, others: list[x509.Certificate]) -> None:
        self._key = key
        store = SimpleCertificateStore.from_certs(others)  # its own certificate goes in anyhow
        super().__init__(signing_cert=certificate, cert_registry=store, signature_mechanism=_mechanism(key), embed_roots=False)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), SHA256())
        return self._key.sign(data, ec.ECDSA(SHA256()))


def _mechanism(key: Any) -> algos.SignedDigestAlgorithm:
    return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa" if isinstance(key, rsa.RSAPrivateKey) else "sha256_ecdsa"})


def _from_file(source: Pkcs12Key) -> Signer:
    try:
        content = source.file.read_bytes()
    except OSError as error:
        raise PermanentError(f"the key file {source.file} cannot be read: {error.strerror}; see signature.pkcs12_file") from None
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, source.passphrase.encode())
    except ValueError:
        raise PermanentError(f"the key file {source.file} does not open: the passphrase is wrong, or it is no PKCS#12 file") from None
    if key is None or certificate is None:
        raise PermanentError(f"the key file {source.file} holds no key with its certificate")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise PermanentError(f"the key in {source.file} is neither RSA nor ECDSA")
    der = [each.public_bytes(serialization.Encoding.DER) for each in (certificate, *others)]
    first, *above = (x509.Certificate.load(each) for each in der)
    return _HeldKey(key, first, above)


@contextlib.contextmanager
def _session(source: Pkcs11Key) -> Iterator[Any]:
    if not source.module.is_file():
        raise PermanentError(f"the PKCS#11 library {source.module} is not there; see signature.pkcs11_module")
    try:
        session = open_pkcs11_session(str(source.module), token_criteria=TokenCriteria(label=source.token), user_pin=source.pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        # Never tried again by itself: a token locks itself after a few wrong PINs.
        raise PermanentError(f"the PIN of the token {source.token} is wrong") from None
    except pkcs11.PinLocked:
        raise PermanentError(f"the token {source.token} is locked after wrong PINs; its administrator unlocks it") from None
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise TemporaryError(f"the token {source.token} is not there: plug it in ({_kind(error)})") from None
    try:
        yield session
    except pkcs11.PKCS11Error as error:
        raise TemporaryError(f"the token {source.token} failed: {_kind(error)}") from error
    finally:
        with contextlib.suppress(pkcs11.PKCS11Error):
            session.close()


def _load(signer: PKCS11Signer, source: Pkcs11Key) -> None:
    """Finds certificate and key now, not over the first document."""
    try:
        completed(signer.ensure_objects_loaded())
        found = signer.signing_cert is not None
    except pkcs11.PKCS11Error:
        found = False
    if not found:
        raise PermanentError(f"the token {source.token} holds no key and certificate with the label {source.label!r}")


def _kind(error: Exception) -> str:
    return type(error).__name__
