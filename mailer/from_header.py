"""The one address in a From header, or nothing where there is none or more than one could be meant."""

from __future__ import annotations

import re

_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}"
_ONE_MAILBOX = re.compile(rf"(?P<name>[^<>:;]*)<\s*(?P<address>{_ADDRESS})\s*>|(?P<bare>{_ADDRESS})")
_LOOKS_LIKE_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"'\\]+@[^\s@<>()\[\],;:\"'\\]+")
_LONGEST = 2000  # characters of a From header that can still be one mailbox
_HOST_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]+")


def parse_from(value: str) -> str | None:
    """The address, lower-cased, its domain in ASCII (IDNA); None if there is none or more than one could be meant.

    Display names with addresses inside are harmless in quotes, as long as the address is not a neighbour of the same
    domain: which domain wrote the mail is settled by the receiving server's result, which of its users is not.
    """
    parts = _quotes_and_comments_apart(value) if len(value) <= _LONGEST else None
    if parts is None:
        return None
    plain, hidden = parts
    match = _ONE_MAILBOX.fullmatch(plain.strip())
    if match is None:
        return None
    local, _, written_domain = (match["address"] or match["bare"]).rpartition("@")
    domain = ascii_domain(written_domain)
    if domain is None:
        return None
    address = f"{local.lower()}@{domain}"
    in_name = [other.lower() for other in _LOOKS_LIKE_ADDRESS.findall(match["name"] or "")]
    if any(other != address for other in in_name):
        return None
    neighbours = [other for other in _LOOKS_LIKE_ADDRESS.findall(hidden) if other.lower() != address]
    return None if any(are_aligned(ascii_domain(n.rpartition("@")[2]) or "", domain) for n in neighbours) else address


def ascii_domain(domain: str) -> str | None:
    """The domain lower-cased and in ASCII; None for what is no domain of at least two labels."""
    try:
        ascii_form = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    if not domain.isascii() and "xn--" not in ascii_form:
        return None  # letters that only look like ASCII (the Kelvin sign): not the domain that it would become
    return ascii_form if _HOST_NAME.fullmatch(ascii_form) else None


def are_aligned(one: str, other: str) -> bool:
    """Whether two domains are the same or one lies within the other.

    DMARC compares organisational domains, which needs the public suffix list (RFC 7489 section 3.2). We keep no copy of
    it: sister subdomains do not align here, and a domain of a single label aligns with nothing.
    """
    if "." not in one or "." not in other:
        return False
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _quotes_and_comments_apart(value: str) -> tuple[str, str] | None:
    """(the text outside, the text inside of quoted strings and comments); None where they do not close.

    A quoted string hides brackets also within a comment, as the reader of the message writes decoded words there.
    """
    plain: list[str] = []
    hidden: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
            continue
        elif character == '"':
            quoted = not quoted
            hidden.append(" ")
            continue
        elif character in "()" and not quoted:
            depth += 1 if character == "(" else -1
            hidden.append(" ")
            if depth < 0:
                return None
            continue
        (hidden if quoted or depth else plain).append(character)
    return None if depth or quoted else ("".join(plain), "".join(hidden))
