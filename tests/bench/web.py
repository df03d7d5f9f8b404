"""`./run bench web`: both faces on a seeded PostgreSQL, with people who think between pages; prints the server's time for each page."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import math
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from fastapi.routing import APIRoute
from rich.console import Console
from rich.table import Table

from cabinet import customer, shared, staff
from metering.periods import Period
from service.assembly import Service
from service.sandbox import open_message
from storage import audit, web_sessions
from storage import staff as staff_storage
from storage.database import Database
from storage.staff import Credentials
from storage.states import Face, Role
from tests.bench.seed import Kept, Say, seed
from tests.bench.web_server import service_for
from tests.journeys.recipes import STORIES
from tests.journeys.recipes import load as load_story
from tests.support.postgresql import cluster

MEDIAN_MS, P99_MS = 50.0, 250.0  # the bar
#: Not pages: downloads that open a mail in the sandbox or write a whole register; pictures; what is no page of the product.
NO_PAGES = re.compile(r"/files/|\.csv$|\.xlsx$|\.\{kind\}$|/pictures/|manifest|service-worker")

#: What opens foreign mail in the sandbox, a process each time, as an upload does: told, and not held to the bar.
SANDBOXED = re.compile(r"/reports/\{number\}/(mail|pages)$")


@dataclasses.dataclass(frozen=True)
class Load:
    """How much there is and who asks for it. think: mean seconds between two pages of one person."""

    contracts: int = 100_000
    years: int = 3
    reviews: int = 10_000
    users: int = 50
    seconds: float = 180.0
    think: float = 5.0


def bench_web(load: Load, console: Console) -> dict[str, float]:
    settings = {"shared_buffers": "512MB", "work_mem": "16MB", "max_wal_size": "4GB", "fsync": "off", "max_connections": "60"}
    with cluster(settings) as server, tempfile.TemporaryDirectory(prefix="hisobot-web-") as home:
        database = Database(f"{server}/postgres")
        database.upgrade()
        database.close()
        times = ask_all(f"{server}/postgres", Path(home), load, lambda line: console.print(line, style="dim"))
    return _told(times, load, console)


def ask_all(url: str, home: Path, load: Load, say: Say = lambda _: None) -> dict[str, list[float]]:
    """Seeds the empty database, serves it, and lets the people ask; milliseconds of the server by page."""
    began = time.monotonic()
    newest = Period.of(dt.datetime.now(dt.UTC).date())
    service = service_for(url, home)
    raw = load_story(STORIES / "accepted").steps[0].raw
    with tempfile.TemporaryDirectory() as folder:
        opened = open_message(raw, Path(folder), service.settings.limits)
        kept = Kept(service.blobs.put(raw), next(file.attachment.sha256 for file in opened.files if file.sheets))
    seed(url, load.contracts, load.years, load.reviews, newest, kept, say)
    say(f"seeded in {time.monotonic() - began:.0f} s")
    people = _people(service, load, newest)
    with _served(url, home) as (address, process):
        asyncio.run(_crowd(address, people[:2], dataclasses.replace(load, seconds=0, think=0.01)))  # each page once, not counted
        before = _cpu_seconds(process)
        times = asyncio.run(_crowd(address, people, load))
        asked = sum(len(found) for found in times.values())
        say(f"the server's process used {(_cpu_seconds(process) - before) * 1000 / asked:.1f} ms of CPU a page")
    service.database.close()
    return times


@dataclasses.dataclass(frozen=True)
class Person:
    """cookies of a session, and the pages that he may ask for, each by its route with a way to an address."""

    cookies: dict[str, str]
    pages: dict[str, Callable[[], str]]


def _people(service: Service, load: Load, newest: Period) -> list[Person]:
    """Four of five are customers; each has a session, made without the slow way through a password."""
    found = []
    waiting = range(load.contracts * load.years * 12 - load.reviews + 1, load.contracts * load.years * 12 + 1)
    now = service.clock()
    with service.database.transaction() as tx:
        for number in range(load.users):
            if number % 5 == 0:
                name = f"reviewer{number}"  # with the role that may see every page
                entry = audit.Entry(now, "bench", "staff account added", f"staff {name}")
                staff_storage.add(tx, name, name, Role.ADMINISTRATOR, Credentials("$argon2id$", False, None), entry)
                token = web_sessions.open_session(tx, Face.STAFF, name, now)
                pages = _pages("/staff", (*staff.ROUTERS, shared.ROUTER), _staff_places(waiting, newest))
                found.append(Person({"hisobot-staff-session": token}, pages))
            else:
                contract = f"{random.randrange(load.contracts):05d}"
                token = web_sessions.open_session(tx, Face.CUSTOMER, contract, now)
                pages = _pages("", (*customer.ROUTERS, shared.ROUTER), {})
                found.append(Person({"hisobot-customer-session": token}, pages))
    return found


def _staff_places(waiting: range, newest: Period) -> dict[str, Callable[[], str]]:
    return {
        "number": lambda: str(random.choice(waiting)),
        "period": lambda: str(newest),
        "state": lambda: random.choice(("reported", "accepted", "review", "late", "missing")),
    }


def _pages(prefix: str, routers: tuple[object, ...], places: dict[str, Callable[[], str]]) -> dict[str, Callable[[], str]]:
    """Every GET page of a face whose places can be filled; login and what the module names are left out."""
    found = {}
    for router in routers:
        for route in router.routes:  # type: ignore[attr-defined]
            if not isinstance(route, APIRoute) or "GET" not in route.methods or route.path == "/login" or NO_PAGES.search(route.path):
                continue
            names = re.findall(r"\{(\w+)\}", route.path)
            if all(name in places for name in names):
                found[prefix + route.path] = _address(prefix + route.path, names, places)
    if prefix == "":
        found["/history?years=3"] = lambda: "/history?years=3"
    return found


def _address(path: str, names: list[str], places: dict[str, Callable[[], str]]) -> Callable[[], str]:
    def make() -> str:
        address = path
        for name in names:
            address = address.replace(f"{{{name}}}", places[name]())
        return address

    return make


@contextlib.contextmanager
def _served(url: str, home: Path) -> Iterator[tuple[str, int]]:
    """Its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.web_server", url, str(home), str(port)], env={**os.environ})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{address}/login")
                break
            time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _cpu_seconds(process: int) -> float:
    """User and system time that it has used (proc_pid_stat(5)); unlike wall time it does not grow when others use the machine."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _crowd(address: str, people: list[Person], load: Load) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + load.seconds
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=len(people))) as client:
        await asyncio.gather(*(_person(client, person, load, end, times) for person in people))
    return times


async def _person(client: httpx.AsyncClient, person: Person, load: Load, end: float, times: dict[str, list[float]]) -> None:
    """Asks for each page in turn, in an order of his own, and thinks in between; ends with a whole round."""
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    routes = list(person.pages)
    await asyncio.sleep(random.uniform(0, load.think))
    while time.monotonic() < end:
        random.shuffle(routes)
        for route in routes:
            answer = await client.get(person.pages[route](), headers={"cookie": cookies})
            if answer.status_code != 200 and not (route.endswith("/next") and answer.status_code == 303):
                raise RuntimeError(f"{route}: {answer.status_code} {answer.headers.get('location', '')}")
            times[route].append(float(answer.headers["x-server-ms"]))
            await asyncio.sleep(random.expovariate(1 / load.think))


def _told(times: dict[str, list[float]], load: Load, console: Console) -> dict[str, float]:
    table = Table(
        title=f"Server time of each page, ms; {load.users} people who think {load.think:g} s, {load.seconds:g} s", title_justify="left"
    )
    for name in ("page", "asked", "median", "p99", "worst"):
        table.add_column(name, justify="left" if name == "page" else "right")
    figures = {}
    for route, found in sorted(times.items()):
        median, p99 = statistics.median(found), _p99(found)
        aside = SANDBOXED.search(route) is not None
        style = "dim" if aside else "red" if median > MEDIAN_MS or p99 > P99_MS else ""
        table.add_row(route, str(len(found)), f"{median:.1f}", f"{p99:.1f}", f"{max(found):.1f}", style=style)
        figures |= {f"web {route} median ms": round(median, 1), f"web {route} p99 ms": round(p99, 1)}
    everything = [each for route, found in times.items() for each in found if not SANDBOXED.search(route)]
    table.add_row("all", str(len(everything)), f"{statistics.median(everything):.1f}", f"{_p99(everything):.1f}", f"{max(everything):.1f}")
    console.print(table)
    console.print("dim: opens mail in the sandbox, a process each time; not in `all`, not held to the bar", style="dim")
    console.print(f"the bar: a median under {MEDIAN_MS:g} ms and a p99 under {P99_MS:g} ms for each page", style="dim")
    return {**figures, "web median ms": round(statistics.median(everything), 1), "web p99 ms": round(_p99(everything), 1)}


def _p99(values: list[float]) -> float:
    return sorted(values)[max(0, math.ceil(len(values) * 0.99) - 1)]
