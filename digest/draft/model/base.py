"""
What is asked of a language model, and what comes back.

Pure. A reply that is empty, cut off, refused or no JSON is a reply like any other: it was
paid for and is stored, and `verify` judges it by its text and its finish reason. What is no
reply at all is a `ModelError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from ...types import Call

Messages = tuple[tuple[Literal["user", "assistant"], str], ...]
"""The exact chain, oldest first; the last is the user's."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call, whole: nothing else shapes the reply but the model and its options."""

    role: str
    """Of the drafter's roles: "gather", "plan", "feature", "round-ups", "front" …"""
    system: str
    messages: Messages
    schema: Mapping[str, Any]
    """JSON schema of the reply. It is sent where the model takes one; nobody enforces it, so
    that the prompt must tell the form as well."""
    max_tokens: int
    """Of the reply, at most; the same amount is kept free in the budget."""
    temperature: float | None = None
    """None for the model's own; not sent to a model without that option."""
    take: int = 0
    """Another number asks the same again, instead of giving the reply that is stored."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, not to be trusted."""

    text: str
    finish: str
    """"stop" for a whole reply; "length", "content_filter", "refusal", "tool_calls", or the
    provider's own word; empty where it gives none."""
    call: Call
    """What it cost when it was made."""
    stored: bool
    """It was made before and kept: nothing was paid now."""


class Model(Protocol):
    """One language model, at work on one issue."""

    @property
    def name(self) -> str:
        """As feeds.yaml calls it."""

    async def ask(self, request: Request) -> Reply:
        """
        The reply to a request: the stored one where the same has been asked before.

        Raises:
            ModelError: There is no reply. `gone` says whether there will be none in this run.
        """
