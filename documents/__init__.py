"""Papers that we issue: the report form with its code."""
