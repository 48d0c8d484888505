"""
A published folder and its twin, so that a change costs what has changed.

Touches the disk. The twin holds the same files as hard links. A new state is made in the twin,
which then takes the folder's place in one step; after that the old one is brought up to date
and is the twin of the next time. So at every moment the folder is whole, old or new, and no
file is written, linked or even looked at that did not change.

Both carry a mark that says of which state they are. A twin without the mark that is expected
(a run was killed, somebody threw it away) is made anew from the folder, and a folder without
it is made anew from all pages. A file whose bytes did not change is the same file as before,
with its time of modification. Nothing is synced to the medium: a site can be rendered again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import PublishError
from .folder import beside, check_ours, check_path, exchange, is_same, recover, same_file
from .marks import MARKER, MARKER_TEXT, Written, mark_of


class Damaged(Exception):
    """The folder is not what its mark says; it is to be made anew from all pages."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts files into a twin that is open; another process may do it at the same time."""

    folder: Path
    twin: Path
    is_whole: bool
    """As `Tree.is_whole`."""

    def put(self, path: str, body: bytes) -> bool:
        """
        Put a file in, in place of one of that path.

        Returns:
            Whether it is new, or has new bytes.

        Raises:
            Damaged: There is a file where there should be a folder, or the reverse.
            PublishError: The path leads out of the folder.
        """
        check_path(path, ())
        old, target = f"{self.folder}/{path}", f"{self.twin}/{path}"
        is_new = not is_same(Path(old), body)
        if not self.is_whole and not is_new:
            return False  # the twin has it too
        try:
            if not self.is_whole:  # never write into a file that the folder shares
                Path(target).unlink(missing_ok=True)
            if is_new:
                _write(target, body)
            else:
                _place(old, target)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as exc:
            if self.is_whole:
                raise
            raise Damaged(str(exc)) from exc
        return is_new


class Tree:
    """
    Args:
        folder: What is published.
        twin: Where its twin lies, on the same file system.
    """

    def __init__(self, folder: Path, twin: Path) -> None:
        self.folder, self.twin = folder.resolve(), twin
        self.is_whole = True
        """There is nothing to go on from: all files are to be put in."""
        self._was = ""
        self._files: Iterable[str] = ()
        self._is_open = False
        self._put: dict[str, bool] = {}
        """Paths, and whether they have new bytes."""
        self._dropped: set[str] = set()

    @contextmanager
    def changing(self, was: str, files: Iterable[str]) -> Iterator[Tree]:
        """
        Begin a new state. If the block fails, the folder stays as it was.

        Args:
            was: The mark of the folder as it should be; empty where that is not known.
            files: The paths of all its files then.

        Raises:
            Damaged: The folder lacks a file that it should have.
            PublishError: The folder holds what we did not make, or the disk refuses.
        """
        try:
            recover(self.folder)
            check_ours(self.folder)
            self._was, self._files = was, files
            self.is_whole = not was or mark_of(self.folder) != was
            yield self
        except BaseException as exc:
            if self._is_open:
                shutil.rmtree(self.twin, ignore_errors=True)
            if not isinstance(exc, OSError):
                raise
            why = f"cannot be written: {exc.strerror or exc}"
            raise PublishError(str(self.folder), why) from exc

    def open(self) -> Path:
        """The twin, ready to be changed; done when the first change comes."""
        if not self._is_open:
            if self.is_whole:
                _begin(self.twin)
            else:
                if mark_of(self.twin) != self._was:
                    self._copy()
                (self.twin / MARKER).unlink()
            self._is_open = True
        return self.twin

    def _copy(self) -> None:
        _begin(self.twin)
        try:
            for path in self._files:
                _place(f"{self.folder}/{path}", f"{self.twin}/{path}")
        except FileNotFoundError as exc:
            raise Damaged(str(exc)) from exc
        (self.twin / MARKER).write_bytes(_text(self._was))

    def put(self, path: str, body: bytes) -> None:
        """
        Put a file in, in place of one of that path.

        Raises:
            PublishError: The path leads out of the folder, or was put in already.
        """
        check_path(path, self._put)
        if not self.is_whole and is_same(self.folder / path, body):
            self._put[path] = False  # the twin has it too
        else:
            self._put[path] = self.writer().put(path, body)

    def writer(self) -> Writer:
        """What puts files in for us; `note` tells of each."""
        return Writer(self.folder, self.open(), self.is_whole)

    def note(self, path: str, is_new: bool) -> None:
        """
        A file was put in by `writer`.

        Raises:
            PublishError: One of this path was put in already.
        """
        check_path(path, self._put)
        self._put[path] = is_new

    def drop(self, path: str) -> None:
        """Take out a file that is not put in."""
        target = self.open() / path
        target.unlink(missing_ok=True)
        _tidy(target.parent, self.twin)
        self._dropped.add(path)

    def finish(self, mark: str, count: int) -> Written:
        """
        Publish the new state.

        Args:
            mark: What tells this state from others; the same for the same files.
            count: Of all its files.
        """
        if self.is_whole and self.folder.exists():
            found = (p for p in self.folder.rglob("*") if p.is_symlink() or not p.is_dir())
            there = {p.relative_to(self.folder).as_posix() for p in found} - {MARKER}
            self._dropped = there - self._put.keys()
        new = [path for path, is_new in self._put.items() if is_new]
        if mark_of(self.folder) != mark or new or self._dropped:
            (self.open() / MARKER).write_bytes(_text(mark))
            self._swap()
            self._follow(new, mark)
        elif self._is_open:
            (self.twin / MARKER).write_bytes(_text(mark))
        return Written(len(new), count - len(new), len(self._dropped))

    def _swap(self) -> None:
        """Put the twin into the folder's place; at no moment is there half of one."""
        if not self.folder.exists():
            self.twin.rename(self.folder)
        elif not exchange(self.twin, self.folder):
            replaced = beside(self.folder, "replaced")
            self.folder.rename(replaced)  # killed here, the next run renames it back
            self.twin.rename(self.folder)
            replaced.rename(self.twin)

    def _follow(self, new: Iterable[str], mark: str) -> None:
        """Bring what stood there before, now the twin, up to date."""
        if not self.twin.exists():
            _begin(self.twin)
            new = self._put
        else:
            (self.twin / MARKER).unlink(missing_ok=True)
        for path in self._dropped:
            (self.twin / path).unlink(missing_ok=True)
            _tidy((self.twin / path).parent, self.twin)
        for path in new:
            _place(f"{self.folder}/{path}", f"{self.twin}/{path}")
        (self.twin / MARKER).write_bytes(_text(mark))


def _text(mark: str) -> bytes:
    return MARKER_TEXT + f"{mark}\n".encode()


def _begin(twin: Path) -> None:
    if twin.exists():
        shutil.rmtree(twin)
    twin.mkdir(parents=True)


def _write(path: str, body: bytes) -> None:
    """Write a new file; folders are made when one is missing, for most are there."""
    try:
        handle = os.open(path, _NEW_FILE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(path, _NEW_FILE, 0o666)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0)


def _place(source: str, target: str) -> None:
    """
    Give a file a second name, in place of any other file of that name. Names are texts here and in
    `_write`: of ten thousand issues there are thirty thousand, and paths take as long as the disk.
    """
    try:
        os.link(source, target)
        return
    except OSError:  # it is there, or its folder is not, or there are no hard links here
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).unlink(missing_ok=True)
    same_file(Path(source), Path(target))


def _tidy(folder: Path, top: Path) -> None:
    """Take out folders in which nothing is left."""
    while folder != top:
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = folder.parent
