"""Passwords: which are good enough, and the slow hash of which a database keeps."""

from __future__ import annotations

import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
#: How many passwords are hashed at once: each takes 64 MB.
_HASHING = threading.BoundedSemaphore(4)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def nobody() -> str:
    """The hash of nobody's password: a wrong name must take as long as a wrong password."""
    return _hasher().hash(secrets.token_hex(16))


def hashed(name: str, password: str) -> str:
    """What is kept of a password.  Raises USER-422 for one that is too short, too long or easily guessed."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        what = f"密码要有 {SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符。"
        raise GovWriterError(what, hint="可以用几个不相干的词连起来。", code="USER-422")
    if name.lower() in password.lower() or len(set(password)) < 5:
        raise GovWriterError("密码太容易猜到。", hint="不要含用户名，不要只用几个字符。", code="USER-422")
    with _HASHING:
        return _hasher().hash(password.encode("utf-8", "replace"))


def matches(kept: str, password: str) -> bool:
    """Whether it is the password of which this was kept."""
    from argon2.exceptions import VerificationError

    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        with _HASHING:
            return _hasher().verify(kept, password.encode("utf-8", "replace"))
    except VerificationError:
        return False


def renewed(kept: str, password: str) -> str | None:
    """What to keep of a right password instead, where it was hashed with less work than now; None if it may stay."""
    return _hasher().hash(password.encode("utf-8", "replace")) if _hasher().check_needs_rehash(kept) else None
