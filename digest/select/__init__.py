"""
Select: entries → stories, ranked, each with its place and the reason for it.

Pure; takes `now`. `stories` chooses before anything further has been read; `settle` looks
again once research has brought what link posts point to, or has not.

    features.py   a text's beginning: stems, names, numbers
    copies.py     samples of a text, by which near copies are found
    signals.py    what one entry shows, put together
    likeness.py   two entries: how much speaks for one story
    conflict.py   two titles: what speaks against it, whatever speaks for it
    grouping.py   entries → groups
    leading.py    which entry leads a group, which are copies
    filters.py    the digest's words and vetoes, what was told before
    scoring.py    the score and its parts
    places.py     features, round-ups, the rest, and why
    themes.py     headings for round-ups
    choice.py     the two functions of this step
"""

from __future__ import annotations

from .choice import settle, stories

__all__ = ["settle", "stories"]
