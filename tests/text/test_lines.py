"""Text for one line: what a feed calls itself."""

from __future__ import annotations

import pytest

from digest.text import own_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Simon Willison's Weblog: Entries", "Simon Willison's Weblog"),
        ("The Register - RSS feed", "The Register"),
        ("Kiln — Latest blog posts", "Kiln"),
        ("Planet | Atom", "Planet"),
        ("Ars Technica - All content", "Ars Technica"),
    ],
)
def test_a_feeds_name_is_its_sites(title: str, name: str) -> None:
    """Words that only say "this is a feed" are not shown to readers."""
    assert own_name(title) == name


@pytest.mark.parametrize("title", ["Entries", "RSS", "Hacker News", "Best-of-feed", "CNN: News"])
def test_a_name_is_kept(title: str) -> None:
    """A title that is nothing else, or whose last word is part of the name."""
    assert own_name(title) == title
