"""
What every file of the site depends on beside content/: the package, its libraries, templates.

Touches disk: reads templates and asks for the times of the package's own files.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..packaged import PACKAGE, templates_folder

LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "mdit-py-plugins", "css-inline", "pyyaml")
OPTIONAL = ("resvg-py",)
"""Of extras, which may be absent."""
WORDS = "words/"
"""Folder of the site's own words among its templates."""


def of_program() -> str:
    """A hash of what makes all files: this program, its libraries, Python."""
    installed = _installed()
    versions = [installed.get(name) or _version(name) for name in (*LIBRARIES, *OPTIONAL)]
    digest = hashlib.sha256(repr((sys.version, versions)).encode())
    for line in sorted(_stamps(str(PACKAGE))):
        digest.update(line.encode())
    return digest.hexdigest()


def _stamps(folder: str) -> Iterator[str]:
    """A line for each module in a folder and below it."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(".py"):
                stat = entry.stat()
                yield f"{entry.path}:{stat.st_size}:{stat.st_mtime_ns}\n"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _stamps(entry.path)


def _installed() -> dict[str, str]:
    """
    By name of a distribution: its folder, which tells its version.

    Source: PyPA specifications, "Recording installed projects"
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")
        except OSError:  # a zip file, or nothing
            continue
        for folder in names:
            if folder.endswith(".dist-info"):
                name = folder.partition("-")[0].replace("_", "-").lower()
                found.setdefault(name, folder)
    return found


def _version(name: str) -> str:
    """Of a distribution that is installed in another way; empty where it is not."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class Templates:
    """
    The templates of a site, and what each of them depends on.

    A template depends on those that it names, on theirs in turn, and on all words. One that takes
    another whose name is not written in it depends on all there are.

    Args:
        own: The site's folder of templates, which may not exist.
    """

    def __init__(self, own: Path) -> None:
        self._bodies: dict[str, bytes] = {}
        self._words = hashlib.sha256()
        for folder in (templates_folder(), own):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name, body = path.relative_to(folder).as_posix(), path.read_bytes()
                    self._bodies[name] = body
                    if name.startswith(WORDS):  # the site's stand beside the package's
                        self._words.update(b"%s\0%d\0" % (name.encode(), len(body)) + body)
        whole = hashlib.sha256()
        for name, body in sorted(self._bodies.items()):
            whole.update(b"%s\0%d\0" % (name.encode(), len(body)) + body)
        self.whole = f"{whole.hexdigest()} {self._words.hexdigest()}"
        """A hash of all there are."""
        self._found: dict[str, frozenset[str]] = {}
        self._keys: dict[tuple[str, ...], str] = {}

    def key(self, names: tuple[str, ...]) -> str:
        """A hash of all that templates of these names depend on."""
        if names not in self._keys:
            digest = self._words.copy()
            for name in sorted(self._closure(names)):
                body = self._bodies[name]
                digest.update(b"%s\0%d\0" % (name.encode(), len(body)) + body)
            self._keys[names] = digest.hexdigest()
        return self._keys[names]

    def _closure(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = [name for name in names if name in self._bodies]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._named(name)
        return found

    def _named(self, name: str) -> frozenset[str]:
        """The templates that one names, or may name."""
        if name not in self._found:
            text = self._bodies[name].decode("utf-8", "replace")
            is_plain = all(_PLAIN.fullmatch(tag[1]) for tag in _TAKES.finditer(text))
            said = _QUOTED.findall(text) if is_plain else self._bodies
            self._found[name] = frozenset(said) & self._bodies.keys()
        return self._found[name]


_TAKES = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%\}", re.S)
_PLAIN = re.compile(
    r"""\s*("[^"\\]*"|'[^'\\]*')\s*"""
    r"(?:(?:ignore\s+missing|with(?:out)?\s+context|as\s+\w+|import\s+[\w\s,]+)\s*)*"
)
_QUOTED = re.compile(r"""["']([\w./-]+)["']""")
