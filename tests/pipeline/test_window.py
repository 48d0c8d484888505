"""What waits for the next issue, when a feed could not be read before the last one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from digest import content
from digest.pipeline.window import window_of
from digest.settings import Config, Digest, Feed
from digest.store import FILE, Store
from digest.types import Entry, FeedLine
from tests.render.small_site import ISSUE

CONFIG = Config(
    feeds=(Feed(url="https://owl.example/feed", slug="owl"),),
    digests=(Digest(slug="systems", title="Systems"),),
)
END = ISSUE.period_end
NOW = END + dt.timedelta(days=2)


@pytest.mark.parametrize(
    ("line", "waiting"),
    [
        # Read: only what was published less than 48 hours before the last issue, or later.
        (FeedLine("owl", read=True, last_entry=END - dt.timedelta(days=6)), ["1"]),
        # Not read: all that came since its newest entry then known.
        (FeedLine("owl", False, "no answer", END - dt.timedelta(days=6)), ["5", "3", "1"]),
        (FeedLine("owl", False, "no answer", END - dt.timedelta(days=4)), ["3", "1"]),
        # Not for ever, and not the whole of a feed that was never read.
        (FeedLine("owl", False, "no answer", END - dt.timedelta(days=90)), ["13", "5", "3", "1"]),
        (FeedLine("owl", False, "not asked yet", None), ["1"]),
        (FeedLine("another", False, "no answer", END - dt.timedelta(days=6)), ["1"]),
    ],
)
def test_what_an_outage_hid_is_news(tmp_path: Path, line: FeedLine, waiting: list[str]) -> None:
    content.write_issue(tmp_path / "content", replace(ISSUE, feeds=(line,)))
    entries = [
        Entry(
            "owl", str(days), f"https://owl.example/{days}", f"https://owl.example/{days}",
            f"Post {days}", published=END - dt.timedelta(days=days),
        )
        for days in (1, 3, 5, 13, 20)
    ]  # fmt: skip
    with Store(tmp_path / FILE) as store:
        store.entries.put(entries, END + dt.timedelta(days=1))
        window, found, _ = window_of(CONFIG, store, tmp_path, CONFIG.digests[0], NOW)
    assert window is not None
    assert [entry.id for entry in found] == waiting
