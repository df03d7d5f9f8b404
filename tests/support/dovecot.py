"""A real Dovecot on loopback, private to the test session: its own ports, its own mail in a temporary folder, no system account.

Works as root (mail then belongs to nobody, since Dovecot lets root have none) and as an ordinary user.
"""

from __future__ import annotations

import datetime as dt
import getpass
import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from imapclient import IMAPClient

if TYPE_CHECKING:  # a plugin of pytest must not be imported before pytest loads it
    from tests.support.smtp_server import Certificates

PASSWORD = "correct-horse"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {login_user}
default_internal_group = {login_group}
default_login_user = {login_user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_uid = {mail_user}
mail_gid = {mail_group}
mail_home = {folder}/home/%u
mail_fsync = never
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_cache_size = 0
auth_username_chars =
imap_idle_notify_interval = 2 mins
{capability}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={folder}/home/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""

_OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{port}/?access_token=
introspection_mode = auth
username_attribute = user
"""


@dataclass
class Dovecot:
    """The running server. Every user name exists, with PASSWORD, and has an INBOX of its own: a test takes a fresh one."""

    folder: Path
    port: int
    tls_port: int
    owner: tuple[int, int]
    host: str = "127.0.0.1"

    def connect(self, user: str) -> IMAPClient:
        """A second client beside the one under test, logged in."""
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        client.login(user, PASSWORD)
        return client

    def append(self, user: str, message: bytes, received: dt.datetime | None = None, folder: str = "INBOX") -> None:
        """Puts a message into a mailbox with that INTERNALDATE."""
        with self.connect(user) as client:
            client.append(folder, message, msg_time=received or dt.datetime.now(dt.UTC))

    def bodies(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder, by UID."""
        with self.connect(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def flags(self, user: str, folder: str = "INBOX") -> set[bytes]:
        with self.connect(user) as client:
            client.select_folder(folder, readonly=True)
            return {flag for flags in client.get_flags(client.search() or [0]).values() for flag in flags}

    def fill(self, user: str, count: int, message: bytes) -> None:
        """Puts so many messages straight into the Maildir, where Dovecot finds them when it next looks; all are links to one file."""
        current = self.maildir(user) / "cur"
        names = [f"1700000000.M{number:06d}P1.test,S={len(message)},W={len(message)}:2,S" for number in range(count)]
        (current / names[0]).write_bytes(message)
        for name in names[1:]:
            os.link(current / names[0], current / name)

    def maildir(self, user: str) -> Path:
        """The user's Maildir, made if it is not there yet."""
        for part in ("new", "cur", "tmp"):
            (self.folder / "mail" / user / part).mkdir(parents=True, exist_ok=True)
        self._hand_over(self.folder / "mail" / user)
        return self.folder / "mail" / user

    def start_anew(self, user: str) -> None:
        """Gives the mailbox a new UIDVALIDITY and all messages new UIDs, as after a restored backup."""
        uidvalidity, _ = self._uid_list(user)
        self._rewrite_uids(user, uidvalidity + 1)

    def turn_back_uids(self, user: str) -> None:
        """Empties the mailbox and lets the UIDs begin at 1 again within the same UIDVALIDITY, as a broken server does."""
        uidvalidity, _ = self._uid_list(user)
        for part in ("new", "cur"):
            for file in (self.maildir(user) / part).iterdir():
                file.unlink()
        self._rewrite_uids(user, uidvalidity)

    def _uid_list(self, user: str) -> tuple[int, list[str]]:
        lines = (self.maildir(user) / "dovecot-uidlist").read_text().splitlines()
        uidvalidity = next(int(word[1:]) for word in lines[0].split() if word.startswith("V"))
        return uidvalidity, lines

    def _rewrite_uids(self, user: str, uidvalidity: int) -> None:
        maildir = self.maildir(user)
        _, lines = self._uid_list(user)
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        guid = next((word for word in lines[0].split() if word.startswith("G")), "")
        (maildir / "dovecot-uidlist").write_text(f"3 V{uidvalidity} N1 {guid}\n")
        self._hand_over(maildir)

    def _hand_over(self, path: Path) -> None:
        if os.geteuid() == 0:
            for each in (path, *path.rglob("*")):
                os.chown(each, *self.owner)


class _TokenInfo(BaseHTTPRequestHandler):
    """Says whose a token is, as the identity provider behind XOAUTH2 does."""

    def do_GET(self) -> None:
        token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
        user = token.removeprefix("ya29.token-of-") if token.startswith("ya29.token-of-") else None
        body = json.dumps({"user": user} if user else {"error": "invalid_token"}).encode()
        self.send_response(200 if user else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_dovecot(certificates: Certificates, capability: str = "") -> tuple[Dovecot, Callable[[], None]]:
    """Starts a server; returns it and how to stop it. capability: what it announces instead of all that it can."""
    root = os.geteuid() == 0
    # Not below pytest's folder: that is closed to all but its owner, and the path of Dovecot's sockets must be short.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    folder.chmod(0o755)
    mail = pwd.getpwnam("nobody" if root else getpass.getuser())
    login = pwd.getpwnam("dovenull" if root else getpass.getuser())
    for name in ("mail", "home", "run"):
        (folder / name).mkdir()
        if root and name != "run":
            os.chown(folder / name, mail.pw_uid, mail.pw_gid)
    tokens = ThreadingHTTPServer(("127.0.0.1", 0), _TokenInfo)
    threading.Thread(target=tokens.serve_forever, daemon=True).start()
    for name, path in (("server.pem", certificates.certificate), ("server.key", certificates.key)):
        shutil.copy(path, folder / name)
    server = Dovecot(folder, _free_port(), _free_port(), (mail.pw_uid, mail.pw_gid))
    (folder / "oauth2.conf").write_text(_OAUTH2.format(port=tokens.server_port))
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            login_user="dovecot" if root else login.pw_name,
            login_group=grp.getgrgid(pwd.getpwnam("dovecot").pw_gid if root else login.pw_gid).gr_name,
            mail_user=mail.pw_name,
            mail_group=grp.getgrgid(mail.pw_gid).gr_name,
            certificate=folder / "server.pem",
            key=folder / "server.key",
            port=server.port,
            tls_port=server.tls_port,
            password=PASSWORD,
            capability=f"imap_capability = {capability}" if capability else "",
        )
    )
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/usr/lib/dovecot"}
    process = subprocess.Popen(["dovecot", "-F", "-c", str(folder / "dovecot.conf")], env=environment, stderr=subprocess.PIPE)

    def stop() -> None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()
        tokens.shutdown()
        tokens.server_close()
        shutil.rmtree(folder, ignore_errors=True)

    _await_greeting(server, process, stop)
    return server, stop


def _await_greeting(server: Dovecot, process: subprocess.Popen[bytes], stop: Callable[[], None]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection((server.host, server.port), 2) as probe:
                if probe.recv(200).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    log = server.folder / "dovecot.log"
    said = (log.read_text() if log.exists() else "") + (process.stderr.read1().decode() if process.poll() is not None else "")
    stop()
    raise RuntimeError(f"Dovecot did not start: {said}")


@pytest.fixture(scope="session")
def dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    """The session's server."""
    server, stop = start_dovecot(certificates)
    yield server
    stop()


@pytest.fixture(scope="session")
def plain_dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    """A server that can neither MOVE nor IDLE."""
    server, stop = start_dovecot(certificates, "IMAP4rev1 LITERAL+ UIDPLUS")
    yield server
    stop()


@pytest.fixture
def mail_user() -> str:
    """A user whom no other test has, with an empty mailbox."""
    return f"user{next(_numbers)}"


def _count() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_numbers = _count()
