"""
What the words of others must not do in a mail: run in a provider's template, or lie about a link.

Pure. It works on the finished parts, so that nothing that was rendered gets around it. The
one sign that a provider is meant to fill in, the way to unsubscribe, is put in afterwards,
in the last place of its kind: all words of others stand above it.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import escape

from .addresses import host

PLACEHOLDER = "https://unsubscribe.invalid/"
"""Stands in the templates for the address to unsubscribe at."""

_EVALUATED = re.compile(r"\{(?=[{%#])")
_ANCHOR = re.compile(r'(<a\b[^>]*\bhref="([^"]*)"[^>]*>)(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]*>")
_HOST = r"((?:[\w-]+\.)+\w{2,})"
_ADDRESS_IN_IT = re.compile(rf"(?:[a-z]+://|\bwww\.){_HOST}", re.I)
_NOTHING_BUT_A_HOST = re.compile(rf"{_HOST}(?:[:/?#]\S*)?", re.I)


def defused_text(text: str) -> str:
    """Plain text in which no provider finds a template: `{{` is `{ {`."""
    return _EVALUATED.sub("{ ", text)


def defused_html(html: str) -> str:
    """HTML that reads the same, and in which no provider finds a template."""
    return _EVALUATED.sub("&#123;", html)


def honest_links(html: str) -> str:
    """A link whose words look like another site's address says where it leads, too."""
    return _ANCHOR.sub(_honest, html)


def _honest(match: re.Match[str]) -> str:
    words = unescape(_TAG.sub("", match[3])).strip()
    named = _ADDRESS_IN_IT.search(words) or _NOTHING_BUT_A_HOST.fullmatch(words)
    leads_to = host(unescape(match[2]))
    if named is None or not leads_to or host(f"https://{named[1]}") == leads_to:
        return match[0]
    return f"{match[1]}{match[3]} [{escape(leads_to)}]</a>"


def with_way_out(text: str, way_out: str) -> str:
    """Put the address to unsubscribe at into the last place that waits for one."""
    before, found, after = text.rpartition(PLACEHOLDER)
    return before + way_out + after if found else text
