"""Issues invoices and reconciliation acts: from the figures that stand, each once, the same bytes ever after (docs/documents.md)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from documents.policy import DetachedSigner, SigningPolicy
from metering.documents import DocumentKey, DocumentKind, Paper
from metering.errors import PermanentError
from metering.periods import Period
from service.assembly import Service
from service.press import Printed, print_all
from storage import billing, documents, facts, register
from storage.database import Transaction
from storage.documents import IssuedDocument, NewDocument

CODE_CHARACTERS = 16  # 80 bits: nobody guesses one
KEY = "document_key"


class NothingToIssue(PermanentError):
    """There is no such document for this contract, and why."""


@dataclass(frozen=True, slots=True)
class Office:
    """What issues documents. told: writes what is owed when a document was issued, in its transaction; second: signs beside the PDF."""

    service: Service
    policy: SigningPolicy
    told: Callable[[Transaction, IssuedDocument, bytes], None]
    second: DetachedSigner | None = None


@dataclass(slots=True)
class Tally:
    """What became of the contracts of a month; left_out: why a contract has no such document."""

    issued: int = 0
    before: int = 0
    left_out: dict[str, str] = field(default_factory=dict)


def closed_through(tx: Transaction) -> Period | None:
    """The last month for which documents can be issued; None before the first file from billing."""
    last = billing.last_file(tx)
    return last.closed_through if last else None


def key_of(tx: Transaction, kind: DocumentKind, number: str, last: Period, months: int) -> DocumentKey:
    """The document's key: of an act so many months, or as many as billing has told of. Raises NothingToIssue."""
    if kind is DocumentKind.INVOICE:
        return DocumentKey(kind, number, last, last)
    first = last
    for _ in range(months - 1):
        first = first.previous()
    begins = billing.first_settled_month(tx, number)
    if begins is None or begins > last:
        raise NothingToIssue(f"contract {number} has no figures up to {last}")
    return DocumentKey(kind, number, max(first, begins), last)


def paper_of(tx: Transaction, service: Service, key: DocumentKey) -> Paper:
    """All that the document says, from what stands now. Raises NothingToIssue with the reason."""
    closed = closed_through(tx)
    if closed is None or key.last > closed:
        raise NothingToIssue(f"{key.last} is not closed yet: billing has closed {closed or 'no month'}")
    contract, buyer = register.contract(tx, key.contract_number), documents.buyer(tx, key.contract_number)
    if contract is None or buyer is None:
        raise NothingToIssue(f"the register has no contract {key.contract_number}: see hisobot register import")
    months = billing.settled_months(tx, key.contract_number, key.first, key.last)
    if not months or (months[0].period, months[-1].period) != (key.first, key.last):
        raise NothingToIssue(f"contract {key.contract_number} has no figures for {key.first} to {key.last}")
    if key.kind is DocumentKind.INVOICE and not months[-1].accruals:
        raise NothingToIssue(f"nothing was accrued for contract {key.contract_number} in {key.last}")
    supplier = billing.supplier_on(tx, key.last.last_day, contract.language)
    if supplier is None:
        raise NothingToIssue(f"billing has not told how the supplier was named on {key.last.last_day}: a `supplier` record is missing")
    code = verification_code(tx, key)
    return Paper(key, contract.language, supplier, buyer, months, code, f"{service.settings.web.base_url}/verify/{code}")


def verification_code(tx: Transaction, key: DocumentKey) -> str:
    """`K7QM-3XWA-PZ2D-V5TN`: the same for the same document, and for nobody else to find out."""
    secret = facts.secret_of_instance(tx, KEY).encode()
    which = f"{key.kind}/{key.contract_number}/{key.first}/{key.last}"
    text = base64.b32encode(hmac.new(secret, which.encode(), hashlib.sha256).digest()).decode()[:CODE_CHARACTERS]
    return "-".join(text[start : start + 4] for start in range(0, CODE_CHARACTERS, 4))


def issue(office: Office, key: DocumentKey) -> IssuedDocument:
    """The document: as it was issued, else issued now. Raises NothingToIssue, or what is wrong with the key or the timestamp server."""
    with office.service.database.transaction() as tx:
        known = documents.issued(tx, key)
        if known is not None:
            return known
        paper, figures = paper_of(tx, office.service, key), _figures(tx)
    (printed,) = print_all(office.policy, [paper], office.service.clock, 1)
    return _keep(office, printed, figures)


def issue_month(
    office: Office, kind: DocumentKind, last: Period, only: Sequence[str] = (), step: Callable[[], None] = lambda: None
) -> Tally:
    """Issues what is missing of a month, for every contract that has it or for some. May be broken off at any point and begun anew.

    Raises what is wrong with the key or the timestamp server: what was issued stays, the rest is issued the next time.
    """
    service, tally = office.service, Tally()
    with service.database.transaction() as tx:
        _figures(tx)
        known = documents.contracts_with(tx, kind, None, last)
        numbers = list(only or billing.contracts_settled_in(tx, last))
    tally.before = len(known & set(numbers))
    missing = (number for number in numbers if number not in known)
    settings = service.settings.documents
    figures: dict[DocumentKey, int] = {}
    for printed in print_all(office.policy, _papers(office, kind, last, missing, tally, figures), service.clock, settings.processes):
        _keep(office, printed, figures.pop(printed.paper.key))
        tally.issued += 1
        step()
    return tally


def _papers(
    office: Office, kind: DocumentKind, last: Period, numbers: Iterator[str], tally: Tally, figures: dict[DocumentKey, int]
) -> Iterator[Paper]:
    """figures: receives of each paper the billing file that stood when it was made: another may come while a month is issued."""
    for number in numbers:
        with office.service.database.transaction() as tx:
            try:
                key = key_of(tx, kind, number, last, office.service.settings.documents.act_months)
                paper = paper_of(tx, office.service, key)
                figures[key] = _figures(tx)
            except NothingToIssue as reason:
                tally.left_out[number] = str(reason)
                continue
        yield paper


def _keep(office: Office, printed: Printed, figures: int) -> IssuedDocument:
    """Bytes first, then the row with the letters owed: a row's bytes are there, and bytes without a row are nobody's document."""
    service, paper = office.service, printed.paper
    beside = office.second.sign(printed.pdf, service.clock()) if office.second is not None else None
    new = NewDocument(
        key=paper.key,
        language=paper.language,
        code=paper.code,
        total=paper.total,
        sha256=service.blobs.put(printed.pdf),
        size=len(printed.pdf),
        signer=printed.mark.name,
        serial=printed.mark.serial,
        issued_at=printed.mark.moment,
        figures=figures,
    )
    beside_sha256 = service.blobs.put(beside) if beside is not None else None
    with service.database.transaction() as tx:
        document = documents.record(tx, new)
        if document is None:  # another process was faster: its bytes are the document
            known = documents.issued(tx, paper.key)
            assert known is not None
            return known
        if beside_sha256 is not None:
            documents.add_second_signature(tx, document.id, beside_sha256, service.clock())
        office.told(tx, document, printed.pdf)
    return document


def _figures(tx: Transaction) -> int:
    last = billing.last_file(tx)
    if last is None:
        raise NothingToIssue("no figures have come from billing yet: see hisobot billing import")
    return last.id
