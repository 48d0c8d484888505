"""
An issue as its pages show it: what is left to do is to put the frame around it.

Pure. It takes most of the time that a page takes to make, and follows from the issue's files, the
configuration, the words and two templates; not from other issues, nor from any other template. So
it is made when the issue is read, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ..types import Feature, Front, Issue, RoundUp
from .addresses import root_of
from .evidence import EVIDENCE, is_dropped, statements
from .shell import Frame
from .slim import Slim, pack, unpack
from .structured import news_article
from .view import IssueView, Way

FOOTNOTES, STATEMENTS = "footnotes.html", "statements.html"
TEMPLATES = (FOOTNOTES, STATEMENTS)
"""What is made with these is kept."""
_LEFT_OUT: dict[type, frozenset[str]] = {
    IssueView: frozenset({"notes"}),
    Issue: frozenset({"documents", "choice", "problems", "evidence", "cover"}),
    Front: frozenset({"lead", "claims"}),
    Feature: frozenset({"body", "notes", "claims", "documents", "entries", "derived", "problems"}),
    RoundUp: frozenset({"claims", "documents", "entries"}),
}


@dataclass(frozen=True, slots=True)
class Ready:
    view: IssueView
    """Without what our templates do not name, where it comes from `of_kept`."""
    structured: Markup
    """As `news_article`."""
    footnotes: Markup
    """All notes; empty where there are none."""
    statements: Markup
    """What the page of the evidence shows; empty where there is no such page."""
    is_whole: bool
    """Nothing was dropped whose words evidence.json holds."""

    def with_ways(self, ways: Mapping[str, Way]) -> Ready:
        """
        The same with the ways from its features to the rest of their stories.

        Args:
            ways: By slug of a feature.
        """
        if not ways:
            return self
        shown: Any = self.view
        if isinstance(shown, IssueView):
            return replace(self, view=shown.with_ways(ways))
        features = tuple(
            Slim({**vars(item), "update_of": way.update_of, "thread": way.thread})
            if (way := ways.get(item.feature.slug))
            else item
            for item in shown.features
        )
        slim: Any = Slim({**vars(shown), "features": features})
        return replace(self, view=slim)


def ready(shown: IssueView, frame: Frame) -> Ready:
    """
    Args:
        shown: The issue, rendered; ways to other issues play no part yet.
        frame: Its templates and configuration; of its context nothing is used.
    """
    issue, config, env = shown.issue, frame.config, frame.env
    given = {"view": shown, "issue": issue, "site": config.site}
    footnotes = evidence = ""
    if shown.notes:
        footnotes = env.get_template(FOOTNOTES).render(given)
    if issue.evidence:
        root = {"root": root_of(f"{shown.path}{EVIDENCE}")}
        evidence = env.get_template(STATEMENTS).render(given | root | statements(shown, frame))
    return Ready(
        shown,
        news_article(shown, config),
        Markup(footnotes),  # noqa: S704 - of a template
        Markup(evidence),  # noqa: S704 - of a template
        not any(map(is_dropped, issue.problems)),
    )


def to_kept(made: Ready) -> bytes:
    """What our own templates name of it."""
    told = (made.view, made.structured, made.footnotes, made.statements, made.is_whole)
    return pack(told, _LEFT_OUT)


def of_kept(body: bytes) -> Ready:
    """
    What `to_kept` kept.

    Raises:
        ValueError: It is damaged.
    """
    return Ready(*unpack(body))
