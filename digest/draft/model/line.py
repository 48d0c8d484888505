"""
What is known of one model during a run: where it is, and whether it is gone.

Touches what `library` does, when the model is first asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...errors import ModelError
from ...settings import LanguageModel
from .faults import Fault

if TYPE_CHECKING:
    from .library import Handle

BREAKS_AT = 3
"""Requests in a row without an answer, after which the model is taken for gone."""


class Line:
    """What is known of one model during a run: where it is, and whether it is gone."""

    def __init__(self, name: str, settings: LanguageModel, environment: Mapping[str, str]) -> None:
        self.name = name
        self.failures = 0
        """Requests in a row that got no answer."""
        self.not_before = 0.0
        """By the monotonic clock."""
        self._settings, self._environment = settings, environment
        self._handle: Handle | None = None
        self._gone: ModelError | None = None
        self.asking: dict[str, asyncio.Lock] = {}
        """By key: the same request is made once, however many ask it at once."""

    def check(self) -> None:
        """
        Raises:
            ModelError: The model is gone for this run.
        """
        if self._gone is not None:
            raise ModelError(self.name, self._gone.message, fault=self._gone.fault, gone=True)

    def identity(self) -> str:
        """The id that is sent; an endpoint's is known without the library."""
        return self.name if self._settings.endpoint else self.handle().identity

    def handle(self) -> Handle:
        """
        The model itself, looked for once.

        Raises:
            ModelError: There is none, or its key is missing.
        """
        if self._handle is None:
            self.check()
            from .finding import find  # with the client of HTTP, which no other command needs

            try:
                self._handle = find(self.name, self._settings, self._environment)
            except ModelError as exc:
                self._gone = exc
                raise
        return self._handle

    def failed(self, fault: Fault) -> ModelError:
        """Count a request without an answer; the error to raise."""
        self.failures += 1
        words, gone = fault.words, fault.gone
        if not gone and self.failures >= BREAKS_AT:
            gone = True
            words += f"; it is asked no more after {self.failures} requests without an answer"
        error = ModelError(self.name, words, fault=fault.kind, gone=gone)
        if gone:
            self._gone = error
        return error

    async def close(self) -> None:
        if self._handle is not None:
            await self._handle.close()
