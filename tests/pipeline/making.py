"""The texts of a store's entries, made as an issue would have them made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from digest.pipeline.texts import Texts
from digest.pipeline.workers import Workers
from digest.settings import Config
from digest.store import Store
from digest.types import Key


def keys_of(store: Store, config: Config) -> list[Key]:
    return [e.key for feed in config.feeds for e in store.entries.recent(feed.slug, 1_000)]


def make_texts(
    store: Store,
    config: Config,
    workers: Callable[[], Workers] = Workers,
    warn: Callable[[str], None] = lambda line: None,
) -> None:
    """Make those of all entries."""

    async def work() -> None:
        async with workers() as opened:
            await Texts(config, store, opened, warn).make(keys_of(store, config))

    asyncio.run(work())
