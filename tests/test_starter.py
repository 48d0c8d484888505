"""What a new site gets: everything pinned, by hash wherever there is one, from one lock."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from digest import __version__, starter

ROOT = Path(__file__).parent.parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def pins(path: Path) -> dict[str, list[str]]:
    """Version and hashes of each requirement."""
    blocks = re.split(r"^(?=[a-z0-9])", path.read_text("utf-8"), flags=re.M)
    found = (re.match(r"([\w.-]+==\S+)", block) for block in blocks)
    return {
        name[1]: sorted(re.findall(r"--hash=(\S+)", block))
        for name, block in zip(found, blocks, strict=True)
        if name
    }


def test_a_new_site_installs_what_is_locked_here() -> None:
    """Each pin of the starter stands in our own lock with the same hashes; none is missing."""
    theirs, ours = pins(ROOT / "digest/starter/requirements.txt"), pins(ROOT / "requirements.lock")
    assert {pin: ours.get(pin) for pin in theirs} == theirs
    assert all(theirs.values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.split(r"[<>=;\s]", line)[0] for line in wanted}
    assert names <= {pin.partition("==")[0] for pin in theirs}


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        ({}, f"digestpress=={__version__}\n"),
        ({"url": "file:///home/me/digest", "dir_info": {}}, f"digestpress=={__version__}\n"),
        (
            {"url": "https://git.example/d.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"digestpress @ git+https://git.example/d.git@{COMMIT}\n",
        ),
        (
            {"url": "https://a.example/d.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "digestpress @ https://a.example/d.whl --hash=sha256:ab\n",
        ),
    ],
)
def test_digest_itself_is_pinned(origin: dict[str, object], line: str) -> None:
    """By commit or hash where pip knows one, by version otherwise; never by a moving name."""
    assert starter._pin(origin) == line


@pytest.mark.parametrize(
    ("remote", "is_public"),
    [
        ("https://git.example/d.git", True),
        ("https://me:secret@git.example/d.git", False),
        ("git@git.example:d.git", False),
        ("/home/me/d.git", False),
    ],
)
def test_a_checkout_is_pinned_by_its_commit(tmp_path: Path, remote: str, is_public: bool) -> None:
    """Whoever runs a clone gets the clone's commit, where others can fetch it; no secret in it."""

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", *words]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout.strip()

    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "-m", "one")
    git("remote", "add", "origin", remote)
    origin = {"url": tmp_path.as_uri(), "dir_info": {"editable": True}}
    expected = f"digestpress @ git+{remote}@{git('rev-parse', 'HEAD')}\n"
    assert starter._pin(origin) == (expected if is_public else f"digestpress=={__version__}\n")


def test_the_workflow_finds_its_pins(tmp_path: Path) -> None:
    """What the workflow installs from is what init has written."""
    written, _ = starter.write_site(tmp_path)
    workflow = (tmp_path / ".github/workflows/digest.yml").read_text("utf-8")
    named = re.findall(r"pip install .*-r (\S+)", workflow)
    assert len(named) == 4  # of the job that builds, and of the one that sends
    assert set(named) <= set(written)
