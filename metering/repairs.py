"""Repairs of values that were read: what the first reading was, what is taken instead, and why. A repair chooses, it never invents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RepairReason(StrEnum):
    """What chose another reading than the first."""

    ARITHMETIC = "arithmetic"  # previous + consumption = current holds with it
    REGISTER = "register"  # a contract or a meter of the register has this number
    LAST_ACCEPTED = "last_accepted"  # it is the last accepted index, and the sum holds with it
    READERS = "readers"  # another reader was surer, or more of them read it so
    LOOKALIKE = "lookalike"  # a letter or a sign stood where only a digit or a decimal mark can


@dataclass(frozen=True, slots=True)
class Repair:
    """first: the value as the first reading had it; value: what is taken instead."""

    first: str
    value: str
    reason: RepairReason

    @property
    def changes(self) -> tuple[tuple[int, str, str], ...]:
        """Each changed sign as (its place among the digits, from 1; as first read; as taken).

        Empty where the two are of different length: then no single digit is another one (a lost decimal mark is told by place 0).
        """
        first, value = _signs(self.first), _signs(self.value)
        marks = (len(self.first) - len(first), len(self.value) - len(value))
        if len(first) != len(value):
            return ()
        changed = tuple((place, old, new) for place, (old, new) in enumerate(zip(first, value, strict=True), 1) if old != new)
        return changed if changed or marks[0] == marks[1] else ((0, "", "."),)


def _signs(value: str) -> str:
    return "".join(sign for sign in value if sign not in ".,;:'* ")
