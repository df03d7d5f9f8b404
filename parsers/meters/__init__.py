"""Meters and their values: from tables, printouts and sentences to the meters of a report."""
