"""The bytes of every message and file, by their SHA-256: written once, kept for ever."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from metering.errors import PermanentError, TemporaryError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """Files below `root`, two hexadecimal digits a folder. Any number of processes may put the same bytes at once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keeps the bytes and returns their SHA-256. When it returns they survive a power cut.

        Raises TemporaryError when the disk is full or cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            self._make_folder(target.parent)
            # A file of the right size was renamed into place whole; a kept file is synced again because the process
            # that renamed it may have died before it synced the folder.
            if not (target.is_file() and target.stat().st_size == len(content)):
                self._write(target, content)
            _sync_folder(target.parent)
        except OSError as error:
            raise TemporaryError(f"the blob folder {self._root} cannot be written: {error.strerror}") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises PermanentError if they are missing or no longer the same, TemporaryError if the disk fails."""
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise PermanentError(f"blob {sha256} is missing from {self._root}: restore it from the backup") from None
        except OSError as error:
            raise TemporaryError(f"blob {sha256} cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise PermanentError(f"blob {sha256} is damaged on disk: restore it from the backup")
        return content

    def path(self, sha256: str) -> Path:
        """Where these bytes lie, whether they are there or not."""
        if _SHA256.fullmatch(sha256) is None:
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._root / sha256[:2] / sha256

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        for level in (self._root.parent, self._root):
            _sync_folder(level)

    def _write(self, target: Path, content: bytes) -> None:
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            with open(temporary, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """A rename is durable only when its folder is (fsync(2))."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
