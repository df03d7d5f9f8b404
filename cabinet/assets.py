"""Stylesheet, scripts and pictures that we ship, under names that change with their content: a browser may keep them for ever."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

_FOLDER = Path(__file__).parent / "assets"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".webmanifest": "application/manifest+json"}
_FOR_EVER = "public, max-age=31536000, immutable"

ASSETS = APIRouter()


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    media_type: str


@cache
def _shipped() -> tuple[dict[str, str], dict[str, _Asset]]:
    """Of each file its public name, and by public name the file."""
    names, files = {}, {}
    for path in sorted(_FOLDER.iterdir()):
        content = path.read_bytes()
        public = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
        names[path.name] = public
        files[public] = _Asset(content, _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    return names, files


def asset(name: str) -> str:
    """The address of a file of cabinet/assets/. Raises KeyError if there is none."""
    return f"/assets/{_shipped()[0][name]}"


@ASSETS.get("/assets/{name}")
async def _serve(name: str) -> Response:
    found = _shipped()[1].get(name)
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.media_type, headers={"cache-control": _FOR_EVER})
