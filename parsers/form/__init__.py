"""Our own report form read back: its code says which, its boxes hold the digits (docs/form.md)."""
