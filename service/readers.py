"""The reader processes: they live on because models take long to load, and see only pictures that we wrote ourselves.

A reader that dies, hangs or eats memory costs the file in hand, and nothing else: the pool starts another one.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from concurrent.futures import CancelledError
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from metering.errors import PermanentError
from metering.messages import OpenedFile
from metering.reports import Report

FILES_A_READER = 200  # then it is replaced: what its libraries leak stays bounded
MEMORY_BYTES = 3 * 1024**3


class ReadingFailed(PermanentError):
    """The reader of this file died or took too long. Nothing is known about the file; the message goes to a person."""


class Readers:
    """A pool of reader processes, used as a context manager. `seconds` is the wall clock that one file may take."""

    def __init__(self, processes: int, seconds: float) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=FILES_A_READER,
            initializer=_prepare,
            context=multiprocessing.get_context("spawn"),
        )

    def read(self, file: OpenedFile, folder: Path) -> tuple[Report, ...]:
        """The reports in one opened file, whose pictures are in `folder`. Raises ReadingFailed."""
        future = self._pool.schedule(_read, args=(file, folder), timeout=self._seconds)
        try:
            return future.result()
        except TimeoutError:
            raise ReadingFailed(f"reading took more than {self._seconds:.0f} s") from None
        except (ProcessExpired, CancelledError, MemoryError) as error:
            raise ReadingFailed(f"the reader ended: {error or type(error).__name__}") from None

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._pool.stop()
        self._pool.join()


def _prepare() -> None:
    """In the new process: one thread for each library, a limit on memory, and no part in the terminal's signals."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file: OpenedFile, folder: Path) -> tuple[Report, ...]:
    from service.reading import read_file  # loads the OCR libraries: only ever inside a reader process

    return read_file(file, folder)
