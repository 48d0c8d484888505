"""The store on its way: whole or not at all, checked at both ends, nobody's work overwritten."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.errors import StoreError
from digest.pipeline import state
from digest.store import FILE, Store
from digest.store.carriers import COPY, Branch, Carrier, Folder, carrier
from digest.store.copies import BrokenCopy, check, fingerprint, pack, unpack
from digest.store.migrations import MIGRATIONS
from digest.types import FeedState

FEEDS = "feeds: [{url: 'http://127.0.0.1:9/feed.xml', slug: one}]\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", *words],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def make(folder: Path, *feeds: str) -> Path:
    """A site whose store remembers these feeds."""
    folder.mkdir(exist_ok=True)
    (folder / "feeds.yaml").write_text(FEEDS)
    learn(folder, *feeds)
    return folder


def learn(folder: Path, *feeds: str) -> None:
    with Store(folder / FILE) as store, store.transaction():
        for feed in feeds:
            store.feeds.save(FeedState(feed, etag='"x"', title="text " * 200))


def known(folder: Path) -> set[str]:
    with Store(folder / FILE) as store:
        return set(store.feeds.states())


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A bare repository with a main branch."""
    bare = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    work = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", str(bare), str(work))
    (work / "feeds.yaml").write_text(FEEDS)
    (work / ".gitignore").write_text("digest.db*\n")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "site")
    git(work, "push", "--quiet", "origin", "HEAD:main")
    return bare


@pytest.fixture
def clone(tmp_path: Path, origin: Path) -> Callable[[str], Path]:
    def make_clone(name: str) -> Path:
        git(tmp_path, "clone", "--quiet", str(origin), name)
        return tmp_path / name

    return make_clone


@pytest.fixture(params=["folder", "branch"])
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, origin: Path
) -> Iterator[Callable[[Path], Carrier]]:
    """A function from a site to the carrier of this kind: all sites share one place."""
    with ExitStack() as stack:

        def enter(site: Path) -> Carrier:
            target = str(origin) if request.param == "branch" else str(tmp_path / "kept")
            found = stack.enter_context(carrier(target, site, "state"))
            assert isinstance(found, Branch if request.param == "branch" else Folder)
            return found

        yield enter


# ---------------------------------------------------------------------------- copies


def test_a_copy_is_the_store(tmp_path: Path) -> None:
    """What is packed is unpacked with every row, smaller, the same bytes each time."""
    one, two = make(tmp_path / "one", "a", "b"), make(tmp_path / "two")
    copy = pack(one / FILE)
    assert copy == pack(one / FILE)
    assert len(copy) < (one / FILE).stat().st_size
    unpack(copy, two / FILE)
    assert known(two) == {"a", "b"}
    assert {path.name for path in two.iterdir()} <= {
        "feeds.yaml", FILE, f"{FILE}.before-pull", f"{FILE}-wal", f"{FILE}-shm",
    }  # fmt: skip


def test_opening_a_store_does_not_change_it(tmp_path: Path) -> None:
    """Who only looks has learned nothing: the fingerprint stays."""
    site = make(tmp_path / "one", "a")
    unpack(pack(site / FILE), site / FILE)
    before = fingerprint(site / FILE)
    known(site)
    assert fingerprint(site / FILE) == before
    learn(site, "b")
    assert fingerprint(site / FILE) != before


@pytest.mark.parametrize("harm", ["cut", "bit", "empty", "text", "other", "page"])
def test_a_broken_copy_is_refused(tmp_path: Path, harm: str) -> None:
    """Cut off, a bit turned, no gzip, no database, another's: told, and the store stays."""
    site = make(tmp_path / "one", *(f"feed-{n}" for n in range(200)))
    good = pack(site / FILE)
    raw = bytearray(gzip.decompress(good))
    if harm == "page":
        raw[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    copy = {
        "cut": good[: len(good) // 2],
        "bit": good[:500] + bytes([good[500] ^ 1]) + good[501:],
        "empty": b"",
        "text": b"not gzip at all",
        "other": gzip.compress((tmp_path / "other.db").read_bytes()),
        "page": gzip.compress(bytes(raw)),
    }[harm]
    before = fingerprint(site / FILE)
    with pytest.raises(BrokenCopy):
        unpack(copy, site / FILE)
    assert fingerprint(site / FILE) == before
    assert not list(site.glob("*.making"))


def test_a_broken_store_is_not_packed(tmp_path: Path) -> None:
    """What SQLite finds broken does not travel; neither does what is not there."""
    site = make(tmp_path / "one", *(f"feed-{n}" for n in range(200)))
    with pytest.raises(StoreError, match="not found"):
        pack(tmp_path / FILE)
    body = bytearray((site / FILE).read_bytes())
    body[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    (site / FILE).write_bytes(bytes(body))
    with pytest.raises(BrokenCopy):
        pack(site / FILE)


def test_a_copy_of_a_newer_version_is_no_broken_one(tmp_path: Path) -> None:
    """It must not be thrown away and replaced: the run ends instead."""
    site = make(tmp_path / "one", "a")
    with sqlite3.connect(site / FILE) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(StoreError, match="newer version") as caught:
        check(site / FILE)
    assert not isinstance(caught.value, BrokenCopy)


# ------------------------------------------------------------------------- there, and back


def test_there_and_back(tmp_path: Path, opened: Callable[[Path], Carrier]) -> None:
    """Pushed here, pulled there, learned there, pushed, pulled here: both know all."""
    one, two = make(tmp_path / "one", "a"), make(tmp_path / "two")
    (two / FILE).unlink()
    assert state.pull(two, opened(two)).outcome == "nothing there"
    assert state.push(one, opened(one)).outcome == "pushed"
    assert state.push(one, opened(one)).outcome == "unchanged"
    assert state.pull(two, opened(two)).outcome == "pulled"
    assert state.pull(two, opened(two)).outcome == "unchanged"
    learn(two, "b")
    assert state.push(two, opened(two)).outcome == "pushed"
    assert state.pull(one, opened(one)).outcome == "pulled"
    assert known(one) == {"a", "b"}


def test_nobody_is_overwritten(tmp_path: Path, opened: Callable[[Path], Carrier]) -> None:
    """A push over what was not seen, and a pull over what was learned, are refused; --force may."""
    one, two = make(tmp_path / "one", "a"), make(tmp_path / "two", "b")
    state.push(one, opened(one))
    with pytest.raises(StoreError, match="another run"):
        state.push(two, opened(two))
    with pytest.raises(StoreError, match="holds what the copy does not"):
        state.pull(two, opened(two))
    assert state.pull(two, opened(two), force=True).outcome == "pulled"
    assert known(two) == {"a"}
    with Store(two / f"{FILE}.before-pull") as old:
        assert set(old.feeds.states()) == {"b"}
    make(tmp_path / "three", "c")
    assert state.push(tmp_path / "three", opened(tmp_path / "three"), force=True).bytes
    assert state.pull(two, opened(two)).outcome == "pulled"
    assert known(two) == {"c"}


def test_of_two_at_once_one_wins(tmp_path: Path, opened: Callable[[Path], Carrier]) -> None:
    """Both have seen the same; the second to write is told, and what the first wrote stays."""
    one, two, three = (make(tmp_path / name, name) for name in ("one", "two", "three"))
    first, second = opened(one), opened(two)
    first.prepare(pack(one / FILE))
    second.prepare(pack(two / FILE))
    assert first.write("")
    assert not second.write("")
    state.pull(three, opened(three), force=True)
    assert known(three) == {"one"}


def test_a_broken_copy_starts_anew(tmp_path: Path, opened: Callable[[Path], Carrier]) -> None:
    """It is said, nothing is taken, and the next push replaces it without force."""
    one, two = make(tmp_path / "one", "a"), make(tmp_path / "two")
    (two / FILE).unlink()
    at = opened(one)
    at.prepare(pack(one / FILE)[:-9])
    assert at.write("")
    carried = state.pull(two, opened(two))
    assert carried.outcome == "broken"
    assert carried.problem
    assert not (two / FILE).exists()
    learn(two, "new")
    assert state.push(two, opened(two)).outcome == "pushed"
    assert state.pull(one, opened(one), force=True).outcome == "pulled"
    assert known(one) == {"new"}


def test_a_broken_store_is_replaced(tmp_path: Path, opened: Callable[[Path], Carrier]) -> None:
    """A store that cannot be read holds nothing that a pull could lose."""
    site = make(tmp_path / "one", "a")
    state.push(site, opened(site))
    (site / FILE).write_bytes(b"ruined" * 1000)
    assert state.pull(site, opened(site)).outcome == "pulled"
    assert known(site) == {"a"}


def test_killed_between_mark_and_push(
    tmp_path: Path, opened: Callable[[Path], Carrier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the copy came there or not, the next run goes on without force."""

    class Killed(BaseException):
        pass

    for arrives in (False, True):
        site = make(tmp_path / f"site-{arrives}", "a")
        at = opened(site)
        write: Any = at.write

        def die(seen: str, write: Any = write, arrives: bool = arrives) -> bool:
            if arrives:
                write(seen)
            raise Killed

        monkeypatch.setattr(at, "write", die)
        with pytest.raises(Killed):
            state.push(site, at, force=True)
        learn(site, "b")
        assert state.push(site, opened(site), force=not arrives).outcome == "pushed"


# --------------------------------------------------------------------------- on the branch


def run(site: Path, *words: str, status: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["state", *words, "-C", str(site), "--json"])
    assert result.exit_code == status, result.output
    return json.loads(result.stdout) if not status else {"error": result.stderr}


def test_the_branch_has_one_commit(origin: Path, clone: Callable[[str], Path]) -> None:
    """However often it is pushed: one commit without a parent, two files, main untouched."""
    site = clone("site")
    head = git(origin, "rev-parse", "main")
    for name in ("a", "b", "c"):
        learn(site, name)
        assert run(site, "push")["outcome"] == "pushed"
    assert git(origin, "rev-list", "--count", "state") == "1"
    assert git(origin, "ls-tree", "--name-only", "state").split() == ["README.md", COPY]
    assert git(origin, "rev-parse", "main") == head
    fresh = clone("fresh")
    assert run(fresh, "pull")["outcome"] == "pulled"
    assert known(fresh) == {"a", "b", "c"}


def test_the_sites_repository_is_left_alone(clone: Callable[[str], Path]) -> None:
    """No branch, object, index or working file of the clone changes by a push or a pull."""
    site = clone("site")
    learn(site, "a")

    def repository() -> dict[str, bytes]:
        files = (path for path in (site / ".git").rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    before = repository()
    run(site, "push")
    learn(site, "b")
    run(site, "push")
    run(site, "pull")
    assert repository() == before
    assert git(site, "status", "--porcelain") == ""


def test_a_site_below_the_root(origin: Path, clone: Callable[[str], Path]) -> None:
    """In a folder of the repository, with a relative address of the remote, it works the same."""
    site = make(clone("site") / "sub", "a")
    git(site, "remote", "set-url", "origin", "../origin.git")
    assert run(site, "push")["outcome"] == "pushed"
    assert git(origin, "rev-list", "--count", "state") == "1"


def test_what_git_refuses_is_told(tmp_path: Path, clone: Callable[[str], Path]) -> None:
    """No remote, an unreachable one, a repository that is gone: words, status 1, store intact."""
    site = clone("site")
    learn(site, "a")
    assert "no git remote" in run(site, "push", "nowhere", status=1)["error"]
    assert "127.0.0.1" in run(site, "push", "http://127.0.0.1:9/x.git", status=1)["error"]
    url = "http://me:secret-word@127.0.0.1:9/x.git"
    assert "secret-word" not in run(site, "push", url, status=1)["error"]
    shutil.rmtree(tmp_path / "origin.git")
    assert run(site, "push", status=1)["error"]
    assert known(site) == {"a"}


@pytest.mark.parametrize("after_s", [0.15, 0.3, 0.45, 0.6])
def test_a_push_is_killed(origin: Path, clone: Callable[[str], Path], after_s: float) -> None:
    """kill -9 at any moment: the branch holds the old copy or the new one, whole."""
    site = clone("site")
    learn(site, "a")
    run(site, "push")
    learn(site, "b")
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "state", "push", "-C", str(site)],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(after_s)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    fresh = clone("fresh")
    assert run(fresh, "pull")["outcome"] == "pulled"
    assert known(fresh) in ({"a"}, {"a", "b"})
    assert run(site, "push")["outcome"] in {"pushed", "unchanged"}
    assert run(fresh, "pull")["outcome"] in {"pulled", "unchanged"}
    assert known(fresh) == {"a", "b"}
    assert not {f"{FILE}.{ending}" for ending in ("making", "packing", "carried.making")} & {
        path.name for path in site.iterdir()
    }
