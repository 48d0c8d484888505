"""
What newsletters tell of issues that went out before them.

Pure, and light: which newsletters are to be made follows from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ..settings import Config
from ..types import Correction, Issue
from .addresses import absolute, issue_path
from .rows import Row

TEMPLATES = ("newsletter.html", "newsletter.txt")
"""What newsletters are made with."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction of an issue that went out before this one."""

    correction: Correction
    title: str
    url: str


class Corrections:
    """
    What was corrected in each digest, and when.

    Args:
        told: Issues or their rows, in any order.
        config: The site's address.
    """

    def __init__(self, told: Iterable[Issue | Row], config: Config) -> None:
        self._dates: dict[str, list[dt.date]] = {}
        self._corrected: dict[str, list[tuple[dt.date, Corrected]]] = {}
        for one in sorted(told, key=lambda one: one.date, reverse=True):
            self._dates.setdefault(one.digest, []).append(one.date)
            title = one.title if isinstance(one, Row) else one.front.title
            path = one.path if isinstance(one, Row) else issue_path(one)
            self._corrected.setdefault(one.digest, []).extend(
                (one.date, Corrected(item, title, absolute(config, path)))
                for item in one.corrections
            )

    def before(self, digest: str, date: dt.date) -> tuple[Corrected, ...]:
        """
        Corrections of earlier issues that readers of mail have not heard of at an issue.

        Those are dated from the day of the issue before this one, which had gone out by the
        time of a correction of that day, to the day before this one's.
        """
        corrected = [(day, c) for day, c in self._corrected.get(digest, ()) if day < date]
        if not corrected:
            return ()
        last = max(day for day in self._dates[digest] if day < date)
        return tuple(item for _, item in corrected if last <= item.correction.date < date)
