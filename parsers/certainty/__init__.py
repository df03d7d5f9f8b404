"""Several readings of one place: which is taken, and how sure the value is."""
