"""
How much of each page's text is found, and nothing beside it: scores that may rise and not fall.

The pages of tests/data/extract/corpus/ have the text that a person marked in them beside them;
baseline.json holds the F1 of each, over runs of three words (of three letters, in scripts that
do not part words). Where a file .teaser lies beside a page, its feed says how the article begins,
and without that nobody could tell it from what else stands there.
`python -m tests.extract.test_score` writes the baseline anew; look at the difference.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from digest.errors import ParseError
from digest.extract.article import article
from digest.types import Entry

FOLDER = Path(__file__).parents[1] / "data" / "extract" / "corpus"
BASELINE = FOLDER / "baseline.json"
PAGES = sorted(FOLDER.glob("*.html"))
RUN = 3
LEAST = 0.99
"""The mean over all pages that the extraction never falls below."""


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of three words occurs; a shorter text is one run."""
    words = re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_]+", text.lower())
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def teaser(path: Path) -> str:
    """What the page's feed says of it; empty where there is none."""
    beside = path.with_suffix(".teaser")
    return beside.read_text("utf-8").strip() if beside.exists() else ""


def score(path: Path, hint: str = "") -> float:
    """F1 of a page's text against what stands beside it."""
    entry = Entry("f", "1", "", "", "", html=f"<p>{escape(hint)}</p>") if hint else None
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    url = f"https://{path.stem}.example/page"
    try:
        made = article(
            path.read_bytes(),
            url=url,
            content_type="text/html",
            fetched_at=now,
            families={},
            hint=entry,
        )
    except ParseError:
        return 0.0
    found, true = runs(made.text), runs(path.with_suffix(".txt").read_text("utf-8"))
    return round(2 * (found & true).total() / (found.total() + true.total()), 4)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_gets_worse(path: Path) -> None:
    """A page's score is at least what it was when the baseline was written."""
    assert score(path, teaser(path)) >= json.loads(BASELINE.read_text("utf-8"))[path.stem]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_beginning_of_an_article_is_no_bad_hint(path: Path) -> None:
    """A feed that gives the first sentences makes no page worse."""
    first = path.with_suffix(".txt").read_text("utf-8").strip().split("\n\n")[0]
    assert score(path, first) >= score(path)


@pytest.mark.parametrize(
    "path", [path for path in PAGES if teaser(path)], ids=lambda path: path.stem
)
def test_the_teaser_pays(path: Path) -> None:
    """Where other texts on a page are longer, only its feed tells which is the article."""
    assert score(path) < 0.5
    assert score(path, teaser(path)) > 0.95


def test_all_pages_together() -> None:
    """The baseline names every page, and its mean stays above the least."""
    baseline = json.loads(BASELINE.read_text("utf-8"))
    assert sorted(baseline) == [path.stem for path in PAGES]
    assert sum(baseline.values()) / len(baseline) >= LEAST


def test_the_score_can_fall() -> None:
    """A missing and a foreign sentence both cost."""
    true = runs("one two three four five six seven eight")
    assert runs("one two three four") != true
    assert (runs("one two three four five six seven eight nine ten") & true).total() == 6


if __name__ == "__main__":
    scores = {path.stem: score(path, teaser(path)) for path in PAGES}
    BASELINE.write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    print(f"{sum(scores.values()) / len(scores):.4f} over {len(scores)} pages")
