"""
Lines of a typeset document -> its title and the parts of its text.

Pure. A PDF knows where words stand, not what they are: headings are told by their type,
paragraphs by gaps and indents, columns by where lines jump up. Words that were parted at the end
of a line are joined. Left out: what most pages repeat at their edges, page numbers, formulas
that stand alone, and the list of references.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..types import BlockKind
from .pdf import Line
from .reading import Part

WIDER = 1.35
"""Distance of lines, by that within paragraphs, which parts two of them."""
INDENT = 0.8
"""By the size of type."""
OTHER_SIZE = 0.08
HEADING_WORDS = 16
FIGURE = 12
"""Parts of a figure or table that may stand within a paragraph."""
UNFINISHED_WORDS = 8
ROW_WORDS = 7
"""Words and values of a row that has two values only."""
NUMBERS = 3
"""Figures in a line that is a row of a table."""
_END = tuple(".!?:”\"')")
_CAPTION = re.compile(
    r"(Fig(ure|\.)|Table|Algorithm|Listing|Box|FIG(URE|\.)|TABLE)\s*[A-Z]?[\dIVX]*\s*[.:|]"
)
_BULLET = re.compile(r"[•◦▪‣●○■–∗]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z])((?:\.\d{1,2})*)\.?\s+(?=[A-Z])")
_REFERENCES = re.compile(
    r"(\d+\.?\s+|[A-Z]\.?\s+)?(references|bibliography|literature cited)", re.I
)
_APPENDIX = re.compile(r"([A-Z]\.?(\d\.?)*\s+[A-Z])|append|supplement", re.I)
_VALUE = re.compile(r"[(\[±~<>≤≥$€]*[-−+]?\d[\d.,]*(%|[KMBkx×])?[)\]*†‡]*|[-–—✓✗]")
_WORD = re.compile(r"[^\W\d_]{2}")
_ABSTRACT = re.compile(r"abstract\b[\s.:—–-]*", re.I)


def typeset(lines: Sequence[Line]) -> tuple[str, tuple[Part, ...]]:
    """The title (the largest type of the first page), and the parts after it."""
    lines = _without_edges(lines)
    known = Vocabulary(line.text for line in lines)
    body = _usual(lines)
    title, lines = _title(lines, body, known)
    leading = _leading(lines, body)
    made = list[Part]()
    group = 0
    for block in _blocks(lines, leading):
        kind = _kind(block, body)
        group += kind == "row" and not (made and made[-1].kind == "row")
        made += _parts(block, kind, body, group, known)
    made = _around_figures(_with_code_joined(_with_authors(made)), known)
    return title, tuple(_without_references(made))


class Vocabulary:
    """The words of a document, which tell how those were spelled that a line's end parted."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = set[str]()
        for text in texts:
            # The first and the last word of a line may be half of one.
            found = re.findall(r"(?<=[^\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?=[^\w-])", text.lower())
            self.words.update(found)

    def joined(self, texts: Sequence[str]) -> str:
        """Lines as one; a hyphen at the end of a line goes where the word is spelled without."""
        out = ""
        for text in texts:
            head, tail = re.search(r"([^\W\d_]+)-$", out), re.match(r"[^\W\d_]+", text)
            if head and tail and text[0].islower():
                out = (out if self._keeps(head[1], tail[0]) else out[:-1]) + text
            elif re.search(r"\w-$|\w/$", out) or not out:
                out += text
            else:
                out += f" {text}"
        return re.sub(r"\b([A-Z]) ([a-z]{2,})", self._kerned, out)

    def _keeps(self, head: str, tail: str) -> bool:
        one, two = head.lower(), tail.lower()
        if f"{one}-{two}" in self.words or one + two in self.words:
            return one + two not in self.words
        return {one, two} <= self.words

    def _kerned(self, match: re.Match[str]) -> str:
        """`A verage`: the gap beside a slanted capital is wide, and taken for a blank."""
        word = (match[1] + match[2]).lower()
        is_one = word in self.words and match[2] not in self.words
        return match[1] + match[2] if is_one else match[0]


def _without_edges(lines: Sequence[Line]) -> list[Line]:
    """Without running heads and feet: masked, they stand on three pages or more."""
    pages = dict[int, list[Line]]()
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = dict[int, set[int]]()
    seen = Counter[str]()
    for page in pages.values():
        order = sorted(page, key=lambda line: line.y)
        outer = [*order[:2], *order[-2:]]
        edges[page[0].page] = {id(line) for line in outer}
        seen.update({_masked(line.text) for line in outer})
    return [
        line
        for line in lines
        if id(line) not in edges[line.page]
        or not (re.fullmatch(r"\W*(\d+|[ivxl]+)\W*", line.text) or seen[_masked(line.text)] >= 3)
    ]


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _usual(lines: Sequence[Line]) -> float:
    """The size of type that most characters have."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _leading(lines: Sequence[Line], body: float) -> float:
    """The usual distance of baselines."""
    steps = [
        round(one.y - two.y, 1)
        for one, two in pairwise(lines)
        if one.page == two.page and 0 < one.y - two.y < 3 * body and _is_same(one.size, body)
    ]
    return statistics.mode(steps) if steps else 1.2 * body


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= OTHER_SIZE * max(one, other)


def _title(lines: Sequence[Line], body: float, known: Vocabulary) -> tuple[str, list[Line]]:
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    largest = max((line.size for line in first), default=0.0)
    if largest <= 1.1 * body:
        return "", list(lines)
    at = next(number for number, line in enumerate(lines) if line.size == largest)
    end = at
    while end < len(first) and _is_same(lines[end].size, largest):
        end += 1
    title = known.joined([line.text for line in lines[at:end]])
    return (title, [*lines[:at], *lines[end:]]) if len(title) <= 300 else ("", list(lines))


def _blocks(lines: Sequence[Line], leading: float) -> Iterable[list[Line]]:
    block = list[Line]()
    for line in lines:
        if block and _begins(block, line, leading):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _begins(block: Sequence[Line], line: Line, leading: float) -> bool:
    """Whether a line begins another block than the one before it."""
    last = block[-1]
    is_figures = _is_figures(line.text)
    if (
        not _is_same(last.size, line.size)
        or last.is_bold != line.is_bold
        or last.is_mono != line.is_mono
        or is_figures != _is_figures(last.text)
        or _BULLET.match(line.text)
        or _CAPTION.match(line.text)
        or _ABSTRACT.fullmatch(last.text)
    ):
        return True
    step = last.y - line.y
    if line.page != last.page or step < 0:  # the next column or page
        goes_on = line.text[0].islower() or last.text.endswith("-")
        return last.text.endswith(_END) or last.is_bold or last.is_mono or not goes_on
    scale = last.size / line.size if line.size else 1
    if step > WIDER * max(leading * scale, 1.1 * line.size):
        return True
    is_indented = INDENT * line.size < line.x - min(one.x for one in block[-3:]) < 6 * line.size
    return is_indented and last.text.endswith(_END) and not is_figures


def _is_figures(text: str) -> bool:
    """Whether a line is a row of figures: some words, then values, two at least at its end."""
    pieces = text.split()
    values = [_VALUE.fullmatch(piece) is not None for piece in pieces]
    if len(pieces) <= ROW_WORDS and len(values) > 2 and all(values[-2:]):
        return True
    return sum(values) >= NUMBERS and sum(values) >= 0.4 * len(pieces)


def _kind(block: Sequence[Line], body: float) -> BlockKind:
    text = " ".join(line.text for line in block)
    if _CAPTION.match(text):
        return "caption"
    if all(line.is_mono for line in block):
        return "code"
    if _is_figures(block[0].text):
        return "row"
    if _BULLET.match(text):
        return "item"
    is_set_off = all(line.is_bold for line in block) or block[0].size > (1 + OTHER_SIZE) * body
    is_short = len(block) <= 3 and len(text.split()) <= HEADING_WORDS
    if is_set_off and is_short and not text.endswith((".", ",", ";")) and re.search(r"\w{3}", text):
        return "heading"
    return "paragraph"


def _parts(
    block: Sequence[Line], kind: BlockKind, body: float, group: int, known: Vocabulary
) -> list[Part]:
    texts = [line.text for line in block]
    if kind == "code":
        return [Part("code", "\n".join(texts))]
    if kind == "row":  # figures without a word beside them are the scale of a chart
        return [Part("row", text, level=1, group=group) for text in texts if _WORD.search(text)]
    text = known.joined(texts)
    if kind == "heading":
        number = _NUMBERED.match(text)
        level = 2 + (number[1].count(".") if number else block[0].size < 1.1 * body)
        return [Part("heading", text, level=min(level, 6))]
    if kind == "item":
        return [Part("item", _BULLET.sub("", text, count=1), level=1)]
    if kind == "paragraph" and _is_formula(text):
        return []
    return [Part(kind, text)]


def _is_formula(text: str) -> bool:
    """Few of its pieces are words: signs, letters and digits of mathematics."""
    pieces = text.split()
    words = sum(re.fullmatch(r"\W*[^\W\d_]{3,}\W*", piece) is not None for piece in pieces)
    return words < 0.35 * len(pieces)


def _with_authors(made: Sequence[Part]) -> list[Part]:
    """Names before the abstract are set like headings, and are none."""
    at = next((n for n, part in enumerate(made[:60]) if _ABSTRACT.fullmatch(part.text)), 0)
    return [
        replace(part, kind="paragraph", level=0) if number < at and part.kind == "heading" else part
        for number, part in enumerate(made)
    ]


def _with_code_joined(made: Sequence[Part]) -> list[Part]:
    """Lines of code that gaps part are one block."""
    kept = list[Part]()
    for part in made:
        if kept and part.kind == kept[-1].kind == "code":
            kept[-1] = replace(part, text=f"{kept[-1].text}\n{part.text}")
        else:
            kept.append(part)
    return kept


def _around_figures(made: Sequence[Part], known: Vocabulary) -> list[Part]:
    """A paragraph that goes on behind a figure or table is one, before it."""
    kept = list(made)
    for number, rest in enumerate(made):
        if rest.kind != "paragraph" or not rest.text[:1].islower():
            continue
        kinds = list[BlockKind]()
        for at in range(number - 1, max(-1, number - 1 - FIGURE), -1):
            kinds.append(kept[at].kind)
            if kinds[-1] == "heading" or _is_unfinished(kept[at]):
                break
        if kinds and kinds[-1] == "paragraph" and "caption" in kinds:
            kept[at] = replace(kept[at], text=known.joined([kept[at].text, rest.text]))
            kept[number] = replace(rest, text="")
    return [part for part in kept if part.text]


def _is_unfinished(part: Part) -> bool:
    is_long = len(part.text.split()) >= UNFINISHED_WORDS
    return part.kind == "paragraph" and is_long and not part.text.endswith(_END)


def _without_references(made: Sequence[Part]) -> list[Part]:
    kept, is_out = list[Part](), False
    for part in made:
        if part.kind == "heading":
            if _REFERENCES.fullmatch(part.text):
                is_out = True
            elif is_out and _APPENDIX.match(part.text):
                is_out = False
        if not is_out:
            kept.append(part)
    return kept
