"""
What an issue will cost before anything is asked: the requests that it will need, counted.

Touches nothing but the prompt files that it is given. Documents that research will read are not
there yet, so each feature is counted as if they filled its request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..draft.model.budget import input_of, price_of, usd_of
from ..draft.prompts import Prompts
from ..draft.roles import feature as feature_role
from ..draft.roles import front as front_role
from ..draft.roles import gather as gather_role
from ..draft.roles import plan as plan_role
from ..draft.roles import round_ups as round_ups_role
from ..draft.roles.setting import setting
from ..settings import Digest, LanguageModel
from ..types import Contender, Document, Dossier, Story
from .asking import REPAIRS

WRITTEN = 0.7
"""Share of the most tokens that a reply may have which it has in the mean."""
AGAIN = 0.5
"""Share of a request's tokens that a repair has, which sees the passages concerned alone."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of one issue, from above."""

    calls: int
    input: int
    """Tokens."""
    output: int
    usd: float | None
    """None where feeds.yaml has no price for a model that is asked."""
    most_calls: int
    """With every repair that there may be."""
    most_tokens: int
    budget: int
    """What the issue may spend: `model.budget.issue_tokens`."""


@dataclass(slots=True)
class _Sum:
    calls: int = 0
    input: int = 0
    output: int = 0
    usd: float | None = 0.0
    most_calls: int = 0
    most_tokens: int = 0

    def add(self, settings: LanguageModel, model: str, asks: int, writes: int, again: int) -> None:
        """
        Args:
            asks, writes: Tokens of the request and, at most, of the reply.
            again: Repairs that may follow.
        """
        written = int(writes * WRITTEN)
        self.calls += 1
        self.input += asks
        self.output += written
        cost = usd_of(price_of(settings, model), asks, written)
        self.usd = None if self.usd is None or cost is None else self.usd + cost
        self.most_calls += 1 + again
        self.most_tokens += asks + writes + again * int(asks * AGAIN + 2 * writes)


def estimate(
    settings: LanguageModel,
    digest: Digest,
    stories: Sequence[Story],
    texts: Mapping[str, Document],
    prompts: Prompts,
) -> Estimate:
    """
    Args:
        settings: The models, their prices, the budget.
        stories: As they were chosen, with their places.
        texts: Documents by id.
    """
    own = setting(digest, prompts, "", digest.slug)
    editor = settings.editor or settings.name
    total = _Sum()
    if stories:
        offered = [Contender(f"C{n}", story) for n, story in enumerate(stories[:40], 1)]
        request = plan_role.request(offered, texts, own)
        total.add(settings, editor, input_of(request), request.max_tokens, 1)
    for story in stories:
        if story.place == "feature":
            _feature(total, settings)
    told = [_dossier(story, texts) for story in stories if story.place == "round-up"]
    named = {f"R{n}": dossier for n, dossier in enumerate(told, 1)}
    for _, request in round_ups_role.requests(named, own):
        total.add(settings, settings.name, input_of(request), request.max_tokens, REPAIRS)
    features = sum(1 for story in stories if story.place == "feature")
    if stories:
        asks = _SHORT_FRAME + min(front_role.ROOM, features * feature_role.MAX_TOKENS)
        total.add(settings, editor, asks, front_role.MAX_TOKENS, REPAIRS)
    return Estimate(
        total.calls,
        total.input,
        total.output,
        total.usd,
        total.most_calls,
        total.most_tokens,
        settings.budget.issue_tokens,
    )


_FRAME = 2_900
"""Tokens of a feature's request beside its documents: system, task, form."""
_SHORT_FRAME = 1_700
"""The same of the shorter tasks."""


def _feature(total: _Sum, settings: LanguageModel) -> None:
    """A feature whose documents are more than one request can show."""
    for _ in range(gather_role.REQUESTS):
        asks = _SHORT_FRAME + gather_role.ROOM
        total.add(settings, settings.name, asks, gather_role.MAX_TOKENS, 0)
    asks = _FRAME + feature_role.ROOM
    total.add(settings, settings.name, asks, feature_role.MAX_TOKENS, REPAIRS)


def _dossier(story: Story, texts: Mapping[str, Document]) -> Dossier:
    documents = [texts[e.document] for e in story.entries if e.document in texts]
    return Dossier(story, tuple(dict.fromkeys(documents)))
