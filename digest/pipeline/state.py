"""
store ↔ a carrier: the store travels between machines that share nothing but a repository.

Touches store, disk and, through git, the network. What a store was last known to be at its
carrier stands in a small file beside it, so that a push never replaces what another machine
has put there since, and a pull never replaces what this one has learned since.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from ..errors import StoreError
from ..store import FILE
from ..store.carriers import Carrier
from ..store.copies import BrokenCopy, check, fingerprint, pack, unpack

MARK = f"{FILE}.carried"
LARGE = 50_000_000
"""Bytes of a copy from which git hosts complain; at twice that GitHub refuses it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of a push or a pull."""

    outcome: Literal["pushed", "pulled", "unchanged", "nothing there", "broken"]
    where: str
    bytes: int = 0
    problem: str = ""
    """Of a broken copy, or one that grows too large; else empty."""


@dataclass(frozen=True, slots=True)
class _Mark:
    where: str = ""
    version: str = ""
    """Of the copy that this store is or comes from."""
    coming: str = ""
    """Of the copy that was about to be put there: a kill may have come before or after."""
    store: str = ""
    """Fingerprint of the store when both were the same."""


def push(folder: Path, to: Carrier, *, force: bool = False) -> Carried:
    """
    Put a copy of the store where the carrier keeps it.

    Args:
        folder: The site's, locked by the caller.
        to: The carrier.
        force: Replace whatever is there.

    Raises:
        StoreError: There is no store, it is broken, the carrier refuses, or holds what this
            store has not seen.
    """
    mark = _read_mark(folder, to)
    there = to.version()
    same = fingerprint(folder / FILE)
    if there and there == mark.version and mark.store == same != "":
        return Carried("unchanged", to.where)
    if there not in {"", mark.version, mark.coming} and not force:
        raise _moved(to)
    copy = pack(folder / FILE)
    mark = replace(mark, version=there, coming=to.prepare(copy))
    _write_mark(folder, mark)
    if not to.write(there):
        raise _moved(to)
    _write_mark(folder, _Mark(to.where, mark.coming, "", fingerprint(folder / FILE)))
    large = f"the copy has {len(copy):,} bytes: `digest prune` makes it smaller"
    return Carried("pushed", to.where, len(copy), large if len(copy) > LARGE else "")


def _moved(to: Carrier) -> StoreError:
    return StoreError(
        to.where,
        "another run has put its store there since this one was pulled; expected to replace "
        "only what was pulled: pull first, or --force to replace it",
    )


def pull(folder: Path, of: Carrier, *, force: bool = False) -> Carried:
    """
    Put the carrier's copy in the store's place; without a good copy the store stays as it is.

    Args:
        folder: The site's, locked by the caller.
        of: The carrier.
        force: Replace a store that has learned something since (it is kept beside).

    Raises:
        StoreError: The carrier cannot be read, a newer version wrote the copy, or the store
            here would be lost.
    """
    path, mark = folder / FILE, _read_mark(folder, of)
    version, copy = of.read()
    if not version:
        return Carried("nothing there", of.where)
    here = "" if force or _is_broken(path) else fingerprint(path)
    if here and version in {mark.version, mark.coming}:
        return Carried("unchanged", of.where)
    if here and here != mark.store:
        raise StoreError(
            str(path),
            "holds what the copy does not; expected no store here, or one that was not used "
            "since it was pulled: push it, move it away, or --force to replace it",
        )
    try:
        unpack(copy, path)
    except BrokenCopy as exc:
        # Known to be replaced: the next push may put a good one there.
        _write_mark(folder, _Mark(of.where, version, "", mark.store))
        return Carried("broken", of.where, len(copy), exc.message)
    _write_mark(folder, _Mark(of.where, version, "", fingerprint(path)))
    return Carried("pulled", of.where, len(copy))


def _is_broken(store: Path) -> bool:
    """Then it holds nothing that could be lost."""
    try:
        if store.exists():
            check(store)
    except BrokenCopy:
        return True
    return False


def _read_mark(folder: Path, at: Carrier) -> _Mark:
    """What is known of this carrier; nothing where another was used last."""
    try:
        mark = _Mark(**json.loads((folder / MARK).read_text("utf-8")))
    except (OSError, ValueError, TypeError):  # none, or not ours: then nothing is known
        return _Mark(at.where)
    return mark if mark.where == at.where else _Mark(at.where)


def _write_mark(folder: Path, mark: _Mark) -> None:
    making = folder / f"{MARK}.making"
    try:
        making.write_text(json.dumps(asdict(mark)), "utf-8")
        making.replace(folder / MARK)
    except OSError as exc:
        raise StoreError(str(folder / MARK), f"cannot be written: {exc.strerror or exc}") from exc
