"""
Which parts of a page belong to the text that another extractor selected.

Pure. The selection comes as text without structure, so parts are recognised by their letters:
short ones only as whole blocks, long ones by pieces, since inline markup may have cost some of
them. What stands between selected parts and reads like them belongs too: extractors drop single
paragraphs, quotations, code and captions from the middle of an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .reading import Part, link_share

SHORT = 24
"""Letters; a part shorter than this must equal a selected block, not only occur in one."""
PIECE = 16
"""Letters of the pieces by which a long part is recognised."""
HELD = 0.5
"""Part of those pieces that must occur in the selection."""
PROSE = 60
"""Characters that a paragraph has at least."""
_APART = re.compile(r"[\W_]+")
_ENDS = tuple(".!?:;。！？…\"'”’»)")
_CREDIT = re.compile(
    r"\b(image|photo(graph)?|credit|picture|getty|reuters|AP|AFP)\b[^.]{0,40}\W*$", re.IGNORECASE
)
CAPTION_WORDS = 6
"""A caption of fewer words names a person, a photographer or an agency."""
_NUMBERED = re.compile(
    r"[—–―]|(fig(ure|\.)?|table|listing|chart|abb(ildung|\.)?)\s*\d", re.IGNORECASE
)
_PRESS = re.compile(
    r"\b(getty|reuters|shutterstock|istock|AFP|EPA|AP (photo|images?)"
    r"|(photo(graph)?|image|picture)s?( (by|via|courtesy|credit)|:)"
    r"|(file|submitted|courtesy) photo)|\((AP|Photo|Image)\b|^Video:|^Watch",
    re.IGNORECASE,
)
"""Pictures of agencies show somebody; what their captions say is not of the article."""


def squeezed(text: str) -> str:
    """Letters and digits alone: what two renderings of one text have in common."""
    return _APART.sub("", text).lower()


def selected(read: Sequence[Part], blocks: Sequence[str]) -> tuple[Part, ...]:
    """
    The parts that belong to a selection.

    Args:
        read: All parts of the element that holds it.
        blocks: The selection's own blocks in order, squeezed.
    """
    whole, exact = "".join(blocks), set(blocks)
    chosen = [_is_in(part, whole, exact) for part in read]
    groups = Counter(part.group for part in read)
    taken = Counter(part.group for part, is_in in zip(read, chosen, strict=True) if is_in)
    whole_groups = {group for group, count in taken.items() if group and 2 * count >= groups[group]}
    first = next((number for number, is_in in enumerate(chosen) if is_in), len(read))
    last = len(read) - 1 - next((n for n, is_in in enumerate(reversed(chosen)) if is_in), len(read))
    shown = set[str]()
    kept = list[Part]()
    for number, part in enumerate(read):
        if part.kind == "caption":
            is_within = first < number <= last or (number == last + 1 and chosen[last])
            is_wanted = part.group in whole_groups or _says_something(part, kept[-1:])
            if is_within and part.text not in shown and is_wanted:
                kept.append(part)
            shown.add(part.text)  # galleries repeat one caption under each picture
        elif (
            chosen[number]
            or part.group in whole_groups
            or (first < number < last and _belongs(part, chosen, number))
        ):
            kept.append(part)
    return tuple(kept)


def _is_in(part: Part, whole: str, exact: set[str]) -> bool:
    if part.kind == "row":
        cells = [text for cell in part.text.split("\t") if (text := squeezed(cell))]
        return all(cell in exact or (len(cell) >= SHORT and cell in whole) for cell in cells)
    text = squeezed(part.text)
    if len(text) < SHORT:
        return text in exact
    if text in whole or len(text) < 3 * PIECE:
        return text in whole
    pieces = [text[at : at + PIECE] for at in range(0, len(text) - PIECE + 1, PIECE)]
    return sum(piece in whole for piece in pieces) >= HELD * len(pieces)


def _belongs(part: Part, chosen: Sequence[bool], number: int) -> bool:
    """Whether a part between selected ones is of the article: none of a box or a menu."""
    if part.kind == "code":
        return True
    if part.kind == "heading":
        return chosen[number + 1]
    is_near = any(chosen[max(0, number - 2) : number]) and any(chosen[number + 1 : number + 3])
    if part.kind not in ("paragraph", "quote", "item") or not is_near or link_share(part) >= 0.5:
        return False
    is_question = part.text.endswith(("?", "？")) and chosen[number - 1] and chosen[number + 1]
    is_prose = len(part.text) >= PROSE and part.text.endswith(_ENDS)
    return (is_prose and not _CREDIT.search(part.text)) or is_question


def _says_something(caption: Part, before: Sequence[Part]) -> bool:
    """Whether it is more than a credit: a quotation's, a table's or a numbered figure's is."""
    if _NUMBERED.match(caption.text) or any(part.kind in ("code", "row") for part in before):
        return True
    return len(caption.text.split()) >= CAPTION_WORDS and not _PRESS.search(caption.text)
