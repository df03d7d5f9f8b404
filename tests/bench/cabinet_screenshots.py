"""Pictures of the customer's cabinet for README and docs, on a copy of the demo's instance to which a year of readings was added."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from PIL import Image
from playwright.sync_api import Browser

from cabinet.__main__ import server
from demo.__main__ import INSTANCE
from metering.decisions import Decision, Outcome, Source
from metering.periods import TASHKENT, Period
from service.assembly import Service, assemble
from service.config_file import load_settings
from storage import accounts, register, web_sessions
from storage.database import Transaction
from storage.exports import reading_rows
from storage.ledger import settle
from storage.settling import NewReading, NewSubmission, Settlement
from storage.states import Face

NOW = dt.datetime(2026, 10, 24, 9, 40, tzinfo=TASHKENT)
DESK, PHONE = (1280, 860), (390, 780)


def take_all(browser: Browser, folder: Path) -> None:
    """Writes cabinet-*.png into the folder."""
    with tempfile.TemporaryDirectory() as name, _served(Path(name)) as (service, address):
        customer, meter = _customer(service)
        for size, path, language, to in (
            (PHONE, "/", "uz", "month"),
            (PHONE, "/readings", "ru", "readings"),
            (DESK, f"/history?meter={meter}", "ru", "history"),
        ):
            _take(browser, service, (address, path), (Face.CUSTOMER, customer, language), size, folder / f"cabinet-{to}.png")


def _take(browser: Browser, service: Service, where: tuple[str, str], who: tuple[Face, str, str], size: tuple[int, int], to: Path) -> None:
    """One page as this person sees it in this language, in 64 colours."""
    face, account, language = who
    with service.database.transaction() as tx:
        token = web_sessions.open_session(tx, face, account, NOW)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="ru-RU", reduced_motion="reduce")
    cookies = {"session": token, "language": language}
    context.add_cookies([{"name": f"hisobot-{face}-{name}", "value": value, "url": where[0]} for name, value in cookies.items()])
    page = context.new_page()
    page.goto("".join(where), wait_until="networkidle")
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64).save(to, optimize=True)
    context.close()


@contextmanager
def _served(home: Path) -> Iterator[tuple[Service, str]]:
    shutil.copytree(INSTANCE, home, dirs_exist_ok=True)
    service = replace(assemble(load_settings(home / "hisobot.toml").model_copy(update={"home": home})), clock=lambda: NOW)
    _add_a_password(service)
    _add_a_year(service)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        web = service.settings.web.model_copy(update={"base_url": address})
        running = server(replace(service, settings=service.settings.model_copy(update={"web": web})), tuple(Face))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.05)
        yield service, address
        running.should_exit = True
        thread.join(10)
    service.database.close()


def _add_a_password(service: Service) -> None:
    with service.database.transaction() as tx:
        accounts.issue_new(tx, NOW, NOW)
        accounts.change_password(tx, _chosen(tx)[0], "$argon2id$", NOW)


def _add_a_year(service: Service) -> None:
    """Readings of the twelve months before, so that the history has something to show."""
    with service.database.transaction() as tx:
        number, serial = _chosen(tx)
        random = Random(number)
        record = register.meters_of(tx, number)[serial]
        ((_, usual),) = record.consumptions
        assert record.last_accepted is not None
        index, period = record.last_accepted.index - usual, Period(2026, 9)
        for _ in range(12):
            used = (usual * Decimal(random.randint(45, 125)) / 100).quantize(Decimal("0.01"))
            day = period.day(22)
            reading = NewReading(serial, record.meter.kind, record.meter.unit, day, index, index - used, used)
            at = dt.datetime.combine(day, dt.time(10, random.randrange(60)), TASHKENT)
            name = f"{at:%y%m%d}-K{random.randrange(100, 999)}"
            new = NewSubmission(Source.CABINET, Decision(Outcome.ACCEPTED), at, (reading,), number, period, day, cabinet_id=name)
            settle(tx, Settlement(at, (new,)))
            index, period = index - used, period.previous()


def _customer(service: Service) -> tuple[str, int]:
    """The contract, and the place of its meter in the history."""
    with service.database.reading() as tx:
        number, serial = _chosen(tx)
        return number, list(register.meters_of(tx, number)).index(serial) + 1


def _chosen(tx: Transaction) -> tuple[str, str]:
    """A contract and meter of the demo whose report was booked, and whose index is large enough for a year of such months."""
    found = (
        row for row in reading_rows(tx) if row["status"] == "booked" and row["period"] == "2026-10" and row["index"] and row["consumption"]
    )
    return next((r["contract_number"], r["serial"]) for r in found if Decimal(r["index"]) > 16 * Decimal(r["consumption"]))
