"""Documents are issued once, mailed as they are issued, and sent to who may ask for them; nothing is half issued when something is away."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from documents.verification import verify
from metering.documents import DocumentKey, DocumentKind
from metering.errors import PermanentError, TemporaryError
from metering.periods import TASHKENT, Period
from service.assembly import Service, signing_of
from service.billing import import_file
from service.command_line.application import application
from service.config import DocumentSettings, MailSettings, SecretSettings, Settings, SignatureSettings
from service.document_duty import issue_due, office_of
from service.document_requests import answer_requests
from service.documents import NothingToIssue, issue, issue_month, key_of, verification_code
from service.processing import process_all
from service.readers import Readers
from service.sandbox import verify_document
from storage import billing, documents, messages, outbox
from storage.blobs import BlobStore
from storage.database import Database
from storage.messages import Message, NewMessage
from storage.register import import_register
from storage.states import MessageState
from tests.corpus import envelope as mail
from tests.corpus.envelope import OUR_ADDRESS, OUR_HOST, Envelope, Standing
from tests.storage.made import register_files
from tests.support.billing_files import NOVEMBER, OCTOBER, as_csv, closing, month, reference, with_head
from tests.support.signing import PASSPHRASE, Signing

SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CONTRACTS = [
    '00421,«Зафар» МЧЖ,"Тошкент ш., Навоий кўчаси, 5",300000421,zafar@mail.example;office@zafar.example,0.35,uz_cyrl,active',
    '00007,ООО «Лола»,"г. Ташкент, ул. Лола, 7",300000007,lola@mail.example,0.10,ru,active',
    '00008,"«Nur» MChJ","Toshkent sh., Nur koʻchasi, 8",300000008,lola@mail.example,0.10,uz,active',
]
INVOICE, ACT = DocumentKind
RECEIVED = dt.datetime(2026, 11, 3, 10, 0, tzinfo=TASHKENT)


@dataclass
class Desk:
    """A service with three contracts whose October is closed, and a key that signs."""

    service: Service
    folder: Path
    _number: int = 0

    @property
    def office(self):
        return office_of(self.service)

    def letters(self) -> list[tuple[str, str, email.message.EmailMessage]]:
        """Kind, recipient and the message of each, oldest first."""
        with self.service.database.reading() as tx:
            rows = [(row.kind, row.recipient, outbox.letter_bytes(tx, row.id)) for row in outbox.letter_listing(tx)]
        return [(kind, to, email.message_from_bytes(raw, policy=email.policy.default)) for kind, to, raw in rows]  # type: ignore[misc]

    def issued(self) -> list[documents.IssuedDocument]:
        with self.service.database.reading() as tx:
            return documents.listing(tx)

    def receive(
        self, readers: Readers, subject: str, sender: str, standing: Standing = Standing.DMARC, extra: tuple[str, ...] = ()
    ) -> Message:
        """A mail without a file, taken through the journey."""
        self._number += 1
        at = RECEIVED + dt.timedelta(minutes=self._number)
        raw = mail.message(Envelope(sender, at, f"ask-{self._number}", subject=subject, standing=standing, extra=extra), TEXT)
        new = NewMessage("INBOX", 1, str(self._number), len(raw), at, self.service.blobs.put(raw), f"{self._number}.eml")
        with self.service.database.transaction() as tx:
            row = messages.keep(tx, new, at)
        process_all(self.service, readers, "test")
        with self.service.database.transaction() as tx:
            message = messages.show(tx, row)
        assert message.state is MessageState.DECIDED, message.last_error
        return message


TEXT = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nIltimos, yuboring.\r\n"


@pytest.fixture
def desk(database: Database, tmp_path: Path, signing: Signing) -> Desk:
    settings = Settings(
        home=tmp_path,
        mail=MailSettings(address=OUR_ADDRESS, authserv_id=OUR_HOST, own_hosts=(OUR_HOST,)),
        documents=DocumentSettings(processes=1),
        signature=SignatureSettings(pkcs12_file=signing.quick, timestamp_url=signing.served.timestamp_url, trust_file=signing.roots),
        secrets=SecretSettings(message_id_key="a key of sixteen bytes or more", signature_passphrase=PASSPHRASE),
    )
    service = Service(settings, database, BlobStore(tmp_path / "blobs"), lambda: dt.datetime.now(dt.UTC))
    with database.transaction() as tx:
        assert not import_register(tx, *register_files(tmp_path, CONTRACTS, [])).refused
    rows = []
    for number in ("00421", "00007", "00008"):
        september = month(number, OCTOBER.previous(), "100.00")
        rows += [
            *september,
            *month(number, OCTOBER, closing(september)),
            *month(number, NOVEMBER, _after(september, number), "0.10", "0.00"),
        ]
    (tmp_path / "day.csv").write_bytes(as_csv(with_head([*reference(), *rows])))
    assert import_file(service, tmp_path / "day.csv").complaints == ()
    return Desk(service, tmp_path)


def _after(september: list, number: str) -> str:
    return closing(month(number, OCTOBER, closing(september)))


def test_a_month_is_issued_once_and_mailed_to_each_address_with_the_bytes_that_stand(desk: Desk, signing: Signing):
    tally = issue_month(desk.office, INVOICE, OCTOBER)
    assert (tally.issued, tally.before, tally.left_out) == (3, 0, {})
    again = issue_month(desk.office, INVOICE, OCTOBER)
    assert (again.issued, again.before) == (0, 3)
    letters = desk.letters()
    assert sorted((kind, to) for kind, to, _ in letters) == [
        ("document", "lola@mail.example"),
        ("document", "lola@mail.example"),
        ("document", "office@zafar.example"),
        ("document", "zafar@mail.example"),
    ]
    by_number = {document.key.contract_number: document for document in desk.issued()}
    for _, _, letter in letters:
        (file,) = letter.iter_attachments()
        number = file.get_filename().split("-")[1]
        pdf = file.get_content()
        assert hashlib.sha256(pdf).hexdigest() == by_number[number].sha256
        assert pdf == desk.service.blobs.get(by_number[number].sha256)
        assert letter["Auto-Submitted"] == "auto-generated"
    assert verify(pdf, signing.trust, dt.datetime.now(dt.UTC)).good
    subjects = {letter["Subject"] for _, _, letter in letters}
    assert "Счёт-фактура № 00007/10-2026 за октябрь 2026 года, договор 00007" in subjects
    assert "2026-yil oktabr oyi uchun 00008/10-2026-sonli hisobvaraq-faktura, 00008-sonli shartnoma" in subjects
    assert "2026 йил октябрь ойи учун 00421/10-2026-сонли ҳисобварақ-фактура, 00421-сонли шартнома" in subjects


@SQLITE_ONLY
def test_two_processes_print_what_one_prints(desk: Desk, monkeypatch: pytest.MonkeyPatch, signing: Signing):
    monkeypatch.setattr("service.press._FEW", 1)
    settings = desk.service.settings.model_copy(update={"documents": DocumentSettings(processes=2)})
    service = replace(desk.service, settings=settings, clock=dt.datetime.now(dt.UTC).replace)
    assert issue_month(office_of(service), INVOICE, OCTOBER).issued == 3
    for document in desk.issued():
        assert verify(service.blobs.get(document.sha256), signing.trust, dt.datetime.now(dt.UTC)).good


@SQLITE_ONLY
def test_when_the_timestamp_server_is_away_nothing_is_half_issued_and_the_next_time_it_is(desk: Desk, signing: Signing):
    signing.authority.online = False
    try:
        with pytest.raises(TemporaryError, match="timestamp"):
            issue_month(desk.office, INVOICE, OCTOBER)
    finally:
        signing.authority.online = True
    assert (desk.issued(), desk.letters()) == ([], [])
    assert issue_month(desk.office, INVOICE, OCTOBER).issued == 3


@SQLITE_ONLY
def test_what_is_not_there_is_not_issued_and_the_reason_is_said(desk: Desk):
    with pytest.raises(NothingToIssue, match="2026-11 is not closed yet: billing has closed 2026-10"):
        issue(desk.office, DocumentKey(INVOICE, "00421", NOVEMBER, NOVEMBER))
    with desk.service.database.transaction() as tx, pytest.raises(NothingToIssue, match="no figures"):
        key_of(tx, ACT, "99999", OCTOBER, 12)
    assert issue_month(desk.office, INVOICE, Period(2026, 8)).issued == 0


@SQLITE_ONLY
def test_an_act_goes_back_as_far_as_the_figures_do_and_a_changed_month_is_pointed_out(desk: Desk):
    assert [tally.issued for tally in issue_due(desk.office)] == [3, 3]
    act = next(each for each in desk.issued() if each.key == DocumentKey(ACT, "00421", OCTOBER.previous(), OCTOBER))
    assert act.total == closing_of(desk, "00421")
    with desk.service.database.transaction() as tx:
        assert not documents.figures_changed(tx, act)
    september = month("00421", OCTOBER.previous(), "100.00")
    restated = month("00421", OCTOBER, closing(september), gcal="53.94")
    others = [row for n in ("00007", "00008") for row in month(n, NOVEMBER, closing_text(desk, n), "0.10", "0.00")]
    rows = [*restated, *month("00421", NOVEMBER, closing(restated), "0.10", "0.00"), *others]
    (desk.folder / "next.csv").write_bytes(as_csv(with_head(rows, as_of="2026-11-03T19:05")))
    assert import_file(desk.service, desk.folder / "next.csv").complaints == ()
    with desk.service.database.transaction() as tx:
        assert documents.figures_changed(tx, act)
    assert issue(desk.office, act.key) == act


def closing_of(desk: Desk, number: str):
    with desk.service.database.reading() as tx:
        return billing.settled_months(tx, number, OCTOBER, OCTOBER)[0].closing


def closing_text(desk: Desk, number: str) -> str:
    return str(closing_of(desk, number))


def test_who_asks_from_an_address_of_the_contract_gets_it_in_his_thread(desk: Desk, readers: Readers, signing: Signing):
    message = desk.receive(readers, "akt sverki 00421", "zafar@mail.example")
    assert (message.outcome, message.reply) == ("no_report", "document")
    assert desk.letters() == []
    assert answer_requests(desk.office) == 1
    assert answer_requests(desk.office) == 0
    (_, to_colleague, _), (kind, to, letter) = desk.letters()
    assert to_colleague == "office@zafar.example"  # the month's duty finds it issued, and would tell him no more
    assert (kind, to) == ("document", "zafar@mail.example")
    assert letter["In-Reply-To"] == "<ask-1@mail.example>"
    assert letter["Subject"] == "Re: akt sverki 00421"
    assert letter["Auto-Submitted"] == "auto-replied"
    (file,) = letter.iter_attachments()
    assert file.get_filename() == "act-00421-2026-09-2026-10.pdf"
    assert verify(file.get_content(), signing.trust, dt.datetime.now(dt.UTC)).good
    (document,) = desk.issued()
    desk.receive(readers, "Солиштириш далолатномаси 00421", "office@zafar.example")
    answer_requests(desk.office)
    assert desk.issued() == [document]
    assert [part.get_content() for _, _, each in desk.letters() for part in each.iter_attachments()] == [file.get_content()] * 3


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("subject", "sender", "standing"),
    [
        ("akt sverki 00421", "stranger@mail.example", Standing.DMARC),
        ("счет-фактура 00421", "lola@mail.example", Standing.DMARC),
        ("счет-фактура", "lola@mail.example", Standing.DMARC),  # he has two contracts and names none
        ("счет-фактура 00421 за ноябрь 2026", "zafar@mail.example", Standing.DMARC),  # not closed
        ("akt sverki 00421", "zafar@mail.example", Standing.SPF_ONLY),
        ("akt sverki 99999", "zafar@mail.example", Standing.DMARC),
    ],
)
def test_anybody_else_learns_of_the_cabinet_and_of_nothing_more_once(
    desk: Desk, readers: Readers, subject: str, sender: str, standing: Standing
):
    message = desk.receive(readers, subject, sender, standing)
    assert message.reply == "document_pointer"
    again = desk.receive(readers, subject, sender, standing)
    assert (again.outcome, again.reply) == ("no_report", None)
    answer_requests(desk.office)
    ((kind, to, letter),) = desk.letters()
    assert (kind, to) == ("document_pointer", sender)
    assert list(letter.iter_attachments()) == []
    said = letter.get_body(("plain",)).get_content()
    for secret in ("Зафар", "Лола", "300000421", "сум."):
        assert secret not in said
    assert "http://localhost:8080" in said
    assert desk.issued() == []


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("subject", "sender", "standing", "extra"),
    [
        ("akt sverki 00421", "zafar@mail.example", Standing.FAILED, ()),
        ("akt sverki 00421", "zafar@mail.example", Standing.DMARC, ("Auto-Submitted: auto-replied",)),
        ("akt sverki 00421", "stranger@mail.example", Standing.SPF_ONLY, ()),
    ],
)
def test_who_may_not_be_answered_gets_nothing(
    desk: Desk, readers: Readers, subject: str, sender: str, standing: Standing, extra: tuple[str, ...]
):
    assert desk.receive(readers, subject, sender, standing, extra).reply is None
    answer_requests(desk.office)
    assert desk.letters() == []


@SQLITE_ONLY
def test_an_answer_to_our_own_letter_asks_for_nothing(desk: Desk, readers: Readers):
    issue_month(desk.office, INVOICE, OCTOBER)
    before = len(desk.letters())
    message = desk.receive(readers, "Re: Счёт-фактура № 00007/10-2026 за октябрь 2026 года, договор 00007", "lola@mail.example")
    assert message.reply == "no_report"
    answer_requests(desk.office)
    assert len(desk.letters()) == before + 1


@SQLITE_ONLY
def test_a_request_waits_while_the_timestamp_server_is_away(desk: Desk, readers: Readers, signing: Signing):
    desk.receive(readers, "счет-фактура 00421", "zafar@mail.example")
    signing.authority.online = False
    try:
        with pytest.raises(TemporaryError):
            answer_requests(desk.office)
    finally:
        signing.authority.online = True
    assert desk.letters() == []
    assert answer_requests(desk.office) == 1
    assert sorted(to for _, to, _ in desk.letters()) == ["office@zafar.example", "zafar@mail.example"]


@SQLITE_ONLY
def test_a_second_signature_lies_beside_the_document(desk: Desk, signing: Signing):
    class Double:
        """In the place of the E-IMZO service: signs what it is given and remembers it."""

        def sign(self, pdf: bytes, now: dt.datetime) -> bytes:
            return b"PKCS#7 over " + hashlib.sha256(pdf).hexdigest().encode()

    with desk.service.database.transaction() as tx:
        key = key_of(tx, INVOICE, "00421", OCTOBER, 12)
    document = issue(replace(desk.office, second=Double()), key)
    with desk.service.database.transaction() as tx:
        beside = documents.second_signature(tx, document.id)
    assert beside is not None
    assert desk.service.blobs.get(beside) == b"PKCS#7 over " + document.sha256.encode()


@SQLITE_ONLY
def test_the_code_of_verification_is_the_documents_own_and_cannot_be_guessed(desk: Desk):
    key = DocumentKey(INVOICE, "00421", OCTOBER, OCTOBER)
    with desk.service.database.transaction() as tx:
        codes = {verification_code(tx, replace(key, contract_number=f"{number:05d}")) for number in range(300, 500)}
        assert verification_code(tx, key) in codes
    assert len(codes) == 200
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)


@SQLITE_ONLY
def test_foreign_pdfs_are_judged_in_the_sandbox(desk: Desk, signing: Signing, tmp_path: Path):
    with desk.service.database.transaction() as tx:
        key = key_of(tx, INVOICE, "00421", OCTOBER, 12)
    pdf = desk.service.blobs.get(issue(desk.office, key).sha256)
    judge = partial(verify_document, folder=tmp_path, trust=signing.trust, now=dt.datetime.now(dt.UTC), limits=desk.service.settings.limits)
    assert judge(pdf).good
    bad = judge(pdf.replace(b"endstream", b"endstreaM", 1))
    assert not bad.good
    assert not judge(b"%PDF-1.7 nothing").good


@pytest.mark.parametrize(
    ("signature", "secret", "said"),
    [
        ({}, PASSPHRASE, "no key signs documents"),
        ({"pkcs12_file": "key.p12"}, PASSPHRASE, "timestamp_url is missing"),
        ({"pkcs12_file": "key.p12", "timestamp_url": "http://tsa.example"}, None, "the secret signature_passphrase is missing"),
        ({"pkcs12_file": "k", "pkcs11_module": "m", "timestamp_url": "http://tsa.example"}, PASSPHRASE, "name one of them"),
    ],
)
def test_what_the_settings_lack_is_named(signature: dict, secret: str | None, said: str):
    settings = Settings(signature=SignatureSettings(**signature), secrets=SecretSettings(signature_passphrase=secret))
    with pytest.raises(PermanentError, match=said):
        signing_of(settings)


@SQLITE_ONLY
def test_the_commands_issue_list_and_verify(desk: Desk, monkeypatch: pytest.MonkeyPatch, signing: Signing, tmp_path: Path):
    desk.service.database.close()
    for name, value in {
        "HOME": tmp_path,
        "DATABASE_URL": desk.service.database.name,
        "SIGNATURE__PKCS12_FILE": signing.quick,
        "SIGNATURE__TIMESTAMP_URL": signing.served.timestamp_url,
        "SIGNATURE__TRUST_FILE": signing.roots,
        "SECRETS__SIGNATURE_PASSPHRASE": PASSPHRASE,
    }.items():
        monkeypatch.setenv(f"HISOBOT_{name}", str(value))
    run = partial(CliRunner().invoke, application)
    done = run(["documents", "issue", "--period", "2026-10", "--kind", "invoice", "--contract", "00421"])
    assert (done.exit_code, done.stdout) == (0, "invoice 2026-10: 1 issued, 0 issued before, 0 without one\n")
    listed = run(["documents", "list"]).stdout.split("\t")
    assert listed[1:4] == ["invoice", "00421/10-2026", "20 675 226,07"]
    pdf = desk.service.blobs.get(listed[6])
    (tmp_path / "good.pdf").write_bytes(pdf)
    good = run(["documents", "verify", str(tmp_path / "good.pdf")])
    assert good.exit_code == 0, good.stdout
    assert "signature 1: good" in good.stdout
    assert "level B-T" in good.stdout
    assert "issued here: invoice 00421/10-2026, document 1" in good.stdout
    (tmp_path / "bad.pdf").write_bytes(pdf.replace(b"endstream", b"endstreaM", 1))
    bad = run(["documents", "verify", str(tmp_path / "bad.pdf")])
    assert bad.exit_code == 1
    assert "issued here: no" in bad.stdout
    refused = run(["documents", "issue", "--period", "2026-11", "--contract", "00421"])
    assert refused.exit_code == 1
    assert "2026-11 is not closed yet" in refused.stderr
