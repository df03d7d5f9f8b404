"""A mail's parts: headers, boundaries, encodings, and what belongs to the letter rather than to its sender's report."""
