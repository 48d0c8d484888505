"""
Bytes from feeds and pages, politely and from public hosts only.

Touches the network, through `Door` alone. `poll` decides when a feed is asked and what is
remembered of the answer; it is pure and cheap to import, so `Door` and the HTTP libraries
behind it are loaded when the name is first used.

    addresses ─ guard ┐                     freshness ─ poll
    decode, hops ─────┼─ door
    manners, robots ──┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .poll import after, ask, before, is_due

if TYPE_CHECKING:
    from .door import Door

__all__ = ["Door", "after", "ask", "before", "is_due"]


def __getattr__(name: str) -> Any:
    if name == "Door":
        from .door import Door

        return Door
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
