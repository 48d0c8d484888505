"""
The page of one issue, and the card that stands for it elsewhere.

Pure. They need the issue, an order and a frame, and no other issue, so that many issues can be
made at once in several processes.
"""

from __future__ import annotations

from ..types import Page
from .addresses import Link, absolute
from .cards import CardTexts, can_show, card
from .ready import Ready
from .rows import Row
from .sheets import Order
from .shell import Frame

CARD_FILE = "card.png"
"""Beside an issue's page."""


def issue_page(made: Ready, order: Order, frame: Frame, *, with_card: bool = False) -> Page:
    """
    Args:
        made: The issue.
        order: Its row and neighbours.
        frame: What stands around it.
        with_card: Issues have cards; this one too, if the card's font has its letters.

    Raises:
        Incomplete: A template wants more of the issue than was kept.
    """
    shown, row = made.with_ways(order.ways).view, order.row
    issue = shown.issue
    has_card = with_card and can_show(card_texts(row, frame))
    return frame.page(
        "issue.html",
        row.path,
        issue.front.title,
        issue.front.dek,
        feed=Link(row.digest_title, f"{issue.digest}/"),
        kind="article",
        view=shown,
        issue=issue,
        structured=made.structured,
        footnotes=made.footnotes,
        older=order.older,
        newer=order.newer,
        card=absolute(frame.config, f"{row.path}{CARD_FILE}") if has_card else "",
    )


def card_texts(row: Row, frame: Frame) -> CardTexts:
    """All that is told on an issue's card."""
    day = frame.words.day(row.date)
    return CardTexts.of(row.title, row.digest_title, frame.config.site.title, day)


def card_svg(row: Row, frame: Frame) -> str | None:
    """An issue's card; None where it has none."""
    return card(frame.env, card_texts(row, frame))
