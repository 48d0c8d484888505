"""
One issue from its dossiers: features, round-ups, what stands above, and what is counted.

Touches a model, through the author that it is given. Each part that fails steps down one
rung (feature → round-up → headline) and costs no other part.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .. import verify
from ..period import Window
from ..select import settle
from ..settings import Config, Digest
from ..text import slugify
from ..types import (
    Chosen,
    Claim,
    Dossier,
    EntryRef,
    Facts,
    Feature,
    FeedLine,
    FeedState,
    Issue,
    Key,
    Problem,
    RoundUp,
    Story,
)
from .notices import UNREAD, continues
from .quoting import Author, FeaturePart

CHOICE_KEPT = 100
"""Stories whose place and reason an issue keeps."""


@dataclass(slots=True)
class Choice:
    """What is known of an issue while it is made. Keys are those of stories' leading entries."""

    digest: Digest
    window: Window
    author: Author
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

    def hand_over(self) -> None:
        """Let the round-ups go that a feature tells: those that deny it, where it cites them."""
        told: dict[Key, str] = {}
        for dossier in self.of("feature"):
            if feature := self.features.get(dossier.story.lead.key):
                rests_on = {note.quote.document for note in feature.notes}
                answers = [each for each in dossier.story.answers if each.document in rests_on]
                told |= {each.key: feature.title for each in answers}
        self.dossiers = tuple(_handed_over(dossier, told) for dossier in self.dossiers)

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


class Making:
    """
    Args:
        config: The feeds' names, the time zone.
        states: What is remembered of the feeds, by slug.
        now: The end of the period.
        weighed: Entries that the stories were chosen from.
        report: Called with a line for each step.
    """

    def __init__(
        self,
        config: Config,
        states: Mapping[str, FeedState],
        now: dt.datetime,
        weighed: int,
        report: Callable[[str], None],
    ) -> None:
        self.config, self.states, self.now = config, states, now
        self.weighed, self.report = weighed, report

    async def issue(self, choice: Choice) -> Issue | None:
        choice.settle()
        while dossiers := choice.unwritten():
            parts = await asyncio.gather(*(self._feature(choice, each) for each in dossiers))
            for dossier, part in zip(dossiers, parts, strict=True):
                _keep(choice, dossier, part)
            choice.settle()
        choice.hand_over()
        features, round_ups = choice.written(), await self._round_ups(choice)
        if not features and not any(item.text or item.url for item in round_ups):
            return None
        return await self._assembled(choice, features, round_ups)

    async def _feature(self, choice: Choice, dossier: Dossier) -> FeaturePart:
        self.report(f"{choice.digest.slug}: feature, {dossier.story.lead.title}")
        return await choice.author.feature(dossier)

    async def _round_ups(self, choice: Choice) -> tuple[RoundUp, ...]:
        dossiers = choice.of("round-up")
        out: list[RoundUp] = []
        made = await choice.author.round_ups(dossiers)
        for dossier, (item, found) in zip(dossiers, made, strict=True):
            slug = _free(item.slug, {other.slug for other in out})
            choice.problems.extend(located(slug, found))
            out.append(with_notice(replace(item, slug=slug, problems=()), dossier))
        return tuple(out)

    async def _assembled(
        self,
        choice: Choice,
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
        rests_on = cited(issue)
        issue = replace(
            issue, documents=tuple(documents[id_] for id_ in sorted(rests_on & documents.keys()))
        )
        return replace(issue, counts=verify.counts(issue))

    def _facts(
        self,
        dossiers: Sequence[Dossier],
        window: Window,
        features: Sequence[Feature],
        round_ups: Sequence[RoundUp],
    ) -> Facts:
        keys = {(entry.feed, entry.id) for entry in _entries(features, round_ups)}
        return facts(
            features,
            round_ups,
            self.config,
            self.states,
            entries=self.weighed,
            several=sum(
                1
                for dossier in dossiers
                if dossier.story.lead.key in keys and len(_publishers(dossier)) > 1
            ),
            is_first=window.seen_after is None,
        )

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


def facts(
    features: Sequence[Feature],
    round_ups: Sequence[RoundUp],
    config: Config,
    states: Mapping[str, FeedState],
    *,
    entries: int,
    several: int,
    is_first: bool,
) -> Facts:
    """
    What code counts of an issue.

    Args:
        entries: Those that its stories were chosen from.
        several: Stories told by more than one publisher.
    """
    told = _entries(features, round_ups)
    # In UTC, like the days beside each item, of which these are the first and the last.
    days = sorted(e.published.date() for e in told if e.published)
    feeds = Counter(entry.feed for entry in told)
    return Facts(
        entries=entries,
        sources=tuple(
            _name(slug, config, states)
            for slug, _ in sorted(feeds.items(), key=lambda kv: (-kv[1], kv[0]))
        ),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        several=several,
        is_first=is_first,
    )


def _name(slug: str, config: Config, states: Mapping[str, FeedState]) -> str:
    """A feed's name for people: from feeds.yaml, else its own, else the slug."""
    title = next((feed.title for feed in config.feeds if feed.slug == slug), "")
    state = states.get(slug)
    return title or (state.title if state else "") or slug


def _keep(choice: Choice, dossier: Dossier, part: FeaturePart) -> None:
    """Note a feature, or why there is none: the story steps down, the next moves up."""
    key = dossier.story.lead.key
    if part.feature is None:
        choice.problems.extend(located(slugify(dossier.story.lead.title), part.problems))
        choice.refused[key] = part.refused
        return
    taken = {feature.slug for feature in choice.features.values()}
    slug = _free(slugify(part.feature.title), taken)
    choice.problems.extend(located(slug, part.problems))
    choice.features[key] = replace(
        part.feature, slug=slug, update_of=dossier.story.update_of, problems=()
    )


def _handed_over(dossier: Dossier, told: Mapping[Key, str]) -> Dossier:
    """A round-up's dossier without its place, where features tell all of its posts."""
    story = dossier.story
    titles = [told[entry.key] for entry in story.entries if entry.key in told]
    if story.place != "round-up" or len(titles) < len(story.entries):
        return dossier
    reason = f"left out: the feature “{titles[0]}” tells it"
    return replace(dossier, story=replace(story, place="left out", theme="", reason=reason))


def located(slug: str, found: Sequence[Problem]) -> list[Problem]:
    """Problems that say which part of the issue they are in; the issue keeps them all."""
    return [replace(problem, where=f"{slug}: {problem.where}") for problem in found]


def with_notice(item: RoundUp, dossier: Dossier) -> RoundUp:
    """A round-up that says what a reader must know of it, in sentences of ours."""
    story = dossier.story
    notices = []
    if story.lead.points_to in dict(dossier.unread):
        notices.append(UNREAD)
    if story.update_of:
        notices.append(continues(story.update_of))
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


def _kept(choice: Choice) -> tuple[Chosen, ...]:
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


def cited(issue: Issue) -> set[str]:
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
