"""What a bounce means: which letter of ours came back, and whether anybody is at the address (docs/calendar.md, "Bounces").

It is believed only where it names a Message-ID that bears our seal; its words alone prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mailer.received import Headers
from metering.messages import Returned

_LONGEST_TEXT = 300
_OURS = re.compile(r"<?o\.[0-9a-f]{20}\.[0-9a-f]{20}@[^<>@\s]{1,120}>?")
_ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.-])([45]\d\d)(?=[ -])")
_FROM_NOBODY = re.compile(r"mailer-daemon|postmaster|mail delivery|undeliver", re.IGNORECASE)

#: RFC 3463: nobody at the address (X.1.0 to X.1.3, X.1.6, X.1.10), the mailbox closed (X.2.1), no such host (X.4.4).
_NOBODY = {(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1), (4, 4)}
_SAYS_NOBODY = re.compile(
    r"user (?:is )?(?:unknown|not found)|unknown user|no such (?:user|mailbox|recipient|address)"
    r"|(?:mailbox|user|address|recipient)[^.\n]{0,40}(?:does not exist|doesn't exist|not exist|unavailable|not found|disabled)"
    r"|recipient(?: address)? rejected: (?:user|undeliverable)"
    r"|invalid (?:mailbox|recipient)|account (?:is )?(?:disabled|inactive)|host or domain name not found|domain not found"
    r"|нет такого (?:пользователя|ящика|адреса)|пользователь не найден"
    r"|(?:ящик|адрес|пользователь)[^.\n]{0,40}не существует|ящик[^.\n]{0,20}отключ[её]н"
    r"|bunday foydalanuvchi yo|foydalanuvchi topilmadi",
    re.IGNORECASE,
)
_SAYS_FAILED = re.compile(
    r"undeliver|delivery (?:has )?failed|could not be delivered|wasn't able to deliver|was not delivered|failed permanently"
    r"|returned to sender"
    r"|не (?:может быть|было|удалось) достав|доставить не удалось|yetkazib bo",
    re.IGNORECASE,
)


class Fate(StrEnum):
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter of ours that came back. recipient: of the letter as the notification names it, "" where it names none; text: what the
    other server said."""

    message_id: str
    recipient: str
    fate: Fate
    text: str


def read_bounce(headers: Headers, text: str, returned: Returned, is_ours: Callable[[str], bool]) -> Bounce | None:
    """None where the message brings back no letter of ours, or reports no failure.

    headers, text: of the outer message; returned: what stands within it; is_ours: whether a Message-ID bears our seal.
    """
    named = [returned.envelope_id, *returned.headers, *([text] if _comes_from_a_server(headers) else [])]
    ours = next((found for each in named for found in _OURS.findall(each) if is_ours(found)), None)
    if ours is None:
        return None
    message_id = f"<{ours.strip('<>')}>"
    for report in returned.recipients:
        if report.action != "failed":
            continue
        said = " ".join(part for part in (report.status, report.diagnostic) if part)
        return Bounce(message_id, report.original or report.final, _fate(report.status, report.diagnostic), said[:_LONGEST_TEXT])
    if returned.recipients or not _comes_from_a_server(headers):
        return None  # a delay, a confirmation, or the automatic answer of a person who quotes us
    return _in_words(message_id, headers, text)


def brings_back(returned: Returned, is_ours: Callable[[str], bool]) -> bool:
    """Whether a message holds a letter of ours, for whatever reason."""
    return any(is_ours(found) for each in (returned.envelope_id, *returned.headers) for found in _OURS.findall(each))


def _in_words(message_id: str, headers: Headers, text: str) -> Bounce | None:
    """A bounce that no program was meant to read: qmail, Exim, and large providers' own."""
    if not (_SAYS_FAILED.search(text) or _SAYS_NOBODY.search(text) or _REPLY.search(text)):
        return None
    told = next((value for name, value in headers if name.lower() == "x-failed-recipients"), "")
    status = _ENHANCED.search(text)
    line = next((line for line in text.splitlines() if _REPLY.search(line) or _SAYS_NOBODY.search(line) or _ENHANCED.search(line)), "")
    fate = _fate(status[0] if status else "", text)
    return Bounce(message_id, told.split(",")[0].strip().lower(), fate, " ".join(line.split())[:_LONGEST_TEXT])


def fate_of_refusal(answer: str) -> Fate | None:
    """What a server's answer to our own RCPT means for the address; None where it does not speak of the address."""
    status = _ENHANCED.search(answer)
    if status is not None and (status[1] != "5" or (int(status[2]), int(status[3])) not in _NOBODY):
        return None
    return Fate.HARD if status is not None or _SAYS_NOBODY.search(answer) else None


def _fate(status: str, words: str) -> Fate:
    """By the enhanced status where it says something, else by the words; in doubt the address lives."""
    found = _ENHANCED.fullmatch(status.strip()) or _ENHANCED.search(words)
    if found is not None and found[0] not in ("5.0.0", "4.0.0"):
        nobody = found[1] == "5" and (int(found[2]), int(found[3])) in _NOBODY
        return Fate.HARD if nobody else Fate.SOFT
    reply = _REPLY.search(words)
    permanent = reply is None or reply[1].startswith("5")
    return Fate.HARD if permanent and _SAYS_NOBODY.search(words) else Fate.SOFT


def _comes_from_a_server(headers: Headers) -> bool:
    """Whether the message came without a sender, or in a server's name."""
    for name, value in headers:
        key = name.lower()
        if (key == "return-path" and re.fullmatch(r"\s*<\s*>\s*", value)) or key == "x-failed-recipients":
            return True
        if key == "from" and _FROM_NOBODY.search(value):
            return True
    return False
