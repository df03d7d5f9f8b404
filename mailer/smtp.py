"""Letters over SMTP: one connection a letter, and always known whether the letter itself had started to leave."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import aiosmtplib
from aiosmtplib import SMTPException, SMTPRecipientRefused, SMTPResponseException, SMTPSenderRefused
from aiosmtplib.protocol import normalize_message_line_endings

from mailer.outbox import AmbiguousError, UnreachableError
from metering.errors import PermanentError, TemporaryError

_DEFAULT_PORTS = {"tls": 465, "starttls": 587, "none": 25}

#: How many timeouts each stage may take in all, whatever the server dribbles. Together they stay within the claim on a letter
#: (10 minutes at the default of 60 s), so the final answer gets less than the 10 minutes of RFC 5321, 4.5.3.2.6, but most of
#: what there is: to give up early there means a letter twice.
_CONNECTING, _OFFERING, _FINAL_ANSWER = 2, 2, 5

#: RFC 3463, X.3.4 and RFC 5321, 4.2.3: the one refusal of MAIL FROM that is about the letter (its size), not about us.
_TOO_BIG = 552

#: RFC 5321, 4.1.2, without quoted strings and SMTPUTF8. The library would cut other things down to an address of its own guess.
_IDENTITY = re.compile(rb"(?im)^message-id:[ \t]*<([A-Za-z0-9.@_-]{1,100})>")  # what is xtext as it stands (RFC 3461, 4)
_SAYABLE = re.compile(r"[!-;=?-~]{1,64}@[A-Za-z0-9.-]{1,255}")


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where and as whom letters are handed in. timeout: seconds for each step; the final answer gets five times as long."""

    host: str
    port: int | None = None
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    timeout: float = 60.0

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port or _DEFAULT_PORTS[self.security]}"


class _Client(aiosmtplib.SMTP):
    # Only within TLS, so the plain mechanisms are enough, and a wrong password is tried twice at most.
    AUTH_METHODS = ("plain", "login")

    def close(self) -> None:
        """Closes at once, without TLS's own goodbye: the event loop of one letter would not live to see it."""
        transport = self.transport
        super().close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


class SmtpOutgoing:
    """The `Outgoing` that speaks SMTP with the utility's own mail server."""

    def __init__(self, account: SmtpAccount) -> None:
        if account.user is not None and account.security == "none":
            raise PermanentError("smtp.user is set but smtp.security is none: the password would go in clear; use tls or starttls")
        self._account = account

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        for address in (sender, recipient):
            if _SAYABLE.fullmatch(address) is None:
                raise PermanentError("an address of the letter cannot be written in SMTP without SMTPUTF8; look at the recipient")
        return asyncio.run(self._send(mime, sender, recipient, before_data))

    def check(self) -> None:
        """Connects, secures, logs in and leaves."""
        asyncio.run(self._check())

    async def _check(self) -> None:
        async with contextlib.AsyncExitStack() as closing:
            await self._connect(closing)

    async def _send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        async with contextlib.AsyncExitStack() as closing:
            client = await self._connect(closing)
            with _told_as(TemporaryError, self._account.place):
                async with asyncio.timeout(self._account.timeout * _OFFERING):
                    await _offer(client, mime, sender, recipient)
            try:
                before_data()
                with _told_as(AmbiguousError, self._account.place):
                    return await self._hand_over(client, mime)
            except BaseException:
                client.close()  # after 354 a QUIT would be a line of the letter
                raise

    async def _connect(self, closing: contextlib.AsyncExitStack) -> _Client:
        """A connection that is secured and logged in. Whatever goes wrong here is no letter's fault."""
        account = self._account
        client = _Client(
            hostname=account.host,
            port=account.port or _DEFAULT_PORTS[account.security],
            username=account.user,
            password=account.password,
            use_tls=account.security == "tls",
            start_tls=account.security == "starttls",
            tls_context=_tls_context(account) if account.security != "none" else None,
            timeout=account.timeout,
            local_hostname=socket.gethostname(),
        )
        closing.push_async_callback(_leave, client)
        try:
            async with asyncio.timeout(account.timeout * _CONNECTING):
                await client.connect()
                if client.is_ehlo_or_helo_needed:
                    await client.ehlo()
        except (SMTPException, OSError, ValueError) as error:
            raise UnreachableError(f"SMTP server {account.place}: {_reason(error)}") from error
        return client

    async def _hand_over(self, client: _Client, mime: bytes) -> str:
        """The content and the final dot. The library's own data() would send DATA and content in one go and so hide
        which of the two was lost, hence its two steps here (aiosmtplib, SMTPProtocol.execute_data_command)."""
        content = re.sub(rb"(?m)^\.", b"..", normalize_message_line_endings(mime))
        if client.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        client.protocol.write(content + b".\r\n")
        answer = await client.protocol.read_response(timeout=self._account.timeout * _FINAL_ANSWER)
        if answer.code != aiosmtplib.SMTPStatus.completed:
            raise aiosmtplib.SMTPDataError(answer.code, answer.message)
        return f"{answer.code} {_one_line(answer.message)}"


async def _offer(client: _Client, mime: bytes, sender: str, recipient: str) -> None:
    """MAIL, RCPT and DATA up to the server's 354. Where the server can (RFC 3461), a notification of failure is asked for that
    names our Message-ID and brings back the headers alone."""
    of_mail, of_recipient = [], []
    if client.supports_extension("size"):
        of_mail.append(f"SIZE={len(mime)}")
    identity = _IDENTITY.search(mime.split(b"\r\n\r\n", 1)[0])
    if client.supports_extension("dsn") and identity is not None:
        of_mail += ["RET=HDRS", f"ENVID={identity[1].decode()}"]
        of_recipient += ["NOTIFY=FAILURE"]
    await client.mail(sender, options=of_mail or None)
    await client.rcpt(recipient, options=of_recipient or None)
    answer = await client.execute_command(b"DATA")
    if answer.code != aiosmtplib.SMTPStatus.start_input:
        raise aiosmtplib.SMTPDataError(answer.code, answer.message)


async def _leave(client: _Client) -> None:
    """Says goodbye where that is still possible; the letter's fate is decided already."""
    if client.is_connected:
        with contextlib.suppress(SMTPException, OSError):
            await client.execute_command(b"QUIT", timeout=5)
    client.close()
    for _ in range(3):  # turns of the event loop that asyncio needs to close a socket under TLS
        await asyncio.sleep(0)


@contextlib.contextmanager
def _told_as(silence: type[TemporaryError], place: str) -> Iterator[None]:
    """Translates the library's errors; `silence` is what a lost or mute connection means at this step."""
    try:
        yield
    except SMTPSenderRefused as error:
        if 400 <= error.code < 500 or error.code == _TOO_BIG:
            raise _by_code(error, place) from error
        raise UnreachableError(f"SMTP server {place} refuses our own address as sender: {_reason(error)}") from error
    except SMTPRecipientRefused as error:
        # The code of this one recipient decides: 450 is greylisting, not a refusal.
        raise _by_code(error, place) from error
    except SMTPResponseException as error:
        raise _by_code(error, place, silence) from error
    except (SMTPException, OSError) as error:
        raise silence(f"SMTP server {place}: {_reason(error)}") from error


def _by_code(error: SMTPResponseException, place: str, silence: type[TemporaryError] = TemporaryError) -> Exception:
    text = f"SMTP server {place}: {_reason(error)}"
    if 500 <= error.code < 600:
        return PermanentError(text)
    if 400 <= error.code < 500:
        return TemporaryError(text)
    return silence(text)  # no reply code of RFC 5321, so no answer


def _tls_context(account: SmtpAccount) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=account.ca_file)
    except OSError as error:
        raise UnreachableError(f"smtp.ca_file {account.ca_file} cannot be used: {error}") from error


def _reason(error: BaseException) -> str:
    """What went wrong, in one line and with a remedy where we know it; never the password (the library does not put it there)."""
    cause = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({cause.verify_message}); name the authority in smtp.ca_file, or smtp.host as certified"
    if isinstance(cause, ssl.SSLError):
        return f"TLS failed ({cause.reason}); check smtp.security and smtp.port"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"login refused ({error.code} {_one_line(error.message)}); check smtp.user and the smtp_password secret"
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {_one_line(error.message)}"
    return _one_line(str(error)) or type(error).__name__


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
