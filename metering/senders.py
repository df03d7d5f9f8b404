"""Who sent a message, and how much that proves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How far the receiving server vouches for the From address (docs/delivery.md, "Who may speak for a contract")."""

    A = "A"  # dmarc=pass, or aligned DKIM where there is no DMARC record
    B = "B"  # only an aligned spf=pass
    C = "C"  # failed, none, contradictory, several From: never answered
    NO_RESULT = "no_result"  # an authserv-id is configured, the message holds no result of ours: as B
    UNCHECKED = "unchecked"  # no authserv-id configured: as A, with a note

    @property
    def may_accept(self) -> bool:
        return self in (Tier.A, Tier.UNCHECKED)

    @property
    def may_be_answered(self) -> bool:
        return self is not Tier.C


@dataclass(frozen=True, slots=True)
class Sender:
    """The one From address of a message (lower-cased, empty if there is none), its tier and why."""

    address: str
    tier: Tier
    reason: str
