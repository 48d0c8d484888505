"""
M1: no talk about the task.

Pure. What a model says to whoever asked it, and never to a reader. A phrase that the evidence
itself holds is news about it.
"""

from __future__ import annotations

from ..text import fold
from .lists import phrase_list
from .source import Basis


def machine_talk(text: str, basis: Basis, secret: str = "") -> str:
    """
    The first such phrase of a text; empty for none.

    Args:
        secret: The run's secret word, which may never come back.
    """
    folded = fold(text).text
    if secret and secret.lower() in folded:
        return secret
    for phrase in phrase_list("machine_talk"):
        if phrase in folded and not any(phrase in source.folded.text for source in basis.sources):
            return phrase
    return ""
