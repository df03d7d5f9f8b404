"""The electronic signature on our documents: PAdES B-T, or B-LT with revocation data (docs/documents.md, "The signature")."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import core, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.stamp.base import BaseStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from documents.coroutines import completed
from documents.keys import opened_key
from documents.papers import FIELD
from documents.policy import SigningPolicy
from metering.documents import SignatureMark
from metering.errors import PermanentError, TemporaryError

log = logging.getLogger(__name__)

TIMESTAMP_SECONDS = 20.0
DIGEST = "sha256"
#: In the revision that is signed, so that nothing follows the signature.
_BESIDE_THE_SIGNATURE = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
_SPARE_BYTES = 48  # a timestamp's numbers are not always of the same length
_PLACE = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")


@contextlib.contextmanager
def opened_press(policy: SigningPolicy) -> Iterator[Press]:
    """What signs, with its key open, for as long as the block lasts. Raises as `opened_key` does."""
    with opened_key(policy.key) as signer:
        yield Press(policy, signer)


@dataclass
class Press:
    """Signs one document after another with the same key."""

    policy: SigningPolicy
    _signer: Signer
    _reserved: int | None = None  # hexadecimal digits for the signature, known after the first
    _validation: ValidationContext | None = field(default=None)

    def __post_init__(self) -> None:
        self._stamper = RequestsHTTPTimeStamper(self.policy.timestamp_url, timeout=TIMESTAMP_SECONDS)

    def mark(self, now: dt.datetime) -> SignatureMark:
        """What the visible signature is to say. Raises PermanentError if the certificate does not hold now."""
        certificate = self._certificate()
        valid = certificate["tbs_certificate"]["validity"]
        starts, ends = valid["not_before"].native, valid["not_after"].native
        if now < starts:
            raise PermanentError(f"the signing certificate is not valid before {starts:%Y-%m-%d %H:%M} UTC: look at the clock, or wait")
        if now > ends:
            raise PermanentError(f"the signing certificate expired at {ends:%Y-%m-%d %H:%M} UTC: have it renewed (docs/documents.md)")
        return SignatureMark(name_of(certificate), serial_of(certificate), now)

    def ends(self) -> dt.datetime:
        """When the certificate does."""
        return self._certificate()["tbs_certificate"]["validity"]["not_after"].native

    def ask_time(self) -> None:
        """Asks the timestamp server about nothing. Raises TemporaryError if it does not answer as one."""
        try:
            completed(self._stamper.async_dummy_response(DIGEST))
        except (TimestampRequestError, ValueError) as error:
            raise TemporaryError(f"the timestamp server {self.policy.timestamp_url} does not answer as one") from error

    def sign(self, pdf: bytes, now: dt.datetime) -> bytes:
        """The document with its signature and timestamp. Nothing is kept of an attempt that fails.

        Raises TemporaryError if the timestamp server does not answer or the token fails, PermanentError if the certificate is revoked.
        """
        if self.policy.with_revocation:
            try:
                return self._sign(pdf, now, self._revocation())
            except (SigningError, ValidationError, PathError) as error:
                if _revoked(error):
                    raise PermanentError("the signing certificate is revoked: have a new one issued (docs/documents.md)") from error
                log.warning("revocation could not be asked about, the document is signed without it (B-T): %s", type(error).__name__)
                self._validation = None
        return self._sign(pdf, now, None)

    def _sign(self, pdf: bytes, now: dt.datetime, validation: ValidationContext | None) -> bytes:
        if self._reserved is None:
            # Once for the size: what is reserved and not used is the one place of the file that no signature covers.
            self._reserved = 2 * (_length(self._attempt(pdf, now, validation)) + _SPARE_BYTES)
        try:
            return self._attempt(pdf, now, validation)
        except SigningError:
            self._reserved = None  # a longer answer of the timestamp server, or another failure that shows again
            return self._attempt(pdf, now, validation)

    def _attempt(self, pdf: bytes, now: dt.datetime, validation: ValidationContext | None) -> bytes:
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=validation is not None,
            validation_context=validation,
            dss_settings=_BESIDE_THE_SIGNATURE,
        )
        signer = _SignerAt(metadata, self._signer, timestamper=self._stamper, stamp_style=_DrawnAlready())
        signer.moment = now
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        try:
            return completed(signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=self._reserved)).getvalue()
        except TimestampRequestError as error:
            raise TemporaryError(f"the timestamp server {self.policy.timestamp_url} does not answer as one: nothing was signed") from error

    def _revocation(self) -> ValidationContext:
        """One for many documents: what was fetched of the chain stays, as long as it is fresh."""
        if self._validation is None:
            roots = [x509.Certificate.load(der) for der in self.policy.trust]
            self._validation = ValidationContext(
                trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail", fetcher_backend=RequestsFetcherBackend()
            )
        return self._validation

    def _certificate(self) -> x509.Certificate:
        certificate = self._signer.signing_cert
        if certificate is None:
            raise PermanentError("the key has no certificate")
        return certificate


def name_of(certificate: x509.Certificate) -> str:
    """Organisation and person of a certificate's subject, as far as it names them."""
    subject = certificate.subject.native
    found = [subject.get("organization_name"), subject.get("common_name")]
    flat = ["; ".join(part) if isinstance(part, list) else part for part in found if part]
    return ", ".join(dict.fromkeys(flat)) or certificate.subject.human_friendly


def serial_of(certificate: x509.Certificate) -> str:
    """The serial number in hexadecimal, as certificate programs show it."""
    return f"{certificate.serial_number:X}"


def _length(signed: bytes) -> int:
    """Bytes of the CMS in a signed document, without the zeros behind it."""
    (place,) = _PLACE.findall(signed)[-1:]
    return len(core.Sequence.load(bytes.fromhex(place.decode()), strict=False).dump())


class _SignerAt(PdfSigner):
    """pyHanko's signer at a given moment: the visible mark, which is drawn before, and the signature say the same time."""

    moment: dt.datetime

    def init_signing_session(self, *arguments: Any, **named: Any) -> Any:
        session = super().init_signing_session(*arguments, **named)
        session.system_time = self.moment
        return session


@dataclass(frozen=True)
class _DrawnAlready(BaseStampStyle):
    """The field has its appearance from the drawing of the document."""

    def create_stamp(self, *_: Any) -> None:
        return None


def _revoked(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, RevokedError):
            return True
        error = error.__cause__ or error.__context__
    return False
