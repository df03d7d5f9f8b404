"""The sandbox: what a worker may do, what becomes of one that dies, hangs or lies, and what is believed of its answer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from metering.errors import PermanentError, TemporaryError
from metering.messages import Attachment, FileKind, Opened, OpenedFile, OpenedMessage, Sheet
from metering.pages import Box, Word
from service import openers, sandbox
from service.config import LimitSettings
from service.opened_wire import RESULT_BYTES, BadResult, pack, unpack
from service.opener import FILE_BYTES, MEMORY_BYTES
from service.openers import Openers
from service.sandbox import OpeningFailed, open_file, open_message
from tests.parsers.mail_writing import message, part
from tests.parsers.pdf_drawing import LINES, PdfPage, text_lines, write_pdf

PDF = write_pdf(PdfPage(text_lines(*LINES)))
MAIL = message(part("Договор".encode(), "Content-Type: text/plain"), part(PDF, "Content-Type: application/pdf; name=a.pdf"))
LIMITS = LimitSettings()
SHA = "a" * 64


def test_a_message_and_a_file_come_back_as_values(tmp_path: Path) -> None:
    opened = open_message(MAIL, tmp_path, LIMITS)
    assert opened.message is not None
    assert opened.message.text == "Договор"
    (file,) = opened.files
    assert file.sheets[0].words is not None
    assert [word.text for word in file.sheets[0].words][:2] == ["Hisobot", "issiqlik"]
    assert (tmp_path / file.sheets[0].picture).is_file()
    alone = open_file(PDF, "скан.pdf", tmp_path, LIMITS)
    assert alone.message is None
    assert alone.files[0].attachment.name == "скан.pdf"
    assert alone.files[0].sheets == file.sheets


def test_nothing_stays_in_the_folder_but_the_files_and_pictures(tmp_path: Path) -> None:
    (file,) = open_message(MAIL, tmp_path, LIMITS).files
    assert {p.name for p in tmp_path.iterdir()} == {file.attachment.sha256, file.sheets[0].picture}


def test_the_limit_on_attachments_reaches_the_worker(tmp_path: Path) -> None:
    opened = open_message(MAIL, tmp_path, LimitSettings(attachment_bytes=100))
    assert opened.files[0].attachment.fault == "too_large"


@pytest.mark.parametrize("name", ["", "-c", "--help", "a\x00b\ud800.pdf", "x" * 100_000, "$(id);'\".pdf"])
def test_no_name_of_a_file_troubles_the_worker(tmp_path: Path, name: str) -> None:
    assert len(open_file(PDF, name, tmp_path, LIMITS).files[0].sheets) == 1


def test_a_folder_that_is_missing_is_our_fault_and_not_the_mail_s(tmp_path: Path) -> None:
    with pytest.raises(TemporaryError):
        open_message(MAIL, tmp_path / "missing", LIMITS)


def start_of(program: str) -> str:
    """Starts a process whose children run a program of the test's own in the worker's place, behind the same tied hands."""
    serve = f"from service import opener_server; opener_server.serve(lambda arguments: exec({textwrap.dedent(program)!r}, {{}}))"
    return f"import sys; sys.path.insert(0, sys.argv.pop(1)); {serve}"


class Worker:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch, self._folder = monkeypatch, folder
        self.openers = Openers()
        monkeypatch.setattr(sandbox, "openers", self.openers)

    def run(self, program: str, seconds: float = 20) -> Opened:
        self.openers.close()
        self._monkeypatch.setattr(openers, "START", start_of(program))
        return self.run_again(seconds)

    def run_again(self, seconds: float = 20) -> Opened:
        """The same program, in a child of the same process."""
        return open_message(MAIL, self._folder, LimitSettings(open_seconds=seconds))

    def output(self, program: str) -> str:
        """What the program put into the file `said` in its folder; it answers nothing that could be believed."""
        with pytest.raises(OpeningFailed):
            self.run(program)
        return (self._folder / "said").read_text()


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(monkeypatch, tmp_path)
    yield worker
    worker.openers.close()


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.abort()", "SIGABRT"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("raise SystemExit(3)", "ended with 3"),
        ("x = bytearray(3 * 1024**3)", "MemoryError"),
        ("raise RuntimeError('what went wrong')", "what went wrong"),
        ("print('[]')", "not believed"),
        ("print('{')", "not believed"),
        ("pass", "not believed"),
        (f"import sys; sys.stdout.write('x' * {RESULT_BYTES + 10})", "not believed"),
    ],
)
def test_a_worker_that_dies_or_lies_fails_its_message_for_good(worker: Worker, program: str, reason: str) -> None:
    with pytest.raises(OpeningFailed, match=reason) as caught:
        worker.run(program)
    assert isinstance(caught.value, PermanentError)


def test_a_worker_that_hangs_is_killed_with_all_it_started(worker: Worker, tmp_path: Path) -> None:
    program = """
        import os, time
        child = os.fork()
        if child:
            open("said", "w").write(str(child))
        time.sleep(600)
    """
    with pytest.raises(OpeningFailed, match="more than"):
        worker.run(program, seconds=2)
    child = int((tmp_path / "said").read_text())
    for _ in range(100):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker's own child lives on")


def test_a_child_that_a_worker_leaves_behind_is_killed(worker: Worker, tmp_path: Path) -> None:
    program = """
        import os, time
        child = os.fork()
        if child:
            open("said", "w").write(str(child))
            os._exit(1)
        time.sleep(600)
    """
    child = int(worker.output(program))
    for _ in range(100):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker's child lives on")


def test_the_worker_s_limits_are_those_of_the_page(worker: Worker) -> None:
    said = worker.output(
        """
        import json, os, resource
        names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NOFILE")
        limits = {name: resource.getrlimit(getattr(resource, name))[0] for name in names}
        print(json.dumps(limits), file=open("said", "w"))
        """
    )
    assert json.loads(said) == {
        "RLIMIT_AS": MEMORY_BYTES, "RLIMIT_CPU": 30, "RLIMIT_FSIZE": FILE_BYTES, "RLIMIT_CORE": 0, "RLIMIT_NOFILE": 64
    }  # fmt: skip


def test_a_file_beyond_the_limit_is_refused_and_kills_nobody(worker: Worker) -> None:
    said = worker.output(
        f"""
        try:
            with open("large", "wb") as file:
                file.seek({FILE_BYTES}); file.write(b"x")
        except OSError as error:
            open("said", "w").write(error.strerror)
        """
    )
    assert said == "File too large"


def test_the_worker_sees_no_secret_and_inherits_no_file(worker: Worker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HISOBOT_SECRETS__SMTP_PASSWORD", "hunter2")
    said = worker.output(
        """
        import json, os
        inherited = [f for f in range(3, 64) if os.path.exists(f"/proc/self/fd/{f}")]
        environment = {k: v for k, v in os.environ.items() if k != "LC_CTYPE"}  # which Python sets for itself
        said = [environment, os.getcwd(), os.getpid() == os.getpgid(0), inherited]
        print(json.dumps(said), file=open("said", "w"))
        """
    )
    assert json.loads(said) == [{"TMPDIR": str(tmp_path)}, str(tmp_path), True, []]


@pytest.mark.skipif(subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode != 0, reason="no namespaces here")
def test_the_worker_reaches_no_network(worker: Worker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = worker.output(
            f"""
            import socket
            try:
                socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), 5)
                said = "reached"
            except OSError as error:
                said = error.strerror
            open("said", "w").write(said)
            """
        )
    assert said == "Network is unreachable"


def test_the_worker_dies_with_its_parent(tmp_path: Path) -> None:
    root = Path(sandbox.__file__).parents[1]
    start = start_of("import os, time; open('said', 'w').write(f'{os.getpid()} {os.getppid()}'); time.sleep(600)")
    program = f"""
import sys
sys.path.insert(0, {str(root)!r})
from pathlib import Path
from service import openers, sandbox
from service.config import LimitSettings
openers.START = {start!r}
sandbox.open_message(b"x", Path({str(tmp_path)!r}), LimitSettings(open_seconds=600))
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    said = tmp_path / "said"
    for _ in range(400):
        if said.exists() and len(said.read_text().split()) == 2:
            break
        time.sleep(0.05)
    left = [int(number) for number in said.read_text().split()]
    parent.kill()
    parent.wait()
    for _ in range(200):
        left = [number for number in left if is_alive(number)]
        if not left:
            return
        time.sleep(0.05)
    for number in left:
        os.kill(number, signal.SIGKILL)
    pytest.fail("the worker, or what forked it, outlived our process")


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone, before or while it was read
        return False


class TestWhatForksTheWorkers:
    """It lives from message to message: nothing else may, and its own end costs no message."""

    TELL = "import os; open('said', 'a').write(f'{os.getpid()} {os.getppid()}\\n'); raise SystemExit(7)"

    def told(self, folder: Path) -> list[list[str]]:
        return [line.split() for line in (folder / "said").read_text().splitlines()]

    def test_each_message_has_a_process_of_its_own_that_knows_nothing_of_the_one_before(self, worker: Worker, tmp_path: Path) -> None:
        with pytest.raises(OpeningFailed, match="ended with 7"):
            worker.run("import sys; print(hasattr(sys, 'seen'), file=open('seen', 'a')); sys.seen = True\n" + self.TELL)
        with pytest.raises(OpeningFailed, match="ended with 7"):
            worker.run_again()
        (first, parent), (second, same) = self.told(tmp_path)
        assert (tmp_path / "seen").read_text().split() == ["False", "False"]
        assert first != second
        assert parent == same

    def test_after_many_messages_it_is_replaced(self, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(openers, "MESSAGES", 2)
        with pytest.raises(OpeningFailed):
            worker.run(self.TELL)
        for _ in range(2):
            with pytest.raises(OpeningFailed):
                worker.run_again()
        first, second, third = (parent for _, parent in self.told(tmp_path))
        assert first == second != third
        assert not is_alive(int(first))

    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
    def test_its_end_or_halt_between_two_messages_costs_none(
        self, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
    ) -> None:
        monkeypatch.setattr(openers, "GRACE", 0.5)
        with pytest.raises(OpeningFailed):
            worker.run(self.TELL)
        os.kill(int(self.told(tmp_path)[0][1]), number)
        with pytest.raises(OpeningFailed, match="ended with 7"):
            worker.run_again(seconds=2)
        (_, first), (_, second) = self.told(tmp_path)
        assert first != second
        assert not is_alive(int(first))

    def test_the_message_in_hand_at_its_end_is_given_to_a_new_one(self, worker: Worker, tmp_path: Path) -> None:
        with pytest.raises(OpeningFailed, match="ended with 7"):
            worker.run(
                "import os, time\n"
                "if os.path.exists('said'): raise SystemExit(7)\n"
                "open('said', 'w').write(str(os.getpid())); os.kill(os.getppid(), 9); time.sleep(600)"
            )
        assert not is_alive(int((tmp_path / "said").read_text()))

    def test_a_message_on_which_it_ends_each_time_is_set_aside(self, worker: Worker) -> None:
        with pytest.raises(OpeningFailed, match="lost on it twice"):
            worker.run("import os, time; os.kill(os.getppid(), 9); time.sleep(600)")

    def test_one_that_cannot_be_started_is_our_fault_and_not_the_mail_s(self, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(openers.sys, "executable", "/nowhere/python")
        with pytest.raises(TemporaryError):
            worker.run_again()

    def test_several_threads_open_messages_at_once_and_one_process_stays(self, worker: Worker, tmp_path: Path) -> None:
        before = children()

        def opened(number: int) -> str:
            folder = tmp_path / str(number)
            folder.mkdir()
            mail = message(part(f"Договор {number}".encode(), "Content-Type: text/plain"))
            found = open_message(mail, folder, LIMITS).message
            assert found is not None
            return found.text

        with ThreadPoolExecutor(3) as threads:
            assert list(threads.map(opened, range(6))) == [f"Договор {number}" for number in range(6)]
        assert len(children() - before) == 1

    def test_it_has_one_thread_and_no_file_of_a_message(self, worker: Worker, tmp_path: Path) -> None:
        """A fork copies one thread of several, with the others' locks held for ever."""
        before = children()
        assert open_message(MAIL, tmp_path, LIMITS).files
        (number,) = children() - before
        assert len(list(Path(f"/proc/{number}/task").iterdir())) == 1
        assert len(list(Path(f"/proc/{number}/fd").iterdir())) == 3
        assert Path(f"/proc/{number}/environ").read_bytes() == b"OPENBLAS_NUM_THREADS=1\0"


def children() -> set[int]:
    """Numbers of our processes that fork workers."""
    ours = [int(number) for path in Path("/proc/self/task").glob("*/children") for number in path.read_text().split()]
    return {number for number in ours if b"opener_server" in Path(f"/proc/{number}/cmdline").read_bytes()}


class TestTheAnswerOnArrival:
    """Each of these a captured worker could write."""

    def opened(self, folder: Path, content: bytes = b"P5\n4 2\n255\n" + bytes(8)) -> Opened:
        (folder / f"{SHA}-1.pgm").write_bytes(content)
        word = Word("02303", 1.0, Box(1, 2, 3, 4), (Box(1, 2, 3, 4),))
        sheet = Sheet(1, 595.0, 842.0, (word,), f"{SHA}-1.pgm", None, (Box(0, 0, 10, 0),))
        attachment = Attachment("a.pdf", SHA, 10, FileKind.PDF)
        message = OpenedMessage((("From", "a@b"),), "text", (attachment,), (), SHA)
        return Opened(message, (OpenedFile(attachment, (sheet,)),))

    def test_what_we_pack_comes_back_the_same(self, tmp_path: Path) -> None:
        opened = self.opened(tmp_path)
        assert unpack(pack(opened), tmp_path) == opened

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"pdf"', '"exe"'),
            ("595.0", "1e999"),
            ("595.0", '"595"'),
            ("595.0", "true"),
            ('"a.pdf"', "7"),
            ('"a.pdf"', '"a\\u0000.pdf"'),
            (",10,", ",-10,"),
            (",10,", ",1e400,"),
            (f'"{SHA}-1.pgm"', f'"../{SHA}-1.pgm"'),
            (f'"{SHA}-1.pgm"', '"/etc/passwd"'),
            (f'"{SHA}-1.pgm"', f'"{SHA}-2.pgm"'),
            ("[[1,", "[[null,"),
            (SHA, "A" * 64),
        ],
    )
    def test_one_wrong_thing_spoils_all(self, tmp_path: Path, old: str, new: str) -> None:
        text = pack(self.opened(tmp_path)).decode()
        assert old in text
        with pytest.raises(BadResult):
            unpack(text.replace(old, new).encode(), tmp_path)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"P5\n4 2\n255\n" + bytes(7),
            b"P5\n4 2\n255\n" + bytes(9),
            b"P6\n4 2\n255\n" + bytes(8),
            b"P5\n0 0\n255\n",
        ],
    )
    def test_a_picture_must_be_as_long_as_it_says(self, tmp_path: Path, content: bytes) -> None:
        data = pack(self.opened(tmp_path, content))
        with pytest.raises(BadResult):
            unpack(data, tmp_path)

    def test_a_link_is_no_picture(self, tmp_path: Path) -> None:
        data = pack(self.opened(tmp_path))
        (tmp_path / f"{SHA}-1.pgm").rename(tmp_path / "elsewhere")
        (tmp_path / f"{SHA}-1.pgm").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(BadResult):
            unpack(data, tmp_path)

    def test_depth_without_an_end_is_no_answer(self, tmp_path: Path) -> None:
        with pytest.raises(BadResult):
            unpack(b"[" * 100_000, tmp_path)
