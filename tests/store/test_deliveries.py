"""The ledger of what was sent: in the store, and beside the issue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from digest import content
from digest.errors import ContentError
from digest.store import FILE, Store
from digest.types import Delivery

NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)
KEY = "systems/2026-05-02"
DELIVERY = Delivery(KEY, "smtp", "sending", "<x@y>", "ab" * 32, NOW)


def test_what_was_put_is_there(tmp_path: Path) -> None:
    """Also for another process, and the newest word counts."""
    with Store(tmp_path / FILE) as store:
        assert store.deliveries.get(KEY) is None
        store.deliveries.put(Delivery(KEY, "smtp", "creating", at=NOW))
        store.deliveries.put(DELIVERY)
        with Store(tmp_path / FILE) as other:
            assert other.deliveries.get(KEY) == DELIVERY


def test_recipients_and_what_is_unknown_of_them(tmp_path: Path) -> None:
    """Who was being sent to when a run was cut off is unknown; another issue is not touched."""
    with Store(tmp_path / FILE) as store:
        for name, state in (("a", "sending"), ("b", "sent"), ("c", "refused")):
            store.deliveries.put_recipient(KEY, name, state, f"words of {name}", NOW)  # type: ignore[arg-type]
        store.deliveries.put_recipient("other/2026-05-02", "a", "sending", "", NOW)
        assert store.deliveries.interrupted(KEY) == 1
        assert store.deliveries.recipients(KEY) == {"a": "unknown", "b": "sent", "c": "refused"}
        assert store.deliveries.counts(KEY) == {"sent": 1, "refused": 1, "unknown": 1}
        assert store.deliveries.reasons(KEY) == (("words of c", 1),)
        assert store.deliveries.recipients("other/2026-05-02") == {"a": "sending"}


def test_a_commit_survives_power_loss(tmp_path: Path) -> None:
    """FULL (2): the last commits of a ledger may not vanish, as those of the rest may."""
    with Store(tmp_path / FILE) as store:
        store.deliveries.put(DELIVERY)
        assert store._db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_the_record_beside_the_issue(tmp_path: Path) -> None:
    """sent.json says the same, for a person and for a run without the store."""
    folder = tmp_path / KEY
    folder.mkdir(parents=True)
    assert content.read_sent(folder) is None
    content.write_sent(folder, DELIVERY)
    assert content.read_sent(folder) == DELIVERY
    assert [path.name for path in folder.iterdir()] == ["sent.json"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"via": "smtp", "state": "done"}', "<<<<<<< HEAD", "null"]
)
def test_a_record_that_cannot_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    """It may hide that the issue was sent."""
    (tmp_path / "sent.json").write_text(text)
    with pytest.raises(ContentError, match=r"sent\.json: cannot be understood"):
        content.read_sent(tmp_path)
