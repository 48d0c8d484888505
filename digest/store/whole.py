"""
The store: its file, open, and a small class for each of its tables.

Touches disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .database import connect, transaction
from .documents import Documents
from .entries import Entries
from .feeds import Feeds
from .readings import Readings
from .samples import Samples

if TYPE_CHECKING:
    from .deliveries import Deliveries
    from .pruning import Pruned
    from .replies import Replies
    from .searches import Searches
    from .vectors import Vectors

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
        self.readings = Readings(self._db)
        self.documents = Documents(self._db)
        self.samples = Samples(self._db)

    # What a run that fetches does not need is loaded when it is asked for.

    @cached_property
    def deliveries(self) -> Deliveries:
        from .deliveries import Deliveries

        return Deliveries(self._db)

    @cached_property
    def replies(self) -> Replies:
        from .replies import Replies

        return Replies(self._db)

    @cached_property
    def vectors(self) -> Vectors:
        from .vectors import Vectors

        return Vectors(self._db)

    @cached_property
    def searches(self) -> Searches:
        from .searches import Searches

        return Searches(self._db)

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
        from .pruning import prune

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
