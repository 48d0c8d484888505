"""
One question for a search provider, made of a story's weightiest terms.

Pure. Titles and texts are hostile: a query holds words in small letters alone, so that no
operator of any provider (`site:`, `!bang`, `-word`, quotation marks) gets through.
"""

from __future__ import annotations

import re

from ..text import stem, words
from ..types import Story
from .subject import Subject

WORDS = 10
CHARACTERS = 120
OF_TITLE = 7
"""Words of the title: the rest are the weightiest of the text."""

_PLAIN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")


def query(story: Story, subject: Subject) -> str:
    """
    Ask for a story: its title's words in their order, then the weightiest of its text.

    Returns:
        Up to ten words in small letters with blanks between; empty where the story has none.
    """
    titled = [word for word in words(story.lead.title) if stem(word) in subject.weights]
    chosen = titled[:OF_TITLE]
    chosen += [subject.written[term] for term in subject.weights if term in subject.distinct]
    plain = [match[0] for word in chosen if (match := _PLAIN.match(word))]
    out = ""
    for word in list(dict.fromkeys(plain))[:WORDS]:
        longer = f"{out} {word}".strip()
        if len(longer) <= CHARACTERS:
            out = longer
    return out
