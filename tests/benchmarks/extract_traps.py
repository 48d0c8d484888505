"""
Markup that parsers run away with: the time that a page of each kind takes, by its size.

    python tests/benchmarks/extract_traps.py [SIZE]

Prints CPU seconds at an eighth of SIZE (4000 elements) and at SIZE, and how much longer the second
took: 8 is linear, 64 is the square. Run by hand.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable

from digest.errors import ParseError
from digest.extract.article import article

TRAPS: dict[str, Callable[[int], str]] = {
    "nested divisions": lambda n: "<div>" * n + "x" + "</div>" * n,
    "open inline tags": lambda n: "<font><p>x" * n,
    "nested lists": lambda n: "<ul><li>x" * n,
    "nested tables": lambda n: "<table><tr><td>x" * n,
    "nested quotations": lambda n: "<blockquote>x" * n,
    "open links": lambda n: "<a href='/x'>y" * n,
    "many paragraphs": lambda n: "<p>Words of the mill, as they were said to us.</p>" * n,
    "many cells": lambda n: "<table>" + "<tr><td>1</td><td>2</td></tr>" * n + "</table>",
    "many spans": lambda n: "<table><tr>" + "<td colspan=50>1</td>" * n + "</tr></table>",
    "unclosed tags": lambda n: "<p " * n,
    "unclosed comments": lambda n: "<!--" * n,
    "blanks": lambda n: "<p>a" + " \n" * n + "b</p>",
    "styles": lambda n: "".join(f"<p style='/*{'*' * 20}/x:{i}'>x</p>" for i in range(n)),
    "one long style": lambda n: "<p style='" + "/*" * n + "'>x</p>",
    "entities": lambda n: "<p>" + "&lt;b&gt;" * n + "</p>",
    "one long word": lambda n: "<p>" + "x" * 10 * n + "</p>",
    "pre": lambda n: "<pre>" + " \n" * n + "x</pre>",
    "breaks": lambda n: "<p>" + "x<br>" * n + "</p>",
    "structured data": lambda n: "<script type='application/ld+json'>" + "[" * n + "</script><p>x",
}


def seconds(trap: str, size: int) -> float:
    """CPU seconds that a page with this much of a trap takes."""
    page = f"<html><body><article>{TRAPS[trap](size)}</article></body></html>".encode()
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    start = time.process_time()
    try:
        article(
            page, url="https://e.example/", content_type="text/html", fetched_at=now, families={}
        )
    except ParseError as exc:
        print(f"  {trap}: {exc.message:.70}")
    return time.process_time() - start


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    seconds("many paragraphs", 10)
    print(f"{'':<20}{size // 8:>8}{size:>8}  times")
    for trap in TRAPS:
        small, large = seconds(trap, size // 8), seconds(trap, size)
        print(f"{trap:<20}{small:>8.3f}{large:>8.3f}  {large / max(small, 0.005):.0f}")


if __name__ == "__main__":
    main()
