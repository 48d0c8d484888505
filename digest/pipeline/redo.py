"""
An issue that is there, or one part of it, written anew.

Touches store and content/ and, through the doors, the network and models. What is not asked
for keeps its bytes; what stands above is proved against the new text, and written anew too
where it no longer holds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from .. import content, verify
from ..draft import Drafter
from ..errors import ContentError, DraftError
from ..fetch.door import Door
from ..research import Searcher
from ..settings import Config, Digest
from ..store import Store
from ..types import (
    Document,
    Dossier,
    EntryRef,
    Issue,
    Problem,
    RoundUp,
    Story,
)
from .draft import UNWRITTEN, Again, author_of, researching
from .making import cited, facts, located, with_notice
from .proving import front_draft
from .quoting import Author, Quoting
from .researching import Researching
from .takes import end, take_of
from .texts import Texts
from .told import told_stories
from .workers import Workers
from .writing import Desk

FRONT, ROUND_UPS = "front", "round-ups"
_FRONT_PLACE = re.compile(r"(?:headline|dek|TL;DR|lead)(?:,|$)")


@dataclass(frozen=True, slots=True)
class Redone:
    """What was written anew."""

    issue: Issue
    folder: str
    files: tuple[str, ...]


async def redo(
    config: Config,
    store: Store,
    site: Path,
    drafter: Drafter,
    door: Door | None,
    *,
    digest: Digest,
    day: dt.date | None,
    part: str,
    desk: Desk | None = None,
    searcher: Searcher | None = None,
    note: str = "",
    force: bool = False,
    warn: Callable[[str], None] = lambda line: None,
) -> Redone:
    """
    Write one part anew.

    Args:
        digest, day: Whose issue, and which; the newest where no day is given.
        part: "1", "2" … for a feature, "round-ups" or "front".
        note: What a person asks for.
        force: Also over a text that a person has edited.

    Raises:
        ContentError: There is no such issue or part, or a file was edited.
        DraftError: Nothing could be proved of what was written, or no model wrote what one
            wrote before; the old text stays.
    """
    content.recover_all(site / "content")
    issues = content.read_issues(site / "content", digest.slug)
    issue = issue_of(issues, digest, day)
    async with Workers() as workers:
        research = researching(config, store, door, workers, searcher, issue.period_end, warn)
        texts = Texts(config, store, workers, warn)
        again = Again(issue, note, take_of(store, issue, part))
        work = _Redo(
            config, store, site, drafter, texts, research, desk, digest, again, issues, warn
        )
        try:
            done = await work.part(part, force)
        except DraftError:
            work.end(part)
            raise
        work.end(part)
        return done


def issue_of(issues: Sequence[Issue], digest: Digest, day: dt.date | None) -> Issue:
    """
    The issue of a day, or the newest.

    Raises:
        ContentError: There is none.
    """
    if not issues:
        raise ContentError(f"content/{digest.slug}", "has no issue that could be written anew")
    found = [issue for issue in issues if day in (None, issue.date)]
    if not found:
        days = f"{issues[0].date} to {issues[-1].date}"
        raise ContentError(f"content/{digest.slug}/{day}", f"is no issue; expected one of {days}")
    return found[-1]


class _Redo:
    def __init__(
        self,
        config: Config,
        store: Store,
        site: Path,
        drafter: Drafter,
        texts: Texts,
        research: Researching,
        desk: Desk | None,
        digest: Digest,
        again: Again,
        issues: Sequence[Issue],
        warn: Callable[[str], None],
    ) -> None:
        self._config, self._store, self._content = config, store, site / "content"
        self._issue, self._digest, self._has_model = again.issue, digest, desk is not None
        issue = again.issue
        before = [each for each in issues if each.date < issue.date]
        self._told = told_stories(before, now=issue.period_end)
        self._texts, self._research = texts, research
        quoting = Quoting(drafter, digest)
        self._author: Author = (
            author_of(desk, quoting, digest, issue.date, warn, again) if desk else quoting
        )

    async def part(self, name: str, force: bool) -> Redone:
        """Write one part anew, by its name."""
        if name == FRONT:
            return await self.front(force)
        if name == ROUND_UPS:
            return await self.round_ups(force)
        return await self.feature(int(name), force)

    def end(self, part: str) -> None:
        """Ask anew next time, unless a model gave no answer: then go on where this run ended."""
        if not self._author.is_cut:
            end(self._store, self._issue, part)

    # ------------------------------------------------------------------ the parts

    async def feature(self, number: int, force: bool) -> Redone:
        issue = self._issue
        if not 0 < number <= len(issue.features):
            raise ContentError(
                f"{issue.digest}/{issue.date}",
                f"has no part {number}; expected 1 to {len(issue.features)}, round-ups or front",
            )
        old = issue.features[number - 1]
        story = await self._story(old.entries, old.update_of, place="feature")
        (fresh,) = await self._dossiers([story])
        dossier = self._with_old(fresh, [ref.id for ref in old.documents])
        part = await self._author.feature(dossier)
        if part.feature is None:
            raise DraftError(old.title, f"{part.refused}; the feature stays as it was")
        if self._steps_down(old.kind, part.feature.kind):
            raise DraftError(old.title, f"{UNWRITTEN}; the feature stays as it was")
        new = replace(part.feature, slug=old.slug, update_of=old.update_of, problems=())
        features = tuple(new if each is old else each for each in issue.features)
        found = (*self._others(f"{old.slug}: "), *located(old.slug, part.problems))
        made = replace(issue, features=features, problems=found)
        made = self._with_documents(made, dossier.documents)
        return await self._finish(made, [f"{number}-{old.slug}.md"], force)

    async def round_ups(self, force: bool) -> Redone:
        issue = self._issue
        if not issue.round_ups:
            raise ContentError(
                f"{issue.digest}/{issue.date}",
                f"has no round-ups; expected 1 to {len(issue.features)} or front",
            )
        dossiers = await self._dossiers(
            [await self._story(i.entries, i.update_of, i.theme) for i in issue.round_ups]
        )
        made: list[RoundUp] = []
        found: list[Problem] = []
        anew: list[str] = []
        told = await self._author.round_ups(dossiers)
        for old, dossier, (item, problems) in zip(issue.round_ups, dossiers, told, strict=True):
            if self._steps_down(old.kind, item.kind):
                made.append(old)
                continue
            kept = replace(item, slug=old.slug, theme=old.theme, problems=())
            made.append(with_notice(kept, dossier))
            found += located(old.slug, problems)
            anew.append(f"{old.slug}: ")
        if not anew:
            raise DraftError(ROUND_UPS, f"{UNWRITTEN}; they stay as they were")
        others = self._others(*anew)
        new = replace(issue, round_ups=tuple(made), problems=(*others, *found))
        documents = [document for dossier in dossiers for document in dossier.documents]
        return await self._finish(self._with_documents(new, documents), ["round-ups.md"], force)

    async def front(self, force: bool) -> Redone:
        made = await self._with_front(self._issue)
        if self._steps_down(_author(self._issue), _author(made)):
            raise DraftError(FRONT, f"{UNWRITTEN}; it stays as it was")
        return self._write(made, ["issue.md"], force)

    # ------------------------------------------------------------------------ both

    async def _finish(self, made: Issue, names: list[str], force: bool) -> Redone:
        """Write, and the front with it where it no longer holds and nobody has edited it."""
        if not _holds(made) and "issue.md" not in made.edited:
            made, names = await self._with_front(made), [*names, "issue.md"]
        return self._write(made, names, force)

    async def _with_front(self, made: Issue) -> Issue:
        told = [part.entries for part in made.features]
        told += [item.entries for item in made.round_ups]
        counted = facts(
            made.features,
            made.round_ups,
            self._config,
            self._store.feeds.states(),
            entries=sum(len(story.entries) for story in made.choice),
            several=sum(1 for entries in told if len({entry.feed for entry in entries}) > 1),
            is_first=made.period_start is None,
        )
        front, found = await self._author.front(made.features, made.round_ups, counted)
        others = tuple(p for p in made.problems if not _is_front(p))
        return replace(made, front=front, problems=(*others, *found))

    def _write(self, made: Issue, names: Sequence[str], force: bool) -> Redone:
        model = self._author.model or made.model
        made = replace(made, model=model, calls=(*made.calls, *self._author.calls))
        made = replace(made, counts=verify.counts(made))
        folder = content.rewrite_issue(self._content, made, names, force=force)
        return Redone(made, str(folder), tuple(names))

    async def _story(
        self,
        refs: Sequence[EntryRef],
        update_of: str,
        theme: str = "",
        place: Literal["feature", "round-up"] = "round-up",
    ) -> Story:
        keys = [(ref.feed, ref.id) for ref in refs]
        await self._texts.make(keys)
        entries = self._store.entries.get(keys)
        if not entries:
            title = refs[0].title if refs else self._issue.front.title
            raise DraftError(title, "its posts are not in the store any more; it stays as it was")
        return Story(entries, 0.0, place=place, theme=theme, update_of=update_of)

    async def _dossiers(self, stories: Sequence[Story]) -> tuple[Dossier, ...]:
        ids = {e.document for story in stories for e in story.entries if e.document}
        texts = self._store.documents.get(sorted(ids))
        return await self._research.gather(stories, texts, self._told)

    def _with_old(self, found: Dossier, ids: Sequence[str]) -> Dossier:
        """With what the text rested on before, too: another story's denial, a page now gone."""
        known = self._store.documents.get(ids)
        held = {document.id for document in found.documents}
        more = [known[id_] for id_ in ids if id_ in known and id_ not in held]
        return replace(found, documents=(*found.documents, *more))

    def _steps_down(self, old: str, new: str) -> bool:
        """Whether quotations would take the place of what a model wrote, though one is set."""
        return self._has_model and old == "model" and new != "model"

    def _others(self, *parts: str) -> tuple[Problem, ...]:
        """The issue's problems but those of some parts."""
        return tuple(p for p in self._issue.problems if not p.where.startswith(parts))

    def _with_documents(self, made: Issue, new: Sequence[Document]) -> Issue:
        """The documents that the issue rests on now."""
        known = {document.id: document for document in (*made.documents, *new)}
        rests_on = sorted(cited(made) & known.keys())
        return replace(made, documents=tuple(known[id_] for id_ in rests_on))


def _holds(issue: Issue) -> bool:
    """Whether what stands above is still proved by what stands below."""
    _, found = verify.front(front_draft(issue), issue.features, issue.round_ups)
    return not any(problem.level == "error" for problem in found)


def _author(issue: Issue) -> str:
    """Of what stands above: "model" where one wrote it."""
    by_model = {"proved", "own"}.intersection(claim.kind for claim in issue.front.claims)
    return "model" if by_model else "extractive"


def _is_front(problem: Problem) -> bool:
    """Whether it is about what stands above, and not about a part called “lead-…”."""
    return _FRONT_PLACE.match(problem.where) is not None
