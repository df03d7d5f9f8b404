"""The JSON API under /api/v1: for the utility's existing cabinet and other programs that speak for customers (docs/api.md)."""
