"""How far the receiving server vouches for a message's sender (docs/delivery.md, "Who may speak for a contract").

SPF, DKIM and DMARC are checked by the server that takes the mail in; here its Authentication-Results are read, and only
its own: those above the line with which our outermost host took the message from a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailer.authentication_results import AuthenticationResults, MethodResult, parse_results
from mailer.from_header import are_aligned, ascii_domain, parse_from
from mailer.received import Headers, own_hops
from metering.senders import Sender, Tier

_JUDGED_METHODS = frozenset({"dmarc", "dkim", "spf", "none"})


def judge_sender(headers: Headers, authserv_id: str | None, own_hosts: Sequence[str]) -> Sender:
    """The sender of a message and its tier.

    headers: (name, unfolded and decoded value) of the outer message, top first; own_hosts: names in "by" of our own
    servers' Received lines, the authserv-id itself if there are none. Never raises, whatever the headers hold.
    """
    froms = [value for name, value in headers if name.lower() == "from"]
    address = parse_from(froms[0]) if len(froms) == 1 else None
    if address is None:
        return Sender("", Tier.C, f"{len(froms)} From headers" if len(froms) != 1 else "From is not exactly one address")
    if not authserv_id:
        return Sender(address, Tier.UNCHECKED, "no authserv_id is configured")
    ours = _results_of_ours(headers, authserv_id, own_hosts or (authserv_id,))
    tier, reason = _tier(ours, address.rpartition("@")[2])
    return Sender(address, tier, reason)


def _results_of_ours(headers: Headers, authserv_id: str, own_hosts: Sequence[str]) -> list[AuthenticationResults]:
    run = own_hops(headers, own_hosts)
    above = headers[: run[-1][0]] if run else ()
    parsed = [parse_results(value) for name, value in above if name.lower() == "authentication-results"]
    return [field for field in parsed if field and field.authserv_id == authserv_id.lower()]


def _tier(ours: list[AuthenticationResults], domain: str) -> tuple[Tier, str]:
    if not all(field.sound for field in ours):
        return Tier.C, "our server's result cannot be read"
    results = [result for field in ours for result in field.results if result.method in _JUDGED_METHODS]
    if not results:
        return Tier.NO_RESULT, "no result of our server in the message"
    dmarc = [r for r in results if r.method == "dmarc"]
    dkim = [r for r in results if r.method == "dkim"]
    spf = [r for r in results if r.method == "spf" and ("smtp.mailfrom" in r.properties or "smtp.helo" not in r.properties)]
    if _contradict(dmarc, "header.from") or _contradict(spf, "smtp.mailfrom") or _contradict_by_signature(dkim):
        return Tier.C, "two results of our server contradict each other"
    signed = any(r.result == "pass" and are_aligned(_domain(r, "header.d") or _domain(r, "header.i"), domain) for r in dkim)
    sent = any(r.result == "pass" and are_aligned(_domain(r, "smtp.mailfrom"), domain) for r in spf)
    verdict = dmarc[0].result if dmarc else "none"
    if verdict == "bestguesspass":  # Exchange Online's word where there is no record: what it guesses, nobody published
        verdict = "none"
    if verdict == "pass":
        if _domain(dmarc[0], "header.from") == domain:
            return Tier.A, "dmarc=pass"
        return Tier.C, "dmarc=pass is not of the From domain"
    if verdict == "none" and signed:
        return Tier.A, "aligned DKIM, no DMARC record"
    if verdict in ("none", "temperror", "permerror") and (signed or sent):
        return Tier.B, "only aligned SPF" if not signed else f"aligned DKIM, but dmarc={verdict}"
    return Tier.C, f"dmarc={verdict}" if dmarc else "neither DKIM nor SPF passed for the From domain"


def _contradict(results: list[MethodResult], judged: str) -> bool:
    """Whether two results of a method that judges the message once differ in the verdict or in the domain judged."""
    domains = {_domain(r, judged) for r in results} - {""}
    return len({r.result for r in results}) > 1 or len(domains) > 1


def _contradict_by_signature(results: list[MethodResult]) -> bool:
    """A message may bear several DKIM signatures, each with its own result; two verdicts on one signature contradict."""
    verdicts: dict[tuple[str | None, ...], str] = {}
    for r in results:
        signature = tuple(r.properties.get(f"header.{part}") for part in ("d", "i", "s", "b", "a"))
        if verdicts.setdefault(signature, r.result) != r.result:
            return True
    return False


def _domain(result: MethodResult, name: str) -> str:
    """The domain in a property that holds a domain or an address; empty where there is none."""
    return ascii_domain(result.properties.get(name, "").rpartition("@")[2].strip("<>")) or ""
