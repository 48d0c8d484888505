"""
Cleaned HTML -> the text of a document, its blocks and links.

Pure. Takes what `clean_html` made: well-formed, nested `DEEPEST` levels at most, which is why
a walk by recursion is safe. First the tree becomes a list of parts (a paragraph, an item, a
row …), then `assemble` joins them into one text with exact offsets, so that furniture can be
taken out in between.

A table's cells are separated by tabs, code is verbatim, all other white space is folded. Left
out: alternative text of images, marks of footnotes and ways back to them, line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..types import Block, BlockKind, Link
from .speakers import speaker_of
from .tree import Element, tree

BLOCKS = frozenset(
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre "
    "summary table tbody td tfoot th thead tr ul".split()
)
_PARTED = BLOCKS - {"p", "div"}
_PLACED = frozenset("table pre blockquote h1 h2 h3 h4".split())
HEADING_WORDS = 30
"""A longer one is a standfirst that somebody wanted large."""
_FOOTNOTE_MARK = re.compile(r"\s*[\[(]?\s*(\d{1,3}|[a-z*†‡])\s*[\])]?\s*")
_WAY_BACK = re.compile(r"[\s#¶§🔗↩↑↵⏎^\ufe0e\ufe0f]+|\[?(?:return|back|jump up)\]?")


@dataclass(frozen=True, slots=True)
class Part:
    """A block before it has its place; offsets of `links` count from the part's start."""

    kind: BlockKind
    text: str
    links: tuple[Link, ...] = ()
    level: int = 0
    group: int = 0
    ordered: bool = False
    speaker: str = ""


def link_share(part: Part) -> float:
    """How much of a part's text is links, 0 to 1."""
    return sum(link.end - link.start for link in part.links) / max(1, len(part.text))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document's HTML says; the fields are those of `Document`."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


def read(html: str) -> Reading:
    """The text, blocks and links of cleaned HTML."""
    return assemble(parts(html))


@lru_cache(maxsize=64)  # learning a feed's furniture and removing it read each entry twice
def parts(html: str) -> tuple[Part, ...]:
    """The parts of cleaned HTML in order, none of them empty."""
    return tuple(_Walk().flow(tree(html)))


def assemble(parts: Sequence[Part]) -> Reading:
    """
    Join parts: two line feeds between blocks, one between the rows or items of a group.

    Groups are numbered anew from 1.
    """
    chunks: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    groups: dict[int, int] = {0: 0}
    at = 0
    before: Part | None = None
    for part in parts:
        if before is not None:
            gap = "\n" if _is_close(before, part) else "\n\n"
            chunks.append(gap)
            at += len(gap)
        chunks.append(part.text)
        group = groups.setdefault(part.group, len(groups))
        end = at + len(part.text)
        blocks.append(Block(part.kind, at, end, part.level, group, part.ordered, part.speaker))
        links += [Link(at + link.start, at + link.end, link.url) for link in part.links]
        at, before = end, part
    return Reading("".join(chunks), tuple(blocks), tuple(links))


def _is_close(before: Part, part: Part) -> bool:
    return part.kind in ("item", "row") and (before.kind, before.group) == (part.kind, part.group)


class _Inline:
    """Collects running text with folded white space, and the links in it."""

    def __init__(self) -> None:
        self.text = ""
        self.links: list[Link] = []
        self.open: list[tuple[int, str]] = []

    def add(self, text: str) -> None:
        folded = " ".join(text.split())
        if text[:1].isspace() and self.text and self.text[-1] != " ":
            folded = " " + folded
        if folded and text[-1].isspace():
            folded += " " if folded != " " else ""
        self.text += folded

    def close_link(self) -> None:
        start, url = self.open.pop()
        end = len(self.text.rstrip(" "))
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip(" "))
        if start < end and url.startswith("http"):
            self.links.append(Link(start, end, url))

    def take(self) -> tuple[str, tuple[Link, ...]]:
        """The text so far; a link that is still open goes on in the next part."""
        if not self.text:
            return "", ()
        still_open = [url for _, url in self.open]
        while self.open:
            self.close_link()
        text, links = self.text.rstrip(" "), tuple(sorted(self.links, key=lambda one: one.start))
        self.text, self.links = "", []
        self.open = [(0, url) for url in still_open]
        return text, links


class _Walk:
    def __init__(self) -> None:
        self.inline = _Inline()
        self.made: list[Part] = []
        self.groups = 0
        self.like = Part("paragraph", "")
        """What running text becomes at this place."""

    def flow(self, node: Element) -> list[Part]:
        """All parts of a tree."""
        self._children(node)
        self._end()
        return self.made

    def _group(self) -> int:
        self.groups += 1
        return self.groups

    def _end(self) -> None:
        """Close the running text as a part of its own."""
        text, links = self.inline.take()
        if text:
            like = self.like
            if like.kind == "heading" and len(text.split()) > HEADING_WORDS:
                like = Part("paragraph", "")
            self.made.append(
                Part(like.kind, text, links, like.level, like.group, like.ordered, like.speaker)
            )
            if self.like.kind == "item":  # what follows within the item is no item of its own
                self.like = Part("paragraph", "")

    def _children(self, node: Element) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.inline.add(child)
            else:
                self._tag(child)

    def _tag(self, node: Element) -> None:
        name = node.name
        if "data-image" in node.attributes:
            return
        if name in BLOCKS:
            if not (
                name in ("p", "div") and self.like.kind == "item" and not self._has_blocks(node)
            ):
                self._end()
                self._block(node, name)
                self._end()
            else:  # paragraphs of one item are one passage
                self.inline.add(" ")
                self._children(node)
                self.inline.add(" ")
        elif name == "a":
            self._link(node)
        elif name == "br":
            self._line_break(node)
        elif name in ("sup", "q"):
            self._signs(node, name)
        elif name not in ("rt", "rp"):
            self._children(node)

    def _has_blocks(self, node: Element) -> bool:
        return next(node.within(_PARTED), None) is not None

    def _link(self, node: Element) -> None:
        if _WAY_BACK.fullmatch(node.text().strip().lower()):
            return
        if self.inline.open:  # a link in a link: the outer one counts
            self._children(node)
            return
        self.inline.open.append((len(self.inline.text), node.attributes.get("href", "")))
        self._children(node)
        self.inline.close_link()

    def _line_break(self, node: Element) -> None:
        if self.like.kind != "item":
            follower = next(
                (one for one in node.following() if not isinstance(one, str) or one.strip()), ""
            )
            if not isinstance(follower, str) and follower.name == "br":
                self._end()
        self.inline.add(" ")

    def _signs(self, node: Element, name: str) -> None:
        """Signs that markup alone carries: quotation marks, and powers (10⁶ is not 106)."""
        if name == "q":
            self.inline.add("“")
            self._children(node)
            self.inline.add("”")
        elif next(node.within({"a"}), None) is None or not _FOOTNOTE_MARK.fullmatch(node.text()):
            before = self.inline.text[-1:]
            is_power = before.isalnum() and re.fullmatch(r"\s*[-−+]?\d+\s*", node.text())
            self.inline.add("^" if is_power else "")
            self._children(node)

    def _block(self, node: Element, name: str) -> None:
        if name == "pre":
            self._code(node)
        elif name == "table":
            self._table(node)
        elif name in ("ul", "ol"):
            self._list(node, ordered=name == "ol")
        elif name == "dl":
            self._within(node, replace(self._item(), level=1))
        elif name in ("dt", "dd"):
            self._within(node, replace(self._item(), level=1 if name == "dt" else 2))
        elif name == "li":
            self._within(node, self._item())
        elif name == "blockquote":
            self._quote(node)
        elif name[0] == "h" and name[1:].isdigit() and self.like.kind != "quote":
            self._within(node, Part("heading", "", level=int(name[1])))
        elif name in ("figcaption", "caption"):
            self._within(node, Part("caption", "", group=self.like.group))
        else:
            self._within(node, self.like)

    def _within(self, node: Element, like: Part) -> None:
        outer, self.like = self.like, like
        self._children(node)
        self._end()
        self.like = outer

    def _item(self) -> Part:
        if self.like.kind in ("item", "quote"):
            return self.like
        return Part("item", "", level=1, group=self._group())

    def _list(self, node: Element, *, ordered: bool) -> None:
        if self.like.kind == "quote":
            self._children(node)
            return
        ancestors = [up for up in node.around() if up.name in ("ul", "ol")]
        group = (
            self.made[-1].group if ancestors and self.made and self.made[-1].kind == "item" else 0
        )
        like = Part(
            "item", "", level=len(ancestors) + 1, group=group or self._group(), ordered=ordered
        )
        for child in node.elements():
            self._within(child, like)

    def _code(self, node: Element) -> None:
        for br in node.within({"br"}):
            br.children = ["\n"]
        text = node.text().replace("\r\n", "\n").replace("\r", "\n")
        text = re.sub(r"^(?:[ \t]*\n)+|\s+$", "", text)
        is_numbers = re.fullmatch(r"(?:\s*\d+\s*\n)+\s*\d+\s*", text) and any(
            up.name == "td" for up in node.around()
        )
        if text and not is_numbers:
            self.made.append(Part("code", text))

    def _quote(self, node: Element) -> None:
        if self.like.kind == "quote":
            self._within(node, self.like)
            return
        first = len(self.made)
        like = Part("quote", "", group=self._group())
        self._within(node, like)
        said = self.made[first:]
        if not said:
            return
        speaker, is_part = speaker_of(node, said[-1].text)
        if is_part and len(said) > 1:
            said[-1] = replace(said[-1], kind="caption")
        self.made[first:] = [
            replace(part, speaker=speaker) if part.kind == "quote" else part for part in said
        ]

    def _table(self, node: Element) -> None:
        rows = [row for row in node.within({"tr"}) if _table_of(row) is node]
        if _is_layout(node, rows):
            self._within(node, self.like)
            return
        group = self._group()
        for caption in node.elements():
            if caption.name != "caption":
                continue
            self._within(caption, Part("caption", "", group=group))
        for number, row in enumerate(rows):
            cells = _cells(row)
            is_head = row.parent is not None and row.parent.name == "thead"
            is_head = is_head or (number == 0 and all(cell.name == "th" for cell in cells))
            self._row(cells, Part("row", "", level=0 if is_head else 1, group=group))

    def _row(self, cells: Sequence[Element], like: Part) -> None:
        text, links = "", list[Link]()
        for number, cell in enumerate(cells):
            text += "\t" if number else ""
            inner = _cell(cell)
            links += [
                Link(len(text) + one.start, len(text) + one.end, one.url) for one in inner.links
            ]
            span = cell.attributes.get("colspan", "1")
            text += inner.text + "\t" * (
                min(int(span), 50) - 1 if span.isdecimal() and span != "0" else 0
            )
        if text.strip():
            # Cells that are empty at the ends would be lost to whoever strips lines.
            self.made.append(replace(like, text=text, links=tuple(links)))


def _table_of(row: Element) -> Element | None:
    return next((up for up in row.around() if up.name == "table"), None)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.elements() if cell.name in ("td", "th")]


def _cell(cell: Element) -> Part:
    """The text of a cell on one line, whatever stands in it."""
    walk = _Walk()
    text, links = "", list[Link]()
    for part in walk.flow(cell):
        text += " " if text else ""
        links += [Link(len(text) + one.start, len(text) + one.end, one.url) for one in part.links]
        text += re.sub(r"\s", " ", part.text)
    return Part("row", text, tuple(links))


def _is_layout(node: Element, rows: Sequence[Element]) -> bool:
    """Tables that place things on a page (mails, numbered code) are no tables of facts."""
    if next(node.within(_PLACED), None) is not None:
        return True
    widest = max((len(_cells(row)) for row in rows), default=0)
    if widest < 2:
        return True
    if next(node.within({"th"}), None) is not None:
        return False
    return any(len(list(cell.within({"p"}))) > 2 for cell in node.within({"td"}))
