"""Twenty daily issues of the labelled news: what is told again, marked, or lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from digest.select import Reading, choose, offer
from digest.settings import Digest
from digest.types import EntryRef, Story, Told

from .corpus import FIRST_DAY, Labelled, labelled

DAY = dt.timedelta(days=1)
ALL = Digest(slug="tech", title="Tech", round_ups=60, per_feed=60, per_topic=60)


@dataclass
class Counts:
    twice: int = 0
    """Stories that stand a second time in one issue."""
    marked: int = 0
    """Told again on a later day, as an update."""
    silent: int = 0
    """Told again as if they were new."""
    left_out: int = 0
    lost: int = 0
    """Left out as told although no issue had told them."""


def twenty_days(news: Labelled) -> Counts:
    """Each day an issue with room for all, which knows what those before it told."""
    counts, past, known = Counts(), list[Told](), set[str]()
    for day in range(20):
        start, now = FIRST_DAY + day * DAY, FIRST_DAY + (day + 1) * DAY
        window = [e for e in news.entries if e.published and start <= e.published < now]
        earlier = [
            (e.title, news.texts[e.document].text)
            for e in news.entries
            if e.published and e.published < start
        ]
        reading = Reading(window, news.texts, ALL, background=earlier)
        today: list[str] = []
        telling: list[Told] = []
        for story in choose(offer(reading, (), now=now, told=past)):
            name = news.story[story.lead.key]
            if story.place == "left out":
                counts.left_out += 1
                counts.lost += name not in known
                continue
            counts.twice += name in today
            counts.marked += name in known and bool(story.update_of)
            counts.silent += name in known and not story.update_of
            today.append(name)
            telling.append(told(news, story, now))
        past += telling
        known |= set(today)
    return counts


def told(news: Labelled, story: Story, now: dt.datetime) -> Told:
    """What an issue says of a story: its beginning."""
    return Told(
        f"tech/{now.date()}",
        now,
        story.lead.title,
        news.texts[story.lead.document].text[:300],
        tuple(EntryRef(e.feed, e.id, e.url, e.title, e.published) for e in story.entries),
        tuple(e.document for e in story.entries),
    )


@pytest.mark.parametrize(
    ("names", "most_twice", "least_marked", "most_silent", "least_left_out"),
    [(("news-1.txt", "news-2.txt"), 13, 17, 6, 21), (("held-out.txt",), 9, 5, 3, 7)],
)
def test_twenty_daily_issues(
    names: tuple[str, ...],
    most_twice: int,
    least_marked: int,
    most_silent: int,
    least_left_out: int,
) -> None:
    """No news is lost, and what was told comes back as an update; numbers may improve alone."""
    counts = twenty_days(labelled(*names))
    assert counts.lost == 0
    assert counts.twice <= most_twice, counts
    assert counts.marked >= least_marked, counts
    assert counts.silent <= most_silent, counts
    assert counts.left_out >= least_left_out, counts
