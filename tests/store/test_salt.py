"""The store's own salt."""

from __future__ import annotations

from pathlib import Path

from digest.store import FILE, Store


def test_a_store_keeps_its_salt_and_shares_it_with_none(tmp_path: Path) -> None:
    """The same over openings, another in another store."""
    found = []
    for name in ("one", "one", "two"):
        (tmp_path / name).mkdir(exist_ok=True)
        with Store(tmp_path / name / FILE) as store:
            found += [store.replies.salt(), store.replies.salt()]
    assert len(set(found[:4])) == 1
    assert len(found[0]) == 32
    assert found[4] != found[0]
