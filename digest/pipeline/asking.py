"""
One part of an issue, asked of a model until it is right or right enough.

Touches the model that it is given. The chain of a repair is what was asked, the draft, and
what is wrong with it; at most two come, fewer where problems do not shrink, and the best
draft is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .. import verify
from ..draft.model import Model, Request
from ..draft.roles import repair
from ..errors import DraftError
from ..types import Document, Problem

REPAIRS = 2
"""A draft comes back at most so often."""
FEW_WARNINGS = 0.1
"""Warnings for each claim that a draft without an error may keep without being sent back."""
STRONGER = frozenset({"N4"})
"""Rules whose warnings are sent back each by itself: what says more than its source is false."""

DraftT = TypeVar("DraftT")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Made]):
    """One draft, and what the rules made of it."""

    made: Made
    problems: tuple[Problem, ...]
    claims: int
    stands: bool
    """Whether there is something to publish."""

    @property
    def errors(self) -> int:
        """Those that are worth a repair: a link too many is left out, and nothing is lost."""
        return sum(1 for p in self.problems if p.level == "error" and p.where != "further reading")

    @property
    def worth(self) -> tuple[bool, int, int]:
        """
        What is better sorts higher: what can stand, then what says most and errs least. A
        draft that was emptied so that nothing can be wrong with it is not the better one.
        """
        return (self.stands, self.claims - self.errors, -len(self.problems))


@dataclass(slots=True)
class Asking(Generic[DraftT, Made]):
    """How one part is asked for until it is right."""

    request: Request
    read: Callable[[str, str], DraftT | Problem]
    prove: Callable[[DraftT], Attempt[Made]]
    documents: Sequence[Document] = ()
    narrowed: Callable[[DraftT], Request] | None = None
    """The request with the passages that a draft concerns; the same where None."""


async def best_of(model: Model, asking: Asking[DraftT, Made]) -> Attempt[Made] | None:
    """
    The best of up to three drafts; None where no reply could be read.

    Raises:
        DraftError: The model is gone, and nothing was read before.
    """
    best: Attempt[Made] | None = None
    request = asking.request
    for attempt in range(1 + REPAIRS):
        try:
            reply = await model.ask(request)
        except DraftError:
            if best is None or not best.stands:
                raise
            return best
        draft = asking.read(reply.text, reply.finish)
        if isinstance(draft, Problem):
            request = repair.whole(request, reply.text, draft)
            continue
        new = asking.prove(draft)
        shrinks = best is None or len(new.problems) < len(best.problems)
        if best is None or new.worth > best.worth:
            best = new
        if not shrinks or not needs_repair(new, first=attempt == 0):
            break
        mendable = _mendable(new.problems, first=attempt == 0)
        if not (message := verify.repair_message(mendable, asking.documents)):
            break
        request = repair.again(
            asking.narrowed(draft) if asking.narrowed else asking.request,
            reply.text,
            message,
        )
    return best


def _mendable(problems: Sequence[Problem], *, first: bool) -> tuple[Problem, ...]:
    """Errors; with the first repair warnings too."""
    return tuple(p for p in problems if first or p.level == "error")


def needs_repair(proved: Attempt[Made], *, first: bool) -> bool:
    """Errors always do; warnings only the first time, when they are many or say too much."""
    if proved.errors or not proved.stands:
        return True
    is_stronger = any(problem.rule in STRONGER for problem in proved.problems)
    many = len(proved.problems) > max(1, FEW_WARNINGS * proved.claims)
    return first and (is_stronger or many)
