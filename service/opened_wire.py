"""The sandbox's result on its way: an Opened as JSON arrays, and back with every type, size and path checked."""

from __future__ import annotations

import dataclasses
import json
import math
import re
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache, partial
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
    if (names := _names(type(value))) is not None:
        return [_plain(getattr(value, name)) for name in names]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """A dataclass's fields, in their order; None of another type."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


def unpack(data: bytes, folder: Path) -> Opened:
    """The Opened back; raises BadResult where anything is of another type, unbounded, or names a file outside `folder`."""
    if len(data) > RESULT_BYTES:
        raise BadResult(f"{len(data)} bytes of result")
    try:
        opened = _builder(Opened)(json.loads(data))
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


@cache
def _builder(wanted: Any) -> Callable[[Any], Any]:
    """What makes a value of that type of what JSON tells; raises BadResult. Made once for each type: a page has thousands of values."""
    if dataclasses.is_dataclass(wanted):
        return _dataclass_builder(wanted)
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        build = _builder(next(a for a in arguments if a is not types.NoneType))
        return lambda value: None if value is None else build(value)
    if origin is tuple:
        return _tuple_builder(arguments)
    return partial(_scalar, wanted)


def _dataclass_builder(wanted: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(wanted)
    builders = [_builder(hints[name]) for name in _names(wanted) or ()]

    def build(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != len(builders):
            raise BadResult(f"no {wanted.__name__}")
        return wanted(*[build_one(item) for build_one, item in zip(builders, value, strict=True)])

    return build


def _tuple_builder(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    of_any_length = arguments[-1] is Ellipsis
    builders = [_builder(argument) for argument in arguments if argument is not Ellipsis]

    def build(value: Any) -> Any:
        if not isinstance(value, list):
            raise BadResult("no list")
        if of_any_length:
            return tuple([builders[0](item) for item in value])
        if len(value) != len(builders):
            raise BadResult("a list of another length")
        return tuple([build_one(item) for build_one, item in zip(builders, value, strict=True)])

    return build


def _scalar(wanted: Any, value: Any) -> Any:
    if wanted is float and type(value) in (int, float) and math.isfinite(value) and abs(value) < 1e6:
        return float(value)
    if wanted is str and isinstance(value, str) and len(value) <= _TEXT and "\x00" not in value:
        return value
    if wanted is int and type(value) is int and 0 <= value < 2**40:
        return value
    if wanted is bool and type(value) is bool:
        return value
    if isinstance(wanted, type) and issubclass(wanted, Enum) and isinstance(value, str):
        return wanted(value)
    raise BadResult(f"a {type(value).__name__} where {wanted} is due")


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
