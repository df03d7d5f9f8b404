"""What becomes known of addresses: only the newest word counts, and one bounce counts once."""

import pytest

from metering.errors import PermanentError
from storage import addresses
from storage.addresses import Happening, note
from storage.outbox import owe
from storage.states import AddressEvent
from tests.storage.made import NOW, after, claimed, letter, load_register

ZAFAR = "zafar@mail.example"


def noted(database, event, **values):
    with database.transaction() as tx:
        return note(tx, Happening(**{"address": "Zafar@Mail.example", "event": event, "at": NOW, **values}))


def test_an_address_is_dead_until_staff_revive_it(database):
    def dead():
        with database.transaction() as tx:
            assert addresses.is_dead(tx, ZAFAR) == (addresses.dead_addresses(tx) == {ZAFAR})
            return addresses.is_dead(tx, ZAFAR)

    assert not dead()
    noted(database, AddressEvent.SOFT)
    assert not dead()
    noted(database, AddressEvent.HARD)
    assert dead()
    with database.transaction() as tx:
        addresses.revive(tx, ZAFAR, "lola", NOW)
    assert not dead()
    with pytest.raises(PermanentError, match="not marked"), database.transaction() as tx:
        addresses.revive(tx, ZAFAR, "lola", NOW)


def test_reminders_are_unsubscribed_for_one_contract(database):
    noted(database, AddressEvent.UNSUBSCRIBED, contract_number="00421")
    with database.transaction() as tx:
        assert addresses.unsubscribed(tx) == {(ZAFAR, "00421")}
        assert addresses.is_unsubscribed(tx, "ZAFAR@mail.example", "00421")
        assert not addresses.is_unsubscribed(tx, ZAFAR, "00007")
    noted(database, AddressEvent.SUBSCRIBED, contract_number="00421")
    with database.transaction() as tx:
        assert addresses.unsubscribed(tx) == set()


def test_a_bounce_that_is_worked_on_twice_counts_once(database):
    with database.transaction() as tx:
        message, number = claimed(tx).message.id, owe(tx, letter(), NOW)
    assert noted(database, AddressEvent.SOFT, message=message, letter=number)
    assert not noted(database, AddressEvent.SOFT, message=message, letter=number)


def test_staff_see_the_dead_first_with_what_the_other_server_said(database, tmp_path):
    load_register(database, tmp_path)
    noted(database, AddressEvent.SOFT, text="452 full", at=after(days=-2))
    noted(database, AddressEvent.SOFT, text="452 still full")
    noted(database, AddressEvent.HARD, address="gone@a.example", text="550 5.1.1 no such user")
    with database.transaction() as tx:
        gone, soft = addresses.address_listing(tx)
    assert (gone.address, gone.dead, gone.text, gone.contracts) == ("gone@a.example", True, "550 5.1.1 no such user", ())
    assert (soft.address, soft.dead, soft.soft, soft.text, soft.contracts) == (ZAFAR, False, 2, "452 still full", ("00007", "00421"))
