"""The search index: made of the pages, part of the swap, absent without its extra."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from digest.errors import PublishError
from digest.publish import search
from digest.types import Page
from tests.publish.folders import write_site


def pagefind(monkeypatch: pytest.MonkeyPatch, returncode: int = 0, stderr: str = "") -> None:
    """Stand in for the program: it writes what the real one would."""

    def run(command: list[Any], **options: Any) -> Any:
        made = Path(command[command.index("--output-path") + 1])
        site = Path(command[command.index("--site") + 1])
        (made / "fragment").mkdir()
        (made / "fragment" / "a.pf_fragment").write_bytes((site / "index.html").read_bytes())
        (made / "pagefind.js").write_text("export {}")
        (made / "pagefind-ui.js").write_text("not loaded")
        return subprocess.CompletedProcess(command, returncode, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)


def test_the_index_is_made_of_the_new_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written with them, counted with them, and leaves out what no page loads."""
    pagefind(monkeypatch)
    for text in (b"one", b"two"):
        written = write_site([Page("index.html", text)], tmp_path / "site", search.index)
        folder = tmp_path / "site" / "search" / "index"
        assert (folder / "fragment" / "a.pf_fragment").read_bytes() == text
        assert not (folder / "pagefind-ui.js").exists()
    assert (written.written, written.unchanged, written.removed) == (2, 1, 0)


def test_a_failure_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the program's own last line."""
    write_site([Page("index.html", b"old")], tmp_path / "site")
    pagefind(monkeypatch, 1, "thinking\nno such folder\n")
    with pytest.raises(PublishError, match="no such folder"):
        write_site([Page("index.html", b"new")], tmp_path / "site", search.index)
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"


def test_it_is_found_by_its_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not search.is_available()
