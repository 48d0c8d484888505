"""One frozen day, drafted with the models of one's choice; touches a folder of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from digest.draft import Extractive
from digest.draft.model import Model, Models
from digest.draft.prompts import Prompts
from digest.errors import DigestError
from digest.pipeline.draft import draft
from digest.pipeline.writing import Desk
from digest.store import FILE, Store
from digest.types import Document, Issue
from tests.evals import day as days
from tests.evals.measure import Score, measure
from tests.evals.replies import FOLDER, Recorded

SALT = "a frozen day"


def run(
    name: str, folder: Path, *, wait_s: float = 0, model: Model | None = None,
    said: Sequence[str] | None = None,
) -> tuple[Score, Issue, tuple[Document, ...]]:  # fmt: skip
    """
    Draft a day.

    Args:
        name: Of the day.
        folder: An empty one, for store and content/.
        wait_s: See `Recorded`.
        model: A real one, instead of the recorded replies.
        said: Takes the lines about parts that the model did not write.
    """
    frozen = days.read(name)
    player = Recorded(FOLDER / name, wait_s=wait_s)
    chosen = model or player
    lines: list[str] = said if isinstance(said, list) else []
    with Store(folder / FILE) as store:
        frozen.fill(store)
        desk = Desk(
            lambda issue, anew: Models(chosen, chosen, lambda: tuple(player.calls)), Prompts(), SALT
        )
        (report,) = asyncio.run(
            draft(
                frozen.config,
                store,
                folder,
                Extractive(),
                None,
                now=frozen.now,
                desk=desk,
                warn=lines.append,
            )
        )
        if report.issue is None:
            raise DigestError(name, f"no issue: {report.outcome}")
        documents = (
            *frozen.pages,
            *(document for _, document in frozen.entries if document is not None),
        )
    score = measure(frozen, report.issue, documents, player.calls, player.repairs)
    return score, report.issue, documents
