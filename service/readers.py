"""The reader processes: they live on because models take long to load, and see only pictures that we wrote ourselves.

A reader that dies, hangs or eats memory costs the file in hand, and nothing else: the pool starts another one.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from metering.errors import PermanentError, TemporaryError
from metering.messages import OpenedFile
from metering.reports import Report
from service import notify

FILES_A_READER = 200  # then it is replaced: what its libraries leak stays bounded
MEMORY_BYTES = 3 * 1024**3
WALL_CLOCK = 2  # times the CPU time: a busy machine makes no file a bad one, and what sleeps for ever uses none
LOOK_UP_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

Work = Callable[[OpenedFile, Path], tuple[Report, ...]]


class ReadingFailed(PermanentError):
    """The reader of this file died or took too long. Nothing is known about the file; the message goes to a person."""


class Readers:
    """A pool of reader processes, used as a context manager.

    seconds: of CPU that one file may take; on the wall clock it may take WALL_CLOCK times as long.
    work: what a reader does with a file, a function that can be imported.
    """

    def __init__(self, processes: int, seconds: float, work: Work | None = None) -> None:
        self._work = work or _read
        self._processes = processes
        self._seconds = seconds
        self._pool = self._new_pool()

    def read(self, file: OpenedFile, folder: Path) -> tuple[Report, ...]:
        """The reports in one opened file, whose pictures are in `folder`.

        Raises ReadingFailed on account of the file, TemporaryError if a reader could not begin with it.
        """
        try:
            return self._wait_for(self._schedule(file, folder))
        except TimeoutError:
            raise ReadingFailed(f"reading took more than {WALL_CLOCK * self._seconds:g} s") from None
        except ProcessExpired as error:
            too_long = error.exitcode == -signal.SIGXCPU
            raise ReadingFailed(
                f"reading took more than {self._seconds:g} s of CPU" if too_long else f"the reader ended: {error}"
            ) from None
        except (CancelledError, MemoryError) as error:
            raise ReadingFailed(f"the reader ended: {str(error) or type(error).__name__}") from None
        except (BrokenProcessPool, OSError) as error:
            # pebble gives a pool up when a process dies that has not yet begun with a file: no file's fault.
            self.close()
            self._pool = self._new_pool()
            raise TemporaryError(f"no reader can begin: {error}") from error

    def _schedule(self, file: OpenedFile, folder: Path) -> Future[tuple[Report, ...]]:
        if not self._pool.active:
            raise BrokenProcessPool("the readers died between two files")
        work = partial(_within, self._seconds, self._work)
        return self._pool.schedule(work, args=(file, folder), timeout=WALL_CLOCK * self._seconds)

    def _wait_for(self, future: Future[tuple[Report, ...]]) -> tuple[Report, ...]:
        """Looks up from time to time: a pool that broke in the moment of scheduling never answers."""
        while True:
            try:
                return future.result(timeout=LOOK_UP_SECONDS)
            except TimeoutError:
                if future.done():  # it is the file's own limit that has passed
                    raise
            notify.alive()
            if not self._pool.active and not future.done():
                raise BrokenProcessPool("the readers died")

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("spawn")
        return ProcessPool(self._processes, FILES_A_READER, initializer=_prepare, initargs=(os.getpid(),), context=context)

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._pool.stop()
        self._pool.join()


def _prepare(parent: int) -> None:
    """In the new process: it dies with its parent; one thread for each library, a limit on memory, no part in the terminal's signals."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it died before the line above
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _within(seconds: float, work: Work, file: OpenedFile, folder: Path) -> tuple[Report, ...]:
    """The work, under a limit on the CPU time of this file alone: the kernel ends the process that passes it (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    return work(file, folder)


def _read(file: OpenedFile, folder: Path) -> tuple[Report, ...]:
    from service.reading import read_file  # loads the OCR libraries: only ever inside a reader process

    return read_file(file, folder)
