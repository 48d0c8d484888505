"""
The claims of a file that a person may have edited: which are known, and which are new.

Pure. A sentence that stands as it was written keeps what it rests on. A new one rests on the
notes that it or its paragraph carries, unless the rules found an error in it: then it is
"edited".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..markdown import unescape
from ..text import fold, sentences
from ..types import Claim, ClaimKind, Feature, Front, Problem, RoundUp
from ..verify.marks import of_file
from ..verify.written import WrittenBlock, file_sections

_EMPHASIS = str.maketrans("", "", "*_`")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a file: one claim, or several sentences."""

    place: str
    """Begins the `where` of problems that are about it."""
    text: str
    marks: tuple[str, ...] = ()


def of_feature(
    feature: Feature, problems: Sequence[Problem], judged: Sequence[Claim] = ()
) -> tuple[Claim, ...]:
    """
    Args:
        feature: As its file holds it, with the claims that evidence.json has.
        problems: What the rules found in it now.
        judged: Its sentences as the claim checker sees them: their numbers and names.
    """
    quotes = feature.kind == "extractive"
    kind: ClaimKind = "extracted" if quotes else "proved"
    return tuple(_claims(_of_feature(feature), feature.claims, problems, kind, judged))


def new_sentences(feature: Feature) -> frozenset[str]:
    """What stands in a feature's file and is none of its known claims, in one form."""
    found = _claims(_of_feature(feature), feature.claims, (), "edited")
    return frozenset(same(claim.text) for claim in found if claim.kind == "edited")


def _of_feature(feature: Feature) -> Iterator[_Part]:
    yield _Part("title", feature.title)
    yield from _bullets(feature.tldr)
    for section in file_sections(feature.body):
        if section.heading:
            yield _Part(f"{section.where}, heading", section.heading)
        for block in section.blocks:
            yield from _parts(block)


def of_front(front: Front, problems: Sequence[Problem], kind: ClaimKind) -> tuple[Claim, ...]:
    """
    Args:
        front: As issue.md holds it.
        problems: What the rules found in it now.
        kind: Of a new sentence in which they found nothing.
    """
    lead = (text for text in front.lead.split("\n\n") if text.strip())
    parts = [
        _Part("headline", front.title),
        *([_Part("dek", front.dek)] if front.dek else ()),
        *_bullets(front.tldr),
        *(_Part("lead", unescape(text)) for text in lead),
    ]
    return tuple(_claims(parts, front.claims, problems, kind))


def of_round_up(item: RoundUp, problems: Sequence[Problem]) -> tuple[Claim, ...]:
    """
    Args:
        item: As round-ups.md holds it.
        problems: What the rules found in it now; each `where` names the item.
    """
    kind: ClaimKind = "extracted" if item.kind == "extractive" else "proved"
    parts = [_Part("round-up", marked.text) for marked in of_file(item.text)]
    return tuple(_claims(parts, item.claims, problems, kind))


def _bullets(texts: Sequence[str]) -> Iterator[_Part]:
    for number, text in enumerate(texts, 1):
        yield _Part(f"TL;DR, bullet {number}", text)


def _parts(block: WrittenBlock) -> Iterator[_Part]:
    everywhere = tuple(
        dict.fromkeys(m for part in block.parts for each in part for m in each.marks)
    )
    if block.kind == "table":
        yield _Part(f"{block.where}, head", " | ".join(block.head))
        for number, (cells, part) in enumerate(zip(block.cells, block.parts, strict=True), 1):
            yield _Part(f"{block.where}, row {number}", " | ".join(cells), part[0].marks)
    else:
        for part in block.parts:
            for each in part:
                yield _Part(block.where, each.text, each.marks or everywhere)


def _claims(
    parts: Iterable[_Part],
    known: Sequence[Claim],
    problems: Sequence[Problem],
    kind: ClaimKind,
    judged: Sequence[Claim] = (),
) -> Iterator[Claim]:
    by_text = {same(claim.text): claim for claim in known if claim.kind != "edited"}
    as_claims = {same(claim.text): claim for claim in judged}
    errors = [problem for problem in problems if problem.level == "error"]
    for part in parts:
        pieces = [part.text]
        if same(part.text) not in by_text:
            pieces = [part.text[start:end] for start, end in sentences(part.text)]
        for text in pieces:
            claim = by_text.get(same(text)) or _new(part, text, kind, as_claims.get(same(text)))
            is_wrong = any(_is_about(problem, part.place, text) for problem in errors)
            yield replace(claim, kind="edited") if is_wrong else claim


def _new(part: _Part, text: str, kind: ClaimKind, judged: Claim | None) -> Claim:
    if judged is None:
        return Claim(text, kind, part.marks)
    return replace(judged, text=text, kind=kind, rests=part.marks or judged.rests)


def same(text: str) -> str:
    """One form for a sentence in a file and in evidence.json."""
    return " ".join(fold(text).text.translate(_EMPHASIS).split())


def _is_about(problem: Problem, place: str, text: str) -> bool:
    """Whether a problem of this place is about this sentence: it shows it, or a part of it."""
    if problem.where != place and not problem.where.startswith((f"{place},", f"{place} ")):
        return False
    own, found = same(text), same(what(problem).rstrip("…"))
    return bool(found) and (found in own or own in found)


def what(problem: Problem) -> str:
    """The number, name or words that a problem is about, without the words around them."""
    return problem.found.partition(" (in “")[0]
