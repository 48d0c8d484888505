"""
Where a copy of the store is kept between runs: a folder, or a branch of a git repository.

Touches disk, and through git the network. A carrier keeps one copy. What it holds has a
version; a copy is put in its place only if that is still the version that was seen, so that
of two who push at once one is told, and nothing is lost unseen.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from ..errors import StoreError

COPY = "digest.db.gz"
NOTE = "README.md"
_NOTE_TEXT = (
    "What `digest` remembers between runs: one commit, replaced by each. It may be deleted;\n"
    "the next run starts without it, and tells nothing twice that `content/` holds.\n"
)
TIMEOUT_S = 600
"""Of one git command; the largest copies travel in minutes."""


class Carrier(Protocol):
    """One place for one copy."""

    where: str
    """For people."""

    def version(self) -> str:
        """Of what is there; empty where there is nothing."""

    def read(self) -> tuple[str, bytes]:
        """Version and copy; both empty where there is nothing."""

    def prepare(self, copy: bytes) -> str:
        """The version that the copy will have; it is not in its place yet."""

    def write(self, seen: str) -> bool:
        """Put the prepared copy in place of version `seen`; False where that is not there now."""


@contextmanager
def carrier(target: str, site: Path, branch: str) -> Iterator[Carrier]:
    """
    The carrier that a target names.

    Args:
        target: A remote of the site's repository, the address or folder of a repository, or
            a folder (made where there is none).
        site: The folder with feeds.yaml; it need not be in a repository.
        branch: Of the repository.

    Raises:
        StoreError: It is none of these.
    """
    path = Path(target).expanduser()
    is_address = "://" in target or re.match(r"[\w.-]+(@[\w.-]+)?:", target) is not None
    if is_address:
        address = target
    elif path.is_dir() and ((path / ".git").exists() or (path / "objects").is_dir()):
        address = str(path.resolve())
    elif path.is_dir() or "/" in target:
        yield Folder(path)
        return
    else:
        address = _remote(target, site)
    with tempfile.TemporaryDirectory(prefix="digest-state-") as folder:
        yield Branch(address, branch, site, Path(folder) / "git")


def _remote(name: str, site: Path) -> str:
    done = _run(["git", "remote", "get-url", "--push", "--", name], site)
    if done.returncode:
        raise StoreError(
            name,
            "no git remote of this folder has that name; expected one, the address of a "
            "repository, or a folder such as ./backup",
        )
    address = done.stdout.decode().strip()
    inside = _run(["git", "rev-parse", "--show-toplevel"], site).stdout.decode().strip()
    # A relative address is relative to the repository, and git is not run in it here.
    is_path = "://" not in address and not re.match(r"[\w.-]+(@[\w.-]+)?:", address)
    return str((Path(inside) / address).resolve()) if is_path else address


class Folder:
    """A file in a folder, replaced by renaming; whoever writes holds a lock beside it."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._path = folder / COPY
        self._copy = b""

    def version(self) -> str:
        return self.read()[0]

    def read(self) -> tuple[str, bytes]:
        try:
            copy = self._path.read_bytes()
        except FileNotFoundError:
            return "", b""
        except OSError as exc:
            raise StoreError(str(self._path), f"cannot be read: {exc.strerror or exc}") from exc
        return _version(copy), copy

    def prepare(self, copy: bytes) -> str:
        self._copy = copy
        return _version(copy)

    def write(self, seen: str) -> bool:
        making = self._path.with_name(f".{COPY}.making")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_name(f".{COPY}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if self.version() != seen:
                    return False
                with making.open("wb") as file:
                    file.write(self._copy)
                    file.flush()
                    os.fsync(file.fileno())
                making.replace(self._path)
        except OSError as exc:
            raise StoreError(str(self._path), f"cannot be written: {exc.strerror or exc}") from exc
        return True


def _version(copy: bytes) -> str:
    return hashlib.sha256(copy).hexdigest()


class Branch:
    """
    A branch that never has more than one commit, and so no history that grows.

    git works in a repository of its own, thrown away afterwards, that borrows the settings of
    the site's (credentials, proxies): the site's own branches, index and objects are not touched.
    """

    def __init__(self, address: str, branch: str, site: Path, scratch: Path) -> None:
        self.where = f"branch {branch} of {_without_password(address)}"
        self._address, self._ref, self._scratch = address, f"refs/heads/{branch}", scratch
        self._commit = ""
        _checked(_run(["git", "init", "--quiet", "--bare", "--", str(scratch)], site), self.where)
        config = _run(["git", "rev-parse", "--git-path", "config"], site)
        if config.returncode == 0:
            path = site / config.stdout.decode().strip()
            self._git("config", "include.path", str(path.resolve()))
            self._git("config", "core.bare", "true")

    def _git(self, *words: str, feed: bytes = b"") -> bytes:
        done = _run(["git", *words], self._scratch.parent, feed, {"GIT_DIR": str(self._scratch)})
        return _checked(done, self.where)

    def version(self) -> str:
        lines = self._git("ls-remote", "--quiet", "--", self._address, self._ref).decode()
        return lines.split()[0] if lines else ""

    def read(self) -> tuple[str, bytes]:
        if not self.version():
            return "", b""
        local = "refs/digest/state"
        self._git(
            "fetch", "--quiet", "--no-tags", "--depth=1", "--",
            self._address, f"+{self._ref}:{local}",
        )  # fmt: skip
        version = self._git("rev-parse", local).decode().strip()
        names = self._git("ls-tree", "--name-only", local).decode().split("\n")
        return version, self._git("cat-file", "blob", f"{local}:{COPY}") if COPY in names else b""

    def prepare(self, copy: bytes) -> str:
        files = {COPY: copy, NOTE: _NOTE_TEXT.encode()}
        lines = [
            f"100644 blob {self._git('hash-object', '-w', '--stdin', feed=body).decode().strip()}"
            f"\t{name}\n"
            for name, body in sorted(files.items(), key=lambda item: item[0].encode())
        ]
        tree = self._git("mktree", feed="".join(lines).encode()).decode().strip()
        self._commit = self._git("commit-tree", tree, "-m", "state of digest").decode().strip()
        return self._commit

    def write(self, seen: str) -> bool:
        try:
            self._git(
                "push", "--quiet", f"--force-with-lease={self._ref}:{seen}", "--",
                self._address, f"{self._commit}:{self._ref}",
            )  # fmt: skip
        except StoreError:
            if self.version() == seen:
                raise  # not the race, but a refusal: told in git's words
            return False
        return True


_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "digest"), ("EMAIL", "digest@localhost"))
}


def _run(
    command: list[str], folder: Path, feed: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """git, which asks nobody for a password and is of this folder whatever is set outside."""
    inherited = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    ours = {**_AUTHOR, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(more or {})}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**inherited, **ours},
            input=feed,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError as exc:
        raise StoreError("git", "not found; expected it to be installed") from exc
    except subprocess.TimeoutExpired as exc:
        raise StoreError(" ".join(command[:2]), f"took over {TIMEOUT_S} s") from exc


_OF_A_HOOK = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}


def _checked(done: subprocess.CompletedProcess[bytes], where: str) -> bytes:
    if done.returncode:
        words = _without_password(done.stderr.decode("utf-8", "replace").strip())
        raise StoreError(where, f"git: {words or f'exit status {done.returncode}'}")
    return done.stdout


def _without_password(text: str) -> str:
    return re.sub(r"://[^/@\s]+@", "://", text)
