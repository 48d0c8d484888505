"""
Draft: dossier → draft, text that is not yet to be trusted.

Touches a model, in `model/`, and the prompt files, in `prompts/`.

    base.py, extractive.py   who drafts without a model: it quotes; its parts lie beside it
    roles/                   what a model is asked for, as requests
    prompts/                 the words of it
    model/                   the door to models
"""

from __future__ import annotations

from collections.abc import Callable

from .base import Drafter
from .extractive import Extractive

DRAFTERS: dict[str, Callable[[], Drafter]] = {"extractive": Extractive}

__all__ = ["DRAFTERS", "Drafter", "Extractive"]
