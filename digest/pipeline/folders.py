"""
A published folder section by section: what is current stays, what is another is made, the rest
goes.

Touches the folder and its twin, and what is kept of the last run. Of a section that is current
no sheet is asked for, and none of its files looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..errors import PublishError
from ..publish import Tree, Writer, Written
from ..store.rendered import KeptSection, KeptSheet, Rendered
from ..types import Page


class Stored(NamedTuple):
    """The files of a sheet that stand where they belong."""

    hash: str
    """Of their paths and bytes."""
    files: tuple[tuple[str, bool], ...]
    """Their paths, and whether they have new bytes."""


def stored(pages: Iterable[Page], put: Callable[[str, bytes], bool]) -> Stored:
    """
    Put in the files of a sheet.

    Args:
        pages: Its files.
        put: Puts in one, and says whether it has new bytes.
    """
    digest, files = hashlib.sha256(), []
    for page in pages:
        files.append((page.path, put(page.path, page.body)))
        digest.update(b"%s\0%d\0" % (page.path.encode(), len(page.body)))
        digest.update(page.body)
    return Stored(digest.hexdigest(), tuple(files))


class _Section:
    """One that is not current."""

    def __init__(self, key: str, keys: Mapping[str, str], before: Mapping[str, KeptSheet]) -> None:
        self.key, self.keys = key, keys
        self.sheets = {
            name: before[name]
            for name, key in keys.items()
            if name in before and before[name].key == key
        }

    def kept(self) -> KeptSection:
        state, paths, count = hashlib.sha256(), hashlib.sha256(), 0
        for name, sheet in sorted(self.sheets.items()):
            state.update(f"{name}\0{sheet.hash}\0".encode())
            count += len(sheet.files)
        for path in sorted(path for sheet in self.sheets.values() for path in sheet.files):
            paths.update(f"{path}\0".encode())
        return KeptSection(self.key, state.hexdigest(), paths.hexdigest(), count)


class Folder:
    """
    Args:
        name: What it is called in `kept`.
        path: Where it is published.
        twin: Where its twin lies.
        kept: What the last run has rendered.
        late: Names of sections that follow from the others.
    """

    def __init__(
        self, name: str, path: Path, twin: Path, kept: Rendered, late: tuple[str, ...] = ()
    ) -> None:
        self._name, self._tree, self._kept, self._late = name, Tree(path, twin), kept, late
        self._before = kept.sections(name)
        self._current: dict[str, KeptSection] = {}
        """Sections that stay as they are."""
        self._open: dict[str, _Section] = {}
        self._mine: set[str] = set()
        """Files that sections which are open now had before: none that is current has them."""
        self._taken: set[str] = set()
        """Files of sections that are open, kept or made so far."""
        self._rest: frozenset[str] | None = None
        """Files of the sections that are current; None until somebody asks."""
        self.written = Written()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """
        Make the folder one of the sections that are named by `is_current` and `open`, in this
        order, while the block runs.
        """
        mark = self._kept.fact(f"mark {self._name}")
        with self._tree.changing(mark, self._files()):
            if self._tree.is_whole:
                self._kept.drop_sections(self._name, self._before)
                self._before = {}
            for name in self._late:
                self._mine.update(self._files_of(name))
            yield
            gone = self._before.keys() - self._current.keys() - self._open.keys()
            for name in gone:
                self._mine.update(self._files_of(name))
            for path in sorted(self._mine - self._taken):
                self._tree.drop(path)
            self._finish(gone)

    def is_current(self, name: str, key: str) -> bool:
        """Whether a section has this key; then it stays as it is."""
        before = self._before.get(name)
        if before is None or before.key != key:
            return False
        self._current[name] = before
        if name in self._late:
            self._taken.update(self._files_of(name))
        return True

    def open(self, name: str, key: str, keys: Mapping[str, str]) -> frozenset[str]:
        """
        Begin a section that is not current.

        Args:
            name: Of the section.
            key: Its own.
            keys: Of its sheets by name.

        Returns:
            Names of the sheets that are to be made, with `put`.
        """
        before = self._kept.sheets(self._name, name) if name in self._before else {}
        section = self._open[name] = _Section(key, keys, before)
        self._mine.update(path for sheet in before.values() for path in sheet.files)
        if name in self._late:  # what is made by now may have taken an address of it
            for own, sheet in list(section.sheets.items()):
                if not self._taken.isdisjoint(sheet.files):
                    del section.sheets[own]
        self._taken.update(path for sheet in section.sheets.values() for path in sheet.files)
        return frozenset(keys.keys() - section.sheets.keys())

    def put(self, name: str, sheet: str, pages: Iterable[Page]) -> None:
        """
        Put in the files of a sheet.

        Args:
            name: Of its section, which is open.
            sheet: Its name.
            pages: Its files.

        Raises:
            PublishError: A path leads out of the folder, or another sheet has it.
        """
        put = self._tree.put

        def check_and_put(path: str, body: bytes) -> bool:
            self._check(path)
            put(path, body)
            self._taken.add(path)
            return True

        self._keep(name, sheet, stored(pages, check_and_put))

    def writer(self) -> Writer:
        """What puts in the files of sheets for us; `note` tells of each sheet."""
        return self._tree.writer()

    def note(self, name: str, sheet: str, files: Stored) -> None:
        """
        The files of a sheet were put in by `writer`; else as `put`.

        Raises:
            PublishError: Another sheet has one of them.
        """
        for path, is_new in files.files:
            self._check(path)
            self._tree.note(path, is_new)
            self._taken.add(path)
        self._keep(name, sheet, files)

    def _check(self, path: str) -> None:
        if path in self._taken or (path not in self._mine and path in self._of_current()):
            raise PublishError(path, "two pages have this address, expected one")

    def _keep(self, name: str, sheet: str, files: Stored) -> None:
        section, paths = self._open[name], tuple(path for path, _ in files.files)
        section.sheets[sheet] = KeptSheet(section.keys[sheet], files.hash, paths)

    def made(self) -> Path:
        """The folder as it will be, without what comes after this."""
        return self._tree.open()

    def paths(self) -> frozenset[str]:
        """Of all files that were kept or made so far. Asks for those of all sections."""
        return self._of_current() | self._taken

    def paths_key(self) -> str:
        """A hash of the paths of all sections but the late ones; asks for none of them."""
        digest = hashlib.sha256()
        for name, section in sorted(self._sections().items()):
            if name not in self._late and section.files:
                digest.update(f"{name}\0{section.paths}\0".encode())
        return digest.hexdigest()

    def state(self) -> str:
        """A hash of all files that were kept or made so far."""
        digest = hashlib.sha256()
        for name, section in sorted(self._sections().items()):
            digest.update(f"{name}\0{section.hash}\0".encode())
        return digest.hexdigest()

    def _sections(self) -> dict[str, KeptSection]:
        return self._current | {name: section.kept() for name, section in self._open.items()}

    def _files(self) -> Iterator[str]:
        """Of all sections, as they were."""
        for name in tuple(self._before):
            yield from self._files_of(name)

    def _files_of(self, name: str) -> Iterator[str]:
        if name in self._before:
            for sheet in self._kept.sheets(self._name, name).values():
                yield from sheet.files

    def _of_current(self) -> frozenset[str]:
        if self._rest is None:
            self._rest = frozenset(path for name in self._current for path in self._files_of(name))
        return self._rest

    def _finish(self, gone: Iterable[str]) -> None:
        sections = self._sections()
        mark = self.state()
        self.written = self._tree.finish(mark, sum(each.files for each in sections.values()))
        self._kept.drop_sections(self._name, gone)
        for name, section in self._open.items():
            self._kept.put_section(self._name, name, sections[name], section.sheets)
        self._kept.put_fact(f"mark {self._name}", mark)
