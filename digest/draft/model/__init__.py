"""
The one door to language models, with budget and ledger.

Touches the network, when a model is asked; importing this imports no model's library.
"""

from __future__ import annotations

from .base import Messages, Model, Reply, Request
from .door import Door, Models
from .ledger import Ledger

__all__ = ["Door", "Ledger", "Messages", "Model", "Models", "Reply", "Request"]
