"""
A small publication with every element, and the golden files that it is compared with.

Run it to write the golden files anew after a change that is meant to change them, and read
the difference before it is committed:

    python -m tests.render.small_site
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

from digest.publish.marks import MARKER
from digest.render import environment, messages, pages
from digest.settings import Author, Config, Digest, Feed, Site
from digest.types import (
    Article,
    Call,
    Claim,
    Correction,
    Document,
    DocumentRef,
    EntryRef,
    Feature,
    FeedLine,
    Footnote,
    Front,
    Issue,
    Problem,
    Publication,
    Quote,
    RoundUp,
)
from tests.publish.folders import twin_of, write_mail, write_site

GOLDEN = Path(__file__).parent.parent / "data" / "render"


def time(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


def document(number: int, url: str, site: str, language: str = "en") -> Document:
    return Document(
        url=url,
        final_url=url,
        publisher=site.lower(),
        site=site,
        title="",
        author="",
        published=None,
        text="",
        sha256=f"{number}" * 64,
        fetched_at=time("2026-05-02T05:00"),
        language=language,
    )


OWL = document(1, "https://owl.example/clocks", "Owl")
WREN = document(2, "https://www.wren.example/lag", "Wren")


def note(label: str, source: Document, start: int, text: str, topic: str = "") -> Footnote:
    quote = Quote(source.id, start, start + len(text), text)
    url = f"{source.url}#:~:text={text.split(maxsplit=1)[0]}" if source is OWL else ""
    return Footnote(label, quote, source.url, source.site, topic, passage_url=url)


CLOCKS = note("owl-1", OWL, 10, "the clock ran four seconds fast for a week", "drift")
LAG = note("wren-1", WREN, 40, "we saw a lag of 90 ms & could not explain it")
SAME_CLOCKS = note("owl-9", OWL, 10, "the clock ran four seconds fast for a week", "drift")

FEATURE = Feature(
    slug="clocks",
    title="A clock that ran fast, and nobody looked",
    kind="model",
    documents=(DocumentRef(OWL.id, OWL.url), DocumentRef(WREN.id, WREN.url)),
    entries=(
        EntryRef("owl", "1", OWL.url, "Clocks", time("2026-05-01T23:30")),
        EntryRef("wren", "7", WREN.url, "Lag", None),
    ),
    tldr=("The clock ran *four* seconds fast.", "Nobody looked at `ntp_offset`."),
    claims=(
        Claim("The clock ran *four* seconds fast.", "proved", ("owl-1",), ("four",), ("Owl",)),
        Claim("Wren saw a lag.", "edited", ("wren-1",)),
    ),
    body="""The clock ran four seconds fast for a week.[^owl-1] Wren saw a lag.[^wren-1]

# What was seen

| Site | Lag in ms |
| --- | --- |
| North | 90[^wren-1] |
| South | 7 |

> the clock ran four seconds fast for a week[^owl-1]
> — Owl

1. Look at the clock.
2. Then look again.
""",
    notes=(CLOCKS, LAG),
    further=(("How clocks drift", "https://www.drift.example/how"),),
    update_of="systems/2026-04-30",
)
EXCERPTS = Feature(
    slug="lag",
    title="Lag",
    kind="extractive",
    documents=(DocumentRef(WREN.id, WREN.url),),
    entries=(EntryRef("wren", "7", WREN.url, "Lag", time("2026-05-01T12:00")),),
    tldr=("We saw a lag of 90 ms.", "Two sources tell of it."),
    body="Two sources tell of it. \n\nWe saw a lag of 90 ms & could not explain it.[^wren-1] "
    "The `clock` ran fast.[^owl-9]",
    notes=(LAG, SAME_CLOCKS),
    claims=(Claim("Two sources tell of it.", "computed"),),
)
ROUND_UPS = (
    RoundUp(
        slug="feed",
        title="Serving a feed <b>from</b> home",
        url="https://owl.example/feed?a=1&b=2",
        feed="owl",
        published=time("2026-05-01T00:00"),
        also=("wren",),
        text="It costs $30 a month, `SQLite` included.",
        theme="Running things",
        kind="model",
    ),
    RoundUp(
        slug="bare",
        title="A headline alone",
        url="",
        feed="gone",
        published=None,
        also=(),
        text="",
        theme="Running things",
    ),
    RoundUp(
        slug="quoted",
        title="It is over",
        url="https://wren.example/over",
        feed="wren",
        published=None,
        also=(),
        text="It is over. We are glad.",
        theme="Endings",
        claims=(Claim("It is over.", "extracted"), Claim("We are glad.", "extracted")),
    ),
)
ISSUE = Issue(
    digest="systems",
    date=dt.date(2026, 5, 2),
    slug="fast-clocks",
    front=Front(
        title="Fast clocks, slow lines",
        dek="A clock and a lag tell one story.",
        tldr=("The clock ran fast.", "The lag was 90 ms."),
        lead="Both stories are about time.\n\nRead together, they are about *looking*.",
    ),
    features=(FEATURE, EXCERPTS),
    round_ups=ROUND_UPS,
    status="published",
    period_start=time("2026-05-01T05:00"),
    period_end=time("2026-05-02T05:00"),
    researched_at=time("2026-05-02T05:10"),
    model="some-model",
    corrections=(Correction(dt.date(2026, 5, 3), "1-clocks.md", "The lag was not 900 ms."),),
    documents=(OWL, WREN),
    feeds=(
        FeedLine("owl", True, "", time("2026-05-01T23:30")),
        FeedLine("gone", False, "the server answered 410"),
    ),
    calls=(Call("feature", "some-model", 1200, 300, 0.012, 4.0),),
    counts={"quotes": 2, "numbers": 1204, "dropped": 1, "longest_run": 5},
    problems=(Problem("C3", "sentence 2", "Wren saw it.", "words", "", "published", "warning"),),
    evidence='{"version": 1}\n',
)
BEGINNING = Feature(
    slug="a-clock",
    title="A clock is bought",
    kind="extractive",
    documents=(DocumentRef(OWL.id, OWL.url),),
    entries=(
        EntryRef("owl", "0", "https://owl.example/bought", "Bought", time("2026-04-29T09:00")),
    ),
    tldr=("A clock was bought.",),
    body="A clock was bought.[^owl-1]",
    notes=(note("owl-1", OWL, 0, "A clock was bought"),),
)
FIRST = Issue(
    digest="systems",
    date=dt.date(2026, 4, 30),
    slug="beginning",
    front=Front(
        title="A beginning",
        dek="It began.",
        tldr=(),
        lead="1 entry from 1 feed.",
        claims=(Claim("It began.", "extracted"),),
    ),
    features=(BEGINNING,),
    round_ups=(),
    status="published",
    period_start=None,
    period_end=time("2026-04-30T05:00"),
    researched_at=time("2026-04-30T05:00"),
    feeds=(FeedLine("owl", True),),
)
DRAFT = Issue(
    digest="policy",
    date=dt.date(2026, 5, 4),
    slug="not-yet",
    front=Front("Not to be seen yet", "", (), ""),
    features=(),
    round_ups=(),
    status="draft",
    period_start=None,
    period_end=time("2026-05-04T05:00"),
    researched_at=time("2026-05-04T05:00"),
)
ESSAY = Article(
    slug="on-proof",
    title="On proof",
    body="# How\n\nBy [looking](../../about/).[^1]\n\n[^1]: Twice.",
    date=dt.date(2026, 4, 1),
    description="What a proof is.",
    aliases=("/writing/proof",),
)
PUBLICATION = Publication(
    issues=(DRAFT, ISSUE, FIRST),
    essays=(ESSAY,),
    pages=(Article("about", "About", "We *look*. ![A clock](https://owl.example/clock.png)"),),
)
CONFIG = Config(
    feeds=(
        Feed(url="https://owl.example/feed", slug="owl", title="The Owl", tags=("clocks", "lines")),
        Feed(url="https://wren.example/feed", slug="wren", tags=("lines",)),
    ),
    site=Site(
        title="Small & Sure",
        url="https://small.example/paper/",
        description="Two digests.",
        author=Author(
            name="Ada Example",
            role="Reader",
            place="Vienna",
            tagline="Reads.",
            bio="Looks at clocks.",
            links={"Code": "https://code.example/ada"},
        ),
        footer="Printed nowhere",
        timezone="Europe/Vienna",
    ),
    digests=(
        Digest(slug="systems", title="Systems", description="How things run."),
        Digest(slug="policy", title="Policy"),
    ),
)


def files(folder: Path) -> Mapping[str, bytes]:
    """All files below a folder, by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def write_golden(publication: Publication, config: Config, golden: Path) -> None:
    """Render a publication into its golden files."""
    env = environment()
    write_site(pages(publication, config, env), golden / "site")
    write_mail(messages(publication, config, env), golden / "mail")
    for name in ("site", "mail"):
        shutil.rmtree(twin_of(golden / name))


if __name__ == "__main__":
    write_golden(PUBLICATION, CONFIG, GOLDEN)
