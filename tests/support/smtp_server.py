"""A real SMTP server on loopback (aiosmtpd) that keeps what it receives and misbehaves as a test asks."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Fault(Enum):
    """What the server can do to a letter. A fault is used up by the letter that meets it."""

    REFUSE_SENDER = "553 5.7.1 sender address not owned by you"
    GREYLIST = "450 4.2.0 greylisted, try again later"
    REFUSE_RECIPIENT = "550 5.1.1 <{address}>: no such user"
    REFUSE_DATA = "451 4.3.0 no room for data now"
    HANG_BEFORE_DATA = "never answers DATA"
    CLOSE_BEFORE_DATA = "closes when it hears DATA"
    REFUSE_CONTENT = "554 5.6.0 content refused"
    DELAY_CONTENT = "452 4.3.1 mail system full"
    HANG_AFTER_DOT = "keeps the letter, never answers the final dot"
    SLOW_AFTER_DOT = "keeps the letter, answers when the test says so"
    CLOSE_AFTER_DOT = "keeps the letter, closes instead of an answer"
    LOSE_AFTER_DOT = "throws the letter away and closes instead of an answer"


_AT_MAIL = {Fault.REFUSE_SENDER}
_AT_RCPT = {Fault.GREYLIST, Fault.REFUSE_RECIPIENT}
_AT_DATA = {Fault.REFUSE_DATA, Fault.HANG_BEFORE_DATA, Fault.CLOSE_BEFORE_DATA}


@dataclass(frozen=True, slots=True)
class Received:
    """A letter that the server has taken into its keeping, whether or not its answer reached the client."""

    sender: str
    recipient: str
    mime: bytes
    tls: bool
    user: str | None


@dataclass
class SmtpServer:
    """The running server. `faults` are served one a letter, first come first served; an empty queue means good service."""

    security: str
    users: dict[str, str]
    certificates: Certificates
    received: list[Received] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    reached: threading.Event = field(default_factory=threading.Event)  # set when a hang has begun
    answer_now: threading.Event = field(default_factory=threading.Event)  # ends SLOW_AFTER_DOT
    host: str = "127.0.0.1"
    port: int = 0
    _controller: Any = None

    def start(self) -> None:
        self._controller = _Controller(self)
        self._controller.start()
        self.port = self._controller.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def ca_file(self) -> Path:
        return self.certificates.authority

    def next_fault(self, among: set[Fault] | None = None) -> Fault | None:
        """Takes the fault that is due, if it belongs to this step."""
        if self.faults and (among is None or self.faults[0] in among):
            return self.faults.popleft()
        return None


class _Protocol(SMTP):
    """aiosmtpd's SMTP with faults between DATA and 354, where its handler has no hook."""

    def __init__(self, *arguments: Any, owner: SmtpServer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._owner = owner

    async def smtp_DATA(self, arg: str) -> None:
        fault = self._owner.next_fault(_AT_DATA)
        if fault is Fault.REFUSE_DATA:
            await self.push(fault.value)
        elif fault is Fault.HANG_BEFORE_DATA:
            self._owner.reached.set()
            await asyncio.sleep(3600)
        elif fault is Fault.CLOSE_BEFORE_DATA:
            self.transport.close()
        else:
            await super().smtp_DATA(arg)


class _Handler:
    """aiosmtpd's hooks; the argument lists are theirs."""

    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self._owner.users and not session.authenticated:
            return "530 5.7.0 authentication required"
        fault = self._owner.next_fault(_AT_MAIL)
        if fault is not None:
            return fault.value
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        fault = self._owner.next_fault(_AT_RCPT)
        if fault is not None:
            return fault.value.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        fault = self._owner.next_fault()
        if fault in (Fault.REFUSE_CONTENT, Fault.DELAY_CONTENT):
            return fault.value
        if fault is not Fault.LOSE_AFTER_DOT:
            self._keep(server, session, envelope)
        if fault is Fault.HANG_AFTER_DOT:
            self._owner.reached.set()
            await asyncio.sleep(3600)
        if fault is Fault.SLOW_AFTER_DOT:
            self._owner.reached.set()
            while not self._owner.answer_now.is_set():
                await asyncio.sleep(0.01)
        if fault in (Fault.CLOSE_AFTER_DOT, Fault.LOSE_AFTER_DOT):
            server.transport.abort()
        return "250 2.0.0 kept"

    def _keep(self, server: SMTP, session: Session, envelope: Envelope) -> None:
        tls = server.transport.get_extra_info("sslcontext") is not None
        user = session.auth_data.login.decode() if session.auth_data else None
        for recipient in envelope.rcpt_tos:
            self._owner.received.append(Received(envelope.mail_from, recipient, envelope.original_content, tls, user))


class _Controller(Controller):
    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner
        implicit = owner.certificates.server_context() if owner.security == "tls" else None
        super().__init__(_Handler(owner), hostname=owner.host, port=0, ssl_context=implicit, ready_timeout=30)

    def factory(self) -> SMTP:
        owner = self._owner
        starttls = owner.certificates.server_context() if owner.security == "starttls" else None
        return _Protocol(
            self.handler,
            owner=owner,
            hostname="mx.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=self._authenticate if owner.users else None,
            # Within implicit TLS aiosmtpd does not know of the TLS around it, so who must log in is seen to at MAIL.
            auth_require_tls=owner.security == "starttls",
        )

    def _trigger_server(self) -> None:
        # The base class connects to the port it was given; ours is chosen by the system.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        if isinstance(data, LoginPassword) and self._owner.users.get(data.login.decode()) == data.password.decode():
            return AuthResult(success=True, auth_data=data)
        return AuthResult(success=False, handled=False)


@dataclass(frozen=True, slots=True)
class Certificates:
    """A certification authority made for this test run, and a server certificate from it."""

    authority: Path
    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def make_certificates(folder: Path, name: str = "127.0.0.1") -> Certificates:
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = _name("Test authority")
    authority = _signed(issuer, issuer, authority_key.public_key(), authority_key, [x509.BasicConstraints(ca=True, path_length=None)])
    certified = x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    names = x509.SubjectAlternativeName([certified])
    certificate = _signed(_name(name), issuer, key.public_key(), authority_key, [names])
    made = Certificates(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return made


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _signed(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, signer: ec.EllipticCurvePrivateKey, extensions: list[Any]
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), now - dt.timedelta(days=1), now + dt.timedelta(days=30)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return builder.sign(signer, hashes.SHA256())


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def smtp_server(certificates: Certificates, tmp_path: Path) -> Iterator[Callable[..., SmtpServer]]:
    """Starts servers: `smtp_server()`, `smtp_server("starttls", {"user": "password"})`, `smtp_server("tls", name="certified.example")`."""
    running: list[SmtpServer] = []

    def start(security: str = "none", users: dict[str, str] | None = None, name: str | None = None) -> SmtpServer:
        shown = make_certificates(tmp_path, name) if name else certificates
        server = SmtpServer(security, users or {}, shown)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()
