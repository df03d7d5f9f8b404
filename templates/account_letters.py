"""Letters about a customer's account of the cabinet: to each address of the contract, so that its owner learns what happens to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from metering.contracts import Language
from metering.periods import TASHKENT
from templates.letters import RenderedLetter, render

KIND = "account"  # the folder of templates/letters/, and the letter's kind in the outbox


class AccountEvent(StrEnum):
    """What the letter tells of."""

    FIRST_LOGIN = "first_login"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """at: when it happened, aware; until: of a reset how long the INN is taken, of a lock how long it lasts; cabinet: its address."""

    event: AccountEvent
    at: dt.datetime
    contract_number: str
    languages: tuple[Language, ...]
    utility: str
    address: str
    cabinet: str
    until: dt.datetime | None = None

    @property
    def until_day(self) -> dt.date | None:
        return self.until.astimezone(TASHKENT).date() if self.until else None


def render_account_letter(facts: AccountFacts) -> RenderedLetter:
    return render(KIND, facts)
