"""A page's print as lines of tokens in reading order, each marked with what it means."""
