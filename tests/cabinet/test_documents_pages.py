"""The account and the documents in the cabinet: one's own alone, the age of the figures; and a public page that checks what we issued."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from metering.documents import DocumentKind
from metering.periods import TASHKENT
from service.assembly import Service
from service.billing import import_file
from service.config import DocumentSettings, SignatureSettings
from service.customer_accounts import issue_accounts
from service.document_duty import office_of
from service.documents import issue_month
from storage import documents
from storage.database import Database
from storage.documents import IssuedDocument
from tests.storage.made import load_register
from tests.support.billing_files import NOVEMBER, OCTOBER, as_csv, closing, month, reference, with_head
from tests.support.customers import NUMBER, OTHER, customer
from tests.support.signing import PASSPHRASE, Signing
from tests.support.web import Site, assert_accessible, service_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # storage has tests of its own on both
EVENING = dt.datetime(2026, 11, 3, 10, 0, tzinfo=TASHKENT)


@dataclass(frozen=True)
class Paid:
    """A site with figures, and an invoice for each of two contracts."""

    site: Site
    mine: tuple[IssuedDocument, ...]
    theirs: tuple[IssuedDocument, ...]

    def bytes_of(self, document: IssuedDocument) -> bytes:
        return self.site.service.blobs.get(document.sha256)


@pytest.fixture
def paid(database: Database, tmp_path: Path, serve: Callable[..., Site], signing: Signing) -> Paid:
    load_register(database, tmp_path)
    service = _signing(service_for(database, tmp_path, lambda: EVENING), signing)
    rows = []
    for number in (NUMBER, OTHER):
        october = month(number, OCTOBER, "1500000.00")
        rows += [*october, *month(number, NOVEMBER, closing(october), "0.10", "0.00")]
    (tmp_path / "day.csv").write_bytes(as_csv(with_head([*reference(), *rows])))
    assert import_file(service, tmp_path / "day.csv").complaints == ()
    issue_accounts(service)
    office = office_of(replace(service, clock=lambda: dt.datetime.now(dt.UTC)))  # its certificate is of today
    issue_month(office, DocumentKind.INVOICE, OCTOBER)
    site = serve(service)
    with database.reading() as tx:
        mine, theirs = (tuple(documents.listing(tx, number=number)) for number in (NUMBER, OTHER))
    return Paid(replace(site, service=service), mine, theirs)


def _signing(service: Service, signing: Signing) -> Service:
    signature = SignatureSettings(pkcs12_file=signing.quick, timestamp_url=signing.served.timestamp_url, trust_file=signing.roots)
    secrets = service.settings.secrets.model_copy(update={"signature_passphrase": _secret()})
    update = {"signature": signature, "documents": DocumentSettings(processes=1), "secrets": secrets}
    return replace(service, settings=service.settings.model_copy(update=update))


def _secret() -> object:
    from pydantic import SecretStr

    return SecretStr(PASSPHRASE)


def test_the_account_shows_what_billing_says_and_how_old_it_is(paid: Paid) -> None:
    page = customer(paid.site).get("/settlements", headers={"accept-language": "ru"}).text
    for said in ("2 213 563,22", "20 675 226,07", "20 000 000,00", "1 500 000,00", "53,93", "1306457", "1017", "02.11.2026 19:05"):
        assert said in page.replace("\u00a0", " "), said


def test_ones_own_documents_are_downloaded_as_they_were_signed_and_nobody_elses(paid: Paid) -> None:
    visitor = customer(paid.site)
    page = visitor.get("/documents").text
    assert "00421/10-2026" in page
    assert "00007" not in page
    for document in paid.mine:
        answer = visitor.get(f"/documents/{document.id}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.headers["content-disposition"] == f'attachment; filename="{document.key.file_name}"'
        assert hashlib.sha256(answer.content).hexdigest() == document.sha256
    for document in paid.theirs:
        assert visitor.get(f"/documents/{document.id}").status_code == 404
    assert paid.site.visitor().get(f"/documents/{paid.mine[0].id}").status_code == 303


def test_whoever_holds_a_document_learns_what_was_issued_under_its_code_and_nothing_else(paid: Paid) -> None:
    visitor, document = paid.site.visitor(), paid.mine[0]
    answer = visitor.get(f"/verify/{document.code}", headers={"accept-language": "ru"})
    assert answer.status_code == 200
    for said in ("Документ выдан нами", document.key.number, "20 675 226,07", document.sha256, document.serial):
        assert said in answer.text
    for secret in ("Зафар", "300000421", "1 500 000"):
        assert secret not in answer.text
    typed = visitor.get(f"/verify?code={document.code.lower().replace('-', ' ')}")
    assert (typed.status_code, typed.headers["location"]) == (303, f"/verify/{document.code}")
    unknown = visitor.get("/verify/AAAA-AAAA-AAAA-AAAA", headers={"accept-language": "ru"})
    assert (unknown.status_code, "мы не выдавали" in unknown.text) == (404, True)


def test_a_file_is_judged_and_known_again(paid: Paid, serve: Callable[..., Site]) -> None:
    today = serve(replace(paid.site.service, clock=lambda: dt.datetime.now(dt.UTC)))
    visitor, document = today.visitor(), paid.mine[0]
    ours = paid.bytes_of(document)
    good = send(visitor, ours)
    assert "Подпись действительна" in good
    assert document.key.number in good
    changed = send(visitor, ours.replace(b"endstream", b"endstreaM", 1))
    assert "Подписи доверять нельзя" in changed or "Это не подписанный файл" in changed
    assert "среди выданных нами документов нет" in changed
    assert "Это не подписанный файл" in send(visitor, b"%PDF-1.7 nothing")
    assert "Выберите файл" in send(visitor, b"")


def send(visitor, content: bytes) -> str:
    data = {"csrf": visitor.csrf("/verify")}
    return visitor.client.post("/upload/verify", data=data, files={"file": ("a.pdf", content)}, headers={"accept-language": "ru"}).text


def test_who_tries_codes_is_stopped(paid: Paid) -> None:
    visitor = paid.site.visitor()
    answers = [visitor.get(f"/verify/{number:016d}").status_code for number in range(62)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_pages_are_accessible_and_fit_a_phone(paid: Paid, tab: Page) -> None:
    session = customer(paid.site).client.cookies["hisobot-customer-session"]
    tab.context.add_cookies([{"name": "hisobot-customer-session", "value": session, "url": paid.site.address}])
    tab.set_viewport_size({"width": 320, "height": 640})
    for path in ("/settlements", "/documents", "/verify", f"/verify/{paid.mine[0].code}"):
        tab.goto(paid.site.address + path)
        assert_accessible(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
