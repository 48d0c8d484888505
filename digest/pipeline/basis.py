"""
What every file of the site depends on beside content/: the package, its libraries, templates.

Touches disk: reads templates and asks for the times of the package's own files.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

from ..render import package_folder
from ..settings import Config

LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "mdit-py-plugins", "css-inline", "pyyaml")
_PACKAGE = Path(__file__).parent.parent


def of_rows(config: Config) -> str:
    """A hash of what the rows of issues are made by: configuration and program."""
    digest = hashlib.sha256(
        repr((config, sys.version, [version(name) for name in LIBRARIES])).encode()
    )
    for path in sorted(_PACKAGE.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def of_templates(own: Path) -> str:
    """
    A hash of all templates and words.

    Args:
        own: The site's folder of templates, which may not exist.
    """
    digest = hashlib.sha256()
    for folder in (package_folder(), own):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                body = path.read_bytes()
                digest.update(f"{path}:{len(body)}\n".encode() + body)
    return digest.hexdigest()
