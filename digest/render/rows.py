"""
An issue as lists, feeds and threads show it: a row, with all heavy parts left out.

Pure. A site of many years is held as rows; an issue is read whole only while its own page
is made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from markupsafe import Markup

from ..settings import Config
from ..types import Feature, Front, Issue, RoundUp
from . import view
from .addresses import issue_path


@dataclass(frozen=True, slots=True)
class Row:
    issue: Issue
    """Without texts, notes, documents and claims."""
    path: str
    digest_title: str
    dek: Markup
    tldr: tuple[Markup, ...]
    minutes: int
    updated: dt.datetime
    names: tuple[tuple[str, str], ...]
    """What its feeds are called, by slug."""


def row(issue: Issue, config: Config) -> Row:
    """What lists show of an issue; cheaper than the whole view."""
    front, is_extractive = issue.front, not issue.model
    return Row(
        issue=slim(issue),
        path=issue_path(issue),
        digest_title=view.digest_title(config, issue.digest),
        dek=view.line(front.dek, front.claims, is_extractive=is_extractive),
        tldr=tuple(
            view.line(text, front.claims, is_extractive=is_extractive) for text in front.tldr
        ),
        minutes=view.reading_minutes(issue),
        updated=view.updated(issue),
        names=tuple(sorted(view.feed_names(config, issue).items())),
    )


def slim(issue: Issue) -> Issue:
    """The issue without what only its own page shows."""
    front = issue.front
    return replace(
        issue,
        front=Front(title=front.title, dek=front.dek, tldr=front.tldr, lead=""),
        features=tuple(map(_slim_feature, issue.features)),
        round_ups=tuple(map(_slim_round_up, issue.round_ups)),
        cover=(),
        documents=(),
        problems=(),
        calls=(),
        evidence="",
    )


def _slim_feature(feature: Feature) -> Feature:
    shown = set(feature.tldr)
    return replace(
        feature,
        body="",
        notes=(),
        derived=(),
        further=(),
        claims=tuple(claim for claim in feature.claims if claim.text in shown),
        problems=(),
    )


def _slim_round_up(item: RoundUp) -> RoundUp:
    return replace(item, text="", documents=(), claims=(), problems=())
