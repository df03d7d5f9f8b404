"""The mail that a report came in, to be looked at: opened in the sandbox again, as text and as pictures, never as it came."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from metering.errors import PermanentError
from metering.messages import Attachment
from service.assembly import Service
from service.sandbox import open_message
from storage import messages

_SHOWN = ("From", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "Authentication-Results", "Auto-Submitted")
LONGEST = 20_000  # characters of a text


@dataclass(frozen=True, slots=True)
class MailView:
    """headers: (name, value); text: as far as it is shown; attachments: all of them, decoration too; problems: what was odd."""

    headers: tuple[tuple[str, str], ...]
    text: str
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]


def view_mail(service: Service, number: int) -> MailView | None:
    """None where the message cannot be opened at all: its bytes are for an administrator (`hisobot messages show`)."""
    with service.database.reading() as tx:
        kept = messages.show(tx, number)
    try:
        with tempfile.TemporaryDirectory(prefix="hisobot-mail-") as folder:
            opened = open_message(service.blobs.get(kept.raw_sha256), Path(folder), service.settings.limits)
    except PermanentError:
        return None
    message = opened.message
    if message is None:
        return None
    headers = tuple((name, value) for name in _SHOWN for key, value in message.headers if key.lower() == name.lower())
    return MailView(headers, message.text[:LONGEST], message.attachments, message.problems)
