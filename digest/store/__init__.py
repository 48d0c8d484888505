"""
What was seen and read: one SQLite file beside feeds.yaml.

Touches disk. It may be lost at any time: content/ says what was published, the feeds say
the rest. A table is a small class; `Store` opens the file and holds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .database import FILE, connect, locked, transaction
from .deliveries import Deliveries
from .documents import Documents
from .entries import Entries
from .feeds import Feeds
from .pruning import Pruned, prune
from .replies import Replies
from .samples import Samples
from .searches import Searches
from .vectors import Vectors

__all__ = [
    "FILE",
    "Deliveries",
    "Documents",
    "Entries",
    "Feeds",
    "Replies",
    "Samples",
    "Searches",
    "Store",
    "locked",
]

WORTH_WRITING = 20
"""One page in so many that is free: with fewer the next rows fill them."""


class Store:
    """
    Args:
        path: The database; made where there is none.

    Raises:
        StoreError: It cannot be opened, or is not ours.
    """

    def __init__(self, path: Path) -> None:
        self._db = connect(path)
        self.feeds = Feeds(self._db)
        self.entries = Entries(self._db)
        self.documents = Documents(self._db)
        self.samples = Samples(self._db)
        self.deliveries = Deliveries(self._db)
        self.replies = Replies(self._db)
        self.vectors = Vectors(self._db)
        self.searches = Searches(self._db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        with transaction(self._db):
            yield

    def prune(
        self, before: dt.datetime, cited: Collection[str], waiting: Mapping[str, dt.datetime]
    ) -> Pruned:
        """
        Drop what is older and not needed, pack the rest (see `pruning`), then give the space back,
        where it is worth writing the whole file anew.
        """
        with self.transaction():
            pruned = prune(self._db, before, cited, waiting)
        (free,), (pages,) = (
            self._db.execute(f"PRAGMA {name}").fetchone()
            for name in ("freelist_count", "page_count")
        )
        if free * WORTH_WRITING >= pages:
            self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return pruned

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
