"""The process of which a child is forked for each message: what opening needs is loaded once, and no message is ever seen here.

It has one thread, knows one parent, and serves one message after another. What is the message's own (its bytes, its name, its
folder) goes to the child in open files, so that nothing of it can be found by the next one (docs/opening.md, "The process").
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable

from service.opener import tie_hands

FILES = 4  # arguments, given bytes, result, complaints
REQUEST_BYTES = 64


def serve(work: Callable[[list[str]], None]) -> None:
    """Answers the requests that come by file 0, a socket, until its other end is closed. work: what a child does with its arguments."""
    control = socket.socket(fileno=0)
    gc.freeze()  # what is loaded stays shared with the children
    with contextlib.suppress(ConnectionError):  # the other end is closed while an answer is on its way
        while True:
            request, files, _, _ = socket.recv_fds(control, REQUEST_BYTES, FILES)
            if len(files) != FILES:
                return
            started = time.monotonic()
            server, child = os.getpid(), os.fork()
            if child == 0:
                _be_child(server, files, work)
            with contextlib.suppress(OSError):  # it does so itself too: whoever comes first
                os.setpgid(child, child)
            for file in files:
                os.close(file)
            control.send(json.dumps(_outcome(child, started + float(request), control)).encode())


def _outcome(child: int, end: float, control: socket.socket) -> int | None:
    """How the child ended, as subprocess tells it; None if it took longer than to the end (monotonic, seconds), even where this process
    got no time to see it, or nobody waits for it any more."""
    watch = os.pidfd_open(child)
    ready = select.select([watch, control], [], [], max(0.0, end - time.monotonic()))[0]
    late = time.monotonic() > end
    os.close(watch)
    # Not yet waited for, so its number cannot be anybody else's; what it started is of its group.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if watch in ready and not late else None


def _be_child(server: int, files: list[int], work: Callable[[list[str]], None]) -> None:
    status = 1
    try:
        os.setpgid(0, 0)
        tie_hands(server)
        arguments, *streams = files
        for number, file in enumerate(streams):
            os.dup2(file, number)  # 0 was the socket
        told = json.loads(os.pread(arguments, os.fstat(arguments).st_size, 0))
        os.closerange(3, 64)
        os.chdir(told["folder"])
        os.environ.clear()
        os.environ["TMPDIR"] = told["folder"]
        work(told["arguments"])
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)  # nothing to tidy: what C libraries do at exit has crashed before
