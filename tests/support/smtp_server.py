"""Fixture module; see tests/conftest.py."""
