"""What `hisobot web` becomes: uvicorn with the faces that were asked for (service/command_line/duties.py)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import uvicorn

from cabinet.application import build
from metering.errors import PermanentError, TemporaryError
from service.assembly import Service, assemble
from service.config_file import load_settings
from service.logs import start_logging
from storage.states import Face

FACES = {"staff": (Face.STAFF,), "customer": (Face.CUSTOMER,), "both": tuple(Face)}
_TEMPORARY, _PERMANENT = 3, 4  # docs/formats.md, "Exit codes"


def main(arguments: list[str]) -> int:
    """Serves until SIGTERM or Ctrl-C; returns the exit code."""
    parser = argparse.ArgumentParser(prog="hisobot web")
    parser.add_argument("--face", choices=FACES, default="both")
    parser.add_argument("--config", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args(arguments)
    start_logging("web", verbose=given.verbose)
    try:
        service = assemble(load_settings(given.config))
        server(service, FACES[given.face]).run()
    except TemporaryError as error:
        print(f"hisobot: {error} (temporary: try again)", file=sys.stderr)
        return _TEMPORARY
    except PermanentError as error:
        print(f"hisobot: {error}", file=sys.stderr)
        return _PERMANENT
    return 0


def server(service: Service, faces: tuple[Face, ...]) -> uvicorn.Server:
    """The server, not yet started. It writes no access log of its own: addresses may hold what a log must not."""
    web = service.settings.web
    return uvicorn.Server(
        uvicorn.Config(
            build(service, faces),
            host=web.bind,
            port=web.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=list(web.trusted_proxies),
            limit_concurrency=200,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=20,
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
