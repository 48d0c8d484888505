"""Transcripts of episodes: who says what, without times."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from digest.errors import ParseError
from digest.extract.article import article

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
VTT = """WEBVTT - Episode 7

STYLE
::cue { color: lime }

NOTE made by hand

1
00:00:01.000 --> 00:00:04.000 align:left
<v Ann Writer>A clock needs oil, and a
<i>little</i> patience.</v>

00:00:04.000 --> 00:00:06.500
<v Ann Writer>It costs 3 &amp; a half.</v>

00:00:06.500 --> 00:00:08.000
<v.loud Tick>Only?</v>
"""
SRT = """1\r
00:00:01,000 --> 00:00:04,000\r
Ann: A clock needs oil.\r
\r
2\r
00:00:04,000 --> 00:00:06,000\r
And patience.\r
\r
3\r
00:00:06,000 --> 00:00:07,000\r
Tick: Only?\r
"""
SEGMENTS = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ann", "startTime": 1, "endTime": 4, "body": "A clock needs oil."},
        {"speaker": "Ann", "startTime": 4, "endTime": 6, "body": "And patience."},
        {"speaker": 5, "body": ["no text"]},
        {"speaker": "Tick", "startTime": 6, "endTime": 7, "body": "Only?"},
    ],
}


def text(body: str, content_type: str = "") -> str:
    return article(
        body.encode(), url="https://tick.example/7", content_type=content_type, fetched_at=NOW,
        families={},
    ).text  # fmt: skip


def test_webvtt() -> None:
    """Notes, styles, times and tags go; a voice is named where it begins."""
    assert text(VTT, "text/vtt") == (
        "Ann Writer: A clock needs oil, and a little patience. It costs 3 & a half.\n\nTick: Only?"
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (SRT, "application/x-subrip"),
        (SRT, "text/plain"),
        (json.dumps(SEGMENTS), "application/json"),
    ],
)
def test_other_forms(body: str, content_type: str) -> None:
    """SubRip and JSON say the same, whatever type the server gives."""
    assert text(body, content_type) == "Ann: A clock needs oil. And patience.\n\nTick: Only?"


def test_long_speeches_have_paragraphs() -> None:
    """A speech without an end is parted at sentences; captions that roll say nothing twice."""
    cues = [f"00:{n:02}:00.000 --> 00:{n:02}:59.000\n{'word ' * 9}no {n}." for n in range(12)]
    cues.insert(3, cues[2])
    found = text("WEBVTT\n\n" + "\n\n".join(cues))
    assert [len(paragraph.split()) for paragraph in found.split("\n\n")] == [66, 66]
    assert found.count("no 2.") == 1


@pytest.mark.parametrize("body", ["WEBVTT\n", '{"segments": 5}', '{"segments": [', '{"a": 1}'])
def test_nothing_said(body: str) -> None:
    """What holds no words is no document."""
    with pytest.raises(ParseError):
        text(body, "application/json")
