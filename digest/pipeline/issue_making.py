"""
The pages and newsletters of many issues, made by as many processes as there are processors.

Touches content/, processes and what is kept of issues. An issue is read once: what its pages show
is made with its row and kept, so that its pages need its files no more, at this run or after a
template has changed. Few wait at a time, so memory does not grow with the number of issues. A few
issues are made here: a process takes half a second to start.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import content
from ..content.files import read_text
from ..content.folder import issue_bodies, issue_of
from ..content.names import EVIDENCE_FILE
from ..content.stamps import hash_of
from ..errors import PublishError
from ..packaged import templates_folder
from ..publish import Writer, cards
from ..render import environment, template_errors
from ..render.evidence import evidence_pages
from ..render.issues import CARD_FILE, card_svg, issue_page
from ..render.ready import Ready, of_kept, ready, to_kept
from ..render.rows import Row, row
from ..render.sheets import CARD, EVIDENCE, PAGE, Order, key_of
from ..render.shell import Frame
from ..render.slim import Incomplete
from ..render.view import IssueView, view
from ..settings import Config
from ..store.texts import Texts, opened_texts
from ..types import Issue, Page
from .folders import Stored, stored

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from ..render.corrections import Corrected
    from ..render.newsletter import Letters

MAIL = "mail"
"""A part of an issue beside those of its sheets: the newsletter."""
FEW = 48
"""So many are made here, in one process."""
MOST = 8
"""Processes."""
AT_ONCE = 12
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
    texts: Path
    """The file that keeps what issues show."""
    fragments: str
    """Key of the templates that this is made with."""

    def key(self, row_key: str) -> str:
        """Of all that an issue shows, beside its neighbours."""
        return f"{row_key} {self.fragments}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of an issue."""

    order: Order
    corrected: tuple[Corrected, ...]
    parts: frozenset[str]
    """Of its sheets, and `MAIL`."""
    kept: bytes = b""
    """What it shows, where that is kept."""

    @property
    def place(self) -> str:
        return f"{self.order.row.digest}/{self.order.row.date}"


@dataclass(frozen=True, slots=True)
class Made:
    name: str
    """Of the issue's row: its path."""
    parts: Mapping[str, Stored]
    """The files of each part that was wanted, but for the newsletter."""
    letter: tuple[Page, ...] = ()
    """The files of the newsletter, where it was wanted."""
    new: bytes = b""
    """What it shows, to be kept; empty where it was."""


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
    new: bytes = b""
    """What it shows, to be kept."""


class Maker:
    """Makes what is wanted, in one process."""

    def __init__(self, setting: Setting, writer: Writer | None) -> None:
        self._writer = writer
        config = self._config = setting.config
        self._content = setting.site / "content"
        with template_errors():
            env = environment(
                setting.site / "templates",
                language=config.site.language,
                programs=setting.programs,
            )
        self._frame = Frame(config, env, setting.context)
        self._has_cards, self._font = setting.has_cards, templates_folder() / cards.FONT

    def row(self, place: Place) -> ReadRow:
        """
        Raises:
            ContentError: A file of the issue is not as it should be.
            PublishError: A template is wrong.
        """
        folder = self._content / place.digest / place.day
        bodies = issue_bodies(folder)
        hash_ = hash_of(bodies)
        if hash_ == place.known:
            return ReadRow(place, hash_, None)
        issue = issue_of(bodies, folder, place.digest)
        made = row(issue, self._config, key_of((place.basis, hash_)))
        return ReadRow(place, hash_, made, to_kept(self._ready(self._view(issue, made))))

    def files(self, wanted: Wanted) -> Made:
        """
        Raises:
            ContentError: A file of the issue is not as it should be.
            PublishError: A template is wrong.
        """
        of = wanted.order.row
        if wanted.parts == {CARD}:  # it needs no more than the row
            return Made(of.path, {CARD: self._stored(self._card(of))})
        if wanted.kept and MAIL not in wanted.parts:
            try:
                return Made(of.path, self._pages(of_kept(wanted.kept), wanted))
            except Incomplete:  # a template of the site's wants more
                pass
            except ValueError:  # it is damaged
                wanted = replace(wanted, kept=b"")
        issue = content.read_issue(self._content / of.digest / str(of.date), of.digest)
        shown = self._view(issue, of)
        made = self._ready(shown)
        letter = self._letter(issue, shown, wanted) if MAIL in wanted.parts else ()
        new = b"" if wanted.kept else to_kept(made)
        return Made(of.path, self._pages(made, wanted), letter, new)

    def _view(self, issue: Issue, of: Row) -> IssueView:
        return view(issue, self._config, self._frame.words, minutes=of.minutes)

    def _ready(self, shown: IssueView) -> Ready:
        with template_errors():
            return ready(shown, self._frame)

    def _pages(self, made: Ready, wanted: Wanted) -> dict[str, Stored]:
        parts = wanted.parts - {MAIL}
        pages = {part: self._page(part, made, wanted) for part in parts}
        return {part: self._stored(own) for part, own in pages.items()}

    def _stored(self, pages: Iterable[Page]) -> Stored:
        assert self._writer is not None
        return stored(pages, self._writer.put)

    def _page(self, part: str, made: Ready, wanted: Wanted) -> tuple[Page, ...]:
        order = wanted.order
        if part == CARD:
            return self._card(order.row)
        with template_errors():
            if part == PAGE:
                return (issue_page(made, order, self._frame, with_card=self._has_cards),)
            assert part == EVIDENCE
            text = read_text(self._content / wanted.place / EVIDENCE_FILE)
            return tuple(evidence_pages(made, text, order.row, self._frame))

    def _letter(self, issue: Issue, shown: IssueView, wanted: Wanted) -> tuple[Page, ...]:
        from ..publish import mail_files

        with template_errors():
            return tuple(mail_files(self._letters.of(issue, wanted.corrected, shown)))

    @cached_property
    def _letters(self) -> Letters:
        from ..render.newsletter import Letters  # an issue of long ago has no letter

        return Letters(self._config, self._frame.env)

    def _card(self, row: Row) -> tuple[Page, ...]:
        with template_errors():
            svg = card_svg(row, self._frame)
        return (Page(f"{row.path}{CARD_FILE}", cards.png(svg, self._font)),) if svg else ()


def rows(places: Sequence[Place], setting: Setting) -> Iterator[ReadRow]:
    """What lists show of issues, in any order of these; what their pages show is kept."""
    with opened_texts(setting.texts) as texts:
        for read in _each("row", places, (setting, None), len(places)):
            place = read.place
            if read.row is not None:
                texts.put(f"{place.digest}/{place.day}", setting.key(read.row.key), read.new)
            yield replace(read, new=b"")
        if len(places) > FEW:
            texts.drop(lambda place: not (setting.site / "content" / place).is_dir())


def files(wanted: Sequence[Wanted], setting: Setting, writer: Writer | None) -> Iterator[Made]:
    """
    Make the files of issues, in the order that was wanted.

    Args:
        writer: Puts in those of the site; not needed for newsletters.
    """
    with opened_texts(setting.texts) as texts:
        tasks = (_with_kept(each, texts, setting) for each in wanted)
        made: Iterator[Made] = _each("files", tasks, (setting, writer), len(wanted))
        for each, files in zip(wanted, made, strict=True):
            if files.new:
                texts.put(each.place, setting.key(each.order.row.key), files.new)
            yield replace(files, new=b"")


def _with_kept(wanted: Wanted, texts: Texts, setting: Setting) -> Wanted:
    if wanted.parts <= {CARD}:
        return wanted
    return replace(wanted, kept=texts.get(wanted.place, setting.key(wanted.order.row.key)))


def _each(
    what: str, tasks: Iterable[Any], given: tuple[Setting, Writer | None], count: int
) -> Iterator[Any]:
    processes = min(MOST, os.cpu_count() or 1)
    if count <= FEW or processes == 1:
        maker = Maker(*given) if count else None
        for task in tasks:
            yield getattr(maker, what)(task)
        return
    # A twentieth of a second, which one changed file need not pay.
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _start, given)
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


def _start(setting: Setting, writer: Writer | None) -> None:
    global _maker  # noqa: PLW0603 - what a process is given once lives as long as it does
    _maker = Maker(setting, writer)
    # What is there now stays, and next to nothing that issues leave behind goes in circles: to
    # look for that as often as Python does takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _work(what: str, tasks: Sequence[Any]) -> list[Any]:
    return [getattr(_maker, what)(task) for task in tasks]
