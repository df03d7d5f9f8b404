"""`./run screenshots`: pictures of the main pages for README and docs, from the demo's instance, made anew by the program itself.

    ./run screenshots [DIRECTORY]

The demo must have run (`./run demo`). Nothing in the pictures is anybody's: mail, contracts and people are the demo's.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from cabinet.__main__ import server
from demo.__main__ import INSTANCE
from demo.faces import STAFF_NAME, STAFF_PASSWORD, free_port
from service.assembly import assemble
from service.config_file import load_settings
from storage.states import Face
from tests.bench import cabinet_screenshots
from tests.support.web import CHROMIUM, FLAGS

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
DESKTOP, PHONE = {"width": 1366, "height": 820}, {"width": 390, "height": 844}


@contextmanager
def _served() -> Iterator[str]:
    """The demo's instance on a free port."""
    os.environ["HISOBOT_HOME"] = str(INSTANCE)
    service = assemble(load_settings(INSTANCE / "hisobot.toml"))
    port = free_port()
    web = service.settings.web.model_copy(update={"port": port, "base_url": f"http://localhost:{port}"})
    running = server(replace(service, settings=service.settings.model_copy(update={"web": web})), tuple(Face))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    try:
        yield f"http://localhost:{port}"
    finally:
        running.should_exit = True
        thread.join(10)


def _log_in(browser: Browser, address: str, size: dict[str, int], language: str) -> Page:
    context = browser.new_context(locale=language, viewport=size, timezone_id="Asia/Tashkent")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/staff/login")
    page.fill("#name", STAFF_NAME)
    page.fill("#password", STAFF_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/staff/")
    return page


def _staff_pages(
    page: Page, address: str, folder: Path, suffix: str = "", wanted: tuple[str, ...] = ("queue", "report", "return", "month")
) -> None:
    def keep(name: str) -> None:
        if name in wanted:
            page.wait_for_timeout(700)
            page.screenshot(path=folder / f"desk-{name}{suffix}.png")

    keep("queue")
    page.goto(f"{address}/staff/next")
    page.locator(".paper img").first.wait_for(timeout=60_000)
    keep("report")
    page.keyboard.press("r")
    page.locator("#letter pre").wait_for()
    keep("return")
    page.goto(f"{address}/staff/overview?period=2026-10")
    keep("month")


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else FOLDER
    if not (INSTANCE / "hisobot.db").exists():
        sys.exit("screenshots: run ./run demo first")
    folder.mkdir(parents=True, exist_ok=True)
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _staff_pages(_log_in(browser, address, DESKTOP, "ru"), address, folder)
        _staff_pages(_log_in(browser, address, DESKTOP, "uz"), address, folder, "-uz", ("report",))
        _staff_pages(_log_in(browser, address, PHONE, "ru"), address, folder, "-phone", ("queue", "report"))
        cabinet_screenshots.take_all(browser, folder)
        browser.close()
    for path in sorted(folder.glob("*.png")):
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
