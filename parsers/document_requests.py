"""Whether the subject of a mail asks for a document of ours, and for which (docs/documents.md, "Asked for by mail")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metering.documents import DocumentKind
from metering.periods import Period
from parsers.requisites.contracts import contract_numbers_in
from parsers.wording.dates import find_months
from parsers.wording.folding import fold_phrase

#: Beginnings of folded words, Russian and Uzbek in both alphabets and as people type one in the other's letters.
_WORDS = {
    DocumentKind.ACT: ("сверк", "сверо", "sverk", "solishtir", "солиштир", "solishtr"),
    DocumentKind.INVOICE: ("счетфактур", "schetfaktur", "фактур", "faktur", "хисобварак", "hisobvaraq", "xisobvarak"),
}
_ANSWERS = re.compile(r"^\s*(re|fw|fwd|ответ|отв|пересл|ha|жавоб|javob)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,/-])\d{5}(?![\d.,/-]?\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """numbers: contracts that the subject names; last: the month, of an act its last one; None where none is named."""

    kinds: tuple[DocumentKind, ...]
    numbers: tuple[str, ...]
    last: Period | None


def asked_document(subject: str) -> AskedDocument | None:
    """What the subject asks for; None where it asks for nothing of ours, or answers a letter (which may have been one of ours)."""
    if _ANSWERS.match(subject):
        return None
    words = fold_phrase(subject[:300])
    kinds = tuple(kind for kind, beginnings in _WORDS.items() if any(word.startswith(beginnings) for word in words))
    if not kinds:
        return None
    months = [found.period for found in find_months(subject[:300])]
    numbers = dict.fromkeys([*contract_numbers_in(subject), *_NUMBER.findall(subject[:300])])
    return AskedDocument(kinds, tuple(numbers), max(months, default=None))
