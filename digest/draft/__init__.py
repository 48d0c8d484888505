"""
Draft: dossier → draft, text that is not yet to be trusted.

Pure so far; a drafter that asks a language model will touch the network.
"""

from __future__ import annotations

from collections.abc import Callable

from .base import Drafter
from .extractive import Extractive

DRAFTERS: dict[str, Callable[[], Drafter]] = {"extractive": Extractive}

__all__ = ["DRAFTERS", "Drafter", "Extractive"]
