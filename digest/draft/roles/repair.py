"""
Repair: the drafter's own draft, what is wrong with it, and nothing else to change.

Pure. The chain is system, passages and task, draft, problems; a repair of a feature sees
again the passages that its draft cites, not all that were shown.
"""

from __future__ import annotations

from dataclasses import replace

from ...types import Problem
from ..model.base import Request

LONGEST = 24_000
"""Characters of a draft that are shown again: one that never ends is not."""


def again(request: Request, reply: str, message: str) -> Request:
    """
    Args:
        request: What was asked, or the same with fewer passages.
        reply: The draft as it came.
        message: What is wrong, in words for a model (`verify.repair_message`).
    """
    return replace(
        request,
        messages=(request.messages[0], ("assistant", reply[:LONGEST]), ("user", message)),
    )


def whole(request: Request, reply: str, problem: Problem) -> Request:
    """Ask for the whole reply again, where it was cut off, empty, or of another form (J1)."""
    message = (
        f"That reply cannot be read. At {problem.where}: found {problem.found}; "
        f"expected {problem.expected}.\n\nReturn the whole reply again, complete, as one JSON "
        "object of the form that was asked for, and nothing else."
    )
    return again(request, reply.strip() or "(nothing)", message)
