"""
What was said before, in the form that plugins read which are older than llm's messages.

Pure. Such a plugin builds its request from the last prompt and from the responses of the
conversation; these stand for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Asked:
    prompt: str
    system: str
    attachments: tuple[Any, ...] = ()
    tool_results: tuple[Any, ...] = ()
    schema: None = None


@dataclass(frozen=True)
class Past:
    """One question and its answer, as a response that has been read."""

    prompt: _Asked
    answer: str
    attachments: tuple[Any, ...] = ()

    def text(self) -> str:
        return self.answer

    def text_or_raise(self) -> str:
        return self.answer

    def tool_calls(self) -> list[Any]:
        return []

    def tool_calls_or_raise(self) -> list[Any]:
        return []


def past(before: Sequence[tuple[str, str]], system: str) -> list[Past]:
    """
    Args:
        before: What was said before the last message, by turns, the user's first.
        system: What the model was told at the start.
    """
    turns = zip(before[::2], before[1::2], strict=False)
    return [Past(_Asked(asked, system), answered) for (_, asked), (_, answered) in turns]
