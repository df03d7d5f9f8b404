"""The server that `./run bench web` asks: the product's own application, with the time that each answer took in a header."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cabinet.__main__ import server
from service.assembly import Service
from service.clock import system_clock
from service.config import SecretSettings, Settings, WebSettings
from storage.blobs import BlobStore
from storage.database import open_database
from storage.states import Face


class Timed:
    """ASGI middleware: from the first byte asked for to the first byte of the answer, waiting for a thread included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = f"{(time.perf_counter() - began) * 1000:.2f}"
                message["headers"] = [*message["headers"], (b"x-server-ms", spent.encode())]
            await send(message)

        await self._app(scope, receive, timed if scope["type"] == "http" else send)


def service_for(url: str, home: Path, port: int = 8080) -> Service:
    secrets = SecretSettings(message_id_key="a key of sixteen bytes or more")
    settings = Settings(home=home, database_url=url, secrets=secrets, web=WebSettings(port=port, base_url=f"http://127.0.0.1:{port}"))
    return Service(settings, open_database(url), BlobStore(home / "blobs"), system_clock)


def main() -> None:
    url, home, port = sys.argv[1:4]
    made = server(service_for(url, Path(home), int(port)), tuple(Face))
    made.config.app = Timed(made.config.app)  # type: ignore[arg-type]
    made.run()


if __name__ == "__main__":
    main()
