"""The tables, by subject (docs/storage.md)."""

from __future__ import annotations

from storage.tables.base import metadata
from storage.tables.consumers import api_tokens, cabinet_entries, cabinet_files, consumer_accounts
from storage.tables.instance import facts
from storage.tables.ledger import audit, decisions, readings, submission_files, submissions
from storage.tables.letters import letter_attempts, letters
from storage.tables.messages import messages
from storage.tables.register import contract_emails, contracts, meters, opening_readings, sender_links

__all__ = [
    "APPEND_ONLY",
    "api_tokens",
    "audit",
    "cabinet_entries",
    "cabinet_files",
    "consumer_accounts",
    "contract_emails",
    "contracts",
    "decisions",
    "facts",
    "letter_attempts",
    "letters",
    "messages",
    "metadata",
    "meters",
    "opening_readings",
    "readings",
    "sender_links",
    "submission_files",
    "submissions",
]

APPEND_ONLY = (submissions, submission_files, readings, decisions, audit, letter_attempts)
