"""
A published folder sheet by sheet: what is current stays, what is another is made, the rest goes.

Touches the folder and its twin, and what is kept of the last run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import PublishError
from ..publish import Tree, Written
from ..store.rendered import KeptSheet, Rendered
from ..types import Page


class Folder:
    """
    Args:
        name: What it is called in `kept`.
        path: Where it is published.
        twin: Where its twin lies.
        kept: What the last run has rendered.
    """

    def __init__(self, name: str, path: Path, twin: Path, kept: Rendered) -> None:
        self._name, self._tree, self._kept = name, Tree(path, twin), kept
        self._before = kept.sheets(name)
        self._mark = kept.mark(name)
        self._keys: dict[str, str] = {}
        self._new: dict[str, KeptSheet] = {}
        self._paths: set[str] = set()
        """Of all files that were kept or made so far."""
        self.written = Written()

    @contextmanager
    def changing(self, keys: Mapping[str, str]) -> Iterator[frozenset[str]]:
        """
        Make the folder one of these sheets, and of such that come late.

        Args:
            keys: Of sheets by name.

        Yields:
            Names of the sheets that are to be made, with `put`.
        """
        self._keys = dict(keys)
        files = [path for sheet in self._before.values() for path in sheet.files]
        with self._tree.changing(self._mark, files):
            if self._tree.is_whole:
                self._kept.drop_sheets(self._name, self._before)
                self._before = {}
            current = {name for name, key in keys.items() if self._has(name, key)}
            for name in current:
                self._paths.update(self._before[name].files)
            yield frozenset(keys.keys() - current)
            for path in files if self._before else ():
                if path not in self._paths:
                    self._tree.drop(path)
            self._finish()

    def _has(self, name: str, key: str) -> bool:
        before = self._before.get(name)
        return before is not None and before.key == key

    def late(self, name: str, key: str) -> bool:
        """Whether a sheet that follows from the others is to be made; if not, it is kept."""
        self._keys[name] = key
        if not self._has(name, key) or not self._paths.isdisjoint(self._before[name].files):
            return True
        self._paths.update(self._before[name].files)
        return False

    def put(self, name: str, pages: Iterable[Page]) -> None:
        """
        Put in the files of a sheet.

        Raises:
            PublishError: A path leads out of the folder, or another sheet has it.
        """
        digest, files = hashlib.sha256(), []
        for page in pages:
            if page.path in self._paths:
                raise PublishError(page.path, "two pages have this address, expected one")
            self._tree.put(page.path, page.body)
            self._paths.add(page.path)
            files.append(page.path)
            digest.update(b"%s\0%d\0" % (page.path.encode(), len(page.body)))
            digest.update(page.body)
        self._new[name] = KeptSheet(self._keys[name], digest.hexdigest(), tuple(files))

    def made(self) -> Path:
        """The folder as it will be, without what comes after this."""
        return self._tree.open()

    @property
    def paths(self) -> Collection[str]:
        """Of all files that were kept or made so far."""
        return self._paths

    def state(self) -> str:
        """A hash of all files that were kept or made so far."""
        digest = hashlib.sha256()
        for name in sorted(self._keys):
            sheet = self._new.get(name) or self._before[name]
            digest.update(f"{name}\0{sheet.hash}\0".encode())
        return digest.hexdigest()

    def _finish(self) -> None:
        mark = self.state()
        self.written = self._tree.finish(mark, len(self._paths))
        self._kept.drop_sheets(self._name, self._before.keys() - self._keys.keys())
        self._kept.put_sheets(self._name, self._new.items())
        self._kept.put_mark(self._name, mark)
