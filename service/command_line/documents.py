"""Commands for documents: issue, list, verify, and the duty that does it by itself."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Any

import typer

from documents.verdicts import SignatureVerdict
from metering.documents import DocumentKind
from metering.periods import TASHKENT, Period
from service import notify
from service.assembly import assemble
from service.command_line.duties import Verbose, stopped_by_signal
from service.command_line.exits import REFUSED, refuse
from service.command_line.forms import period_option
from service.command_line.settings import settings_of
from service.document_duty import office_of, sign_forever
from service.documents import closed_through, issue_month
from service.logs import start_logging
from service.verification import judge
from storage import documents
from templates import sums


def _period(help: str) -> Any:
    return typer.Option(parser=period_option, metavar="YYYY-MM", help=help, show_default=False)


Kind = Annotated[DocumentKind, typer.Option(case_sensitive=False, help="invoice: of a month; act: reconciliation of the months up to it.")]
Contracts = Annotated[list[str] | None, typer.Option("--contract", help="Only this contract; may be given several times.")]


def issue(
    context: typer.Context,
    period: Annotated[Period | None, _period("The month, of an act its last one. Default: the last that billing has closed.")] = None,
    kind: Kind = DocumentKind.INVOICE,
    contract: Contracts = None,
) -> None:
    """Issue the documents of a month.

    For every contract with figures for it, or for those named: drawn, signed with a timestamp, stored, and mailed to the contract's
    addresses. A document that was issued before stands and is not made again. Broken off, it may be started again: what is missing is
    issued. Exit code 3 if the token or the timestamp server is away, 4 if a person is needed; nothing is ever half issued.

    Example: hisobot documents issue --period 2026-10 --kind invoice
    """
    service = assemble(settings_of(context))
    office = office_of(service)
    with service.database.reading() as tx:
        last = period or closed_through(tx)
    if last is None:
        refuse(["no figures have come from billing yet: see hisobot billing import"])
        return
    tally = issue_month(office, kind, last, contract or ())
    print(f"{kind} {last}: {tally.issued} issued, {tally.before} issued before, {len(tally.left_out)} without one")
    if contract:
        refuse([reason for number, reason in tally.left_out.items() if number in contract])


def list_documents(
    context: typer.Context,
    period: Annotated[Period | None, _period("Only of this month.")] = None,
    kind: Annotated[DocumentKind | None, typer.Option(case_sensitive=False, help="Only this kind.")] = None,
    contract: Annotated[str | None, typer.Option(help="Only of this contract.")] = None,
) -> None:
    """List the documents that were issued.

    Columns with tabs between them: number of the row, kind, number of the document, sum, when issued, code of verification, SHA-256,
    and `figures changed` where billing has stated a month anew since.
    """
    service = assemble(settings_of(context))
    with service.database.reading() as tx:
        for document in documents.listing(tx, kind, period, contract):
            when = f"{document.issued_at.astimezone(TASHKENT):%Y-%m-%d %H:%M}"
            changed = "figures changed" if documents.figures_changed(tx, document) else ""
            row = (document.id, document.key.kind, document.key.number, sums.money(document.total), when, document.code, document.sha256)
            print("\t".join(map(str, (*row, changed))))


def verify(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A PDF.", exists=True, dir_okay=False, show_default=False)]
) -> None:
    """Say what a PDF's signatures are worth.

    As a reader such as Acrobat would: is each whole, does its certificate's chain lead to signature.trust_file, what does its timestamp
    prove, was anything added since; and whether the file is one that was issued here. The network is not asked. Exit code 0 if all is
    good, 1 if not.

    Example: hisobot documents verify invoice-00421-2026-10.pdf
    """
    service = assemble(settings_of(context))
    raw = file.read_bytes()
    verdict = judge(service, raw)
    with service.database.reading() as tx:
        known = documents.by_sha256(tx, hashlib.sha256(raw).hexdigest())
    if verdict.fault:
        print(f"{file}: {verdict.fault}")
    for number, signature in enumerate(verdict.signatures, 1):
        print("\n".join(_lines(number, signature)))
    print(f"issued here: {f'{known.key}, document {known.id}' if known else 'no, these bytes are not among the documents issued'}")
    if not verdict.good:
        raise typer.Exit(REFUSED)


def _lines(number: int, signature: SignatureVerdict) -> list[str]:
    def moment(at: object) -> str:
        return f"{at:%Y-%m-%d %H:%M:%S %z}" if at else "none"

    level = "B-LT" if signature.long_term else "B-T" if signature.timestamp else "B-B"
    return [
        f"signature {number}: {'good' if signature.good else 'NOT GOOD: ' + signature.reason}",
        f"  signer: {signature.name}, certificate {signature.serial}",
        f"  integrity: {'whole' if signature.intact else 'broken'}; added since: {'nothing' if signature.unchanged else 'yes, or unknown'}",
        f"  chain: {'trusted' if signature.trusted else 'not trusted'}; level {level}",
        f"  timestamp: {moment(signature.timestamp)}; time that the signer states: {moment(signature.signed_at)}",
    ]


def work(context: typer.Context, verbose: Verbose = False) -> None:
    """Sign what is asked for and what is due.

    Answers mail that asks for a document, and issues the kinds of documents.automatic as soon as billing has closed a month; until
    SIGTERM or Ctrl-C (systemd/hisobot-documents.service).
    """
    start_logging("documents", verbose=verbose)
    stop = stopped_by_signal()
    service = assemble(settings_of(context))
    notify.ready()
    sign_forever(service, stop)
    notify.stopping()


def add_to(application: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Invoices and reconciliation acts.")
    group.command("issue")(issue)
    group.command("list")(list_documents)
    group.command("verify")(verify)
    group.command("work")(work)
    application.add_typer(group, name="documents")
