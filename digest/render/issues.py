"""
The pages of one issue: its own, and the one that shows what each of its claims rests on.

Pure. They need the issue, an order and a frame, and no other issue, so that many issues can be
made at once in several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..types import Page
from .addresses import Link, absolute
from .cards import card
from .evidence import evidence_pages
from .sheets import Order
from .shell import Frame
from .structured import news_article
from .view import IssueView

CARD = "card.png"
"""Beside an issue's page."""
Picture = Callable[[str], bytes]
"""Makes a PNG of an SVG."""


def issue_pages(
    shown: IssueView, order: Order, frame: Frame, picture: Picture | None = None
) -> Iterator[Page]:
    """
    Args:
        shown: The issue, rendered, with the ways of `order`.
        order: Its row and neighbours.
        frame: What stands around it.
        picture: Makes its card; without it there is none.
    """
    issue, row = shown.issue, order.row
    svg = _card(shown, frame) if picture else None
    if picture and svg:
        yield Page(f"{row.path}{CARD}", picture(svg))
    yield frame.page(
        "issue.html",
        row.path,
        issue.front.title,
        issue.front.dek,
        feed=Link(row.digest_title, f"{issue.digest}/"),
        kind="article",
        view=shown,
        issue=issue,
        structured=news_article(shown, frame.config),
        older=order.older,
        newer=order.newer,
        card=absolute(frame.config, f"{row.path}{CARD}") if svg else "",
    )
    yield from evidence_pages(shown, row, frame)


def _card(shown: IssueView, frame: Frame) -> str | None:
    return card(
        frame.env,
        title=shown.issue.front.title,
        digest=shown.digest_title,
        site=frame.config.site.title,
        day=frame.words.day(shown.issue.date),
    )
