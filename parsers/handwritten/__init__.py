"""Printed forms filled in by hand: where something is written, and what it says (docs/handwriting.md)."""
