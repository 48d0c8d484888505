"""
The pages and newsletters of many issues, made by as many processes as there are processors.

Touches content/ and processes. An issue is read whole only while its files are made, and few
wait at a time, so memory does not grow with the number of issues. A few issues are made here:
a process takes half a second to start.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import content
from ..content.stamps import files_hash
from ..errors import PublishError
from ..publish import cards
from ..render import environment, package_folder, template_errors
from ..render.evidence import evidence_pages
from ..render.issues import CARD_FILE, card_svg, issue_page
from ..render.newsletter import Corrected, Letters
from ..render.rows import Row, row
from ..render.sheets import CARD, EVIDENCE, PAGE, Order, key_of
from ..render.shell import Frame
from ..render.view import IssueView, view
from ..settings import Config
from ..types import Issue, Page

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

MAIL = "mail"
"""A part of an issue beside those of its sheets: the newsletter."""
FEW = 48
"""So many are made here, in one process."""
MOST = 8
"""Processes."""
AT_ONCE = 4
"""Issues that are handed to a process together."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all issues share, and a process is given once."""

    config: Config
    site: Path
    """The folder with content/ and templates/."""
    context: dict[str, Any]
    """Of the frame around the pages; empty while there are no rows yet."""
    programs: Path
    """Where compiled templates are kept."""
    has_cards: bool
    """Issues have cards: asked once, for all processes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of an issue."""

    order: Order
    corrected: tuple[Corrected, ...]
    parts: frozenset[str]
    """Of its sheets, and `MAIL`."""


@dataclass(frozen=True, slots=True)
class Made:
    name: str
    """Of the issue's row: its path."""
    parts: Mapping[str, tuple[Page, ...]]
    """The files of each part that was wanted."""


@dataclass(frozen=True, slots=True)
class Place:
    """An issue of which nothing is known but where it lies."""

    digest: str
    day: str
    basis: str
    known: str = ""
    """Hash of its files, if its row is known as they were then."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    place: Place
    hash: str
    row: Row | None
    """None where the files have the hash that is known."""


class Maker:
    """Makes what is wanted, in one process."""

    def __init__(self, setting: Setting) -> None:
        config = self._config = setting.config
        self._content = setting.site / "content"
        with template_errors():
            env = environment(
                setting.site / "templates",
                language=config.site.language,
                programs=setting.programs,
            )
        self._frame = Frame(config, env, setting.context)
        self._letters = Letters(config, env)
        self._has_cards, self._font = setting.has_cards, package_folder() / cards.FONT

    def row(self, place: Place) -> ReadRow:
        """
        Raises:
            ContentError: A file of the issue is not as it should be.
        """
        folder = self._content / place.digest / place.day
        hash_ = files_hash(folder)
        if hash_ == place.known:
            return ReadRow(place, hash_, None)
        issue = content.read_issue(folder, place.digest)
        return ReadRow(place, hash_, row(issue, self._config, key_of((place.basis, hash_))))

    def files(self, wanted: Wanted) -> Made:
        """
        Raises:
            ContentError: A file of the issue is not as it should be.
            PublishError: A template is wrong.
        """
        of = wanted.order.row
        if wanted.parts == {CARD}:  # it needs no more than the row
            return Made(of.path, {CARD: self._card(of)})
        issue = content.read_issue(self._content / of.digest / str(of.date), of.digest)
        with template_errors():
            shown = view(issue, self._config, self._frame.words, minutes=of.minutes)
            return Made(
                of.path, {part: self._part(part, issue, shown, wanted) for part in wanted.parts}
            )

    def _part(self, part: str, issue: Issue, shown: IssueView, wanted: Wanted) -> tuple[Page, ...]:
        order = wanted.order
        if part == PAGE:
            ways = shown.with_ways(order.ways)
            return (issue_page(ways, order, self._frame, with_card=self._has_cards),)
        if part == EVIDENCE:
            return tuple(evidence_pages(shown, order.row, self._frame))
        if part == CARD:
            return self._card(order.row)
        from ..publish import mail_files

        return tuple(mail_files(self._letters.of(issue, wanted.corrected, shown)))

    def _card(self, row: Row) -> tuple[Page, ...]:
        with template_errors():
            svg = card_svg(row, self._frame)
        return (Page(f"{row.path}{CARD_FILE}", cards.png(svg, self._font)),) if svg else ()


def rows(places: Sequence[Place], setting: Setting) -> Iterator[ReadRow]:
    """What lists show of issues, in any order of these."""
    yield from _each("row", places, setting)


def files(wanted: Sequence[Wanted], setting: Setting) -> Iterator[Made]:
    """The files of issues, in the order that was wanted."""
    yield from _each("files", wanted, setting)


def _each(what: str, tasks: Sequence[Any], setting: Setting) -> Iterator[Any]:
    processes = min(MOST, os.cpu_count() or 1)
    if len(tasks) <= FEW or processes == 1:
        maker = Maker(setting) if tasks else None
        for task in tasks:
            yield getattr(maker, what)(task)
        return
    # A twentieth of a second, which one changed file need not pay.
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _start, (setting,))
    try:
        yield from _in_turn(pool, what, iter(tasks), processes)
    except BrokenProcessPool as exc:
        raise PublishError("render", "a process that made pages was ended from outside") from exc
    finally:
        pool.shutdown(cancel_futures=True)


def _in_turn(
    pool: ProcessPoolExecutor, what: str, tasks: Iterable[Any], processes: int
) -> Iterator[Any]:
    """Hand out as much as keeps all processes at work, and no more."""
    tasks = iter(tasks)
    waiting: deque[Future[list[Any]]] = deque()
    while True:
        while len(waiting) < 3 * processes and (some := list(islice(tasks, AT_ONCE))):
            waiting.append(pool.submit(_work, what, some))
        if not waiting:
            return
        yield from waiting.popleft().result()


_maker: Maker
"""Of a process that was started by `_start`."""


def _start(setting: Setting) -> None:
    global _maker  # noqa: PLW0603 - what a process is given once lives as long as it does
    _maker = Maker(setting)


def _work(what: str, tasks: Sequence[Any]) -> list[Any]:
    return [getattr(_maker, what)(task) for task in tasks]
