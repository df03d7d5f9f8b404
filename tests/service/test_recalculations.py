"""A recalculation and the letter that tells it: both or neither, once, to where somebody is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from metering.errors import PermanentError
from metering.periods import Period
from service.assembly import Service
from service.recalculations import book
from storage import addresses, outbox
from storage.addresses import Happening
from storage.database import Database
from storage.recalculations import JointReading, recalculation_listing
from storage.states import AddressEvent
from tests.storage.made import NOW, load_register
from tests.support.web import service_for

ACT = JointReading(
    "00421", Period(2026, 10), "17/26", dt.date(2026, 11, 12), Decimal("41.20"), Decimal("93.00"), {"0042100": Decimal("141.70")}
)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Service:
    load_register(database, tmp_path)
    return service_for(database, tmp_path, lambda: NOW)


def owed(service: Service) -> list[tuple[str, str]]:
    with service.database.reading() as tx:
        return [(row.key, row.recipient) for row in outbox.letter_listing(tx)]


def dead(service: Service, address: str) -> None:
    with service.database.transaction() as tx:
        addresses.note(tx, Happening(address, AddressEvent.HARD, NOW))


def test_the_letter_is_owed_with_the_booking_and_only_with_it(service: Service) -> None:
    booked = book(service, ACT, "lola")
    assert booked.told
    with pytest.raises(PermanentError, match="booked already"):
        book(service, ACT, "lola")
    assert owed(service) == [(f"recalculation/{booked.recalculation.id}", "zafar@mail.example")]
    with service.database.reading() as tx:
        assert len(recalculation_listing(tx)) == 1


def test_it_goes_to_the_next_address_where_the_first_is_dead_and_nowhere_where_all_are(service: Service) -> None:
    dead(service, "zafar@mail.example")
    first = book(service, ACT, "lola")
    assert first.told
    assert owed(service) == [(f"recalculation/{first.recalculation.id}", "office@zafar.example")]
    dead(service, "office@zafar.example")
    booked = book(service, replace(ACT, act_number="18/26", charged_gcal=None), "lola")
    assert (booked.told, booked.recalculation.corrects) == (False, first.recalculation.id)
    assert len(owed(service)) == 1
