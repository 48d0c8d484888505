"""What waits for the next issue, when a feed could not be read before the last one."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from digest import content
from digest.draft import DRAFTERS
from digest.pipeline.draft import draft
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
        found = window_of(CONFIG, store, tmp_path, CONFIG.digests[0], NOW)
    assert found.window is not None
    assert [id_ for _, id_ in found.newest] == waiting


def test_a_window_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first issue takes the newest of all that there is; the rest counts as waiting."""
    monkeypatch.setattr("digest.pipeline.window.MOST", 2)
    entries = [
        Entry(
            "owl", str(n), f"https://owl.example/{n}", f"https://owl.example/{n}", f"Post {n}",
            published=END - dt.timedelta(days=n),
        )
        for n in (3, 1, 2)
    ]  # fmt: skip
    with Store(tmp_path / FILE) as store:
        store.entries.put(entries, END)
        found = window_of(CONFIG, store, tmp_path, CONFIG.digests[0], NOW)
        assert [id_ for _, id_ in found.keys] == ["3", "2", "1"]
        assert [id_ for _, id_ in found.newest] == ["2", "1"]
        said: list[str] = []
        plan = draft(
            CONFIG, store, tmp_path, DRAFTERS["extractive"](), None,
            now=NOW, plan_only=True, warn=said.append,
        )  # fmt: skip
        (report,) = asyncio.run(plan)
    assert said == ["systems: 3 entries wait; it is chosen from the newest 2"]
    assert report.plan is not None
    assert {e.id for story in report.plan.stories for e in story.entries} == {"1", "2"}
