"""What a reader such as Acrobat would say of the signatures in a PDF: integrity, chain, timestamp, changes after signing."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterable, Sequence

from asn1crypto import core, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents.coroutines import completed
from documents.signing import name_of, serial_of
from documents.verdicts import SignatureVerdict, Verdict

_BAD_CONTENT = (
    zlib.error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)  # of what a hostile file is made of
_UNREADABLE = (PdfReadError, CMSExtractionError, CMSStructuralError, SignatureValidationError, ValidationError, PathError, *_BAD_CONTENT)


def verify(pdf: bytes, trust: Iterable[bytes], now: dt.datetime) -> Verdict:
    """Judges every signature offline; trust: certificates (DER) that count as roots, of signers and of timestamp servers.

    The bytes may be anybody's: call it in the process that is made for such (service/sandbox.py).
    """
    roots = [x509.Certificate.load(der) for der in trust]
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = list(reader.embedded_regular_signatures)
        kept = _validation_data(reader)
        verdicts = tuple(completed(_judge(signature, roots, now, kept)) for signature in signatures)
    except _UNREADABLE as error:
        return Verdict(fault=f"no PDF whose signatures can be read ({type(error).__name__})")
    return Verdict(verdicts, "" if verdicts else "the file holds no signature")


def _validation_data(reader: PdfFileReader) -> DocumentSecurityStore | None:
    """What the file itself holds to judge revocation by (its DSS)."""
    try:
        return DocumentSecurityStore.read_dss(reader)
    except (NoDSSFoundError, ValidationInfoReadingError):
        return None


async def _judge(
    signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], now: dt.datetime, kept: DocumentSecurityStore | None
) -> SignatureVerdict:
    status = await _status(signature, roots, now, now)
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return _verdict(signature, status, None, long_term=False)
    # A certificate that ended since was good when it signed, and the timestamp proves when that was.
    then = await _status(signature, roots, now, stamp.timestamp)
    if kept is not None:
        judged = await _status(signature, roots, now, stamp.timestamp, kept)
        if judged.trusted or "REVOKED" in _trust_problem(judged):
            return _verdict(signature, judged, stamp.timestamp, long_term=judged.trusted)
    return _verdict(signature, then, stamp.timestamp, long_term=False)


async def _status(
    signature: EmbeddedPdfSignature,
    roots: Sequence[x509.Certificate],
    now: dt.datetime,
    signed_at: dt.datetime,
    kept: DocumentSecurityStore | None = None,
) -> PdfSignatureStatus:
    """The signer's certificate judged at the moment of signing, by the revocation data in the file where there are any; the
    timestamp server's now."""
    settings = {"trust_roots": list(roots), "moment": signed_at, "allow_fetching": False}
    return await async_validate_pdf_signature(
        signature,
        signer_validation_context=kept.as_validation_context(settings | {"revocation_mode": "hard-fail"})
        if kept is not None
        else ValidationContext(**settings),
        ts_validation_context=ValidationContext(trust_roots=list(roots), moment=now),
    )


def _verdict(
    signature: EmbeddedPdfSignature, status: PdfSignatureStatus, proved: dt.datetime | None, *, long_term: bool
) -> SignatureVerdict:
    unchanged = status.coverage is SignatureCoverageLevel.ENTIRE_FILE or (
        status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    )
    intact = status.intact and status.valid and _nothing_behind(signature)
    reasons = [
        ("" if intact else "the document was changed after it was signed, or the signature is not of this key"),
        ("" if unchanged or not intact else "something was added to the document after it was signed"),
        ("" if status.trusted or not intact else f"the certificate is not trusted: {_trust_problem(status)}"),
        ("" if proved else "there is no timestamp of a server that is trusted"),
    ]
    certificate = signature.signer_cert
    return SignatureVerdict(
        name=name_of(certificate),
        serial=serial_of(certificate),
        signed_at=status.signer_reported_dt,
        intact=intact,
        trusted=status.trusted,
        timestamp=proved,
        unchanged=unchanged and intact,
        long_term=long_term,
        reason="; ".join(reason for reason in reasons if reason),
    )


def _nothing_behind(signature: EmbeddedPdfSignature) -> bool:
    """Whether zeros alone fill the place behind the signature: no signature covers it, and many a reader does not look there."""
    place = bytes(signature.pkcs7_content)
    return not place[len(core.Sequence.load(place, strict=False).dump()) :].strip(b"\x00")


def _trust_problem(status: PdfSignatureStatus) -> str:
    problem = status.trust_problem_indic
    return problem.name.lower().replace("_", " ") if problem is not None and hasattr(problem, "name") else "no chain to a trusted root"
