"""What issues show is kept, and whatever becomes of the file, nothing false comes out of it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.errors import StoreError
from digest.store.disposable import Spoiled
from digest.store.texts import AT_ONCE, opened_texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "texts.db"


def fill(path: Path, count: int = 3) -> None:
    with opened_texts(path) as texts:
        for number in range(count):
            texts.put(f"a/{number}", "key", random.Random(number).randbytes(3000))


def test_a_body_is_kept_under_its_key(path: Path) -> None:
    fill(path)
    with opened_texts(path) as texts:
        assert len(texts.get("a/1", "key")) == 3000
        assert texts.get("a/1", "other") == b""
        assert texts.get("a/9", "key") == b""
        texts.put("a/1", "other", b"new")
        assert texts.get("a/1", "key") == b""
        assert texts.get("a/1", "other") == b"new"
        texts.drop(lambda place: place == "a/1")
    with opened_texts(path) as texts:
        assert texts.get("a/1", "other") == b""
        assert len(texts.get("a/2", "key")) == 3000


def fail(path: Path) -> None:
    with opened_texts(path) as texts:
        for number in range(AT_ONCE + 1):
            texts.put(f"a/{number}", "key", b"x")
        raise RuntimeError


def test_a_run_that_fails_leaves_what_was_whole(path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(path)
    with opened_texts(path) as texts:
        assert texts.get(f"a/{AT_ONCE - 1}", "key") == b"x"
        assert texts.get(f"a/{AT_ONCE}", "key") == b""


@pytest.mark.parametrize(
    "damage",
    [
        "pragma user_version = 9", "drop table body", "alter table body rename column key to old",
        "update body set body = 7", "update body set body = null",
    ],
)  # fmt: skip
def test_a_file_of_another_form_holds_nothing(path: Path, damage: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(damage)
    with opened_texts(path) as texts:
        assert texts.get("a/1", "key") == b""
        texts.put("a/1", "key", b"again")
        assert texts.get("a/1", "key") == b"again"


def test_what_is_no_database_is_begun_anew(path: Path) -> None:
    path.write_bytes(b"no database at all" * 99)
    with opened_texts(path) as texts:
        assert texts.get("a/1", "key") == b""


def ask(path: Path, count: int) -> set[bytes]:
    with opened_texts(path) as texts:
        return {texts.get(f"a/{number}", "key") for number in range(count)}


def test_a_damaged_file_holds_nothing_or_is_told(path: Path) -> None:
    """
    Whoever is told throws all away that was kept; it is a mistake of nobody. Bytes of a body
    are not looked at here: `unpack` knows whether they are what was packed.
    """
    told = 0
    for page in range(1, 90):
        path.unlink(missing_ok=True)
        fill(path, 99)
        body = bytearray(path.read_bytes())
        body[page * 4096 : page * 4096 + 64] = random.Random(page).randbytes(64)
        path.write_bytes(body)
        try:
            assert all(len(found) in (0, 3000) for found in ask(path, 99))
        except Spoiled:
            told += 1
    assert told


def test_a_place_that_is_no_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"), opened_texts(path):
        pass
