"""Which feeds are read in the process that fetches: those that no parser can run away with."""

from __future__ import annotations

import pytest

from digest.pipeline.workers import LONGER_BYTES, LONGER_TAGS, is_plain

RSS = b"<rss version='2.0'><channel><title>Mill</title><item/></channel></rss>"
ITEM = b"<item><description>The mill by the river grinds on Saturdays.</description></item>\n"


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'>" + RSS,
        RSS + ITEM * 500,
        b"<feed>" + b"&lt;p&gt;words of an entry&lt;/p&gt; " * 1_000 + b"</feed>",
        RSS + b" " * 240,
        b"",
    ],
)
def test_most_feeds_are_plain(body: bytes) -> None:
    assert is_plain(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + RSS,
        b"<!DOCTYPE x [ ]>" + RSS,
        b"<!DOCTYPE" + b" x" * 400 + b"[ ]>" + RSS,
        b"<!-- " + b"x" * 6_000 + RSS,
        RSS + b" \n" * 400,
        RSS + b"x" * 60_000,
        RSS + b"\x00",
        RSS + b"&" * 60,
        RSS + ITEM * 900,
        b"<a>" * 4_000,
    ],
)
def test_what_parsers_run_away_with_is_not(body: bytes) -> None:
    assert not is_plain(body)


@pytest.mark.parametrize(("times", "expected"), [(1_000, True), (1_700, True), (2_200, False)])
def test_longer_ones_are_for_a_quick_reader(times: int, expected: bool) -> None:
    """Up to a length of its own, and not many more tags."""
    body = RSS + (b"<p>" + b"words of an entry " * 5 + b"</p>") * times
    assert is_plain(body, LONGER_BYTES, LONGER_TAGS) is expected
    assert not is_plain(RSS + b"<b>x</b>" * 2_000, LONGER_BYTES, LONGER_TAGS)
