"""The ledger of calls to models, and their replies."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from digest.store import FILE, Store
from digest.types import Call

NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)
ISSUE = "systems/2026-05-02"
RESERVED = Call("gather", "m", 1000, 500, 0.02, 0.0)
COST = Call("gather", "m", 700, 90, 0.01, 1.5)


def test_a_reply_is_there_for_another_process(tmp_path: Path) -> None:
    """Text as it came, finish reason and cost."""
    with Store(tmp_path / FILE) as store:
        assert store.replies.reply("k") is None
        number = store.replies.reserve(ISSUE, "k", RESERVED, NOW)
        assert store.replies.reply("k") is None
        store.replies.arrive(number, "k", COST, "{“a”: \ud800}\x00", "stop")
        with Store(tmp_path / FILE) as other:
            assert other.replies.reply("k") == ("{“a”: \ud800}\x00", "stop", COST)
            assert other.replies.calls(ISSUE, None) == (COST,)


def test_what_is_reserved_counts(tmp_path: Path) -> None:
    """Until it is settled, with the most that it may cost; then with what it did."""
    with Store(tmp_path / FILE) as store:
        number = store.replies.reserve(ISSUE, "k", RESERVED, NOW)
        assert store.replies.tokens(ISSUE, None) == 1500
        assert store.replies.usd(NOW, NOW + dt.timedelta(days=1)) == pytest.approx(0.02)
        assert store.replies.usd(NOW - dt.timedelta(days=1), NOW) == 0
        store.replies.arrive(number, "k", COST, "x", "stop")
        assert store.replies.tokens(ISSUE, None) == 790
        assert store.replies.tokens(ISSUE, NOW + dt.timedelta(seconds=1)) == 0
        assert store.replies.tokens("other/2026-05-02", None) == 0


def test_what_a_killed_run_left_is_spent(tmp_path: Path) -> None:
    """All that was reserved; what was refused costs nothing and is no call of the issue."""
    with Store(tmp_path / FILE) as store:
        store.replies.reserve(ISSUE, "k", RESERVED, NOW)
        refused = store.replies.reserve(ISSUE, "l", RESERVED, NOW)
        free = replace(RESERVED, input=0, output=0, usd=0.0)
        store.replies.settle(refused, free, "refused", words="HTTP 429")
    with Store(tmp_path / FILE) as store:
        assert store.replies.interrupted() == 1
        assert store.replies.interrupted() == 0
        assert store.replies.tokens(ISSUE, None) == 1500
        assert store.replies.calls(ISSUE, None) == (RESERVED,)


def test_months_are_summed_by_digest(tmp_path: Path) -> None:
    """Calls without a known price are counted beside the dollars, not as nought."""
    later = NOW + dt.timedelta(days=40)
    with Store(tmp_path / FILE) as store:
        for issue, now, usd in (
            (ISSUE, NOW, 0.5),
            (ISSUE, NOW, None),
            ("tools/2026-05-02", NOW, 0.25),
            (ISSUE, later, 1.0),
        ):
            number = store.replies.reserve(issue, f"{now}{usd}", RESERVED, now)
            store.replies.arrive(number, f"{now}{usd}", replace(COST, usd=usd), "", "stop")
        store.replies.reserve("tools/2026-05-03", "k", RESERVED, NOW)
        store.replies.interrupted()
        found = [
            (month.month, month.digest, month.calls, month.input, month.usd, month.unpriced)
            for month in store.replies.months()
        ]
        assert found == [
            ("2026-06", "systems", 1, 700, 1.0, 0),
            ("2026-05", "systems", 2, 1400, 0.5, 1),
            ("2026-05", "tools", 2, 1700, pytest.approx(0.27), 0),
        ]
        assert [month.cut for month in store.replies.months()] == [0, 0, 1]


def test_a_commit_survives_power_loss(tmp_path: Path) -> None:
    """FULL (2), as in the ledger of deliveries."""
    with Store(tmp_path / FILE) as store:
        store.replies.reserve(ISSUE, "k", RESERVED, NOW)
        assert store._db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_old_replies_are_forgotten_and_their_cost_is_not(tmp_path: Path) -> None:
    """A rebuild of an old issue would pay again; what a month has cost stays known."""
    with Store(tmp_path / FILE) as store:
        for key, days in (("old", 100), ("new", 10)):
            now = NOW - dt.timedelta(days=days)
            number = store.replies.reserve(ISSUE, key, RESERVED, now)
            store.replies.arrive(number, key, COST, "x", "stop")
        pruned = store.prune(NOW - dt.timedelta(days=90), (), {})
        assert pruned.replies == 1
        assert store.replies.reply("old") is None
        assert store.replies.reply("new") is not None
        assert sum(month.calls for month in store.replies.months()) == 2


def test_what_is_written_anew_is_counted_over_what_stood(tmp_path: Path) -> None:
    """By issue and part, from none again where something else stands there."""
    with Store(tmp_path / FILE) as store:
        for _ in range(2):
            store.replies.redo(ISSUE, "front", "a")
        store.replies.redo(ISSUE, "1", "a")
        assert store.replies.redone(ISSUE, "front", "a") == 2
        assert store.replies.redone(ISSUE, "1", "a") == 1
        assert store.replies.redone(ISSUE, "front", "b") == 0
        store.replies.redo(ISSUE, "front", "b")
        assert store.replies.redone(ISSUE, "front", "b") == 1
        assert store.replies.redone(ISSUE, "front", "a") == 0
        assert store.replies.redone("other/2026-05-02", "front", "b") == 0
