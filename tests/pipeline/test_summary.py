"""The page of a run: complete, right in its numbers, and dead whatever a feed says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from digest.cli import main
from digest.pipeline.status import status
from digest.pipeline.summary import summary
from digest.settings import Config, Feed
from digest.store import FILE, Store
from digest.types import FeedState

NOW = dt.datetime(2026, 4, 24, 7, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOSTILE = "`x` | @all #1\n<img src=x onerror=a()> [l](javascript:a()) ![i](http://t.example/)\u202e"


def test_a_run_is_shown(built: Path, tmp_path: Path) -> None:
    """Issue, proofs and feeds of a real run; a report that is not there costs no other."""
    for words in (["fetch", "--force"], ["build"], ["status"]):
        result = CliRunner().invoke(main, [*words, "-C", str(built), "--json"])
        (tmp_path / words[0]).write_text(result.stdout)
    (tmp_path / "cut").write_text('{"feeds": [')
    names = ["build", "missing", "fetch", "cut", "status"]
    result = CliRunner().invoke(main, ["summary", *(str(tmp_path / name) for name in names)])
    assert result.exit_code == 0
    assert "no issue, not due" in result.stdout
    assert "missing: no whole report" in result.stderr
    assert "cut: no whole report" in result.stderr
    assert "No report" in CliRunner().invoke(main, ["summary"]).stdout


def test_nothing_foreign_acts() -> None:
    """Markup, links, images, mentions and line breaks of titles and errors are shown, as text."""
    drafts = {
        "digest": "daily", "outcome": "written", "date": "2026-04-24", "title": HOSTILE,
        "status": "published", "features": [HOSTILE], "round_ups": [], "counts": {"quotes": 3},
        "usd": 0.25,
    }  # fmt: skip
    feed = {"feed": "a", "error": HOSTILE * 20, "new": 2}
    page = summary(
        [
            {"drafts": [drafts], "render": {}},
            {"feeds": [feed, {"feed": "b", "error": "", "new": 5}], "waiting": 4},
            {"feeds": [{"feed": "a", "advice": HOSTILE}], "digests": []},
        ]
    )
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(page)
    assert "<img" not in html
    assert "<a " not in html
    assert "\u202e" not in page
    assert "2 asked, 1 failed, 4 not due yet; 7 new entries." in page
    assert "3 quotes" in page
    assert "0.25 USD" in page
    outside = [part for line in page.splitlines() for part in line.split("`")[::2]]
    assert not any("@" in part or "#1" in part for part in outside)
    assert html.count("<tr>") == 2  # head and one row: a pipe or line break makes no other


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"last_success": NOW, "last_entry": NOW}, ""),
        ({"gone": True, "error": "410"}, "gone for good: take it out"),
        ({"moved_to": "https://b.example/f", "moved_count": 5}, "to https://b.example/f"),
        ({"moved_to": "https://b.example/f", "moved_count": 1}, ""),
        ({"error": "x", "failures": 9, "last_success": NOW - 8 * DAY}, "since 2026-04-16, 9 times"),
        ({"error": "x", "failures": 9, "last_success": NOW - 6 * DAY}, ""),
        ({"error": "x", "failures": 2, "last_success": NOW - 60 * DAY}, ""),
        ({"error": "x", "failures": 9}, "from the start"),
        (
            {"error": "x", "failures": 9, "site_url": "https://a.example/"},
            "`digest feeds add https://a.example/`",
        ),
        ({"last_success": NOW, "last_entry": NOW - 400 * DAY}, "newest entry is of 2025-03-20"),
    ],
)
def test_feeds_dead_for_long_are_named(state: dict, words: str, tmp_path: Path) -> None:
    """Gone, moved, failing for a week, silent for a year: what to do; a passing fault: nothing."""
    config = Config(feeds=(Feed(url="https://a.example/f", slug="a"),))
    with Store(tmp_path / FILE) as store:
        with store.transaction():
            store.feeds.save(FeedState("a", "https://a.example/f", **state))
        (feed,) = status(config, store, tmp_path, now=NOW).feeds
    assert words in feed.advice
    assert bool(words) == bool(feed.advice)
    assert json.dumps(feed.advice).isascii()
