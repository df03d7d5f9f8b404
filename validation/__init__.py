"""Facts to decision, pure: the rulebook, what the register says about a doubtful reading, and the outcome of a message."""
