"""
store → select → research → draft → verify → content/: write the issues that are due.

Touches store, content/ and, through the door, the network. Each part that fails steps down
one rung (feature → round-up → headline) and costs no other part.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import content, verify
from ..draft import Drafter
from ..draft.roles.setting import setting
from ..fetch.door import Door
from ..period import Window
from ..research import Searcher
from ..select import Reading, choose, offer, settle
from ..settings import Config, Digest
from ..store import Store
from ..text import content_words, slugify
from ..types import (
    Chosen,
    Claim,
    Dossier,
    EntryRef,
    Facts,
    Feature,
    FeedLine,
    Issue,
    Problem,
    RoundUp,
    Story,
    Told,
)
from .background import background
from .embedding import embeddings
from .moved import moved
from .pages import Pages
from .quoting import Author, FeaturePart, Quoting
from .researching import Outlook, Researching
from .searching import Searches
from .told import told_stories
from .window import window_of
from .writing import Desk, Writing

Key = tuple[str, str]
CHOICE_KEPT = 100
"""Stories whose place and reason an issue keeps."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an issue would tell of, and why."""

    digest: str
    window: Window
    stories: tuple[Story, ...]
    evidence: tuple[Outlook, ...] = ()
    """What its features would be told from; known when only the plan is asked for."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What came of one digest's turn."""

    digest: str
    outcome: str
    """"written", "not due", "no news", "all dropped"."""
    folder: str = ""
    issue: Issue | None = None
    """What was written; where none is due, the newest one."""
    plan: Plan | None = None


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
    report: Callable[[str], None] = lambda line: None,
    warn: Callable[[str], None] = lambda line: None,
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
        report: Called with a line for each step.
        warn: Called with a line for each part that no model wrote although one should have,
            and for a search that failed.
    """
    pages = Pages(config, store, door, lambda: now)
    search = None
    if searcher is not None and door is not None:
        search = Searches(searcher, store, lambda: now, warn).search
    research = Researching(config, pages, search)
    turn = _Turn(config, store, site / "content", drafter, desk, research, now, report, warn)
    chosen = [digest for digest in config.digests if not only or digest.slug in only]
    return tuple([await turn.of(digest, bool(only), plan_only) for digest in chosen])


@dataclass(slots=True)
class _Choice:
    """What is known of an issue while it is made. Keys are those of stories' leading entries."""

    digest: Digest
    window: Window
    author: Author
    told: Sequence[Told]
    """What past issues said."""
    dossiers: tuple[Dossier, ...]
    """Of all stories that have a place; settled anew when a feature is refused."""
    features: dict[Key, Feature] = field(default_factory=dict)
    refused: dict[Key, str] = field(default_factory=dict)
    """Why no feature could be made of a story."""
    left_out: tuple[Story, ...] = ()
    """What was left out before anything was read."""
    problems: list[Problem] = field(default_factory=list)

    def settle(self) -> None:
        """Look again at the places: a story let down makes room for the next."""
        self.dossiers = settle(self.dossiers, self.digest, refused=self.refused)

    def of(self, place: str) -> list[Dossier]:
        return [dossier for dossier in self.dossiers if dossier.story.place == place]

    def unwritten(self) -> list[Dossier]:
        """The features that are to be written still: each will be written or refused."""
        done = self.features.keys() | self.refused.keys()
        return [d for d in self.of("feature") if d.story.lead.key not in done]

    def written(self) -> tuple[Feature, ...]:
        """The features in the order of their stories."""
        keys = [dossier.story.lead.key for dossier in self.of("feature")]
        return tuple(self.features[key] for key in keys if key in self.features)


class _Turn:
    """One run over the digests."""

    def __init__(
        self,
        config: Config,
        store: Store,
        folder: Path,
        drafter: Drafter,
        desk: Desk | None,
        research: Researching,
        now: dt.datetime,
        report: Callable[[str], None],
        warn: Callable[[str], None],
    ) -> None:
        self.config, self.store, self.folder = config, store, folder
        self.drafter, self.desk, self.now = drafter, desk, now
        self.report, self.warn = report, warn
        self.research = research
        self.states = store.feeds.states()
        self.weighed = 0

    async def of(self, digest: Digest, asked: bool, plan_only: bool) -> DraftReport:
        window, entries, heads = window_of(
            self.config, self.store, self.folder.parent, digest, self.now, asked=asked
        )
        if window is None:
            return DraftReport(digest.slug, "not due", issue=self._newest(digest))
        if not entries:
            return DraftReport(digest.slug, "no news")
        self.weighed = len(entries)
        texts = self.store.documents.get(entry.document for entry in entries if entry.document)
        feeds = self.config.feeds_of(digest)
        issues = content.read_issues(self.folder, digest.slug) if heads else ()
        past = told_stories(issues, now=self.now)
        before = self.store.documents.get(id_ for told in past for id_ in told.documents)
        keys = [entry.key for entry in entries]
        keys += [(ref.feed, ref.id) for told in past for ref in told.entries]
        vectors = await embeddings(
            self.store, entries, texts, self.config.model, now=self.now, report=self.report
        )
        reading = Reading(
            entries,
            {**before, **texts},
            digest,
            moved=moved(self.store, entries),
            vectors=vectors,
            background=background(self.store, entries, [feed.slug for feed in feeds], self.now),
        )
        offered = offer(
            reading, feeds, now=self.now, told=past, copies=self.store.samples.originals(keys)
        )
        chosen = choose(offered)
        plan = Plan(digest.slug, window, chosen)
        if plan_only:
            plan = replace(plan, evidence=await self.research.foresee(chosen, texts))
            return DraftReport(digest.slug, "planned", plan=plan)
        self.report(f"{digest.slug}: {len(entries)} entries, {len(chosen)} stories")
        told = [story for story in chosen if story.place != "left out"]
        dossiers = await self.research.gather(told, texts, past)
        left = tuple(story for story in chosen if story.place == "left out")
        author = self._author(digest, window)
        choice = _Choice(digest, window, author, past, dossiers, left_out=left)
        issue = await self._write(choice)
        if issue is None:
            return DraftReport(digest.slug, "all dropped", plan=plan)
        folder = content.write_issue(self.folder, issue)
        return DraftReport(digest.slug, "written", str(folder), issue, plan)

    def _newest(self, digest: Digest) -> Issue | None:
        folders = content.issue_folders(self.folder, digest.slug)
        return content.read_issue(folders[-1], digest.slug) if folders else None

    def _author(self, digest: Digest, window: Window) -> Author:
        quoting = Quoting(self.drafter, digest)
        if self.desk is None:
            return quoting
        issue = f"{digest.slug}/{window.day}"
        return Writing(
            self.desk.models(issue),
            setting(digest, self.desk.prompts, self.desk.salt, issue),
            quoting,
            self.warn,
        )

    async def _write(self, choice: _Choice) -> Issue | None:
        choice.settle()
        while dossiers := choice.unwritten():
            parts = await asyncio.gather(*(self._feature(choice, each) for each in dossiers))
            for dossier, part in zip(dossiers, parts, strict=True):
                _keep(choice, dossier, part)
            choice.settle()
        features, round_ups = choice.written(), await self._round_ups(choice)
        if not features and not any(item.text or item.url for item in round_ups):
            return None
        return await self._issue(choice, features, round_ups)

    async def _feature(self, choice: _Choice, dossier: Dossier) -> FeaturePart:
        self.report(f"{choice.digest.slug}: feature, {dossier.story.lead.title}")
        return await choice.author.feature(dossier, _before(dossier.story, choice.told))

    async def _round_ups(self, choice: _Choice) -> tuple[RoundUp, ...]:
        dossiers = choice.of("round-up")
        out: list[RoundUp] = []
        made = await choice.author.round_ups(dossiers)
        for dossier, (item, found) in zip(dossiers, made, strict=True):
            slug = _free(item.slug, {other.slug for other in out})
            choice.problems.extend(_of(slug, found))
            out.append(_with_notice(replace(item, slug=slug, problems=()), dossier))
        return tuple(out)

    async def _issue(
        self,
        choice: _Choice,
        features: Sequence[Feature],
        round_ups: Sequence[RoundUp],
    ) -> Issue:
        digest, window = choice.digest, choice.window
        dossiers = choice.dossiers
        facts = self._facts(dossiers, window, features, round_ups)
        front, found = await choice.author.front(features, round_ups, facts)
        documents = {document.id: document for d in dossiers for document in d.documents}
        issue = Issue(
            digest=digest.slug,
            date=window.day,
            slug=slugify(front.title),
            front=front,
            features=tuple(features),
            round_ups=tuple(round_ups),
            status="draft" if digest.review else "published",
            period_start=window.seen_after,
            period_end=self.now,
            researched_at=self.now,
            model=choice.author.model,
            calls=choice.author.calls,
            cover=_cover(features, round_ups),
            choice=_kept(choice),
            feeds=self._feed_lines(digest),
            problems=(*choice.problems, *found),
        )
        cited = _cited(issue)
        issue = replace(
            issue, documents=tuple(documents[id_] for id_ in sorted(cited & documents.keys()))
        )
        return replace(issue, counts=verify.counts(issue))

    def _facts(
        self,
        dossiers: Sequence[Dossier],
        window: Window,
        features: Sequence[Feature],
        round_ups: Sequence[RoundUp],
    ) -> Facts:
        told = _entries(features, round_ups)
        zone = ZoneInfo(self.config.site.timezone)
        days = sorted(e.published.astimezone(zone).date() for e in told if e.published)
        feeds = Counter(entry.feed for entry in told)
        keys = {(entry.feed, entry.id) for entry in told}
        return Facts(
            entries=self.weighed,
            sources=tuple(
                self._name(slug)
                for slug, _ in sorted(feeds.items(), key=lambda kv: (-kv[1], kv[0]))
            ),
            first_day=days[0] if days else None,
            last_day=days[-1] if days else None,
            several=sum(
                1
                for dossier in dossiers
                if dossier.story.lead.key in keys and len(_publishers(dossier)) > 1
            ),
            is_first=window.seen_after is None,
        )

    def _name(self, slug: str) -> str:
        """A feed's name for people: from feeds.yaml, else its own, else the slug."""
        feed = next(feed for feed in self.config.feeds if feed.slug == slug)
        state = self.states.get(slug)
        return feed.title or (state.title if state else "") or slug

    def _feed_lines(self, digest: Digest) -> tuple[FeedLine, ...]:
        lines = []
        for feed in self.config.feeds_of(digest):
            state = self.states.get(feed.slug)
            lines.append(
                FeedLine(
                    slug=feed.slug,
                    read=state is not None and not state.error,
                    failed=state.error if state else "not asked yet",
                    last_entry=state.last_entry if state else None,
                )
            )
        return tuple(lines)


def _keep(choice: _Choice, dossier: Dossier, part: FeaturePart) -> None:
    """Note a feature, or why there is none: the story steps down, the next moves up."""
    key = dossier.story.lead.key
    if part.feature is None:
        choice.problems.extend(_of(slugify(dossier.story.lead.title), part.problems))
        choice.refused[key] = part.refused
        return
    taken = {feature.slug for feature in choice.features.values()}
    slug = _free(slugify(part.feature.title), taken)
    choice.problems.extend(_of(slug, part.problems))
    choice.features[key] = replace(
        part.feature, slug=slug, update_of=dossier.story.update_of, problems=()
    )


def _before(story: Story, told: Sequence[Told]) -> Told | None:
    """What the issue that a story continues said of it."""
    words = set(content_words(story.lead.title))
    return max(
        (each for each in told if story.update_of and each.issue == story.update_of),
        key=lambda each: len(words & set(content_words(f"{each.title} {each.text}"))),
        default=None,
    )


def _of(slug: str, found: Sequence[Problem]) -> list[Problem]:
    """Problems that say which part of the issue they are in; the issue keeps them all."""
    return [replace(problem, where=f"{slug}: {problem.where}") for problem in found]


def _with_notice(item: RoundUp, dossier: Dossier) -> RoundUp:
    """A round-up that says what a reader must know of it, in sentences of ours."""
    story = dossier.story
    notices = []
    if story.lead.points_to in dict(dossier.unread):
        notices.append("The page that this post points to could not be read.")
    if story.update_of:
        day = story.update_of.rpartition("/")[2]
        notices.append(f"This continues a story of the issue of {day}.")
    return replace(
        item,
        text=" ".join(filter(None, (item.text, *notices))),
        claims=(*item.claims, *(Claim(notice, "computed") for notice in notices)),
        update_of=story.update_of,
    )


def chosen(story: Story) -> Chosen:
    """What was decided of a story, without its texts."""
    return Chosen(
        title=story.lead.title,
        url=story.lead.url,
        entries=tuple(entry.key for entry in story.entries),
        place=story.place,
        score=story.score,
        parts=story.parts,
        reason=story.reason,
        theme=story.theme,
        update_of=story.update_of,
    )


def _kept(choice: _Choice) -> tuple[Chosen, ...]:
    """The choice as it came out: a window of thousands is told by its best."""
    stories = [*(dossier.story for dossier in choice.dossiers), *choice.left_out]
    return tuple(chosen(story) for story in stories[:CHOICE_KEPT])


def _publishers(dossier: Dossier) -> set[str]:
    return {document.publisher for document in dossier.documents}


def _entries(features: Sequence[Feature], round_ups: Sequence[RoundUp]) -> list[EntryRef]:
    return [
        *(entry for feature in features for entry in feature.entries),
        *(entry for item in round_ups for entry in item.entries),
    ]


def _cover(
    features: Sequence[Feature], round_ups: Sequence[RoundUp]
) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(entry.feed, entry.id) for entry in _entries(features, round_ups)}))


def _cited(issue: Issue) -> set[str]:
    """Ids of the documents that the issue rests on."""
    ids = {ref.id for feature in issue.features for ref in feature.documents}
    ids |= {note.quote.document for feature in issue.features for note in feature.notes}
    return ids | {id_ for item in issue.round_ups for id_ in item.documents}


def _free(slug: str, taken: set[str]) -> str:
    """The slug, or the first of slug-2, slug-3 … that is not taken."""
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
