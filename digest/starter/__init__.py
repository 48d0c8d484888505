"""What `digest init` writes: the files of a new site, as package data. Touches disk."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from ..errors import PublishError

FILES = {
    "feeds.yaml": "feeds.yaml",
    "about.md": "content/pages/about.md",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/digest.yml",
    "readme.md": "README.md",
}
"""Package data and where it goes."""


def write_site(folder: Path) -> tuple[list[str], list[str]]:
    """
    Write the files of a new site; none that is there already is touched.

    Returns:
        Names of the files written, and of those that were there.

    Raises:
        PublishError: The folder holds a feeds.yaml already, or cannot be written.
    """
    if (folder / "feeds.yaml").exists():
        raise PublishError(str(folder / "feeds.yaml"), "is there already; expected a new folder")
    written, kept = [], []
    for source, target in FILES.items():
        path = folder / target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(resources.files(__package__).joinpath(source).read_text("utf-8"))
            written.append(target)
        except FileExistsError:
            kept.append(target)
        except OSError as exc:
            raise PublishError(str(path), f"cannot be written: {exc.strerror or exc}") from exc
    return written, kept
