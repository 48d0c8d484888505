"""Documents, dossiers and drafts for the tests of verify, made from lines of text."""

from __future__ import annotations

import datetime as dt
import hashlib

from digest.types import (
    Block,
    BlockKind,
    Document,
    Dossier,
    Draft,
    DraftNote,
    Entry,
    ItemList,
    Paragraph,
    QuoteBlock,
    Section,
    Story,
    Table,
    TableRow,
)

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)

Part = tuple[BlockKind, str]
EXPECTED = "Nobody on the team expected that a disk could be fast enough for this job."


def document(
    *parts: Part,
    url: str = "https://lab.example/notes",
    publisher: str = "lab.example",
    site: str = "Lab Notes",
    title: str = "How the new cache works",
    author: str = "Ada Berg",
) -> Document:
    """A document of blocks; adjacent rows and items form one table or list."""
    text, blocks, group = "", [], 0
    before: BlockKind | None = None
    for kind, words in parts:
        joined = kind == before and kind in {"row", "item"}
        group += not joined
        text += ("\n" if joined else "\n\n") if text else ""
        level = 0 if kind == "row" and not joined else 2 if kind == "heading" else 1
        blocks.append(Block(kind, len(text), len(text) + len(words), level=level, group=group))
        text += words
        before = kind
    return Document(
        url=url,
        final_url=url,
        publisher=publisher,
        site=site,
        title=title,
        author=author,
        published=NOON,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        fetched_at=NOON,
        blocks=tuple(blocks),
    )


ARTICLE = document(
    ("heading", "How the new cache works"),
    (
        "paragraph",
        (
            "The lab moved its key-value cache to disk in April. Reads became 3.5 times cheaper, "
            "but writes did not change at all. “We never planned for this,” said Ada Berg, who "
            "leads the team — and who wrote the first version in a weekend."
        ),
    ),
    ("heading", "Why it matters"),
    (
        "paragraph",
        (
            "Most queries ask for the same few pages, so a small cache answers nearly all of them. "
            "A query that misses costs $0.02, and one that hits costs almost nothing. Operators "
            "with 1,000 users saw their bills fall by 40% within a month of the change."
        ),
    ),
    ("item", "Version 2.1 stores pages for up to 30 days before it drops them."),
    ("item", "Version 2.2 will add a *second* cache for images & `code` blocks."),
    ("row", "Model\tPrice\tSpeed"),
    ("row", "Small | S\t$1\t10×"),
    ("row", "Large\t$5\t3×"),
    (
        "quote",
        EXPECTED,
    ),
    ("paragraph", "The code is open, and the team asks for help with testing on other disks."),
)
OTHER = document(
    (
        "paragraph",
        (
            "Engineers at a bank copied the design within a week. They report that it works, "
            "although their disks are five years old and slower than those of the lab."
        ),
    ),
    url="https://www.bank.example/blog?x=1",
    publisher="bank.example",
    site="Bank Engineering",
    title="A cache of our own",
    author="",
)


def dossier(*documents: Document, title: str = "How the new cache works") -> Dossier:
    entry = Entry(
        feed="lab",
        id="1",
        url="https://lab.example/notes",
        canonical="lab.example/notes",
        title=title,
        published=NOON,
    )
    also = Entry(feed="bank", id="2", url="", canonical="", title="A cache of our own")
    story = Story(entries=(entry, also), score=1.0, place="feature", theme="Storage")
    links = (("The code", "https://code.example/cache"), ("Benchmarks", "https://b.example/x"))
    return Dossier(story, documents or (ARTICLE, OTHER), links=links)


def passage_texts(source: Document) -> list[str]:
    from digest.text import passages

    return [source.text[p.start : p.end] for p in passages(source)]


def cited(*names: str, sources: tuple[Document, ...] = (ARTICLE, OTHER)) -> str:
    """A paragraph that quotes passages: "S1.2" is marked `[nS1.2]`."""
    texts = {
        f"S{s}.{n}": text
        for s, source in enumerate(sources, 1)
        for n, text in enumerate(passage_texts(source), 1)
    }
    return " ".join(f"{texts[name]}[n{name}]" for name in names)


def notes(*names: str) -> tuple[DraftNote, ...]:
    return tuple(DraftNote(id=f"n{name}", passages=(name,)) for name in names)


GOOD = ("S1.2", "S1.3", "S1.6", "S1.7", "S1.8", "S1.15", "S2.1", "S2.2")


def draft(**changes: object) -> Draft:
    """A draft that is right in all."""
    values: dict[str, object] = {
        "title": "How the new cache works",
        "tldr": (
            "The lab moved its key-value cache to disk in April.",
            "Engineers at a bank copied the design within a week.",
        ),
        "sections": (
            Section("", (Paragraph(cited("S1.2", "S1.3")),)),
            Section(
                "Why it matters",
                (
                    Paragraph(cited("S1.6", "S1.7", "S1.8")),
                    ItemList((cited("S1.9"), cited("S1.10"))),
                    Table(
                        ("Model", "Price", "Speed"),
                        (
                            TableRow(("Small | S", "$1", "10×"), ("nS1.12",)),
                            TableRow(("Large", "$5", "3×"), ("nS1.13",)),
                        ),
                    ),
                    QuoteBlock(
                        "S1",
                        EXPECTED,
                        "Ada Berg",
                    ),
                ),
            ),
            Section("From Bank Engineering", (Paragraph(cited("S2.1", "S2.2")),)),
            Section("In figures", (ItemList((cited("S1.15"),)),)),
        ),
        "notes": notes(*GOOD, "S1.9", "S1.10", "S1.12", "S1.13"),
        "further": ("L1", "L2"),
        "kind": "extractive",
    }
    return Draft(**(values | changes))  # type: ignore[arg-type]
