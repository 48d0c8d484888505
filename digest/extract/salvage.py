"""
A broken XML feed -> the same feed with each entry mended on its own.

Pure. A tag that is never closed takes all that comes after it along; cut at the entries'
own borders, it takes only its entry. lxml mends what is within: it is given text in memory
and neither reads entities' declarations nor opens anything.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"<(item|entry)\b[^>]*>(?>(?!<\1\b)[\s\S])*", re.IGNORECASE)
_ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|RDF))\b[^>]*>", re.IGNORECASE)
MOST = 2_000
"""Entries that are mended; a feed of more is not worth the time."""


def count(text: str) -> int:
    """How many entries a document begins."""
    return len(re.findall(r"<(?:item|entry)\b(?!/)", text, re.IGNORECASE))


def salvaged(text: str) -> str:
    """
    Mend a document.

    Args:
        text: XML with a feed's root element, somehow broken.

    Returns:
        Well-formed as far as its entries go; empty where there is no root or no entry.
    """
    root = _ROOT.search(text)
    blocks = list(_BLOCK.finditer(text))[:MOST]
    if root is None or not blocks or blocks[0].start() < root.end():
        return ""
    head = text[root.start() : blocks[0].start()]
    close = f"</{root[1]}>"
    if re.search(r"<channel\b", head, re.IGNORECASE) and "</channel" not in head:
        close = f"</channel>{close}"
    return head + "".join(_mended(block, root[0], root[1]) for block in blocks) + close


def _mended(block: re.Match[str], root: str, name: str) -> str:
    """One entry, well-formed; empty where nothing of it is left."""
    from lxml import etree  # type: ignore[import-untyped]

    end = block[0].lower().find(f"</{block[1].lower()}")
    inner = block[0] if end < 0 else block[0][:end]
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    source = f"{root}{inner}</{block[1]}></{name}>".encode()
    try:
        tree = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        return ""
    if tree is None or not len(tree):
        return ""
    return str(etree.tostring(tree[0], encoding="unicode", with_tail=False))
