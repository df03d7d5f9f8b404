"""Whom we answer: what makes a message one that must get no reply (docs/delivery.md, "Whom we answer")."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailer.received import Headers, count_hops
from metering.senders import Sender

OUR_HEADER = "X-Hisobot"  # every letter of ours bears it

_MOST_HOPS = 50
_MARKS = (
    *("x-autoreply", "x-auto-reply", "x-autoreply-from", "x-auto-reply-from", "x-mail-autoreply", "x-autorespond", "x-autoresponder"),
    *("x-autoresponse", "x-vacation", "x-loop", "x-failed-recipients"),
)
_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_SUPPRESSED = frozenset({"all", "autoreply", "oof"})  # X-Auto-Response-Suppress, MS-OXCMAIL section 2.1.3.2.20
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification", "message/feedback-report")
_NOBODY = re.compile(
    r"mailer[-_.]?daemon|mail[-_.]?daemon|daemon|post[-_.]?master|(?:do[-_.]?)?no[-_.]?t?[-_.]?reply(?:[-+._].*)?|undisclosed.*"
    r"|auto[-_.]?(?:reply|responder|respond|answer)|bounces?|list-?serv|majordomo|mailman|nobody|null|vacation"
    r"|.+-(?:bounces?|owner|request)|owner-.+|bounces?[-+=_.].+|robot|notifications?|microsoftexchange[0-9a-f]{32}"
)
# Programs that put no header in their replies: at the very start, so that an answer to such a reply is not taken for one.
_SUBJECT = re.compile(
    r"\s*(?:"
    r"(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|автоответ(?:чик)?|автоматический ответ|вне офиса"
    r"|отсутств\w+ на (?:работе|рабочем месте)|нет на рабочем месте|avto(?:matik)?[- ]?javob|авто(?:матик)?[- ]?жавоб"
    r"|automatische antwort|otomatik yanıt)"
    r"\s*(?:[:.!-]|re:|$)"
    r"|(?:автоответ|автоматический ответ) на\b"
    r"|(?:auto|(?:not )?read|(?:не )?проч(?:итано|тено)|o['`‘’ʻʼ]qil(?:di|madi)|ўқил(?:ди|мади)"
    r"|undeliverable|не уда(?:ется|лось) доставить|недоставленное|delivery (?:failure|delayed))\s*:"
    r"|(?:return receipt|уведомление о прочтении)\s*[(:]|mail failure\.?\s*$"
    r"|undeliver(?:ed|able) mail|mail delivery failed|delivery status notification|failure notice\s*$|returned mail\s*:"
    r"|недоставленное (?:сообщение|письмо))",
    re.IGNORECASE,
)
_NAMELESS = re.compile(r"<\s*>|\bmailer-daemon\b", re.IGNORECASE)  # MAILER-DAEMON without a domain is no address


def automatic_reason(headers: Headers, sender: Sender, own_address: str, is_ours: Callable[[str], bool]) -> str | None:
    """Why this message must not be answered; None if a person seems to have written it.

    headers: (name, decoded value) of the outer message; is_ours: whether a Message-ID is of a letter of ours.
    An automatic message that carries a report is read all the same, and goes to review.
    """
    values: dict[str, list[str]] = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(value)
    return _of_ourselves(values, headers, sender, own_address, is_ours) or _by_a_machine(values) or _from_nobody(sender)


def _of_ourselves(
    values: dict[str, list[str]], headers: Headers, sender: Sender, own_address: str, is_ours: Callable[[str], bool]
) -> str | None:
    own = own_address.lower()
    if sender.address == own:
        return "from our own address"
    if OUR_HEADER.lower() in values or any(is_ours(value) for value in values.get("message-id", [])):
        return "a letter of our own that came back"
    if sum(value.strip(" <>").lower() == own for value in values.get("delivered-to", [])) > 1:
        return "delivered to us twice: a loop"
    hops = count_hops(headers)
    return f"{hops} Received lines: a loop" if hops >= _MOST_HOPS else None


def _by_a_machine(values: dict[str, list[str]]) -> str | None:
    if any(re.fullmatch(r"\s*<\s*>\s*", value) for value in values.get("return-path", [])):
        return "Return-Path <> (a bounce)"
    if any(_first_word(value) not in ("no", "") for value in values.get("auto-submitted", [])):
        return "Auto-Submitted"
    if any(_first_word(value) in _BULK for value in values.get("precedence", [])):
        return "Precedence"
    if any(_SUPPRESSED & set(re.split(r"[\s,]+", value.lower())) for value in values.get("x-auto-response-suppress", [])):
        return "X-Auto-Response-Suppress"
    marks = [name for name in values if name in _MARKS or name.startswith("list-")]
    if marks:
        return f"a {marks[0].title()} header"
    if any(value.strip().lower().startswith(_REPORTS) for value in values.get("content-type", [])):
        return "a delivery or disposition report"
    if any(_SUBJECT.match(value) for value in values.get("subject", [])):
        return "the subject of an automatic reply"
    if any(_NAMELESS.search(value) for value in values.get("from", [])):
        return "From names nobody"
    return None


def _from_nobody(sender: Sender) -> str | None:
    return "from an address that nobody reads" if _NOBODY.fullmatch(sender.address.partition("@")[0]) else None


def _first_word(value: str) -> str:
    """`auto-replied (vacation); owner-email=...` -> `auto-replied` (RFC 3834 section 5)."""
    return re.split(r"[\s;(]", value.strip().lower(), maxsplit=1)[0]
