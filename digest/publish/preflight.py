"""
A look at a message before it is sent, in the manner of good mail providers.

Pure. An error stops the sending; a warning is for a person to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from ..types import Finding, Message
from .clients import gaps

MOST_BYTES, WARNED_BYTES = 100_000, 90_000
"""Gmail cuts a message off at about 102 KB of HTML."""
SUBJECT_CHARACTERS = (10, 78)
FEWEST_WORDS = 50
_SPAM = re.compile(
    r"\b(?:act now|buy now|casino|cash bonus|click here|double your|earn money|free money|"
    r"guaranteed|limited time|lottery|lowest price|no obligation|risk[- ]free|viagra|winner|"
    r"work from home|100% free)\b",
    re.I,
)
"""Phrases that filters have long held against a sender; one in a subject weighs most."""
_SHOUTS = re.compile(r"[!?]{2,}|\${2,}")
_LEFTOVER = re.compile(r"\{\{|\{%|\{#")
"""What a provider would run as a template; the words of others arrive here defused."""


class _Look(HTMLParser):
    """Links, images and words of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.no_alt = 0
        self.has_script = False
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"style", "title"}:
            self._silent += 1
        self.has_script = self.has_script or tag == "script"
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag == "img" and not values.get("alt"):
            self.no_alt += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "title"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def links_of(message: Message) -> tuple[str, ...]:
    """Addresses that the HTML leads to, each once, without the one to unsubscribe."""
    look = _look(message)
    return tuple(dict.fromkeys(link for link in look.links if link != message.unsubscribe))


def preflight(message: Message, *, needs_way_out: bool) -> tuple[Finding, ...]:
    """
    Look at a message.

    Args:
        message: As it will be sent.
        needs_way_out: Whether it goes to people who must be able to leave.
    """
    look = _look(message)
    return (
        *_subject(message),
        *_links(message, look),
        *_body(message, look),
        *_way_out(message, look, needs_way_out),
    )


def _look(message: Message) -> _Look:
    look = _Look()
    look.feed(message.html)
    look.close()
    return look


def _subject(message: Message) -> Iterator[Finding]:
    fewest, most = SUBJECT_CHARACTERS
    length = len(message.subject)
    if not message.subject.strip():
        yield Finding("error", "subject", "is empty")
    elif not fewest <= length <= most:
        yield Finding("warning", "subject", f"has {length} characters, expected {fewest}–{most}")
    if _SHOUTS.search(message.subject) or (length >= fewest and message.subject.isupper()):
        yield Finding("warning", "subject", "shouts, which filters count against it")
    if match := _SPAM.search(message.subject):
        yield Finding("warning", "spam", f"the subject says “{match[0]}”")


def _links(message: Message, look: _Look) -> Iterator[Finding]:
    for link in dict.fromkeys(look.links):
        if link in {message.unsubscribe, "#"} and link:
            continue
        scheme = urlsplit(link).scheme if "\n" not in link else ""
        if scheme in {"data", "javascript", "file"}:
            yield Finding("error", "links", f"one leads to {scheme}:")
        elif scheme not in {"http", "https", "mailto"}:
            yield Finding("error", "links", f"{link[:80]!r} is not a whole address")
    host = urlsplit(message.url).hostname or ""
    if host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost"):
        yield Finding("error", "links", f"the page is at {host}; set `site.url` in feeds.yaml")


def _body(message: Message, look: _Look) -> Iterator[Finding]:
    size = len(message.html.encode())
    if size >= MOST_BYTES:
        yield Finding("error", "size", f"{size:,} bytes of HTML, expected under {MOST_BYTES:,}")
    elif size >= WARNED_BYTES:
        yield Finding("warning", "size", f"{size:,} bytes of HTML, near {MOST_BYTES:,}")
    words = " ".join(look.words)
    if len(words.split()) < FEWEST_WORDS:
        yield Finding("warning", "text", f"has fewer than {FEWEST_WORDS} words")
    if not message.text.strip():
        yield Finding("error", "text", "there is no plain-text part")
    for place, text in (
        ("subject", message.subject),
        ("HTML", message.html),
        ("text", message.text),
    ):
        if match := _LEFTOVER.search(_without_way_out(text, message)):
            yield Finding("error", "leftover", f"{place} holds {match[0]!r}")
    if look.no_alt:
        yield Finding("error", "images", f"{look.no_alt} without a description (alt)")
    spam = dict.fromkeys(match[0].lower() for match in _SPAM.finditer(words))
    if len(spam) > 1:
        yield Finding("warning", "spam", "the text says " + ", ".join(f"“{s}”" for s in spam))
    if look.has_script:
        yield Finding("error", "clients", "<script>: none runs it, and filters refuse it")
    for gap in gaps(message.html):
        yield Finding("warning", "clients", gap.words)


def _way_out(message: Message, look: _Look, needs_way_out: bool) -> Iterator[Finding]:
    if not needs_way_out:
        return
    if not message.unsubscribe:
        yield Finding("error", "unsubscribe", "there is none; set `newsletter.unsubscribe_url`")
    elif message.unsubscribe not in look.links or message.unsubscribe not in message.text:
        yield Finding("error", "unsubscribe", "the address is missing from a part")


def _without_way_out(text: str, message: Message) -> str:
    """The text without the one sign that the provider is meant to fill in."""
    before, found, after = (
        text.rpartition(message.unsubscribe) if message.unsubscribe else ("",) * 3
    )
    return before + after if found else text
