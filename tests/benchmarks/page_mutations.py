"""
Errors planted into a published page: how many of each kind the rules report.

    python -m tests.benchmarks.page_mutations PAGE.txt FEED.atom

Reads files, prints. The page and the feed are those of `page_claims.py`. Of the page's last
feature the sentences that its entry and its notes' quotations hold are the honest text; each
cites its notes, or the passage of the entry that shares most with it. The other features'
sentences are invented ones against this evidence.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from digest.text import passages, sentences
from digest.types import Document
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from digest.verify.support import support
from tests.benchmarks.page_claims import entry, features, footnotes
from tests.verify.mutations import Claim, Corpus, scores, table

_MARK = re.compile(r"\[\^(\w+)\]")


def statements(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences of the paragraphs with the notes that each carries."""
    for block in body.split("\n\n"):
        if block.startswith(("#", "|")):
            continue
        for start, end in sentences(block):
            text = block[start:end]
            yield _MARK.sub("", text).strip(), tuple(_MARK.findall(text))


def corpus(page: Path, feed: Path) -> tuple[Corpus, Corpus]:
    """All sentences of the last feature with what they cite, and those that have no error."""
    text = page.read_text("utf-8")
    title, _, body = features(text)[-1]
    notes = footnotes(text)
    documents = (entry(feed, title), *notes.values())
    numbers = {name: place for place, name in enumerate(notes, 2)}
    claims = [
        Claim("page", said, tuple(_cited(said, [numbers[mark] for mark in marks], documents)))
        for said, marks in statements(body)
    ]
    every = Corpus({"page": documents}, claims)
    honest = [claim for claim in claims if "error" not in every.levels(claim)]
    return every, Corpus({"page": documents}, honest)


def _cited(text: str, notes: list[int], documents: tuple[Document, ...]) -> Iterator[str]:
    """All passages of the notes, and the passage of the entry that shares most."""
    for number in notes:
        for passage in passages(documents[number - 1]):
            yield f"S{number}.{passage.number}"
    source = Source(documents[0])
    found = support(lone("", text, "sentence"), Basis([source]))
    own = passages(documents[0])
    if found.source and found.shared > 1 and found.sentence < len(own):
        yield f"S1.{own[found.sentence].number}"


def invented(page: Path, honest: Corpus) -> list[Claim]:
    """Sentences of the page's other features, without their numbers and names."""
    cited = [claim.passages for claim in honest.honest if claim.passages]
    told = [
        said
        for _, _, body in features(page.read_text("utf-8"))[:-1]
        for said, _ in statements(body)
    ]
    return [
        Claim("page", said, cited[place % len(cited)], ("C3",))
        for place, said in enumerate(told)
        if len(said.split()) > 5
    ]


def main() -> int:
    """Print how the sentences fare, then the table of planted errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("feed", type=Path)
    arguments = parser.parse_args()
    every, honest = corpus(arguments.page, arguments.feed)
    print(f"{len(every.honest)} sentences, {len(honest.honest)} without an error")
    told = honest.score(invented(arguments.page, honest))
    share = 100 * told.reported / told.claims
    print(f"of {told.claims} sentences about other things, {share:.0f}% are reported by C3")
    print(table(honest))
    scores.cache_clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
