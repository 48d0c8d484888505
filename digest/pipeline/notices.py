"""
Sentences of ours in a round-up: they rest on no document.

Pure.
"""

from __future__ import annotations

UNREAD = "The page that this post points to could not be read."


def without_notices(text: str, update_of: str) -> str:
    """
    A round-up's text without the sentences that are ours: they rest on no document.

    Args:
        update_of: The issue that it says it continues; empty for none.
    """
    for notice in filter(None, (continues(update_of) if update_of else "", UNREAD)):
        text = text.removesuffix(notice).rstrip()
    return text


def continues(issue: str) -> str:
    """
    Args:
        issue: `<digest>/<date>`.
    """
    return f"This continues a story of the issue of {issue.rpartition('/')[2]}."
