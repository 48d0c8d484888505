"""
What all requests of one issue share: for whom it is written, the prompts, two words.

Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ...settings import Digest
from ..model.base import Request


class Prompts(Protocol):
    """The prompt files: see `draft.prompts`."""

    def render(self, name: str, **values: Any) -> str:
        """The text of one of them with its values."""


@dataclass(frozen=True, slots=True)
class Setting:
    digest: Digest
    prompts: Prompts
    fence: str
    """Begins the lines around a document."""
    secret: str
    """May never come back (M1)."""
    note: str = ""
    """What a person asks for, when a part is written anew."""
    take: int = 0
    """Another number asks the same again, instead of taking the reply that is stored."""

    def request(self, role: str, user: str, schema: Mapping[str, Any], max_tokens: int) -> Request:
        system = self.prompts.render(
            "system", digest=self.digest, fence=self.fence, secret=self.secret
        )
        return Request(
            role=role,
            system=system,
            messages=(("user", user),),
            schema=schema,
            max_tokens=max_tokens,
            take=self.take,
        )


def setting(
    digest: Digest, prompts: Prompts, salt: str, issue: str, *, note: str = "", take: int = 0
) -> Setting:
    """
    Args:
        salt: Known to nobody who writes a document. The same issue gets the same words when
            it is drafted again after a kill, so that no reply is paid for twice.
        issue: `<digest>/<date>`.
    """
    words = hashlib.sha256(f"{salt}\n{issue}".encode()).hexdigest()
    return Setting(digest, prompts, f"=={words[:8]}==", f"w{words[8:18]}", note, take)
