"""
U1: no address, link, image or HTML in text.

Pure. Addresses come from the store; one inside a text could lead a reader anywhere. A bare
host name ("example.com") is a name, and is never linked.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://"
    r"|\b(?:mailto|javascript|data|tel|file|vbscript):\S"
    r"|\bwww\.\w"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}/[\w?#%~]"
    r"|!?\[[^\[\]]{0,200}\]\("
    r"|<(?:[a-z!/?][^<>]{0,200}>|[a-z]+:)"
    r"|\w@[a-z0-9-]{1,63}\.[a-z]{2,24}\b",
    re.IGNORECASE,
)


def address_in(text: str) -> str:
    """The first address, Markdown link or tag in a text, as it stands there; empty for none."""
    match = _ADDRESS.search(text)  # each repeat has a bound, so time is linear
    return text[match.start() :].split(maxsplit=1)[0][:80] if match else ""
