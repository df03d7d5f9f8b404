"""What the signatures of anybody's PDF are worth: judged in the process for foreign bytes, by the roots of the settings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from documents.verdicts import Verdict
from metering.errors import PermanentError
from service.assembly import Service, trust_of
from service.sandbox import verify_document


def judge(service: Service, pdf: bytes) -> Verdict:
    """Raises TemporaryError if no process can be started; bytes that defeat it are a fault of the file."""
    with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
        trust = trust_of(service.settings)
        try:
            return verify_document(pdf, Path(folder), trust, service.clock(), service.settings.limits)
        except PermanentError as error:
            return Verdict(fault=str(error))
