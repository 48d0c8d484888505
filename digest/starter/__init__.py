"""What `digest init` writes: the files of a new site, as package data. Touches disk."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from importlib import metadata, resources
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .. import __version__
from ..config.editing import add
from ..errors import PublishError
from ..settings import Feed
from ..urls import canonical

FILES = {
    "feeds.yaml": "feeds.yaml",
    "about.md": "content/pages/about.md",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/digest.yml",
    "readme.md": "README.md",
    "requirements.txt": ".github/requirements.txt",
}
"""Package data and where it goes."""
DISTRIBUTION = "digestpress"
PIN = ".github/digest.txt"
"""Names this very version, for pip; made, since a package cannot hold its own hash."""


def write_site(folder: Path, feeds: Sequence[Feed] = ()) -> tuple[list[str], list[str]]:
    """
    Write the files of a new site; none that is there already is touched.

    Args:
        folder: Made where there is none.
        feeds: Stand in feeds.yaml instead of the sample.

    Returns:
        Names of the files written, and of those that were there.

    Raises:
        PublishError: The folder holds a feeds.yaml already, or cannot be written.
    """
    if (folder / "feeds.yaml").exists():
        raise PublishError(str(folder / "feeds.yaml"), "is there already; expected a new folder")
    texts = {
        target: resources.files(__package__).joinpath(source).read_text("utf-8")
        for source, target in FILES.items()
    }
    if feeds:
        texts["feeds.yaml"] = _with_feeds(texts["feeds.yaml"], feeds)
    written, kept = [], []
    for target, text in {**texts, PIN: _pin(_origin())}.items():
        path = folder / target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(target)
        except FileExistsError:
            kept.append(target)
        except OSError as exc:
            raise PublishError(str(path), f"cannot be written: {exc.strerror or exc}") from exc
    return written, kept


def _with_feeds(text: str, feeds: Sequence[Feed]) -> str:
    """The starter's feeds.yaml with these feeds in place of the one that it shows."""
    unique = {canonical(feed.url): feed for feed in reversed(feeds)}
    text, _ = add(text, tuple(reversed(unique.values())))
    start = text.index("\nfeeds:\n") + len("\nfeeds:\n")
    return text[:start] + text[text.index("  - url:", start + 1) :]


def _origin() -> dict[str, object]:
    """Where pip took this package from, as PEP 610 keeps it; empty for a package index."""
    try:
        text = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return {}
    return json.loads(text) if text else {}


def _pin(origin: Mapping[str, object]) -> str:
    """
    The line by which pip installs what runs here.

    Args:
        origin: direct_url.json. A commit or an archive's hash in it names the very bytes; a
            release of the index is named by its version, which an index never gives twice;
            a checkout by its commit, where the repository that it came from is public.
    """
    url, vcs, archive = (origin.get(name) for name in ("url", "vcs_info", "archive_info"))
    if "dir_info" in origin and (checkout := _checkout(str(url))):
        return f"{DISTRIBUTION} @ git+{checkout[0]}@{checkout[1]}\n"
    hashes = archive.get("hashes", {}) if isinstance(archive, dict) else {}
    if isinstance(vcs, dict):
        return f"{DISTRIBUTION} @ {vcs['vcs']}+{url}@{vcs['commit_id']}\n"
    if "sha256" in hashes and str(url).startswith("https://"):
        return f"{DISTRIBUTION} @ {url} --hash=sha256:{hashes['sha256']}\n"
    return f"{DISTRIBUTION}=={__version__}\n"


def _checkout(url: str) -> tuple[str, str] | None:
    """Repository and commit of a folder that the package runs from; None where it has none."""
    folder = url2pathname(urlsplit(url).path)

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", folder, *words], capture_output=True, text=True, check=True, timeout=10
        )
        return done.stdout.strip()

    try:
        remote, commit = git("remote", "get-url", "origin"), git("rev-parse", "HEAD")
    except (OSError, subprocess.SubprocessError):
        return None
    return (remote, commit) if remote.startswith("https://") and "@" not in remote else None
