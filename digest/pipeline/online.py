"""
Cited pages as they are today: the same, changed, or gone.

Touches the network, through the door alone: each page once, at its host's pace and only
where its robots.txt lets us. What was stored stays the evidence; nothing is stored here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import ParseError
from ..extract.article import examine
from ..extract.candidates import load
from ..fetch.door import Door
from ..settings import Config
from ..store import Store
from ..text import fold, one_line, passages
from ..types import Document, Fetched, Issue, Span
from ..urls import canonical
from ..verify.quotes import Found, find
from .jobs import ACCEPT_PAGE
from .proving import sound
from .workers import Workers

GONE = (404, 410)
State = Literal["same", "changed", "gone", "not reached"]


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a document that a file of an issue shows."""

    file: str
    label: str
    """Of the footnote; empty for a round-up's sentence."""
    text: str


@dataclass(frozen=True, slots=True)
class PageReport:
    document: str
    url: str
    title: str
    fetched: str
    """The day on which it was read, UTC."""
    state: State
    reason: str
    """What the server said, or why the text could not be compared."""
    cited: tuple[Cited, ...]
    lost: tuple[Cited, ...] = ()
    """Those that do not stand on the page any more."""


def cited(issue: Issue, names: Sequence[str]) -> Mapping[str, tuple[Cited, ...]]:
    """
    What an issue shows of each document, by the document's id.

    Args:
        issue: As read from content/.
        names: Of its features' files, in order.
    """
    out: dict[str, list[Cited]] = {}
    for feature, name in zip(issue.features, names, strict=True):
        for note in feature.notes:
            out.setdefault(note.quote.document, []).append(
                Cited(name, note.label, one_line(note.quote.text))
            )
    for item in issue.round_ups:
        for claim in item.claims:
            for rest in claim.rests:
                if isinstance(rest, Span) and rest.text:
                    one = Cited("round-ups.md", "", one_line(rest.text))
                    out.setdefault(rest.document, []).append(one)
    return {id_: tuple(dict.fromkeys(quotes)) for id_, quotes in out.items() if id_}


class Online:
    """
    Args:
        config: Families of publishers.
        store: What was read at the time.
        door: The network.
        report: Called with each address that was opened.
        workers: Processes that read pages, each within limits.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        door: Door,
        report: Callable[[str], None],
        workers: Workers,
    ) -> None:
        self._config, self._store, self._door, self._report = config, store, door, report
        self._workers = workers
        self._opened: dict[str, asyncio.Task[Fetched]] = {}

    async def compare(
        self, documents: Iterable[Document], cited: Mapping[str, Sequence[Cited]]
    ) -> tuple[PageReport, ...]:
        """
        Open the pages that are cited.

        Args:
            documents: As evidence.json has them, without their text.
            cited: By document id.

        Returns:
            A report for each document of which something is cited and that has an address.
        """
        asked = [d for d in documents if cited.get(d.id) and (d.url or d.final_url)]
        return tuple(await asyncio.gather(*(self._page(d, tuple(cited[d.id])) for d in asked)))

    async def _page(self, document: Document, quotes: tuple[Cited, ...]) -> PageReport:
        url = document.url or document.final_url
        fetched = await self._open(url)
        state, reason, lost = await self._state(document, fetched, quotes)
        return PageReport(
            document.id,
            url,
            document.title,
            document.fetched_at.date().isoformat(),
            state,
            reason,
            quotes,
            lost,
        )

    async def _open(self, url: str) -> Fetched:
        """Once for all documents and issues that name the address."""
        if url not in self._opened:
            self._opened[url] = asyncio.create_task(self._get(url))
        return await self._opened[url]

    async def _get(self, url: str) -> Fetched:
        fetched = await self._door.get(url, accept=ACCEPT_PAGE, robots=True)
        self._report(url)
        return fetched

    def _post(self, document: Document) -> Document | None:
        """The stored text of a post that was read in its feed; None for what was a page."""
        known = self._store.documents.page(canonical(document.url))
        is_page = known is not None and known[0] == document.id
        return None if is_page else sound(self._store, [document.id]).get(document.id)

    async def _state(
        self, document: Document, fetched: Fetched, quotes: tuple[Cited, ...]
    ) -> tuple[State, str, tuple[Cited, ...]]:
        if fetched.status in GONE:
            return "gone", f"the server answered {fetched.status}", quotes
        if fetched.error is not None:
            return "not reached", fetched.error.message, ()
        try:
            found = await self._workers.read(
                examine,
                fetched.body,
                load=load,
                url=fetched.final_url,
                content_type=fetched.headers.get("content-type", ""),
                fetched_at=fetched.fetched_at,
                families=dict(self._config.publishers),
                # As when it was read: its feed's teaser told the article from what stands beside.
                hint=self._store.entries.of_document(document.id),
            )
        except ParseError as exc:
            return "not reached", exc.message, ()
        post = self._post(document)
        return await asyncio.to_thread(_compared, found.document, document, post, quotes)


def _compared(
    page: Document, document: Document, post: Document | None, quotes: tuple[Cited, ...]
) -> tuple[State, str, tuple[Cited, ...]]:
    if page.wall:
        return "not reached", f"the text stands behind a {page.wall} now", ()
    if page.sha256 == document.sha256:
        return "same", "", ()
    folded = fold(page.text)
    lost = tuple(q for q in quotes if not isinstance(find(q.text, page, folded), Found))
    if post is not None and not lost and _holds(folded.text, post):
        return "same", "the page holds all that its feed told", ()
    return "changed", "", lost


def _holds(page: str, post: Document) -> bool:
    """
    Whether a post stands on its page, sentence by sentence, whatever else is there.

    A page that was read as a page is compared by its hash: what was added counts.
    """
    texts = (post.text[passage.start : passage.end] for passage in passages(post))
    return all(fold(one_line(text)).text.strip() in page for text in texts)
