"""Billing files: rows of the utility's accounts to records of the trade (docs/billing.md)."""
