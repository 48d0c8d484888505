"""Which issues the newsletter owes: none is forgotten, and no heap of old ones is sent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest import content
from digest.cli import main
from digest.pipeline.owed import owed
from digest.store import FILE, Store
from digest.types import Delivery, DeliveryState
from tests.pipeline.outgoing import KEY, make_site

DAY = dt.date(2026, 5, 10)


@dataclass(frozen=True)
class Dated:
    date: dt.date
    digest: str = "systems"
    status: str = "published"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / FILE) as opened:
        yield opened


def chosen(
    store: Store, *states: DeliveryState | None, catch_up: bool = True, days: int = 1
) -> list[int]:
    """Numbers of the issues that are owed, of those with these states, each some days later."""
    first = DAY - dt.timedelta(days=days * (len(states) - 1))
    issues = [Dated(first + dt.timedelta(days=days * n)) for n in range(len(states))]
    for issue, state in zip(issues, states, strict=True):
        if state:
            store.deliveries.put(Delivery(f"systems/{issue.date}", "smtp", state, at=None))
    found = owed(issues, store, Path("none"), catch_up=catch_up)
    return [issues.index(issue) for issue in found]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], []),
        ([None], [0]),
        ([None, None, None], [2]),  # the newsletter is new: no heap
        (["sent", "sent"], [1]),
        (["sent", None, None], [1, 2]),  # a run could not send the one between
        (["sent", "sending", None], [1, 2]),
        (["sent", "unknown", None], [2]),  # left to a person
        ([None, "sent", None], [2]),
        (["draft", "sent", None], [0, 2]),
    ],
)
def test_what_is_owed(
    store: Store, states: list[DeliveryState | None], expected: list[int]
) -> None:
    assert chosen(store, *states) == expected


def test_not_for_ever(store: Store) -> None:
    """What is older than two weeks is sent when it is named; a weekly issue is not that old."""
    assert chosen(store, "sent", "sending", None, None, days=8) == [2, 3]
    assert chosen(store, "sent", None, None, days=9) == [1, 2]


def test_no_flood(store: Store) -> None:
    """After a long time without mail, the newest seven."""
    assert chosen(store, "sent", *[None] * 12) == [6, 7, 8, 9, 10, 11, 12]


def test_a_person_who_leaves_one_out_means_it(store: Store) -> None:
    """Without `auto` only what has begun is gone on with."""
    assert chosen(store, "sent", None, "sending", None, catch_up=False) == [2, 3]


FEEDS = """
site: {title: Small, url: 'https://small.example/paper/'}
digests: [{slug: systems, title: Systems}]
feeds: [{url: 'https://owl.example/feed', slug: owl}]
newsletter: {via: smtp, auto: true, smtp: {host: post.example}}
"""


@pytest.mark.parametrize(
    ("state", "words", "due"),
    [
        (None, "not sent yet", True),
        ("sent", "", False),
        ("sending", "not at its end: sending; the next `digest send` goes on", True),
        ("unknown", "whether it was sent is unknown", False),
    ],
)
def test_status_shows_it(
    tmp_path: Path, state: DeliveryState | None, words: str, due: bool
) -> None:
    """What is to be sent, what is not at its end and what nobody knows; what is done is silent."""
    site = make_site(tmp_path)
    (site / "feeds.yaml").write_text(FEEDS)
    if state:
        delivery = Delivery(KEY, "smtp", state, at=dt.datetime(2026, 5, 2, tzinfo=dt.UTC))
        with Store(site / FILE) as store:
            store.deliveries.put(delivery)
        content.write_sent(site / "content" / KEY, delivery)
    said = CliRunner().invoke(main, ["status", "-C", str(site)]).stdout
    assert (f"mail of {KEY} by smtp: {words}" in said) == bool(words), said
    report = json.loads(CliRunner().invoke(main, ["status", "-C", str(site), "--json"]).stdout)
    assert report["mail_due"] == due
