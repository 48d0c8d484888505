"""
What an issue of a frozen day is worth, measured apart from the rules that made it.

Nothing here calls `verify`: numbers are looked for as they are written, traps as strings, a
citation by the words that claim and quotation share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from digest.text import content_words, sentences
from digest.types import Call, Claim, Document, Feature, Issue
from tests.evals.day import Day

_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d")
_MARK = re.compile(r"\[\^[^\]]+\]")
CITES, REPEATS = 0.2, 0.7
"""Share of a claim's content words that its quotation holds, and that two claims share."""
FEWEST = 6
"""Content words of a claim that can repeat another."""


@dataclass(frozen=True)
class Score:
    day: str
    features: int
    """Written by the model and published."""
    round_ups: int
    claims: int
    own: int
    citation_recall: float
    """Share of the claims in features that cite something."""
    citation_precision: float
    """Share of citations whose quotation holds a fifth of the claim's words, or its number."""
    unsupported: int
    """Numbers in no document, and traps, that were published."""
    told: float
    """Share of what a good issue says that this one does."""
    repairs: int
    dropped: int
    repeats: int
    """Pairs of claims in different parts that say the same."""
    echoes: int
    """Pairs of lines above the first feature that say the same: a reader sees all of them."""
    quoted: int
    """Parts that the model did not write."""
    calls: int
    input: int
    output: int

    def row(self) -> dict[str, Any]:
        return asdict(self)


def measure(
    day: Day, issue: Issue, documents: tuple[Document, ...], calls: list[Call], repairs: int
) -> Score:
    written = [feature for feature in issue.features if feature.kind == "model"]
    pairs = [pair for feature in written for pair in _citations(feature)]
    cited = [claim for claim, quotes in pairs if quotes]
    good = [bool(_holds(claim, quote)) for claim, quotes in pairs for quote in quotes]
    text = "\n".join(_published(issue))
    claims = [
        *issue.front.claims,
        *(claim for feature in issue.features for claim in feature.claims),
        *(claim for item in issue.round_ups for claim in item.claims),
    ]
    return Score(
        day=day.name,
        features=len(written),
        round_ups=sum(1 for item in issue.round_ups if item.text and item.kind == "model"),
        claims=sum(1 for claim in claims if claim.kind == "proved"),
        own=sum(1 for claim in claims if claim.kind == "own"),
        citation_recall=_share(len(cited), len(pairs)),
        citation_precision=_share(sum(good), len(good)),
        unsupported=len(unsupported(day, issue, documents)),
        told=_share(sum(1 for each in day.told if each.lower() in text.lower()), len(day.told)),
        repairs=repairs,
        dropped=sum(1 for problem in issue.problems if problem.outcome == "dropped"),
        repeats=len(_repeats(issue)),
        echoes=len(_echoes(issue)),
        quoted=sum(f.kind != "model" for f in issue.features)
        + sum(item.kind != "model" for item in issue.round_ups),
        calls=len(calls),
        input=sum(call.input for call in calls),
        output=sum(call.output for call in calls),
    )


def unsupported(day: Day, issue: Issue, documents: tuple[Document, ...]) -> list[str]:
    """Traps that were published, and numbers of a model's text that no document writes so."""
    text = "\n".join(_published(issue))
    found = [trap for trap in day.forbidden if trap.lower() in text.lower()]
    known = "\n".join(
        f"{d.text} {d.title} {d.published:%d %Y-%m}" if d.published else f"{d.text} {d.title}"
        for d in documents
    )
    known = f"{known}\n" + "\n".join(entry.title for entry, _ in day.entries)
    known = f"{known}\n" + "\n".join(_in_english(d.text) for d in documents if _is_foreign(d))
    derived = {each.claim for feature in issue.features for each in feature.derived}
    for line in _by_model(issue):
        for match in _NUMBER.finditer(_MARK.sub("", line)):
            number = match[0].rstrip(".,")
            is_ours = any(number in claim for claim in derived)
            if not is_ours and not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", known):
                found.append(f"{number} (in “{line[:90]}”)")
    return found


def _is_foreign(document: Document) -> bool:
    return bool(document.language) and not document.language.startswith("en")


def _in_english(text: str) -> str:
    """Its numbers with the signs that English puts in them: "4.320" and "4 320", "11,8"."""
    swapped = re.sub(r"(?<=\d)[.,](?=\d)", lambda sign: "." if sign[0] == "," else ",", text)
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", ",", swapped)


def _published(issue: Issue) -> Iterator[str]:
    front = issue.front
    yield from (front.title, front.dek, *front.tldr, front.lead)
    for feature in issue.features:
        yield from (feature.title, *feature.tldr, feature.body)
        yield from (f"{title} {url}" for title, url in feature.further)
    for item in issue.round_ups:
        yield item.text


def _by_model(issue: Issue) -> Iterator[str]:
    if any(claim.kind in {"proved", "own"} for claim in issue.front.claims):
        yield from (issue.front.title, issue.front.dek, *issue.front.tldr, issue.front.lead)
    for feature in issue.features:
        if feature.kind == "model":
            yield from (feature.title, *feature.tldr, *feature.body.split("\n"))
    for item in issue.round_ups:
        if item.kind == "model":
            yield from (claim.text for claim in item.claims if claim.kind == "proved")


def _citations(feature: Feature) -> Iterator[tuple[Claim, tuple[str, ...]]]:
    """Claims of the body with the quotations that they cite."""
    quotes = {note.label: note.quote.text for note in feature.notes}
    above = {feature.title, *feature.tldr}
    headings = set(re.findall(r"(?m)^#+ (.+)$", feature.body))
    for claim in feature.claims:
        if claim.kind == "proved" and claim.text not in above | headings:
            yield claim, tuple(quotes[rest] for rest in claim.rests if rest in quotes)


def _holds(claim: Claim, quote: str) -> bool:
    words, held = set(content_words(claim.text)), set(content_words(quote))
    numbers = set(_NUMBER.findall(claim.text)) & set(_NUMBER.findall(quote))
    return bool(numbers) or len(words & held) >= CITES * len(words)


def _repeats(issue: Issue) -> list[tuple[str, str]]:
    parts: list[list[str]] = [
        [claim.text for claim in feature.claims if claim.text not in feature.tldr]
        for feature in issue.features
    ]
    parts += [[claim.text for claim in item.claims] for item in issue.round_ups]
    return _alike(parts)


def _echoes(issue: Issue) -> list[tuple[str, str]]:
    """Of headline, dek, bullets, lead, and the bullets of the features."""
    front = issue.front
    lead = [text for start, end in sentences(front.lead) if (text := front.lead[start:end])]
    parts = [[front.title], [front.dek], list(front.tldr), lead]
    return _alike([*parts, *(list(feature.tldr) for feature in issue.features)])


def _alike(parts: list[list[str]]) -> list[tuple[str, str]]:
    """Pairs of texts of different parts that share most of their content words."""
    said = [(n, text, set(content_words(text))) for n, part in enumerate(parts) for text in part]
    return [
        (one, two)
        for (m, one, a), (n, two, b) in combinations(said, 2)
        if m != n and min(len(a), len(b)) >= FEWEST and len(a & b) >= REPEATS * min(len(a), len(b))
    ]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
