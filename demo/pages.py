"""Takes the pictures of both faces in docs/pages/ from the instance that the last `./run demo` left: `python -m demo.pages`.

Works on a copy, on a day of the demo's month; needs Chromium and what the tests need.
"""

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
from playwright.sync_api import Browser, sync_playwright

from cabinet.__main__ import server
from demo.__main__ import INSTANCE
from metering.decisions import Decision, Outcome, Source
from metering.periods import TASHKENT, Period
from service.assembly import Service, assemble
from service.config import load_settings
from storage import accounts, audit, register, staff, web_sessions
from storage.database import Transaction
from storage.exports import reading_rows
from storage.ledger import NewReading, NewSubmission, Settlement, settle
from storage.staff import Credentials
from storage.states import Face, Role

PICTURES = Path(__file__).parent.parent / "docs" / "pages"
NOW = dt.datetime(2026, 10, 24, 9, 40, tzinfo=TASHKENT)
DESK, PHONE = (1280, 860), (390, 780)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, _served(Path(name)) as (service, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox", "--disable-gpu"])
        waiting, (customer, meter) = _waiting(service), _customer(service)
        for face, account, size, path, language, to in (
            (Face.STAFF, "olga", DESK, "/staff/", "ru", "queue"),
            (Face.STAFF, "olga", DESK, f"/staff/reports/{waiting}", "ru", "report"),
            (Face.STAFF, "olga", DESK, "/staff/overview?period=2026-10", "ru", "overview"),
            (Face.CUSTOMER, customer, PHONE, "/", "uz", "month"),
            (Face.CUSTOMER, customer, PHONE, "/readings", "ru", "readings"),
            (Face.CUSTOMER, customer, DESK, f"/history?meter={meter}", "ru", "history"),
        ):
            _take(browser, service, (address, path), (face, account, language), size, PICTURES / f"{to}.png")
        browser.close()


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
    print(f"{to}: {to.stat().st_size} bytes")
    context.close()


@contextmanager
def _served(home: Path) -> Iterator[tuple[Service, str]]:
    shutil.copytree(INSTANCE, home, dirs_exist_ok=True)
    service = replace(assemble(load_settings(home / "hisobot.toml").model_copy(update={"home": home})), clock=lambda: NOW)
    _add_people(service)
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


def _add_people(service: Service) -> None:
    with service.database.transaction() as tx:
        if staff.account(tx, "olga") is None:
            entry = audit.Entry(NOW, "demo", "staff account added", "staff olga")
            staff.add(tx, "olga", "Olga Karimova", Role.REVIEWER, Credentials("$argon2id$", False, None), entry)
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


def _waiting(service: Service) -> int:
    """A report in the queue: the one whose sum does not add up, where the demo has it."""
    with service.database.reading() as tx:
        found = tx.exec_driver_sql("select submission from reviews where state = 'open' order by due_on, certainty, submission").all()
    return int(found[0][0])


if __name__ == "__main__":
    main()
