"""
Select: entries → stories, ranked, each with its place and the reason for it.

Pure; takes `now`. `stories` chooses before anything further has been read; `settle` looks
again once research has brought what link posts point to, or has not. `Reading`, `offer` and
`choose` are the parts of `stories`, for who has a model to ask in between.

    features.py    a text's beginning: stems, names, numbers
    signals.py     what one entry shows, put together
    candidates.py  which pairs are compared
    comparing.py   the likeness of some of them, here or elsewhere
    likeness.py    two entries: how much speaks for one story
    nearness.py    what embeddings say of them, where there are some
    conflict.py    two titles: what speaks against it, whatever speaks for it
    grouping.py    entries → groups
    close.py       pairs to ask a model about, and what its answers change
    leading.py     which entry leads a group, which are copies
    telling.py     one story as an issue told it, and what is new to it
    told.py        what past issues told: whether a story goes on with one
    filters.py     the digest's words and vetoes
    scoring.py     the score and its parts
    ranking.py     a model's ranking and names for themes, held within bounds
    places.py      features, round-ups, the rest, and why
    themes.py      headings for round-ups
    choice.py      the steps of choosing
    settling.py    the choice after research
"""

from __future__ import annotations

from .choice import Offered, Reading, choose, offer, stories
from .comparing import likenesses, packed, packed_pairs
from .settling import next_in_line, settle

__all__ = [
    "Offered",
    "Reading",
    "choose",
    "likenesses",
    "next_in_line",
    "offer",
    "packed",
    "packed_pairs",
    "settle",
    "stories",
]
