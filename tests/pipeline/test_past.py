"""What is known of past issues from the last run is what their files say."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest import content
from digest.content import stamps
from digest.pipeline import past as past_module
from digest.pipeline.past import Past, PastIssues
from digest.publish import search
from tests.pipeline.small_content import build, change, write_site

DIGESTS = ("policy", "systems")
Edit = Callable[[random.Random, Path], None]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "own")


def told(past: PastIssues) -> object:
    return [
        (past.issues(slug), past.covered(slug, None), list(past.unproved(slug))) for slug in DIGESTS
    ]


def read(site: Path) -> object:
    """The same from all files."""
    out = []
    for slug in DIGESTS:
        heads = content.read_heads(site / "content", slug)
        folders = content.issue_folders(site / "content", slug)
        out.append(
            (
                tuple(Past(slug, head.date, head.period_end) for head in heads),
                {key for head in heads for key in head.cover},
                [folder for folder in folders if content.unverified(folder)],
            )
        )
    return out


def pick(chance: random.Random, site: Path, pattern: str) -> Path:
    return chance.choice(sorted((site / "content").glob(pattern)))


def edit_text(chance: random.Random, site: Path) -> None:
    change(pick(chance, site, "systems/*/1-*.md"), "clock", chance.choice(["CLOCK", "Clock"]))


def cover(chance: random.Random, site: Path) -> None:
    path = pick(chance, site, "systems/*/issue.md")
    change(path, "cover:", f"cover:\n- {{feed: owl, id: '{chance.random()}'}}\nhidden:")


def end(chance: random.Random, site: Path) -> None:
    path = pick(chance, site, "systems/*/issue.md")
    change(path, "period_end: 2026", f"period_end: 20{chance.randrange(10, 26)}")


def gone(chance: random.Random, site: Path) -> None:
    shutil.rmtree(pick(chance, site, "systems/*"))


def add_a_file(chance: random.Random, site: Path) -> None:
    path = pick(chance, site, "systems/*/1-*.md")
    shutil.copy(path, path.with_name(f"{chance.randrange(5, 9)}-more.md"))


def take_a_file(chance: random.Random, site: Path) -> None:
    pick(chance, site, "systems/*/[1-9]-*.md").unlink()


def verify(chance: random.Random, site: Path) -> None:
    path = pick(chance, site, "systems/*/1-*.md")
    content.record_verified(path.parent, {path.name: content.Outcome((), ())})


def damage(chance: random.Random, site: Path) -> None:
    connection = sqlite3.connect(site / ".digest/rendered.db")
    column = chance.choice(["heads", "covers"])
    connection.execute(f"update past set {column} = x'00'")
    connection.commit()
    connection.close()


EDITS: list[Edit] = [
    edit_text, edit_text, cover, end, gone, add_a_file, take_a_file, verify, damage,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("is_sure", [False, True])
def test_what_is_known_is_what_files_say(
    site: Path, monkeypatch: pytest.MonkeyPatch, seed: int, is_sure: bool
) -> None:
    """After any edits; of files changed a moment ago, and with all times trusted."""
    if is_sure:
        monkeypatch.setattr(stamps, "SURE_AFTER_NS", -(10**18))
    chance = random.Random(seed)
    for _ in range(12):
        edit = chance.choice(EDITS)
        if edit is not damage or (site / ".digest").exists():
            edit(chance, site)
        past = PastIssues(site, DIGESTS)
        assert told(past) == read(site), edit.__name__
        past.keep()


def test_what_looks_the_same_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what a step has written is."""
    monkeypatch.setattr(stamps, "SURE_AFTER_NS", -(10**18))
    monkeypatch.setattr(search, "is_available", lambda: False)
    build(site)
    first = PastIssues(site, DIGESTS)
    expected = told(first)
    first.keep()
    opened = Opened()
    monkeypatch.setattr(content, "read_head", opened.watched(content.read_head))
    monkeypatch.setattr(content, "unverified", opened.watched(content.unverified))
    monkeypatch.setattr(past_module, "files_hash", opened.watched(stamps.files_hash))
    second = PastIssues(site, DIGESTS)
    assert told(second) == expected
    assert opened.folders == set()
    folder = site / "content/systems/2026-05-06"
    change(folder / "1-clocks.md", "clock", "CLOCK")
    second.has_written(folder)
    assert list(second.unproved("systems")) == [folder]
    assert opened.folders == {folder}


class Opened:
    """Which issues were read."""

    def __init__(self) -> None:
        self.folders: set[Path] = set()

    def watched(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        def watching(folder: Path, *rest: Any) -> Any:
            self.folders.add(folder)
            return whole(folder, *rest)

        return watching
