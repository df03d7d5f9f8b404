"""Received lines: which of them our own servers wrote, what lies above those, and when the message reached us.

Everything below the line with which our outermost server took the message from a stranger was written by
strangers (docs/delivery.md, "Who may speak for a contract").
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

Headers = Sequence[tuple[str, str]]

_LONGEST_DATE = 100  # characters; a date and its comment are about 40
_LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain", "localhost6"})


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received line (RFC 5321 section 4.4). by and sender are lower-cased host names, empty where the line has none."""

    by: str
    sender: str
    protocol: str  # the word after "with": esmtps, lmtp, local
    sender_remarks: str  # the comments behind the sender: verified name and address as the receiving server saw them
    date: str


def own_hops(headers: Headers, own_hosts: Collection[str]) -> list[tuple[int, Hop]]:
    """The unbroken run of our own servers' lines at the top, each with its place among the headers, top first.

    The run ends with the first line that says the message came from outside: a line below it that bears the name of
    our host was brought along by the sender. Trust is in the names that our servers wrote, not in the HELO alone.
    """
    own = _LOCAL_NAMES.union(host.rstrip(".").lower() for host in own_hosts)
    run: list[tuple[int, Hop]] = []
    for place, (name, value) in enumerate(headers):
        if name.lower() != "received":
            continue
        hop = parse_hop(value)
        if hop.by not in own:
            break
        run.append((place, hop))
        if not _came_from_inside(hop, own):
            break
    return run


def count_hops(headers: Headers) -> int:
    return sum(name.lower() == "received" for name, _ in headers)


def received_at(headers: Headers, own_hosts: Collection[str], fallback: dt.datetime) -> dt.datetime:
    """When a message file was received: the line with which our own server took it in, else Date, else `fallback`."""
    run = own_hops(headers, own_hosts)
    taken_in = parse_date(run[-1][1].date) if run else None
    if taken_in is not None:
        return taken_in
    written = next((parse_date(value) for name, value in headers if name.lower() == "date"), None)
    return written or fallback


def parse_date(text: str) -> dt.datetime | None:
    """An aware time from a Date header or the end of a Received line; None where it is none."""
    try:
        moment = parsedate_to_datetime(text.strip()[:_LONGEST_DATE])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)  # "-0000": the zone is unknown (RFC 5322 section 3.3)
        aware.astimezone(dt.UTC)  # a zone of 99 hours or a year 0 fails here rather than later
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return aware


def parse_hop(value: str) -> Hop:
    """A Received line taken apart; comments are set aside, so a "by" within one is nobody's."""
    text, _, date = value.rpartition(";")
    words: list[str] = []
    remarks = ""
    for word, comment in _words_and_comments(text):
        if comment and "by" not in words[2:] and words[:1] == ["from"]:
            remarks += f"({word})"
        elif not comment:
            words.append(word.lower())
    sender = words[1] if len(words) > 1 and words[0] == "from" else ""
    rest = words[2:] if sender else words
    by = rest[rest.index("by") + 1] if "by" in rest[:-1] else ""
    protocol = rest[rest.index("with") + 1] if "with" in rest[:-1] else ""
    return Hop(by.rstrip("."), sender.rstrip("."), protocol, remarks.lower(), date)


def _words_and_comments(text: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character == "(":
            if depth == 0:
                found += [(word, False) for word in text[start:place].split()]
                start = place + 1
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((text[start:place], True))
                start = place + 1
    if depth == 0:
        found += [(word, False) for word in text[start:].split()]
    return found


def _came_from_inside(hop: Hop, own: frozenset[str]) -> bool:
    """Whether the sender of this line was one of our own servers or a program on the same machine.

    The sender names itself as it likes (HELO). What our server saw is in the remarks: a public address counts as ours
    only with one of our names beside it that the server itself looked up.
    """
    if not hop.sender or hop.protocol == "local":
        return True  # handed over on the machine: "by host (Postfix, from userid 1000)", "from mail by host with local (Exim)"
    if hop.sender.strip("[]") not in own and not _is_inside_address(hop.sender.strip("[]")):
        return False
    looked_up = re.match(r"\(([^\s\[\]()]+)", hop.sender_remarks)
    name = looked_up[1].rstrip(".") if looked_up else ""
    if name in own and "forged" not in hop.sender_remarks:
        return True
    if name and name != "unknown" and not name.startswith("helo") and not _is_inside_address(name):
        return False
    addresses = [a for a in re.findall(r"[0-9a-f:.]{3,45}", hop.sender_remarks) if _is_address(a)]
    return all(_is_inside_address(address) for address in addresses)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_inside_address(text: str) -> bool:
    return _is_address(text) and not ipaddress.ip_address(text).is_global
