"""Signatures that poppler and pyHanko both accept, and both refuse after one byte; and what goes wrong with keys and servers, in words."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from documents.keys import opened_key
from documents.papers import draw_paper
from documents.policy import Pkcs11Key, Pkcs12Key, SigningPolicy, read_trust
from documents.signing import opened_press
from documents.verdicts import Verdict, verdict_as_json, verdict_from_json
from documents.verification import verify
from metering.documents import DocumentKind
from metering.errors import PermanentError, TemporaryError
from tests.support.papers import a_paper
from tests.support.pdf_a import faults_against_pdf_a
from tests.support.signing import PASSPHRASE, SIGNER, Signing, softhsm_command

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4711"


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def signed(policy: SigningPolicy, kind: DocumentKind = DocumentKind.INVOICE) -> bytes:
    with opened_press(policy) as press:
        mark = press.mark(now())
        return press.sign(draw_paper(a_paper(kind), mark), mark.moment)


@pytest.fixture(scope="module")
def invoice(signing: Signing) -> bytes:
    return signed(signing.policy())


@pytest.fixture(scope="module")
def long_term(signing: Signing) -> bytes:
    return signed(signing.policy(revocation=True))


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says; it does not know our root, so it is asked about the signature alone."""
    program = shutil.which("pdfsig")
    assert program, "pdfsig is missing: apt-get install poppler-utils"
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [program, "-nocert", file], capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8", "HOME": str(folder)}
    )
    return done.stdout + done.stderr


def changed(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


@pytest.mark.parametrize("which", ["invoice", "long_term"])
def test_poppler_and_pyhanko_accept_it_and_refuse_it_after_one_byte(
    which: str, signing: Signing, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    pdf: bytes = request.getfixturevalue(which)
    said = pdfsig(pdf, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    verdict = verify(pdf, signing.trust, now())
    assert verdict.good, verdict
    (found,) = verdict.signatures
    assert found.name.endswith(SIGNER)
    assert found.serial == f"{signing.pair.certificate.serial_number:X}"
    assert found.timestamp is not None
    assert abs(found.timestamp - now()) < dt.timedelta(minutes=10)
    assert found.long_term is (which == "long_term")
    for place in (pdf.index(b"endstream") - 9, pdf.index(b"/ByteRange"), len(pdf) - 12):
        bad = changed(pdf, place)
        assert not verify(bad, signing.trust, now()).good
        assert "Signature is Valid" not in pdfsig(bad, tmp_path)


def test_not_one_byte_of_the_signature_itself_can_be_changed(invoice: bytes, signing: Signing) -> None:
    place = re.search(rb"/Contents <([0-9A-F]+?)((?:00)*)>", invoice)
    assert place is not None
    assert len(place[2]) < 400
    everywhere = [*range(place.start(1), place.end(1), 331), place.end(2) - 1, place.start(2)]
    assert [at for at in everywhere if verify(changed(invoice, at), signing.trust, now()).good] == []


def test_a_document_with_its_revocation_data_is_judged_without_the_network(
    long_term: bytes, signing: Signing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    verdict = verify(long_term, signing.trust, now())
    assert verdict.good, verdict
    assert verdict.signatures[0].long_term


@pytest.mark.parametrize("which", ["invoice", "long_term"])
def test_signing_keeps_what_pdf_a_asks_for(which: str, request: pytest.FixtureRequest) -> None:
    assert faults_against_pdf_a(request.getfixturevalue(which)) == []


def test_the_visible_mark_names_signer_certificate_and_time(invoice: bytes, signing: Signing, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(invoice)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "Подписано электронной цифровой подписью" in said
    assert SIGNER in said
    assert f"{signing.pair.certificate.serial_number:X}" in said
    assert re.search(r"Время подписания: \d\d\.\d\d\.20\d\d \d\d:\d\d:\d\d", said)


def test_what_was_added_after_signing_is_seen(invoice: bytes, signing: Signing) -> None:
    from io import BytesIO

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(invoice))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    stream = BytesIO()
    writer.write(stream)
    (found,) = verify(stream.getvalue(), signing.trust, now()).signatures
    assert found.intact
    assert not found.unchanged
    assert not found.good
    assert "added to the document after it was signed" in found.reason


def test_who_does_not_know_our_root_trusts_nothing(invoice: bytes) -> None:
    (found,) = verify(invoice, (), now()).signatures
    assert found.intact
    assert (found.trusted, found.timestamp, found.good) == (False, None, False)
    assert "not trusted" in found.reason


def test_a_certificate_that_has_ended_since_was_good_when_it_signed(invoice: bytes, signing: Signing, tmp_path: Path) -> None:
    ends = now() + dt.timedelta(seconds=3600)
    pair = signing.authority.issue("kurz", key=ec.generate_private_key(ec.SECP256R1()), ends=ends)
    file = signing.authority.write_pkcs12(tmp_path / "short.p12", pair, PASSPHRASE)
    pdf = signed(signing.policy(file=file))
    assert verify(pdf, signing.trust, ends + dt.timedelta(days=10)).good


@pytest.mark.parametrize(("starts", "ends", "said"), [(-20, -10, "expired at"), (10, 20, "is not valid before")])
def test_a_certificate_that_does_not_hold_now_signs_nothing(starts: int, ends: int, said: str, signing: Signing, tmp_path: Path) -> None:
    day = dt.timedelta(days=1)
    pair = signing.authority.issue(
        "zeit", key=ec.generate_private_key(ec.SECP256R1()), starts=now() + starts * day, ends=now() + ends * day
    )
    file = signing.authority.write_pkcs12(tmp_path / "other.p12", pair, PASSPHRASE)
    with pytest.raises(PermanentError, match=said):
        signed(signing.policy(file=file))


def test_a_revoked_certificate_signs_nothing_where_revocation_is_asked_about(signing: Signing, tmp_path: Path) -> None:
    pair = signing.authority.issue("widerrufen", key=ec.generate_private_key(ec.SECP256R1()))
    file = signing.authority.write_pkcs12(tmp_path / "revoked.p12", pair, PASSPHRASE)
    signing.authority.revoked.add(pair.certificate.serial_number)
    try:
        with pytest.raises(PermanentError, match="is revoked"):
            signed(signing.policy(file=file, revocation=True))
    finally:
        signing.authority.revoked.clear()


def test_where_revocation_cannot_be_asked_about_it_is_signed_without(
    signing: Signing, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crl_url, signing.authority.crl_url = signing.authority.crl_url, "http://127.0.0.1:9/none.crl"
    try:
        pair = signing.authority.issue("fern", key=ec.generate_private_key(ec.SECP256R1()))
    finally:
        signing.authority.crl_url = crl_url
    file = signing.authority.write_pkcs12(tmp_path / "far.p12", pair, PASSPHRASE)
    pdf = signed(signing.policy(file=file, revocation=True))
    (found,) = verify(pdf, signing.trust, now()).signatures
    assert found.good
    assert not found.long_term
    assert "signed without it (B-T)" in caplog.text


def test_without_the_timestamp_server_nothing_is_signed(signing: Signing) -> None:
    with pytest.raises(TemporaryError, match=r"timestamp server .* does not answer"):
        signed(signing.policy(timestamp_url="http://127.0.0.1:9/"))
    signing.authority.online = False
    try:
        with pytest.raises(TemporaryError, match="nothing was signed"):
            signed(signing.policy())
    finally:
        signing.authority.online = True


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda key, folder: replace(key, passphrase="wrong"), "passphrase is wrong"),
        (lambda key, folder: replace(key, file=folder / "none.p12"), "cannot be read"),
        (lambda key, folder: replace(key, file=_text(folder)), "does not open"),
    ],
)
def test_a_key_file_that_is_wrong_is_named_and_its_passphrase_is_not(spoil, said: str, signing: Signing, tmp_path: Path) -> None:
    key = spoil(Pkcs12Key(signing.file, PASSPHRASE), tmp_path)
    with pytest.raises(PermanentError, match=said) as raised, opened_key(key):
        pass
    assert PASSPHRASE not in str(raised.value) + repr(key)


def _text(folder: Path) -> Path:
    file = folder / "text.p12"
    file.write_text("no key")
    return file


def test_certificates_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="trust_file"):
        read_trust(tmp_path / "none.pem")
    with pytest.raises(PermanentError, match="no certificates"):
        read_trust(_text(tmp_path))


@pytest.fixture(scope="module")
def token(signing: Signing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pkcs11Key]:
    """A token of SoftHSM with the utility's key; its library reads its settings once a process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    softhsm_command("--init-token", "--free", "--label", "utility", "--so-pin", "12345678", "--pin", PIN)
    key_file, certificate = folder / "key.pem", folder / "certificate.der"
    pkcs8 = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(signing.pair.key.private_bytes(serialization.Encoding.PEM, pkcs8, serialization.NoEncryption()))
    certificate.write_bytes(signing.pair.certificate_der)
    softhsm_command("--import", str(key_file), "--token", "utility", "--label", "seal", "--id", "01", "--pin", PIN)
    yield Pkcs11Key(MODULE, "utility", "seal", PIN)
    del os.environ["SOFTHSM2_CONF"]


@pytest.fixture(scope="module")
def full_token(token: Pkcs11Key, signing: Signing) -> Pkcs11Key:
    """With the certificate beside the key; softhsm2-util imports keys only."""
    import pkcs11
    from pkcs11.util.x509 import decode_x509_public_key  # noqa: F401  # the package must be whole

    library = pkcs11.lib(str(MODULE))
    with library.get_token(token_label="utility").open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "seal",
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.SUBJECT: signing.pair.certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: signing.pair.certificate_der,
            }
        )
    return token


def test_a_key_in_a_token_signs_as_one_in_a_file(full_token: Pkcs11Key, signing: Signing, tmp_path: Path) -> None:
    pdf = signed(replace(signing.policy(), key=full_token))
    verdict = verify(pdf, signing.trust, now())
    assert verdict.good, verdict
    assert "Signature is Valid" in pdfsig(pdf, tmp_path)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"pin": "0000"}, PermanentError, "the PIN of the token utility is wrong"),
        ({"token": "unplugged"}, TemporaryError, "the token unplugged is not there"),
        ({"label": "another"}, PermanentError, "no key and certificate with the label 'another'"),
        ({"module": Path("/nowhere/lib.so")}, PermanentError, "is not there; see signature.pkcs11_module"),
    ],
)
def test_a_token_that_is_wrong_or_away_is_named(full_token: Pkcs11Key, change: dict, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said) as raised, opened_key(replace(full_token, **change)):
        pass
    assert PIN not in str(raised.value)


@pytest.mark.parametrize("junk", [b"", b"no PDF", b"%PDF-1.7\n", b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"])
def test_what_is_no_signed_pdf_has_a_fault_and_never_an_exception(junk: bytes, signing: Signing) -> None:
    verdict = verify(junk, signing.trust, now())
    assert verdict.fault
    assert not verdict.good


def test_a_pdf_without_a_signature_is_not_good(signing: Signing) -> None:
    from metering.documents import SignatureMark

    pdf = draw_paper(a_paper(DocumentKind.INVOICE), SignatureMark("A", "1", now()))
    assert verify(pdf, signing.trust, now()) == Verdict(fault="the file holds no signature")


def test_a_verdict_crosses_the_border_between_processes_whole(invoice: bytes, signing: Signing) -> None:
    verdict = verify(invoice, signing.trust, now())
    assert verdict_from_json(verdict_as_json(verdict)) == verdict
