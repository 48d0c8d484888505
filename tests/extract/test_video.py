"""Pages of videos: the words under them, and no made-up ones."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from digest.errors import ParseError
from digest.extract.article import Examined, examine

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
WATCH = "https://www.youtube.com/watch?v=x1"
SAID = 'A clock apart, with "care" \\ oil.\n\nParts: https://tick.example/parts\n0:00 Start'


def page(script: str, head: str = "") -> str:
    return (
        '<html><head><title>How a clock ticks - YouTube</title><meta property="og:title" '
        'content="How a clock ticks"><meta property="og:description" content="A clock apa...">'
        f'{head}</head><body><script>{script}</script><div id="footer"><a href="/about">About</a> '
        "<p>Press Copyright Contact us Creators Advertise Developers Terms Privacy</p></div></body>"
    )


def read(text: str, url: str = WATCH) -> Examined:
    return examine(text.encode(), url=url, content_type="text/html", fetched_at=NOW, families={})


def test_a_video_is_its_description() -> None:
    """Paragraphs and links of the text under it; title, channel and date from the page."""
    details = {"videoDetails": {"videoId": "x1", "shortDescription": SAID}}
    owner = {"microformat": {"ownerChannelName": "Tick"}}
    script = f"var ytInitialPlayerResponse = {json.dumps(details | owner)};"
    found = read(page(script, '<meta itemprop="datePublished" content="2026-05-01T08:00:00Z">'))
    made = found.document
    assert (
        made.text
        == 'A clock apart, with "care" \\ oil.\n\nParts: https://tick.example/parts 0:00 Start'
    )
    assert (made.title, made.author, found.chosen) == ("How a clock ticks", "Tick", "description")
    assert made.published == dt.datetime(2026, 5, 1, 8, tzinfo=dt.UTC)
    assert [link.url for link in made.links] == ["https://tick.example/parts"]


def test_other_hosts_say_it_in_their_data() -> None:
    """schema.org's description counts, and else the one for previews."""
    data = json.dumps([{"@type": "PodcastEpisode", "description": "We talk of oil."}])
    script = f'<script type="application/ld+json">{data}</script>'
    url = "https://podcasts.apple.com/us/podcast/tick/id1"
    assert read(page("", script), url).document.text == "We talk of oil."
    assert read(page(""), url).document.text == "A clock apa..."


@pytest.mark.parametrize("script", ['"shortDescription": "\\u12"', '"shortDescription": "a', "{}"])
def test_broken_scripts(script: str) -> None:
    """What cannot be read is not there; a page without words has no document."""
    assert read(page(script)).document.text == "A clock apa..."
    with pytest.raises(ParseError):
        read(f"<html><body><script>{script}</script></body></html>")


def test_text_pages_elsewhere_are_read_as_ever() -> None:
    """A script with such a name on another site is nothing."""
    text = page('"shortDescription": "Bought words."') + "<p>" + "A mill is driven by it. " * 20
    assert "Bought" not in read(text, "https://ex.example/").document.text
