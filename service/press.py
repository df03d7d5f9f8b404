"""Draws and signs documents, in several processes where there are many (docs/documents.md, "Speed")."""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice

from documents.policy import SigningPolicy
from metering.documents import Paper, SignatureMark
from service.clock import Clock

_FEW = 12  # papers that are printed before other processes have begun
_AHEAD = 4  # papers that wait for each process


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper, signed; mark: what its visible signature says."""

    paper: Paper
    mark: SignatureMark
    pdf: bytes


def print_all(policy: SigningPolicy, papers: Iterable[Paper], clock: Clock, processes: int) -> Iterator[Printed]:
    """Each paper drawn and signed, in order; the next are drawn while the caller keeps one.

    Raises what the key or the timestamp server is to blame for: then the papers that were not yielded were not signed.
    """
    waiting = iter(papers)
    few = list(islice(waiting, _FEW))
    if few:
        with ExitStack() as stack:
            press = _Press(policy, stack)
            for paper in few if processes > 1 else chain(few, waiting):
                yield press.print(paper, clock())
    yield from _in_processes(policy, waiting, clock, processes)


class _Press:
    """WeasyPrint and pyHanko cost seconds to import, which only a process that prints should pay."""

    def __init__(self, policy: SigningPolicy, stack: ExitStack) -> None:
        from documents.papers import draw_paper
        from documents.signing import opened_press

        self._draw = draw_paper
        self._press = stack.enter_context(opened_press(policy))

    def print(self, paper: Paper, now: dt.datetime) -> Printed:
        mark = self._press.mark(now)
        return Printed(paper, mark, self._press.sign(self._draw(paper, mark), now))


def _in_processes(policy: SigningPolicy, papers: Iterator[Paper], clock: Clock, processes: int) -> Iterator[Printed]:
    first = next(papers, None)
    if first is None:
        return
    context = multiprocessing.get_context("spawn")  # a fork would share the token's session
    with ProcessPoolExecutor(processes, context, _open_in_process, (policy,)) as pool:
        running: deque[Future[Printed]] = deque()
        try:
            for paper in chain([first], papers):
                running.append(pool.submit(_print_in_process, paper, clock()))
                if len(running) >= processes * _AHEAD:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


_here: list[_Press] = []
_open_here = ExitStack()


def _open_in_process(policy: SigningPolicy) -> None:
    _here.append(_Press(policy, _open_here))
    gc.collect()
    gc.freeze()  # the libraries' own objects stay: looking through them again and again cost a sixth of the time
    gc.set_threshold(50_000, 20, 20)


def _print_in_process(paper: Paper, now: dt.datetime) -> Printed:
    return _here[0].print(paper, now)
