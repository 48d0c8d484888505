"""What a new site gets: everything pinned, by hash wherever there is one, from one lock."""

from __future__ import annotations

import re
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


def test_the_workflow_finds_its_pins(tmp_path: Path) -> None:
    """What the workflow installs from is what init has written."""
    written, _ = starter.write_site(tmp_path)
    workflow = (tmp_path / ".github/workflows/digest.yml").read_text("utf-8")
    named = re.findall(r"pip install .*-r (\S+)", workflow)
    assert len(named) == 2
    assert set(named) <= set(written)
