"""What within a message shows that it brings a letter of ours back: delivery status (RFC 3464) and returned headers (RFC 3462).

Runs inside the sandbox with the rest of the opening. It only gathers what is said; mailer/bounces.py says what it means.
"""

from __future__ import annotations

import re

from metering.messages import RecipientReport, Returned
from parsers.mime import Letter

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_STATUS_LIMIT = 64_000  # bytes of a status part that are looked at
_GROUPS_LIMIT = 50
_VALUE_LIMIT = 500
_ADDRESS = re.compile(r"[^\s<>;]+@[^\s<>;]+")


def read_returned(letter: Letter) -> Returned:
    """Empty where nothing in the message is of this kind. Only parts of the message itself count, not of one within it."""
    groups = [
        group
        for leaf in letter.leaves
        if leaf.content_type in _STATUS_TYPES and not leaf.path
        for group in _groups(leaf.data[:_STATUS_LIMIT].decode("utf-8", "replace"))
    ][:_GROUPS_LIMIT]
    envelope_id = next((group["original-envelope-id"] for group in groups if "original-envelope-id" in group), "")
    return Returned(
        envelope_id=envelope_id,
        headers=letter.returned,
        recipients=tuple(_recipient(group) for group in groups if "final-recipient" in group or "original-recipient" in group),
    )


def _groups(text: str) -> list[dict[str, str]]:
    """Groups of fields with empty lines between them, names in lower case; of a repeated field the first counts."""
    unfolded = re.sub(r"\n[ \t]+", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    groups: list[dict[str, str]] = []
    for block in re.split(r"\n[ \t]*\n", unfolded):
        fields: dict[str, str] = {}
        for line in block.split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                fields.setdefault(name.strip().lower(), value.strip()[:_VALUE_LIMIT])
        if fields:
            groups.append(fields)
    return groups


def _recipient(group: dict[str, str]) -> RecipientReport:
    return RecipientReport(
        final=_address(group.get("final-recipient", "")),
        original=_address(group.get("original-recipient", "")),
        action=group.get("action", "").lower().split(" ")[0],
        status=group.get("status", "").split(" ")[0],
        diagnostic=group.get("diagnostic-code", ""),
    )


def _address(field: str) -> str:
    """`rfc822; user@example.com` -> `user@example.com`, lower-cased."""
    found = _ADDRESS.search(field.partition(";")[2] or field)
    return found[0].lower() if found else ""
