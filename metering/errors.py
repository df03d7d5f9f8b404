"""The two kinds of failure at every border (ARCHITECTURE.md, "Failures")."""


class TemporaryError(Exception):
    """Left as it is and tried again with backoff. The text says what to look at."""


class PermanentError(Exception):
    """Set aside for a person. The text says what is wrong and the remedy."""
