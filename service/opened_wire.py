"""The sandbox's result on its way: an Opened as JSON arrays, and back with every type, size and path checked."""

from __future__ import annotations

import dataclasses
import json
import math
import re
import types
import typing
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from metering.messages import Opened

RESULT_BYTES = 32 * 1024 * 1024
_TEXT = 1_000_000  # characters in one string
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PICTURE = re.compile(r"[0-9a-f]{64}-[0-9]{1,4}\.p[gp]m")
_PLAIN_PICTURE = re.compile(rb"P([56])\s(\d{1,5})\s(\d{1,5})\s255\s")


class BadResult(Exception):
    """What the worker handed over is not what our own code writes."""


def pack(opened: Opened) -> bytes:
    return json.dumps(_plain(opened), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def unpack(data: bytes, folder: Path) -> Opened:
    """The Opened back; raises BadResult where anything is of another type, unbounded, or names a file outside `folder`."""
    if len(data) > RESULT_BYTES:
        raise BadResult(f"{len(data)} bytes of result")
    try:
        opened = _build(Opened, json.loads(data))
    except (ValueError, RecursionError) as error:
        raise BadResult(f"the result is no JSON of ours: {type(error).__name__}") from error
    for file in opened.files:
        if not _SHA256.fullmatch(file.attachment.sha256):
            raise BadResult("a hash that is none")
        for sheet in file.sheets:
            _check_picture(folder, sheet.picture)
    if opened.message is not None and opened.message.attachments != tuple(file.attachment for file in opened.files):
        raise BadResult("attachments and files differ")
    return opened


def _build(wanted: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(wanted):
        hints = _hints(wanted)
        if not isinstance(value, list) or len(value) != len(hints):
            raise BadResult(f"no {wanted.__name__}")
        return wanted(*(_build(hint, item) for hint, item in zip(hints, value, strict=True)))
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _build(next(a for a in arguments if a is not types.NoneType), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise BadResult("no list")
        if arguments[-1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in value)
        if len(value) != len(arguments):
            raise BadResult("a list of another length")
        return tuple(_build(a, item) for a, item in zip(arguments, value, strict=True))
    return _scalar(wanted, value)


def _scalar(wanted: Any, value: Any) -> Any:
    if isinstance(wanted, type) and issubclass(wanted, Enum) and isinstance(value, str):
        return wanted(value)
    if wanted is float and type(value) in (int, float) and math.isfinite(value) and abs(value) < 1e6:
        return float(value)
    if wanted is int and type(value) is int and 0 <= value < 2**40:
        return value
    if wanted is bool and type(value) is bool:
        return value
    if wanted is str and isinstance(value, str) and len(value) <= _TEXT and "\x00" not in value:
        return value
    raise BadResult(f"a {type(value).__name__} where {wanted} is due")


@cache
def _hints(wanted: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(wanted)
    return tuple(hints[field.name] for field in dataclasses.fields(wanted))


def _check_picture(folder: Path, name: str) -> None:
    """A picture must be a plain file of ours whose length is what its own first line says: nothing else reaches the OCR engine."""
    path = folder / name
    if not _PICTURE.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise BadResult("a picture that is not ours")
    with path.open("rb") as file:
        match = _PLAIN_PICTURE.match(file.read(32))
    if match is None:
        raise BadResult("a picture that we did not write")
    samples = int(match[2]) * int(match[3]) * (1 if match[1] == b"5" else 3)
    if samples == 0 or path.stat().st_size != match.end() + samples:
        raise BadResult("a picture of another length than it says")
