"""
Research: a story → its dossier, the documents that it may be told from.

Touches the network through its argument `read` alone.

    documents.py  which documents, in which order, and what could not be read
    further.py    links that may be offered as further reading
"""

from __future__ import annotations

from .documents import dossier

__all__ = ["dossier"]
