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
    folder = site / "content"
    content.read_articles(folder, [digest.slug for digest in config.digests])  # none is unknown
    cited: set[str] = set()
    waiting: dict[str, dt.datetime] = {}
    for digest in config.digests:
        heads = content.read_heads(folder, digest.slug)
        for place in content.issue_folders(folder, digest.slug):
            cited |= content.cited(place, digest.slug)
        ends = [head.period_end for head in heads]
        for feed in config.feeds_of(digest) if ends else ():
            waiting[feed.slug] = min(max(ends), waiting.get(feed.slug, max(ends)))
    return store.prune(before, cited, waiting)
