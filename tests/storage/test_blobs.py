"""Bytes are kept once, whole, and survive a crash at any moment."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from metering.errors import PermanentError, TemporaryError
from storage.blobs import BlobStore


def test_bytes_come_back_by_their_hash(tmp_path):
    store = BlobStore(tmp_path / "blobs")
    for content in (b"", b"report\x00", os.urandom(300_000)):
        sha256 = store.put(content)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert store.get(sha256) == content
        assert store.path(sha256).read_bytes() == content


def test_the_same_bytes_again_leave_the_file_as_it_is(tmp_path):
    store = BlobStore(tmp_path)
    path = store.path(store.put(b"report"))
    before = path.stat()
    store.put(b"report")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_is_missing_or_damaged_is_for_a_person(tmp_path):
    store = BlobStore(tmp_path)
    with pytest.raises(PermanentError, match="missing"):
        store.get("0" * 64)
    sha256 = store.put(b"report")
    store.path(sha256).write_bytes(b"other!")
    with pytest.raises(PermanentError, match="damaged"):
        store.get(sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_file(tmp_path, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        BlobStore(tmp_path).path(name)


def test_a_disk_without_room_is_a_temporary_error_and_leaves_no_half_file(tmp_path):
    # A limit on the size of files stands for the full disk: the write fails in the middle in the same way.
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from metering.errors import TemporaryError; from storage.blobs import BlobStore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "store = BlobStore(Path(sys.argv[1])); store.put(b'small')\n"
        "try: store.put(b'x' * 10000)\n"
        "except TemporaryError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "blobs")], capture_output=True, text=True, check=True)
    assert "cannot be written" in done.stdout
    assert [path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [hashlib.sha256(b"small").hexdigest()]


def test_a_root_that_cannot_be_a_folder_is_a_temporary_error(tmp_path):
    (tmp_path / "blobs").write_text("a file")
    with pytest.raises(TemporaryError):
        BlobStore(tmp_path / "blobs").put(b"report")


def test_many_that_put_the_same_bytes_at_once_leave_one_whole_file(tmp_path):
    store, content = BlobStore(tmp_path / "blobs"), os.urandom(2_000_000)
    threads = [threading.Thread(target=store.put, args=(content,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [content]


def test_a_killed_process_never_leaves_a_part_under_a_hash(tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from storage.blobs import BlobStore\n"
        "store = BlobStore(Path(sys.argv[1]))\n"
        "while True: print(store.put(os.urandom(400_000)), flush=True)\n"
    )
    told = []
    for moment in (0.35, 0.5, 0.65):
        process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "blobs")], stdout=subprocess.PIPE, text=True)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        told += [line for line in process.communicate()[0].splitlines() if len(line) == 64]
    store = BlobStore(tmp_path / "blobs")
    assert told
    for sha256 in told:
        assert len(store.get(sha256)) == 400_000
    for path in (tmp_path / "blobs").rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            store.get(path.name)


def test_a_put_returns_only_after_file_and_folder_are_synced(tmp_path):
    """Seen from outside, by the order of system calls: write, fsync of the file, rename, fsync of its folder."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "import storage.blobs as blobs\n"
        "def hook(event, arguments):\n"
        "    if event in ('os.rename', 'open') and 'blobs' in str(arguments[0]): print(event, flush=True)\n"
        "fsync = os.fsync\n"
        "def told(handle): print('fsync', 'folder' if os.path.isdir(f'/proc/self/fd/{handle}') else 'file', flush=True); fsync(handle)\n"
        "os.fsync = told; sys.addaudithook(hook)\n"
        "blobs.BlobStore(Path(sys.argv[1])).put(b'report'); print('returned')\n"
    )
    (tmp_path / "blobs" / hashlib.sha256(b"report").hexdigest()[:2]).mkdir(parents=True)
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "blobs")], capture_output=True, text=True, check=True)
    seen = done.stdout.split("\n")
    assert seen == ["open", "fsync file", "os.rename", "open", "fsync folder", "returned", ""]
