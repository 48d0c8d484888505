"""
Phrases of a data file as one expression that finds any of them.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """An expression for any of these phrases, the longest first."""
    return re.compile("|".join(map(bounded, sorted(phrases, key=len, reverse=True))) or "(?!)")


def bounded(phrase: str) -> str:
    """An expression for a phrase between word boundaries; after `*` its last word may go on."""
    words = phrase.rstrip("*")
    left = r"\b" if words[:1].isalnum() else ""
    right = r"\w*" if words != phrase else r"\b" if words[-1:].isalnum() else ""
    return f"{left}{re.escape(words)}{right}"
