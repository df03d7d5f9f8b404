"""Message-IDs of our own letters: one for each cause, for ever the same, and known again when they come back to us."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_OURS = re.compile(r"<?o\.([0-9a-f]{20})\.([0-9a-f]{20})@([^<>@\s]+)>?")
_MARK = re.compile(r"([0-9a-f]{20})\.([0-9a-f]{24})")


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

    def mark(self, message_id: str, purpose: str) -> str:
        """A short sealed text that stands for one of our letters where its Message-ID would give too much away: in the address at
        which one unsubscribes, in the envelope. Whoever has the Message-ID cannot make it, nor one purpose's from another's."""
        match = _OURS.fullmatch(message_id)
        if match is None:
            raise ValueError("not a Message-ID of ours")
        return f"{match[1]}.{self._sealed_for(match[1], purpose)}"

    def marked(self, text: str, purpose: str) -> str | None:
        """The Message-ID of the letter that a mark stands for; None for one that we did not make for this purpose."""
        match = _MARK.fullmatch(text.strip())
        if match is None or not hmac.compare_digest(match[2], self._sealed_for(match[1], purpose)):
            return None
        return f"<o.{match[1]}.{self._seal(match[1])}@{self.domain}>"

    def _sealed_for(self, identity: str, purpose: str) -> str:
        return hmac.new(self.key, f"{purpose} {identity}@{self.domain.lower()}".encode(), hashlib.sha256).hexdigest()[:24]

    def _seal(self, identity: str) -> str:
        return hmac.new(self.key, f"{identity}@{self.domain.lower()}".encode(), hashlib.sha256).hexdigest()[:20]
