"""A certificate authority with a timestamp server (RFC 3161) on loopback: for the demo and the tests, never for real papers."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

YEAR = dt.timedelta(days=365)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

    @property
    def certificate_der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@dataclass
class Authority:
    """One root with the keys that it vouches for; crl_url: put into its certificates, None for none.

    revoked: serial numbers on its list; online: whether the timestamp server and the list answer.
    """

    crl_url: str | None = None
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC).replace(microsecond=0))
    revoked: set[int] = field(default_factory=set)
    online: bool = True

    def __post_init__(self) -> None:
        self.root = self._root()
        self.timestamps = self.issue("Sinov vaqt belgisi xizmati", usage=ExtendedKeyUsageOID.TIME_STAMPING)

    def issue(
        self,
        name: str,
        *,
        key: Key | None = None,
        starts: dt.datetime | None = None,
        ends: dt.datetime | None = None,
        usage: x509.ObjectIdentifier | None = None,
    ) -> Pair:
        """A key (RSA-3072 unless one is given) and its certificate, valid from a day ago for a year unless told otherwise."""
        key = key or rsa.generate_private_key(65537, 3072)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(self.root.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(starts or self.now - dt.timedelta(days=1))
            .not_valid_after(ends or self.now + YEAR)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True, content_commitment=usage is None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key()), critical=False)
        )
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        if self.crl_url:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(self.crl_url)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return Pair(key, builder.sign(self.root.key, hashes.SHA256()))

    def crl(self) -> bytes:
        """The revocation list as it is now, DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(self.now - dt.timedelta(hours=1))
            .next_update(self.now + dt.timedelta(days=7))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key()), critical=False)
        )
        for serial in sorted(self.revoked):
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(self.now - dt.timedelta(minutes=1)).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def timestamp(self, request: bytes) -> bytes:
        """The answer to an RFC 3161 request, DER."""
        return _Stamper(self.timestamps).request_tsa_response(tsp.TimeStampReq.load(request)).dump()

    def write_trust(self, file: Path) -> Path:
        """The root's certificate as PEM."""
        file.write_bytes(self.root.certificate_pem)
        return file

    def write_pkcs12(self, file: Path, pair: Pair, passphrase: str) -> Path:
        """Key and certificate with the root, locked with the passphrase; a file of its owner alone."""
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        file.touch(mode=0o600)
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"hisobot", pair.key, pair.certificate, [self.root.certificate], locked))
        return file

    def _root(self) -> Pair:
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("Sinov ildiz markazi")
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - YEAR)
            .not_valid_after(self.now + 10 * YEAR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return Pair(key, builder.sign(key, hashes.SHA256()))


class _Stamper(DummyTimeStamper):
    """pyHanko's stamper with the key held ready: its own reads and checks the key for each request."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(asn1_x509.Certificate.load(pair.certificate_der), tsa_key=None)
        self._key = pair.key

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: dt.datetime) -> tuple[bytes, cms.CMSAttributes]:
        digest = hashlib.new(md_algorithm, tst_info_data).digest()
        attributes = [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
            simple_cms_attribute("signing_certificate", as_signing_certificate(self.tsa_cert)),
            simple_cms_attribute("message_digest", digest),
        ]
        signed = cms.CMSAttributes(attributes)
        return self._key.sign(signed.dump(), padding.PKCS1v15(), hashes.SHA256()), signed


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "UZ"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Teploenergo (sinov)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(**given: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: given.get(name, False) for name in names})


@dataclass(frozen=True, slots=True)
class Served:
    """An authority that answers on loopback."""

    authority: Authority
    timestamp_url: str


@contextlib.contextmanager
def serve(make: Callable[[str], Authority] = Authority) -> Iterator[Served]:
    """The authority's timestamp server and revocation list on a free port of loopback; `make` is given the list's address."""
    waiting: list[Authority] = []

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer("application/timestamp-reply", lambda: waiting[0].timestamp(request))

        def do_GET(self) -> None:
            self._answer("application/pkix-crl", lambda: waiting[0].crl())

        def _answer(self, kind: str, make_body: Callable[[], bytes]) -> None:
            online = waiting[0].online
            body = make_body() if online else b""
            self.send_response(200 if online else 503)
            self.send_header("Content-Type", kind if online else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing: who watches a demo need not see each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    try:
        waiting.append(make(f"{address}/root.crl"))
        thread.start()
        yield Served(waiting[0], f"{address}/timestamp")
    finally:
        if thread.is_alive():
            server.shutdown()
            thread.join()
        server.server_close()
