"""Property tests draw the same examples on every run, and no slow machine fails them (HYPOTHESIS_PROFILE=wide looks further)."""

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("wide", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
