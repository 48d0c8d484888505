"""A real model for the frozen days. Touches the network, the user's keys and money."""

from __future__ import annotations

import os
from pathlib import Path

from digest.cli.options import clock
from digest.draft.model import Door, Model
from digest.settings import LanguageModel
from digest.store import Store


def live(name: str, folder: Path) -> Model:
    """
    Args:
        name: A model that the `llm` library knows.
        folder: Where its calls are written down.
    """
    (folder / "ledger").mkdir()
    store = Store(folder / "ledger" / "ledger.db")
    door = Door(LanguageModel(name=name), store.replies, environment=os.environ, clock=clock)
    return door.models("evals/live").writer
