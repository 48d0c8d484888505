"""
content/ → store: drop what no issue needs, and give the space back.

Touches store and content/; changes only the store.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from .. import content
from ..settings import Config
from ..store import Store
from ..store.pruning import Pruned
from ..types import Issue


def prune(config: Config, store: Store, site: Path, *, before: dt.datetime) -> Pruned:
    """
    Drop documents that no issue cites, and the HTML, polls, pages and edits of old.

    Args:
        config: The digests, whose waiting entries stay.
        store: Locked by the caller.
        site: The folder that holds content/, which says what is cited.
        before: What is younger stays.

    Raises:
        ContentError: A file in content/ is not as it should be: nothing is dropped.
    """
    slugs = [digest.slug for digest in config.digests]
    issues = content.read_publication(site / "content", slugs).issues
    cited = {id_ for issue in issues for id_ in _cited(issue)}
    waiting: dict[str, dt.datetime] = {}
    for digest in config.digests:
        ends = [issue.period_end for issue in issues if issue.digest == digest.slug]
        for feed in config.feeds_of(digest) if ends else ():
            waiting[feed.slug] = min(max(ends), waiting.get(feed.slug, max(ends)))
    return store.prune(before, cited, waiting)


def _cited(issue: Issue) -> set[str]:
    return (
        {document.id for document in issue.documents}
        | {document.id for feature in issue.features for document in feature.documents}
        | {note.quote.document for feature in issue.features for note in feature.notes}
        | {id_ for item in issue.round_ups for id_ in item.documents}
    )
