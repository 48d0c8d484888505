"""
The claims of a file that a person may have edited: which are known, and which are new.

Pure. A sentence that stands as it was written keeps what it rests on. A new one rests on the
notes that it carries, unless the rules found an error in it: then it is "edited".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..markdown import unescape
from ..text import fold, sentences
from ..types import Claim, ClaimKind, Feature, Front, Problem, RoundUp
from ..verify.marks import Marked, of_file
from ..verify.written import WrittenBlock, file_sections


def of_feature(feature: Feature, problems: Sequence[Problem]) -> tuple[Claim, ...]:
    """
    Args:
        feature: As its file holds it, with the claims that evidence.json has.
        problems: What the rules found in it now.
    """
    kind: ClaimKind = "extracted" if feature.kind == "extractive" else "proved"
    parts = [Marked(feature.title, ()), *(Marked(text, ()) for text in feature.tldr)]
    for section in file_sections(feature.body):
        parts += [Marked(section.heading, ())] if section.heading else []
        for block in section.blocks:
            parts += _parts(block)
    return tuple(_claims(parts, feature.claims, problems, kind))


def _parts(block: WrittenBlock) -> Iterator[Marked]:
    if block.kind == "table":
        yield Marked(" | ".join(block.head), ())
        for cells, part in zip(block.cells, block.parts, strict=True):
            yield Marked(" | ".join(cells), part[0].marks)
    else:
        for part in block.parts:
            yield from part


def of_front(front: Front, problems: Sequence[Problem], kind: ClaimKind) -> tuple[Claim, ...]:
    """
    Args:
        front: As issue.md holds it.
        problems: What the rules found in it now.
        kind: Of a new sentence in which they found nothing.
    """
    texts = (front.title, front.dek, *front.tldr, *front.lead.split("\n\n"))
    parts = [Marked(unescape(text), ()) for text in texts if text.strip()]
    return tuple(_claims(parts, front.claims, problems, kind))


def of_round_up(item: RoundUp, problems: Sequence[Problem]) -> tuple[Claim, ...]:
    """
    Args:
        item: As round-ups.md holds it.
        problems: What the rules found in it now.
    """
    kind: ClaimKind = "extracted" if item.kind == "extractive" else "proved"
    return tuple(_claims(of_file(item.text), item.claims, problems, kind))


def _claims(
    parts: Iterable[Marked], known: Sequence[Claim], problems: Sequence[Problem], kind: ClaimKind
) -> Iterator[Claim]:
    by_text = {_same(claim.text): claim for claim in known if claim.kind != "edited"}
    wrong = [_same(problem.found.rstrip("…")) for problem in problems if problem.level == "error"]
    for part in parts:
        whole = _same(part.text)
        if whole in by_text:
            pieces = [part.text]
        else:
            pieces = [part.text[start:end] for start, end in sentences(part.text)]
        for text in pieces:
            claim = by_text.get(_same(text)) or Claim(text, kind, part.marks)
            yield replace(claim, kind="edited") if _is_wrong(text, wrong) else claim


def _same(text: str) -> str:
    """One form for a sentence in a file and in evidence.json."""
    return " ".join(fold(text).text.translate(_EMPHASIS).split())


_EMPHASIS = str.maketrans("", "", "*_`")


def _is_wrong(text: str, wrong: Sequence[str]) -> bool:
    """Whether an error quotes this sentence, or a part of it."""
    own = _same(text)
    return any(found and (found in own or own in found) for found in wrong)
