"""
Who is quoted: the names that pages put under, in or behind a block quotation.

Pure. Only marks count (a dash, `<cite>`, a caption); a sentence that follows is no attribution.

Source: WHATWG HTML, section 4.4.4 (blockquote: attribution stands outside of it, if at all)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .tree import Element

_DASH = re.compile(r"^\s*(?:—|–|―|--|-\s)\s*(?=\S)")


def speaker_of(node: Element, last: str) -> tuple[str, bool]:
    """
    Who is quoted, where the page marks it.

    Args:
        node: The `blockquote`.
        last: The text of its last block.

    Returns:
        The name, empty without one; and whether the last block only gives it.
    """
    if _DASH.match(last) and len(last) < 200:
        return _name(last), True
    cites = [cite.text() for cite in node.within({"cite"})]
    if cites and last.strip() == " ".join(cites[-1].split()):
        return _name(cites[-1]), True
    for after in _following(node):
        text = " ".join(after.text().split())
        if len(text) < 200 and (_DASH.match(text) or _is_only_cite(after, text)):
            return _name(text), False
        break
    return "", False


def _following(node: Element) -> Iterator[Element]:
    """What stands behind a quotation: its figure's caption, or the next element."""
    for sibling in node.following():
        if not isinstance(sibling, str):
            yield sibling
        elif sibling.strip():
            return


def _is_only_cite(node: Element, text: str) -> bool:
    cite = node if node.name == "cite" else next(node.within({"cite"}), None)
    is_whole = cite is not None and " ".join(cite.text().split()) == text
    return is_whole or node.name == "figcaption"


def _name(text: str) -> str:
    """`— Jane Doe, of Acme (2026)` -> `Jane Doe`."""
    text = _DASH.sub("", " ".join(text.split()))
    name = re.split(r"[,;:(\[|]| [—–-] | on (?=[A-Z])| in (?=[A-Z])", text)[0].strip(" .")
    return name if len(name.split()) <= 8 else ""
