"""Labelled consumption reports and mail, drawn from a seed: what the reading and the rules are measured on (docs/bench.md)."""
