"""Message-IDs of our own letters: one for each cause, for ever the same, and known again when they come back to us."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_OURS = re.compile(r"<?o\.([0-9a-f]{20})\.([0-9a-f]{20})@([^<>@\s]+)>?")


@dataclass(frozen=True, slots=True)
class MessageIds:
    """Makes and recognises `<o.ID.HMAC@domain>` (docs/delivery-out.md, "One letter for each cause").

    key: secret of at least 16 bytes, the same for all machines that answer for one mailbox; domain: of our own address.
    """

    key: bytes
    domain: str

    def __post_init__(self) -> None:
        if len(self.key) < 16:
            raise ValueError("the key of our Message-IDs needs at least 16 bytes")

    def make(self, cause: str) -> str:
        """The Message-ID of the letter that answers `cause` (the outbox key, such as "message 14 receipt"), with its brackets."""
        identity = hashlib.sha256(cause.encode()).hexdigest()[:20]
        return f"<o.{identity}.{self._seal(identity)}@{self.domain}>"

    def is_ours(self, message_id: str) -> bool:
        """Whether we made this Message-ID. A copied one counts too; an invented one does not."""
        match = _OURS.fullmatch(message_id.strip())
        return match is not None and match[3].lower() == self.domain.lower() and hmac.compare_digest(match[2], self._seal(match[1]))

    def _seal(self, identity: str) -> str:
        return hmac.new(self.key, f"{identity}@{self.domain.lower()}".encode(), hashlib.sha256).hexdigest()[:20]
