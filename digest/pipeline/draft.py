"""
store → select → research → draft → verify → content/: write the issues that are due.

Touches store, content/ and, through the doors, the network and models.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import content
from ..content.heads import issue_days
from ..draft import Drafter
from ..draft.prompts import Prompts
from ..draft.roles.setting import setting
from ..errors import DraftError
from ..fetch.door import Door
from ..period import Window
from ..research import Searcher
from ..select import Reading, choose, offer
from ..settings import Config, Digest
from ..store import Store
from ..types import Document, Issue, Story
from .background import background, keys_of_background
from .cluster_opening import Opens, WhenAsked
from .comparing import compare
from .embedding import Embed, embeddings
from .estimate import Estimate, estimate
from .jobs import Means
from .making import Choice, Making
from .moved import moved
from .pages import Pages
from .past import PastIssues
from .quoting import Author, Quoting
from .reports import DraftReport, Plan
from .researching import Researching
from .searching import Searches
from .takes import end, take_of
from .texts import Texts
from .told import told_stories
from .window import window_of
from .workers import Workers
from .writing import Desk, Writing

UNWRITTEN = "no model wrote any of it"
"""Why what a model wrote before is not written over by quotations."""

REMEMBERED = 400
"""Issues of a digest, the newest, whose stories are known when the next is chosen: more than a year
of a daily. What older ones told is known by the keys of its entries alone; to read ten thousand
issues would take a minute each day."""


@dataclass(frozen=True, slots=True)
class Again:
    """That an issue is written anew, and how."""

    issue: Issue
    note: str = ""
    """What a person asks for."""
    take: int = 0
    """See `takes`."""
    force: bool = False
    """Also over files that a person has edited."""


async def draft(
    config: Config,
    store: Store,
    site: Path,
    drafter: Drafter,
    door: Door | None,
    *,
    now: dt.datetime,
    desk: Desk | None = None,
    searcher: Searcher | None = None,
    only: Sequence[str] = (),
    plan_only: bool = False,
    again: Again | None = None,
    report: Callable[[str], None] = lambda line: None,
    warn: Callable[[str], None] = lambda line: None,
    cluster: Opens | None = None,
    past: PastIssues | None = None,
) -> tuple[DraftReport, ...]:
    """
    Write what is due.

    Args:
        config: The digests.
        store: Entries and documents.
        site: The folder that holds content/.
        drafter: Who quotes: everything without a desk, else what no model writes.
        door: For reading what stories link to; None: only what the store holds.
        now: The time to decide for; the end of the period.
        desk: The models that write.
        searcher: Finds pages that nothing links to; asked where there is a network.
        only: Slugs of digests; all where empty.
        plan_only: Choose stories, but read and write nothing.
        again: An issue that is there and shall be written anew; `now` is its `period_end`.
        report: Called with a line for each step.
        warn: Called with a line for each part that no model wrote although one should have,
            and for a search that failed.
        cluster: Opens the machines that open pages and compare large windows in place of this
            one, where there is a network.
        past: What is known of past issues; their heads are read where None.

    Raises:
        ConfigError: A cluster is to be asked, and the extra is not installed.
    """
    content.recover_all(site / "content")
    if again:
        only = (again.issue.digest,)
        again = replace(again, take=take_of(store, again.issue))
    chosen = [digest for digest in config.digests if not only or digest.slug in only]
    async with AsyncExitStack() as stack:
        workers = await stack.enter_async_context(Workers())
        away = None
        if cluster is not None and door is not None:
            means = Means(door, workers, config.publishers, {})
            away = await stack.enter_async_context(WhenAsked(partial(cluster, means)))
        research = researching(config, store, door, workers, searcher, now, warn, away)
        texts = Texts(config, store, workers, warn)
        turn = _Turn(
            config,
            store,
            site / "content",
            drafter,
            desk,
            texts,
            research,
            now,
            report,
            warn,
            again,
            away,
            past,
        )
        return tuple([await turn.of(digest, bool(only), plan_only) for digest in chosen])


class _Turn:
    """One run over the digests."""

    def __init__(
        self,
        config: Config,
        store: Store,
        folder: Path,
        drafter: Drafter,
        desk: Desk | None,
        texts: Texts,
        research: Researching,
        now: dt.datetime,
        report: Callable[[str], None],
        warn: Callable[[str], None],
        again: Again | None,
        away: WhenAsked | None,
        past: PastIssues | None,
    ) -> None:
        self.config, self.store, self.folder = config, store, folder
        self.past = past
        self.drafter, self.desk, self.now = drafter, desk, now
        self.report, self.warn, self.again = report, warn, again
        self.texts, self.research, self.away = texts, research, away
        self.states = store.feeds.states()

    async def of(self, digest: Digest, asked: bool, plan_only: bool) -> DraftReport:
        waiting = window_of(
            self.config,
            self.store,
            self.folder.parent,
            digest,
            self.now,
            asked=asked,
            before=self.again.issue.date if self.again else None,
            known=self.past,
        )
        window, keys = waiting.window, waiting.newest
        if window is None:
            return DraftReport(digest.slug, "not due", issue=self._there(digest))
        if not keys:
            return DraftReport(digest.slug, "no news")
        if len(keys) < len(waiting.keys):
            self.warn(
                f"{digest.slug}: {len(waiting.keys):,} entries wait; it is chosen from the newest "
                f"{len(keys):,}"
            )
        feeds = self.config.feeds_of(digest)
        slugs = [feed.slug for feed in feeds]
        past = told_stories(
            [
                content.read_issue(self.folder / digest.slug / head.date.isoformat(), digest.slug)
                for head in waiting.issues[-REMEMBERED:]
            ],
            now=self.now,
        )
        known = [(ref.feed, ref.id) for told in past for ref in told.entries]
        earlier = keys_of_background(self.store, keys, slugs, self.now)
        await self.texts.make([*known, *earlier, *keys])
        entries = self.store.entries.get(keys)
        texts = self.store.documents.get(entry.document for entry in entries if entry.document)
        before = self.store.documents.get(id_ for told in past for id_ in told.documents)
        vectors = await embeddings(
            self.store,
            entries,
            texts,
            self.config.model,
            now=self.now,
            report=self.report,
            embed=None if plan_only else self._embed(digest),
        )
        reading = Reading(
            entries,
            {**before, **texts},
            digest,
            moved=moved(self.store, entries),
            vectors=vectors,
            background=background(self.store, keys, slugs, self.now),
        )
        if self.away is not None:
            await compare(reading, self.away, asks=self.config.model is not None)
        author = self._author(digest, window, spends=not plan_only)
        offered = offer(
            reading,
            feeds,
            now=self.now,
            told=past,
            copies=self.store.samples.originals([*keys, *known]),
            # Finding the pairs of a large window takes seconds: not where nobody is asked.
            answers=await author.pairs(reading.pairs, texts) if self.config.model else (),
        )
        said = await author.choice(offered.contenders, texts)
        chosen = choose(offered, ranking=said.ranking, named=said.named)
        plan = Plan(digest.slug, window, chosen)
        if plan_only:
            plan = replace(
                plan,
                evidence=await self.research.foresee(chosen, texts),
                cost=self._cost(digest, chosen, texts),
            )
            return DraftReport(digest.slug, "planned", plan=plan)
        self.report(f"{digest.slug}: {len(entries)} entries, {len(chosen)} stories")
        told = [story for story in chosen if story.place != "left out"]
        dossiers = await self.research.gather(told, texts, past)
        left = tuple(story for story in chosen if story.place == "left out")
        choice = Choice(digest, window, author, dossiers, left_out=left)
        making = Making(self.config, self.states, self.now, len(entries), self.report)
        issue = await making.issue(choice)
        if self.again and not author.is_cut:
            end(self.store, self.again.issue)
        if issue is None:
            return DraftReport(digest.slug, "all dropped", plan=plan)
        if self.again and self.desk and self.again.issue.model and not issue.model:
            raise DraftError(f"{digest.slug}/{window.day}", f"{UNWRITTEN}; it stays as it was")
        issue, folder = self._written(issue)
        return DraftReport(digest.slug, "written", str(folder), issue, plan)

    def _there(self, digest: Digest) -> Issue | None:
        """The issue of the period that `now` lies in, which is none of a later one."""
        today = self.now.astimezone(ZoneInfo(self.config.site.timezone)).date().isoformat()
        days = [day for day in issue_days(self.folder, digest.slug) if day <= today]
        if not days:
            return None
        return content.read_issue(self.folder / digest.slug / days[-1], digest.slug)

    def _written(self, issue: Issue) -> tuple[Issue, Path]:
        if self.again is None:
            return issue, content.write_issue(self.folder, issue)
        old = self.again.issue
        issue = replace(
            issue,
            date=old.date,
            slug=old.slug,
            status=old.status,
            aliases=old.aliases,
            corrections=old.corrections,
            calls=(*old.calls, *issue.calls),
        )
        names = content.issue_files(issue).keys() - {content.EVIDENCE_FILE}
        return issue, content.rewrite_issue(
            self.folder, issue, sorted(names), force=self.again.force
        )

    def _cost(
        self, digest: Digest, chosen: Sequence[Story], texts: Mapping[str, Document]
    ) -> Estimate | None:
        if self.config.model is None:
            return None
        prompts = Prompts(self.folder.parent / "templates" / "prompts")
        return estimate(self.config.model, digest, chosen, texts, prompts)

    def _embed(self, digest: Digest) -> Embed | None:
        if self.desk is None or (embed := self.desk.embed) is None:
            return None
        return lambda texts: embed(texts, digest.slug)

    def _author(self, digest: Digest, window: Window, *, spends: bool) -> Author:
        quoting = Quoting(self.drafter, digest)
        if self.desk is None or not spends:
            return quoting
        return author_of(self.desk, quoting, digest, window.day, self.warn, self.again)


def researching(
    config: Config,
    store: Store,
    door: Door | None,
    workers: Workers,
    searcher: Searcher | None,
    now: dt.datetime,
    warn: Callable[[str], None],
    away: WhenAsked | None = None,
) -> Researching:
    """
    Who reads for an issue: through a door, what the store holds without one.

    What stories link to is as hostile as any page: it is read by workers with limits, here or
    on other machines.
    """
    elsewhere = away.open_page if away is not None else None
    pages = Pages(config, store, door, lambda: now, workers, elsewhere)
    search = None
    if searcher is not None and door is not None:
        search = Searches(searcher, store, lambda: now, warn).search
    return Researching(config, pages, search)


def author_of(
    desk: Desk,
    quoting: Quoting,
    digest: Digest,
    day: dt.date,
    warn: Callable[[str], None],
    again: Again | None = None,
) -> Writing:
    """The models at a desk as the author of one issue."""
    name = f"{digest.slug}/{day}"
    note, take = (again.note, again.take) if again else ("", 0)
    own = setting(digest, desk.prompts, desk.salt, name, note=note, take=take)
    return Writing(desk.models(name, again is not None), own, quoting, warn)
