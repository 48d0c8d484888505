"""
The search index of a site, made by Pagefind from its pages.

Touches disk and starts Pagefind, which reads the folder and asks no network. It comes with
the extra `search`; without it a site has no search page, and is complete otherwise.

Source: pagefind.app, documentation of 1.5
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from ..errors import PublishError
from ..types import Page

FOLDER = "search/index/"
"""Where the index lies in the site."""
EXTRA = "digestpress[search]"
_UNUSED = ("-ui.", "-highlight.")
"""Pagefind's own interfaces, half a megabyte that the site's search page does not load."""


def is_available() -> bool:
    """Whether Pagefind and its program are installed."""
    return all(importlib.util.find_spec(name) for name in ("pagefind", "pagefind_bin"))


def index(site: Path) -> Iterator[Page]:
    """
    The files of the index.

    Args:
        site: The folder with all pages in it.

    Raises:
        PublishError: Pagefind failed.
    """
    # A fiftieth of a second, which a run that makes no index need not pay.
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="digest-search-") as name:
        made = Path(name)
        run = subprocess.run(
            [sys.executable, "-m", "pagefind", "--site", site, "--output-path", made, "--quiet"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if run.returncode:
            said = (run.stderr or run.stdout).strip().splitlines()
            raise PublishError("search", f"Pagefind failed: {said[-1] if said else 'no reason'}")
        for path in sorted(made.rglob("*")):
            if path.is_file() and not any(part in path.name for part in _UNUSED):
                yield Page(FOLDER + path.relative_to(made).as_posix(), path.read_bytes())
