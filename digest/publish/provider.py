"""
What the ways out have in common whose provider keeps the list and the ways to leave it.

Touches the network through `api.py`. An issue is one thing there, draft first, that is found
again by its number or by a key of ours, and is sent once.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ..errors import PublishError
from ..settings import Newsletter
from ..types import Message, Remote
from .api import Api, Json, Refused
from .recipients import Recipients


class ProviderMailer(ABC):
    """
    Args:
        settings: The key `newsletter` of feeds.yaml.
        environ: Holds the secrets.
        sleep: Waits for so many seconds.
    """

    name: str
    PATH: ClassVar[str]
    """Of all issues there; one of them is below it, by its number."""
    GONE: ClassVar[frozenset[int]]
    """Answers that say that there is nothing of this number."""
    STATES: ClassVar[Mapping[str, str]]
    """The provider's word for how far it has come → ours; any other is "unknown"."""

    def __init__(
        self,
        settings: Newsletter,
        environ: Mapping[str, str],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._api = self._signed_in(environ, sleep)

    @abstractmethod
    def _signed_in(self, environ: Mapping[str, str], sleep: Callable[[float], None]) -> Api:
        """The API with our credentials; ConfigError where one is missing."""

    @abstractmethod
    def _by_key(self, message: Message) -> Remote | None:
        """What the provider holds of this issue, found by our key."""

    def recipients(self) -> Recipients | None:
        """None: the provider keeps the list."""
        return None

    def status(self, message: Message, remote_id: str = "") -> Remote | None:
        """What the provider holds of this issue, by its number there, else by our key."""
        if remote_id:
            try:
                return self._remote(self._api.get(f"{self.PATH}/{remote_id}"))
            except Refused as exc:
                if exc.status not in self.GONE:
                    raise
        return self._by_key(message)

    def _remote(self, item: Json) -> Remote:
        if not item.get("id"):
            raise PublishError(self.name, "answered without an id, expected an issue's own")
        state: Any = self.STATES.get(str(item.get("status")), "unknown")
        return Remote(str(item["id"]), state)
