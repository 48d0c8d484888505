"""
What the templates of an issue are given: each text rendered, every note numbered.

Pure. One view serves page, feed and newsletter. The order of work is the order of reading,
for notes are numbered by first use over the issue: lead, then the features in turn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup, escape

from ..lone_publisher import said_once
from ..settings import Config
from ..text import count_words
from ..types import Article, Correction, Document, EntryRef, Feature, Front, Issue, RoundUp
from . import words
from .addresses import absolute, issue_path
from .excerpts import Excerpts, claim_of, excerpt, language_of
from .markdown import line_to_html, to_html
from .notes import Marks, Numbering, Used
from .render_rules import Labels
from .told import Place, told

COUNTS = ("quotes", "numbers", "names", "claims", "extracted", "own", "edited", "dropped")
"""Counts that an issue shows at its foot, in this order."""
ROUND_UPS_FILE = "round-ups.md"
"""As `Issue.edited` names it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from, as its source line says it."""

    name: str
    url: str
    published: dt.date | None
    """In UTC, as round-ups.md has it and a model was told."""
    also: tuple[str, ...] = ()
    """Names of other feeds that tell the same."""


@dataclass(frozen=True, slots=True)
class Way:
    """From a feature to the rest of its story."""

    update_of: tuple[str, dt.date] | None = None
    thread: str = ""


@dataclass(frozen=True, slots=True)
class FeatureView:
    feature: Feature
    source: Source
    tldr: tuple[Markup, ...]
    body: Markup
    update_of: tuple[str, dt.date] | None = None
    """Path and day of what it goes on with."""
    thread: str = ""
    """Path of the whole story over several issues; empty where it is told in one."""
    language: str = ""
    """Of its title, where that is the source's and differs from the site's; else empty."""


@dataclass(frozen=True, slots=True)
class RoundUpView:
    round_up: RoundUp
    source: Source
    text: Markup
    language: str = ""
    """Of its title, which is the source's, where it differs from the site's; else empty."""


@dataclass(frozen=True, slots=True)
class NoteView:
    number: int
    name: str
    topic: str
    quote: str
    url: str
    """Leads to the passage itself where that can be said."""
    fetched: dt.date | None
    language: str
    """Of the document, where it differs from the site's; else empty."""
    marks: tuple[str, ...]
    """Ids of the marks that lead here: its ways back."""


@dataclass(frozen=True, slots=True)
class IssueView:
    issue: Issue
    path: str
    url: str
    digest_title: str
    dek: Markup
    tldr: tuple[Markup, ...]
    told: tuple[Place | None, ...]
    """Where each bullet of the TL;DR is told; empty where the issue has one part alone."""
    lead: Markup
    features: tuple[FeatureView, ...]
    themes: tuple[tuple[str, tuple[RoundUpView, ...]], ...]
    """Round-ups by heading, which may be empty; mere headlines come last under each."""
    notes: tuple[NoteView, ...]
    minutes: int
    published: dt.datetime
    updated: dt.datetime
    researched: dt.date
    """The day on which the last of its sources was fetched."""
    period: tuple[dt.date | None, dt.date]
    names: Mapping[str, str]
    """What feeds are called, by slug."""
    counts: tuple[tuple[str, int], ...]
    """What was proved and dropped, by name."""
    edited: tuple[Place, ...]
    """Parts that a person changed after they were written."""
    corrections: tuple[tuple[Correction, Place], ...]
    """Each with the part that it corrects."""
    has_evidence: bool
    """It has a page that shows what it rests on."""

    def with_ways(self, ways: Mapping[str, Way]) -> IssueView:
        """
        The same with the ways from its features to the rest of their stories.

        Args:
            ways: By slug of a feature.
        """
        features = (
            replace(item, update_of=way.update_of, thread=way.thread)
            if (way := ways.get(item.feature.slug))
            else item
            for item in self.features
        )
        return replace(self, features=tuple(features))

    def whole(self, html: Markup) -> Markup:
        """The same HTML for a feed or mail: its links into the page become whole addresses."""
        return Markup(str(html).replace('href="#', f'href="{escape(self.url)}#'))  # noqa: S704


def view(
    issue: Issue, config: Config, say: words.Words, *, minutes: int | None = None
) -> IssueView:
    """
    Args:
        issue: What to show.
        config: Names of digests and feeds, time zone and address of the site.
        say: The site's own words.
        minutes: What `reading_minutes` says, where that is known.
    """
    issue = said_once(issue)
    numbering = Numbering()
    languages = languages_of(issue, config)
    names = feed_names(config, issue)
    zone = config.site.timezone
    front = issue.front
    labels = labels_of(say)
    lead = to_html(front.lead, excerpts=excerpts_of_front(front, languages), labels=labels)
    features = tuple(
        _feature(item, Marks(numbering, item.notes, languages), names, labels, languages)
        for item in issue.features
    )
    path, fetched = issue_path(issue), _fetched(issue, config)
    return IssueView(
        issue=issue,
        path=path,
        url=absolute(config, path),
        digest_title=digest_title(config, issue.digest),
        dek=line_of_front(front.dek, issue, languages),
        tldr=tuple(line_of_front(text, issue, languages) for text in front.tldr),
        told=told(issue),
        lead=lead,
        features=features,
        themes=_themes(issue, names, labels, languages),
        notes=tuple([_note(used, fetched) for used in numbering.used()]),
        minutes=reading_minutes(issue) if minutes is None else minutes,
        published=issue.period_end,
        updated=updated(issue),
        researched=words.local_day(_last_fetch(issue), zone),
        period=(
            words.local_day(issue.period_start, zone) if issue.period_start else None,
            words.local_day(issue.period_end, zone),
        ),
        names=names,
        counts=_counts(issue),
        edited=tuple(place_of(name, issue, say) for name in issue.edited),
        corrections=tuple(
            (correction, place_of(correction.file, issue, say)) for correction in issue.corrections
        ),
        has_evidence=bool(issue.evidence),
    )


def line_of_front(text: str, issue: Issue, languages: Mapping[str, str]) -> Markup:
    """
    A line above the features: the dek, or a bullet of the TL;DR.

    A model's may hold code and emphasis; one of the extractive drafter is plain, and stands
    in quotation marks where its claim says "extracted".
    """
    if issue.model:
        return line_to_html(text)
    claim = claim_of(text, issue.front.claims)
    if claim is None or claim.kind != "extracted":
        return escape(text)
    return excerpt(text, language_of(claim, languages))


def tldr(feature: Feature, languages: Mapping[str, str]) -> tuple[Markup, ...]:
    """A feature's bullets: those of the extractive drafter stand in quotation marks."""
    if excerpts_of_feature(feature) is None:
        return tuple(map(line_to_html, feature.tldr))
    return tuple(_bullet(text, feature, languages) for text in feature.tldr)


def _bullet(text: str, feature: Feature, languages: Mapping[str, str]) -> Markup:
    claim = claim_of(text, feature.claims)
    if claim is None:
        return excerpt(text)
    if claim.kind != "extracted":
        return escape(text)
    return excerpt(text, language_of(claim, languages, feature.notes))


def reading_minutes(issue: Issue) -> int:
    front = issue.front
    texts = [front.dek, *front.tldr, front.lead]
    for feature in issue.features:
        texts += [feature.title, *feature.tldr, feature.body]
    texts += [f"{item.title} {item.text}" for item in issue.round_ups]
    return words.minutes(sum(count_words(text) for text in texts))


def minutes_of(article: Article) -> int:
    return words.minutes(count_words(article.body))


def _last_fetch(issue: Issue) -> dt.datetime:
    """Later than the issue itself where a past day was built again."""
    return max([issue.researched_at, *(document.fetched_at for document in issue.documents)])


def updated(issue: Issue) -> dt.datetime:
    """
    When the issue said something new last: made, researched again, or corrected.

    A correction has a day and no time. A second is added for each, so that one made on the
    issue's own day, or a second one of that day, is new to readers of the feed.
    """
    corrected = (
        dt.datetime.combine(item.date, dt.time(), tzinfo=dt.UTC) for item in issue.corrections
    )
    latest = max([issue.period_end, issue.researched_at, *corrected])
    return latest + dt.timedelta(seconds=len(issue.corrections))


def feed_names(config: Config, issue: Issue) -> dict[str, str]:
    """
    What a feed is called on an issue's pages, by its slug.

    That is its title in feeds.yaml, else what a page of its own called itself when it was
    read for this issue, else the slug.
    """
    sites = {document.url: document.site for document in issue.documents if document.site}
    told = [f.entries for f in issue.features] + [r.entries for r in issue.round_ups]
    read = {e.feed: sites[e.url] for entries in told for e in entries if e.url in sites}
    given = {feed.slug: feed.title for feed in config.feeds if feed.title}
    return read | given


def languages_of(issue: Issue, config: Config) -> dict[str, str]:
    """By id of an issue's documents: their languages, empty for the site's own."""
    return {d.id: other_language(d, config.site.language) for d in issue.documents}


def other_language(document: Document, own: str) -> str:
    """The document's language where it is not the site's own; else empty."""
    return "" if document.language.lower() == own.lower() else document.language


def labels_of(say: words.Words) -> Labels:
    """The words that stand in the HTML of a text."""
    return Labels(
        note=say.pattern("note"),
        image=say.pattern("image"),
        image_unnamed=say.plain("image_unnamed"),
        table=say.plain("table"),
        footnotes=say.plain("footnotes"),
    )


def place_of(file: str, issue: Issue, say: words.Words) -> Place:
    """What the page calls the part that a file of the issue's folder holds."""
    if file == ROUND_UPS_FILE:
        return Place(say.plain("round_ups"), "round-ups")
    slug = file.removesuffix(".md").partition("-")[2]
    for feature in issue.features:
        if feature.slug == slug:
            return Place(feature.title, slug)
    return Place(say.plain("front"), "")


def _counts(issue: Issue) -> tuple[tuple[str, int], ...]:
    """What a reader may want to know of how it was proved; noughts only where they say much."""
    found = {name: issue.counts[name] for name in COUNTS if name in issue.counts}
    return tuple((name, n) for name, n in found.items() if n or name in {"quotes", "dropped"})


def digest_title(config: Config, slug: str) -> str:
    """The title of a digest; one that left feeds.yaml keeps its issues, and its slug."""
    titles = (digest.title for digest in config.digests if digest.slug == slug)
    return next(titles, slug.replace("-", " ").capitalize())


def excerpts_of_front(front: Front, languages: Mapping[str, str]) -> Excerpts | None:
    """A lead is computed; only what its claims call extracted stands in quotation marks."""
    if not any(claim.kind == "extracted" for claim in front.claims):
        return None
    return Excerpts(front.claims, unmarked=True, only_claimed=True, languages=languages)


def excerpts_of_feature(feature: Feature) -> Excerpts | None:
    """A person's changes may be words of nobody else's, so edited text is not quoted."""
    is_quoted = feature.kind == "extractive" and not feature.edited_by
    return Excerpts(feature.claims) if is_quoted else None


def excerpts_of_round_up(
    item: RoundUp, issue: Issue, languages: Mapping[str, str]
) -> Excerpts | None:
    is_quoted = item.kind == "extractive" and ROUND_UPS_FILE not in issue.edited
    return Excerpts(item.claims, unmarked=True, languages=languages) if is_quoted else None


def _feature(
    feature: Feature,
    marks: Marks,
    names: Mapping[str, str],
    labels: Labels,
    languages: Mapping[str, str],
) -> FeatureView:
    excerpts = excerpts_of_feature(feature)
    return FeatureView(
        feature=feature,
        source=_source(feature.entries, names),
        language=_title_language(
            [ref.id for ref in feature.documents] if excerpts else (), languages
        ),
        tldr=tldr(feature, languages),
        body=to_html(
            feature.body,
            marks=marks,
            excerpts=excerpts,
            labels=labels,
        ),
    )


def _source(entries: Sequence[EntryRef], names: Mapping[str, str]) -> Source:
    if not entries:
        return Source("", "", None)
    first = entries[0]
    others = {entry.feed: names.get(entry.feed, entry.feed) for entry in entries[1:]}
    others.pop(first.feed, None)
    return Source(
        names.get(first.feed, first.feed),
        first.url,
        first.published.date() if first.published else None,
        tuple(others.values()),
    )


def _themes(
    issue: Issue,
    names: Mapping[str, str],
    labels: Labels,
    languages: Mapping[str, str],
) -> tuple[tuple[str, tuple[RoundUpView, ...]], ...]:
    views = [_round_up(item, names, labels, issue, languages) for item in issue.round_ups]
    return tuple(
        (theme, tuple(sorted(group, key=lambda v: not v.round_up.text)))
        for theme, group in groupby(views, lambda v: v.round_up.theme)
    )


def _title_language(documents: Sequence[str], languages: Mapping[str, str]) -> str:
    """Of a title that is the source's own: the language of what the item is about."""
    return languages.get(documents[0], "") if documents else ""


def _round_up(
    item: RoundUp,
    names: Mapping[str, str],
    labels: Labels,
    issue: Issue,
    languages: Mapping[str, str],
) -> RoundUpView:
    return RoundUpView(
        round_up=item,
        source=Source(
            names.get(item.feed, item.feed),
            item.url,
            item.published.date() if item.published else None,
            tuple(names.get(slug, slug) for slug in item.also),
        ),
        language=_title_language(item.documents, languages),
        text=to_html(
            item.text,
            top=5,
            excerpts=excerpts_of_round_up(item, issue, languages),
            labels=labels,
        ),
    )


def _fetched(issue: Issue, config: Config) -> dict[str, tuple[dt.date, str]]:
    """By id of a document: the day on which it was fetched, and its language as notes show it."""
    found: dict[str, tuple[dt.date, str]] = {}
    for document in issue.documents:
        day = words.local_day(document.fetched_at, config.site.timezone)
        found.setdefault(document.id, (day, other_language(document, config.site.language)))
    return found


def _note(used: Used, fetched: Mapping[str, tuple[dt.date, str]]) -> NoteView:
    note = used.note
    day, language = fetched.get(note.quote.document, (None, ""))
    return NoteView(
        number=used.number,
        name=note.name,
        topic=note.topic,
        quote=note.quote.text,
        url=note.passage_url or note.url,
        fetched=day,
        language=language,
        marks=tuple(used.marks),
    )
