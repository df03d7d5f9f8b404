"""What was found of the signatures in a PDF, and how it crosses the border between two processes."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature.

    intact: the signed bytes are those that were signed; trusted: the chain leads to a certificate that we trust;
    timestamp: the moment that a trusted timestamp proves; unchanged: nothing but what a signature allows was added since;
    long_term: revocation was judged by what is in the file itself (B-LT); reason: why it is not good, empty where it is.
    """

    name: str
    serial: str
    signed_at: dt.datetime | None
    intact: bool
    trusted: bool
    timestamp: dt.datetime | None
    unchanged: bool
    long_term: bool
    reason: str

    @property
    def good(self) -> bool:
        return self.intact and self.trusted and self.unchanged and self.timestamp is not None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All signatures of a file, the first one first; fault: why it could not be looked at."""

    signatures: tuple[SignatureVerdict, ...] = ()
    fault: str = ""

    @property
    def good(self) -> bool:
        return bool(self.signatures) and all(signature.good for signature in self.signatures)


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """For the border between processes; `verdict_from_json` reads it."""
    return asdict(
        verdict,
        dict_factory=lambda pairs: {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in pairs},
    )


def verdict_from_json(given: dict[str, Any]) -> Verdict:
    """Raises ValueError, KeyError or TypeError on anything that `verdict_as_json` does not write."""
    moments = ("signed_at", "timestamp")
    signatures = []
    for each in given["signatures"]:
        read = {name: dt.datetime.fromisoformat(each[name]) if each[name] else None for name in moments}
        flags = {name: each[name] is True for name in ("intact", "trusted", "unchanged", "long_term")}
        texts = {name: str(each[name])[:500] for name in ("name", "serial", "reason")}
        signatures.append(SignatureVerdict(**texts, **flags, **read))
    return Verdict(tuple(signatures), str(given["fault"])[:500])
