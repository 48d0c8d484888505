"""
The pages of one issue: its own, and the one that shows what each of its claims rests on.

Pure. They need the issue, an order and a frame, and no other issue, so that many issues can be
made at once in several processes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Page
from .addresses import Link
from .evidence import evidence_pages
from .sheets import Order
from .shell import Frame
from .structured import news_article
from .view import IssueView


def issue_pages(shown: IssueView, order: Order, frame: Frame) -> Iterator[Page]:
    """
    Args:
        shown: The issue, rendered, with the ways of `order`.
        order: Its row and neighbours.
        frame: What stands around it.
    """
    issue, row = shown.issue, order.row
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
    )
    yield from evidence_pages(shown, row, frame)
