"""The site's folder: replaced as a whole, never half written, never somebody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish import Written
from digest.publish import tree as tree_module
from digest.publish.marks import MARKER
from digest.types import Page
from tests.publish.folders import twin_of, write_site

OLD = (Page("index.html", b"old"), Page("a/index.html", b"same"), Page("gone/x.html", b"gone"))
NEW = (Page("index.html", b"new"), Page("a/index.html", b"same"), Page("b/index.html", b"more"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def of(pages: tuple[Page, ...]) -> dict[str, bytes]:
    return {page.path: page.body for page in pages}


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: systems without `renameat2` take the second."""
    if request.param == "two renames":
        monkeypatch.setattr(tree_module, "exchange", lambda one, other: False)
    return str(request.param)


def test_a_site_is_replaced_as_a_whole(tmp_path: Path, way: str) -> None:
    """What is no longer rendered is gone, from the folder and from its twin beside it."""
    site = tmp_path / "site"
    assert write_site(OLD, site) == Written(written=3)
    assert write_site(NEW, site) == Written(written=2, unchanged=1, removed=1)
    assert files(site) == of(NEW)
    assert files(twin_of(site)) == of(NEW)


def test_a_file_that_says_the_same_is_the_same(tmp_path: Path, way: str) -> None:
    """Bytes and time of modification stay, so that deployment and browsers see no change."""
    site = tmp_path / "site"
    write_site(OLD, site)
    os.utime(site / "a/index.html", ns=(1, 1_000_000_000))
    write_site(NEW, site)
    assert (site / "a/index.html").stat().st_mtime_ns == 1_000_000_000


def test_nothing_new_touches_nothing(tmp_path: Path) -> None:
    """A second run with the same pages leaves the very same folder."""
    site = tmp_path / "site"
    write_site(OLD, site)
    before = site.stat().st_ino, site.stat().st_mtime_ns
    assert write_site(OLD, site) == Written(unchanged=3)
    assert (site.stat().st_ino, site.stat().st_mtime_ns) == before


def test_without_hard_links_the_time_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems have none; a copy keeps its time."""

    def refuse(*args: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    site = tmp_path / "site"
    write_site(OLD, site)
    os.utime(site / "a/index.html", ns=(1, 1_000_000_000))
    write_site(NEW, site)
    assert (site / "a/index.html").stat().st_mtime_ns == 1_000_000_000


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/x", "a//x", "", "a/./x", "a\\..\\x", "a/\0", "C:/x", MARKER, "a/"],
)
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    """A wrong path is refused, and the old site stands."""
    site = tmp_path / "in" / "site"
    write_site(OLD, site)
    with pytest.raises(PublishError):
        write_site((Page("index.html", b"new"), Page(path, b"x")), site)
    assert files(tmp_path / "in") == {f"site/{name}": body for name, body in of(OLD).items()}


def test_an_address_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="two pages"):
        write_site((Page("a.html", b"1"), Page("a.html", b"2")), tmp_path / "site")


def test_a_file_cannot_be_a_folder_too(tmp_path: Path) -> None:
    """What the disk refuses is an error in words."""
    with pytest.raises(PublishError, match="cannot be written"):
        write_site((Page("a", b"1"), Page("a/b", b"2")), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Without our marker nothing is deleted, and the message says what to do."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishError, match="did not make"):
        write_site(OLD, site)
    assert files(site) == {"thesis.txt": b"years of work"}


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    write_site(OLD, site)
    assert files(site) == of(OLD)


def test_a_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(PublishError, match="is a file"):
        write_site(OLD, tmp_path / "site")
    assert (tmp_path / "site").read_text() == "a file"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """The folder it leads to is replaced, not the link."""
    (tmp_path / "site").symlink_to(tmp_path / "real")
    write_site(OLD, tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert files(tmp_path / "real") == of(OLD)


def test_a_link_in_the_old_site_is_not_followed(tmp_path: Path) -> None:
    """A link that somebody put there is replaced by a file of our own."""
    site = tmp_path / "site"
    write_site(OLD, site)
    (tmp_path / "outside").write_bytes(b"same")
    (site / "a/index.html").unlink()
    (site / "a/index.html").symlink_to(tmp_path / "outside")
    write_site(OLD, site)
    assert not (site / "a/index.html").is_symlink()


def test_pages_that_fail_leave_the_old_site(tmp_path: Path) -> None:
    """A template that breaks in the middle changes nothing."""

    def broken() -> Iterator[Page]:
        yield Page("index.html", b"new")
        raise PublishError("issue.html:3", "wrong")

    site = tmp_path / "site"
    write_site(OLD, site)
    with pytest.raises(PublishError, match=r"issue\.html"):
        write_site(broken(), site)
    assert files(site) == of(OLD)
    assert {path.name for path in tmp_path.iterdir()} <= {"site", ".site.twin"}


# ----------------------------------------------------------------------------- killed

KILLED = """
import os, signal, sys
from pathlib import Path
from digest.publish import tree
from tests.publish.folders import write_site
from digest.types import Page

step, way = int(sys.argv[1]), sys.argv[3]

def counted(function):
    def call(*args, **options):
        global step
        step -= 1
        if step < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)
    return call

if way == "two renames":
    tree.exchange = lambda one, other: False
for owner, name in (
    (Path, "mkdir"), (Path, "write_bytes"), (Path, "rename"), (os, "link"),
    (tree.shutil, "rmtree"), (tree, "exchange"), (os, "unlink"), (os, "rmdir"),
):
    setattr(owner, name, counted(getattr(owner, name)))
new = (("index.html", b"new"), ("a/index.html", b"same"), ("b/index.html", b"more"))
write_site([Page(*page) for page in new], Path(sys.argv[2]))
"""


@pytest.mark.parametrize("way_to_swap", ["exchange", "two renames"])
def test_a_kill_at_any_step_leaves_a_whole_site(tmp_path: Path, way_to_swap: str) -> None:
    """
    Killed before each of its steps, the old or the new site stands, and the next run ends well.

    Between two renames there may be no folder for a moment; the old one stands beside it
    and is put back by the next run, which is seen by giving that run the old pages.
    """
    outcomes = set()
    for step in range(60):
        site = tmp_path / f"{step}" / "site"
        write_site(OLD, site)
        run = subprocess.run(
            [sys.executable, "-c", KILLED, str(step), str(site), way_to_swap],
            cwd=Path(__file__).parents[2],
            check=False,
        )
        if site.exists():
            assert files(site) in (of(OLD), of(NEW)), f"half a site after step {step}"
            outcomes.add("old" if files(site) == of(OLD) else "new")
        else:
            assert way_to_swap == "two renames"
            assert files(site.with_name(".site.replaced")) == of(OLD)
            outcomes.add("put back")
        write_site(OLD, site)
        assert files(site) == of(OLD)
        assert files(twin_of(site)) == of(OLD)
        assert {path.name for path in site.parent.iterdir()} == {"site", ".site.twin"}
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
    else:
        pytest.fail("never came to the end")
    assert {"old", "new"} <= outcomes
    assert ("put back" in outcomes) == (way_to_swap == "two renames")
