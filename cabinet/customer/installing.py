"""What lets a phone install the cabinet: the manifest, and a service worker that keeps our own static files and nothing else."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from cabinet.assets import asset
from cabinet.rendering import language_of
from templates.pages import TAGS, text

ROUTER = APIRouter()
_WORKER = (Path(__file__).parent.parent / "assets" / "service-worker.js").read_bytes()


@ROUTER.get("/manifest.webmanifest")
def manifest(request: Request) -> Response:
    language = language_of(request)
    described = {
        "name": text(language, "customer.app.name"),
        "short_name": text(language, "customer.app.short_name"),
        "lang": TAGS[language],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f4f1",
        "theme_color": "#a63d1a",
        "icons": [{"src": asset(f"icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png", "purpose": "any maskable"} for n in (192, 512)],
    }
    return JSONResponse(described, media_type="application/manifest+json")


@ROUTER.get("/service-worker.js")
def service_worker() -> Response:
    """From the root, since a worker serves only what lies beneath it."""
    return Response(_WORKER, media_type="text/javascript; charset=utf-8", headers={"cache-control": "no-cache"})
