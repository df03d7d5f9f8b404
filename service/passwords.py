"""Passwords of both faces: kept as argon2id hashes, compared in the same time whether the account exists or not."""

from __future__ import annotations

import functools
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200  # characters
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is mistaken for something else
_HASHER = PasswordHasher()  # RFC 9106, section 4, the second recommended option: 64 MiB, 3 passes
_AT_ONCE = threading.BoundedSemaphore(2)  # each hash takes its memory and a core


def hash_of(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password has this hash; None, for an account that does not exist, costs the same time and is never right."""
    with _AT_ONCE:
        nobodys = _nobodys()
        try:
            return _HASHER.verify(kept or nobodys, password[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@functools.cache
def _nobodys() -> str:
    """Made at the first question and not when the module is loaded, which every command does."""
    return _HASHER.hash(secrets.token_urlsafe())


def made_up() -> str:
    """A password to be told once and changed at the first login: about 59 bits, in four groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(3)) for _ in range(4))
