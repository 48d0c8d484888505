"""
What was seen and read: one SQLite file beside feeds.yaml.

Touches disk. It may be lost at any time: content/ says what was published, the feeds say
the rest. A table is a small class; `Store` opens the file and holds them. Each is loaded when it
is first used: to hold the site's lock takes no table.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import FILE as FILE
    from .database import locked as locked
    from .deliveries import Deliveries as Deliveries
    from .documents import Documents as Documents
    from .entries import Entries as Entries
    from .feeds import Feeds as Feeds
    from .replies import Replies as Replies
    from .samples import Samples as Samples
    from .searches import Searches as Searches
    from .whole import Store as Store
else:
    from ..lazily import names

    __getattr__ = names(
        __name__,
        database="FILE locked",
        deliveries="Deliveries",
        documents="Documents",
        entries="Entries",
        feeds="Feeds",
        replies="Replies",
        samples="Samples",
        searches="Searches",
        whole="Store",
    )
