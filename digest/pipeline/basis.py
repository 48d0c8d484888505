"""
What every file of the site depends on beside content/: the package, its libraries, templates.

Touches disk: reads templates and asks for the times of the package's own files.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..render import package_folder
from ..settings import Config

LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "mdit-py-plugins", "css-inline", "pyyaml")
OPTIONAL = ("resvg-py",)
"""Of extras, which may be absent."""
_PACKAGE = Path(__file__).parent.parent


def of_rows(config: Config) -> str:
    """A hash of what the rows of issues are made by: configuration and program."""
    versions = [sys.version, *map(version, LIBRARIES), *map(_version, OPTIONAL)]
    digest = hashlib.sha256(repr((config, versions)).encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


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
