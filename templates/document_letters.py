"""Letters that carry a document, and the one that points who may not have it by mail to the cabinet (docs/letters.md, "Kinds")."""

from __future__ import annotations

from dataclasses import dataclass

from metering.contracts import Language
from metering.documents import DocumentKind
from metering.periods import Period
from templates.letters import RenderedLetter, render

DOCUMENT = "document"  # folders of templates/letters/, and the letters' kinds in the outbox
POINTER = "document_pointer"


@dataclass(frozen=True, slots=True)
class DocumentLetterFacts:
    """kind, number, contract_number, first, last: of the document; total: what is to be paid, of an act the balance at its end as text
    without its sign; owes: whether the customer owes it; asked: somebody asked for it by mail; verification: where it can be checked."""

    kind: DocumentKind
    number: str
    contract_number: str
    first: Period
    last: Period
    total: str
    owes: bool
    settled: bool
    asked: bool
    verification: str
    cabinet: str
    languages: tuple[Language, ...]
    utility: str
    address: str


@dataclass(frozen=True, slots=True)
class PointerFacts:
    """cabinet: its address. It says the same to everybody: whether there is such a contract is nobody's business."""

    cabinet: str
    languages: tuple[Language, ...]
    utility: str
    address: str


def render_document_letter(facts: DocumentLetterFacts) -> RenderedLetter:
    return render(DOCUMENT, facts)


def render_pointer(facts: PointerFacts) -> RenderedLetter:
    return render(POINTER, facts)
