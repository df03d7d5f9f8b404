"""The tables, by subject (docs/storage.md)."""

from __future__ import annotations

from storage.tables.base import metadata
from storage.tables.billing import (
    billing_accruals,
    billing_counted,
    billing_files,
    billing_months,
    billing_payments,
    suppliers,
    tariffs,
    vat_rates,
)
from storage.tables.calendar import (
    address_events,
    campaign_letters,
    contract_annexes,
    estimates,
    heating_seasons,
    monthly_plans,
    originals,
    outdoor_temperatures,
    recalculations,
)
from storage.tables.consumers import api_tokens, cabinet_entries, cabinet_files, consumer_accounts
from storage.tables.documents import document_requests, documents, second_signatures
from storage.tables.instance import facts
from storage.tables.ledger import audit, decisions, readings, submission_files, submissions
from storage.tables.letters import letter_attempts, letters
from storage.tables.messages import messages
from storage.tables.register import contract_emails, contracts, meters, opening_readings, sender_links
from storage.tables.staff import corrections, page_pictures, review_reasons, reviews, staff
from storage.tables.web import throttles, web_sessions

__all__ = [
    "APPEND_ONLY",
    "address_events",
    "api_tokens",
    "audit",
    "billing_accruals",
    "billing_counted",
    "billing_files",
    "billing_months",
    "billing_payments",
    "cabinet_entries",
    "cabinet_files",
    "campaign_letters",
    "consumer_accounts",
    "contract_annexes",
    "contract_emails",
    "contracts",
    "corrections",
    "decisions",
    "document_requests",
    "documents",
    "estimates",
    "facts",
    "heating_seasons",
    "letter_attempts",
    "letters",
    "messages",
    "metadata",
    "meters",
    "monthly_plans",
    "opening_readings",
    "originals",
    "outdoor_temperatures",
    "page_pictures",
    "readings",
    "recalculations",
    "review_reasons",
    "reviews",
    "second_signatures",
    "sender_links",
    "staff",
    "submission_files",
    "submissions",
    "suppliers",
    "tariffs",
    "throttles",
    "vat_rates",
    "web_sessions",
]

APPEND_ONLY = (
    submissions,
    submission_files,
    readings,
    decisions,
    audit,
    letter_attempts,
    corrections,
    billing_files,
    billing_months,
    billing_accruals,
    billing_payments,
    billing_counted,
    tariffs,
    vat_rates,
    suppliers,
    campaign_letters,
    estimates,
    recalculations,
    originals,
    address_events,
    documents,
    second_signatures,
)
