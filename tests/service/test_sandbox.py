"""The sandbox: what a worker may do, what becomes of one that dies, hangs or lies, and what is believed of its answer."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from metering.errors import PermanentError, TemporaryError
from metering.messages import Attachment, FileKind, Opened, OpenedFile, OpenedMessage, Sheet
from metering.pages import Box, Word
from service import sandbox
from service.config import LimitSettings
from service.opened_wire import RESULT_BYTES, BadResult, pack, unpack
from service.opener import FILE_BYTES, MEMORY_BYTES
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


class Worker:
    """Runs a program of the test's own in the worker's place, behind the same tied hands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch, self._folder = monkeypatch, folder

    def run(self, program: str, seconds: float = 20) -> Opened:
        start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from service.opener import tie_hands; tie_hands(int(sys.argv[1]))\n"
        self._monkeypatch.setattr(sandbox, "_START", start + textwrap.dedent(program))
        return open_message(MAIL, self._folder, LimitSettings(open_seconds=seconds))

    def output(self, program: str) -> str:
        """What the program put into the file `said` in its folder; it answers nothing that could be believed."""
        with pytest.raises(OpeningFailed):
            self.run(program)
        return (self._folder / "said").read_text()


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Worker:
    return Worker(monkeypatch, tmp_path)


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
    program = f"""
import os, sys, time
sys.path.insert(0, {str(root)!r})
from pathlib import Path
from service import sandbox
from service.config import LimitSettings
sandbox._START = ("import sys; sys.path.insert(0, sys.argv.pop(1)); from service.opener import tie_hands; tie_hands(int(sys.argv[1]));"
                  "import os, time; open('said', 'w').write(str(os.getpid())); time.sleep(600)")
sandbox.open_message(b"x", Path({str(tmp_path)!r}), LimitSettings(open_seconds=600))
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    said = tmp_path / "said"
    for _ in range(400):
        if said.exists() and said.read_text():
            break
        time.sleep(0.05)
    worker = int(said.read_text())
    parent.kill()
    parent.wait()
    for _ in range(200):
        state = Path(f"/proc/{worker}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(worker, 9)
    pytest.fail("the worker outlived its parent")


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
