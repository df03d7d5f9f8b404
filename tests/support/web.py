"""The web faces as a visitor meets them: a real uvicorn on a free port, an httpx client, and Chromium with axe."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from cabinet.__main__ import server as server_of
from service import passwords
from service.assembly import Service
from service.clock import Clock, system_clock
from service.config import SecretSettings, Settings
from storage import audit, staff, web_sessions
from storage.blobs import BlobStore
from storage.database import Database
from storage.staff import Credentials
from storage.states import Face, Role

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STAFF_PASSWORD = "six-boilers-and-a-pump"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@dataclass
class Site:
    """A running server. address: without a path; service: its parts, to arrange and to look at what it did."""

    address: str
    service: Service
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, **options: object) -> httpx.Client:
        """A visitor without a browser, closed with the site; redirects are not followed unless asked for."""
        self.clients.append(httpx.Client(base_url=self.address, timeout=30, **options))  # type: ignore[arg-type]
        return self.clients[-1]

    def visitor(self) -> Visitor:
        return Visitor(self.client())

    def signed_in(self, face: Face, account: str) -> Visitor:
        """Somebody with a session of this account, without the slow way through a password."""
        with self.service.database.transaction() as tx:
            token = web_sessions.open_session(tx, face, account, self.service.clock())
        visitor = self.visitor()
        visitor.client.cookies.set(f"hisobot-{face}-session", token)
        return visitor

    def add_staff(self, name: str = "olga", role: Role = Role.REVIEWER, totp_secret: str | None = None, temporary: bool = False) -> None:
        """An account whose password is STAFF_PASSWORD."""
        credentials = Credentials(_hash(STAFF_PASSWORD), temporary, totp_secret)
        entry = audit.Entry(self.service.clock(), "test", "staff account added", f"staff {name}")
        with self.service.database.transaction() as tx:
            staff.add(tx, name, f"{name.title()} Karimova", role, credentials, entry)

    def staff(self, name: str = "olga", role: Role = Role.REVIEWER) -> Visitor:
        """Somebody at the desk: a new account, and a session of it."""
        self.add_staff(name, role)
        return self.signed_in(Face.STAFF, name)


@dataclass
class Visitor:
    """A client that sends forms as a browser does: with the token of the page that they stand on."""

    client: httpx.Client

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.client.get(path, **options)  # type: ignore[arg-type]

    def post(self, path: str, data: dict[str, object] | None = None, page: str | None = None, **options: object) -> httpx.Response:
        """page: where the form stands, if not at the same path."""
        form = {"csrf": self.csrf(page or path)} | {name: value for name, value in (data or {}).items() if name != "csrf"}
        return self.client.post(path, data=form, **options)  # type: ignore[arg-type]

    def csrf(self, page: str) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.client.get(page, follow_redirects=True).text)
        assert found, f"no form on {page}"
        return found[1]


_hashes: dict[str, str] = {}


def _hash(password: str) -> str:
    """Each once a session: it is meant to be slow."""
    return _hashes.setdefault(password, passwords.hash_of(password))


def service_for(database: Database, home: Path, clock: Clock = system_clock) -> Service:
    settings = Settings(home=home, secrets=SecretSettings(message_id_key="a key of sixteen bytes or more"))
    return Service(settings, database, BlobStore(home / "blobs"), clock)


@pytest.fixture
def serve() -> Iterator[Callable[..., Site]]:
    """Starts a server for a service, if given for some faces only or as if behind a proxy at base_url; stopped after the test."""
    running: list[tuple[Site, uvicorn.Server, threading.Thread]] = []

    def start(service: Service, faces: tuple[Face, ...] = tuple(Face), base_url: str | None = None) -> Site:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        web = service.settings.web.model_copy(update={"base_url": base_url or address})
        service = replace(service, settings=service.settings.model_copy(update={"web": web}))
        server = server_of(service, faces)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((Site(address, service), server, thread))
        while not server.started:
            assert thread.is_alive(), "the server ended at once"
            time.sleep(0.01)
        return running[-1][0]

    yield start
    for site, server, thread in running:
        for client in site.clients:
            client.close()
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def site(database: Database, tmp_path: Path, serve: Callable[..., Site]) -> Site:
    """Both faces on an empty ledger, on SQLite and on PostgreSQL."""
    return serve(service_for(database, tmp_path))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of a module and not of the session: while it is open, the event loop of this thread is taken, and delivery needs it."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of a fresh browser profile. What a page writes to the console as an error fails the test: a script or style that the
    Content-Security-Policy refused is such an error."""
    context = browser.new_context(locale="ru-RU", timezone_id="Asia/Tashkent", reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" and not _is_http(message.text) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def _is_http(text: str) -> bool:
    """Chromium reports each answer of 4xx so, which a test may want to see."""
    return text.startswith("Failed to load resource: the server responded with a status of 4")


def log_in(tab: Page, site: Site, name: str = "olga", code: str = "") -> None:
    """Through the page, as a person does."""
    tab.goto(f"{site.address}/staff/login")
    tab.fill("#name", name)
    tab.fill("#password", STAFF_PASSWORD)
    tab.fill("#code", code)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{site.address}/staff/")


def assert_accessible(tab: Page) -> None:
    """No violation of WCAG 2.2 AA that axe can find."""
    found = Axe().run(tab, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
