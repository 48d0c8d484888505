"""
The small site with a full issue of a model's: everything that a page can be asked to show.

Three features (tables, lists, code, quotations with a speaker, in German and in Hebrew; one
continues a story, one was edited by hand, one is quoted), eight round-ups under themes, a
correction, a second digest by the week whose one feature has forty notes, long titles, and
a digest that has no issue yet. Run it to write its golden files anew:

    python -m tests.render.rich_site
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from digest.settings import Digest, Feed
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
    Span,
)
from tests.render import small_site
from tests.render.small_site import GOLDEN, document, time, write_golden

RICH_GOLDEN = GOLDEN / "rich"


def _document(number: int, url: str, site: str, title: str, language: str = "en") -> Document:
    made = document(number, url, site, language)
    return replace(made, title=title, fetched_at=time("2026-05-13T05:20"))


HERON = _document(3, "https://heron.example/rotation", "Heron Rail", "What failed on 11 May")
LEDGER = _document(4, "https://www.ledger.example/keys/rotation", "The Ledger", "Keys that outlive")
FAHRPLAN = _document(
    5, "https://fahrplan.example/stoerung", "Fahrplan", "Störung am Montag", language="de"
)
RAKEVET = _document(6, "https://rakevet.example/news/11", "רכבת", "תקלה ביום שני", language="he")
BENCH = _document(7, "https://bench.example/boards?table=2", "Bench Notes", "Four boards, measured")


def _note(label: str, source: Document, start: int, text: str, topic: str = "") -> Footnote:
    quote = Quote(source.id, start, start + len(text), text)
    first = text.split(maxsplit=1)[0]
    return Footnote(
        label,
        quote,
        source.url,
        source.site,
        topic,
        before="What comes before it in the source. ",
        after=" And what comes after.",
        passage_url=f"{source.url}#:~:text={first}",
    )


def _claims(body: str, own: Iterable[str] = ()) -> tuple[Claim, ...]:
    """A claim for each sentence, row or item of a body that ends in a mark, then our judgement."""
    found = re.findall(r"([^\n|]+?)((?:\[\^[a-z0-9-]+\])+)", body)
    proved = tuple(
        Claim(
            text.strip(" >"),
            "proved",
            tuple(re.findall(r"\[\^([a-z0-9-]+)\]", marks)),
            tuple(re.findall(r"\d[\d,.]*\d|\d", text)),
        )
        for text, marks in found
    )
    return proved + tuple(Claim(text, "own") for text in own)


ROTATION_BODY = """Heron Rail stopped selling tickets for 41 minutes on 11 May.[^heron-1] The key \
that signs each ticket had been replaced the night before, and 212 of its 240 servers never heard \
of it.[^heron-2] They went on signing with the old one, which the gates no longer took.[^heron-2]

That is the second outage in a month in which a clock or a key was right and its copies were not. \
The first was a clock that ran four seconds fast.[^owl-1]

# The key was new, the cache was not

Each server keeps the key in memory and asks for it again when `key.max_age` has passed, which was \
set to `86400` seconds, a day.[^heron-3] Rotation assumed five minutes.[^ledger-1] Nothing \
compared the two numbers, and **no test had ever run longer than an hour**.[^heron-4]

| Step | Expected | What happened | Servers |
| --- | --- | --- | ---: |
| New key published | 02:00 | 02:00 | 240[^heron-2] |
| Old key dropped at the gates | 02:10 | 02:10 | 240[^heron-2] |
| Servers ask again | 02:05 | between 02:05 and 26:00 | 28[^heron-2][^heron-3] |
| Sales stopped by hand | never | 06:14 | 1,204[^heron-1] |

> We had rehearsed losing the key. We had never rehearsed keeping it.[^heron-5]
> — Ines Okafor, head of operations, Heron Rail

# Why nobody was woken

The alarm counts failed sales. Between two and six in the morning there were none to fail: the \
first train leaves at 06:20.[^heron-1] The Ledger has a name for this, a *silent night*, and finds \
it in seven of the nineteen reports that it has read.[^ledger-2]

1. A rotation is over when the last copy of the old key is gone, not when the new one is \
published.[^ledger-1]
2. Give the copies a shorter life than the grace period, and have a test fail when they have \
not.[^ledger-3]
3. Sell one ticket to yourself every minute, at night too.[^ledger-3]

## What the report leaves out

It does not say how the old key could be brought back in four minutes once somebody was \
awake. Either it had been kept, against the plan, or the gates were told to take anything. Both \
would be worth a page of their own.

```
$ heron keys list --age
2026-05-10  4f1c…  retired
2026-05-11  9be0…  active
```
"""
ROTATION_OWN = (
    (
        "That is the second outage in a month in which a clock or a key was right and its "
        "copies were not."
    ),
    "Both would be worth a page of their own.",
)
ROTATION = Feature(
    slug="rotation",
    title="A key was rotated, its copies were not, and for 41 minutes nobody could buy a ticket",
    kind="model",
    documents=tuple(DocumentRef(d.id, d.url) for d in (HERON, LEDGER, small_site.OWL)),
    entries=(
        EntryRef("heron", "11", HERON.url, "What failed on 11 May", time("2026-05-12T08:00")),
        EntryRef("ledger", "3", LEDGER.url, "Keys that outlive", time("2026-05-12T10:00")),
    ),
    tldr=(
        "Heron Rail could sell no ticket for **41 minutes**: the gates had dropped the old key.",
        "212 of 240 servers kept it in memory, for up to a day (`key.max_age`).",
        "No alarm rang, because nobody buys tickets at night.",
        "For anyone who rotates keys: count the copies, not the publications.",
    ),
    body=ROTATION_BODY,
    notes=(
        _note("heron-1", HERON, 40, "no tickets were sold between 05:33 and 06:14", "timeline"),
        _note("heron-2", HERON, 200, "28 of 240 servers had fetched the new key by then"),
        _note("heron-3", HERON, 400, "key.max_age […] defaults to 86400 seconds"),
        _note("heron-4", HERON, 700, "our longest integration test runs for 55 minutes"),
        _note(
            "heron-5",
            HERON,
            900,
            "We had rehearsed losing the key. We had never rehearsed keeping it.",
        ),
        _note(
            "ledger-1",
            LEDGER,
            10,
            "a rotation is finished when the last copy of the old key is gone; most runbooks "
            "end five minutes after the new one has been published, which is when the risk "
            "begins",
            "how rotations end",
        ),
        _note("ledger-2", LEDGER, 300, "seven of the nineteen were silent nights"),
        _note("ledger-3", LEDGER, 500, "shorter than the grace period, and tested at night"),
        replace(small_site.CLOCKS, label="owl-1"),
    ),
    further=(
        ("The report of Heron Rail, with its timeline", HERON.url),
        ("Nineteen reports of outages, compared", "https://www.ledger.example/nineteen"),
        (
            (
                "An essay on caches whose title is much longer than the line on which a list of "
                "further reading would like to put it"
            ),
            "https://a-rather-long-subdomain.of-a-long-name.example/essays/caches",
        ),
    ),
    update_of="systems/2026-05-02",
    claims=_claims(ROTATION_BODY, ROTATION_OWN),
)

MONDAY_BODY = """The same fault was told in three languages before the operator told it in \
English. Fahrplan had it first.[^fahrplan-1]

> Die Schlüssel waren neu, die Kopien waren alt.[^fahrplan-2]
> — Jana Voß

A reader in Haifa saw the gates refuse a ticket that had been bought a minute before.[^rakevet-1]

> הכרטיס נקנה לפני דקה והשער סירב לקבל אותו[^rakevet-1]

# What travellers were told

| Time | Notice on the boards |
| --- | --- |
| 05:41 | Tickets cannot be sold at present; please board, and pay on the train[^fahrplan-1] |
| 06:15 | Tickets are sold again at all stations; those who paid on board may ask for a refund\
[^fahrplan-1] |

- Nobody was asked to pay twice.[^fahrplan-3]
- The difference was **2.40** on average, and could be claimed until the end of May.[^fahrplan-3]
"""
MONDAY = Feature(
    slug="monday",
    title="What travellers were told on Monday, and when",
    kind="model",
    documents=tuple(DocumentRef(d.id, d.url) for d in (FAHRPLAN, RAKEVET)),
    entries=(
        EntryRef("fahrplan", "9", FAHRPLAN.url, "Störung am Montag", time("2026-05-11T22:30")),
    ),
    tldr=(
        "Fahrplan told of the fault first, in German.",
        "Nobody paid twice; the difference was 2.40 on average.",
    ),
    body=MONDAY_BODY,
    notes=(
        _note("fahrplan-1", FAHRPLAN, 0, "Um 5.41 Uhr stand es auf allen Tafeln"),
        _note("fahrplan-2", FAHRPLAN, 80, "Die Schlüssel waren neu, die Kopien waren alt."),
        _note("fahrplan-3", FAHRPLAN, 160, "Im Schnitt waren es 2,40 Euro je Fahrt", "Erstattung"),
        _note("rakevet-1", RAKEVET, 12, "הכרטיס נקנה לפני דקה והשער סירב לקבל אותו"),
    ),
    edited_by="Ada Example",
    claims=(
        *_claims(MONDAY_BODY),
        Claim("Nobody was asked to pay twice.", "edited", ("fahrplan-3",)),
    ),
)

BOARDS_BODY = """Two sources tell of it.

| Board | Tokens per second | Watts | Price |
| --- | ---: | ---: | ---: |
| Pebble 2 | 14.0 | 9 | $129[^bench-1] |
| Pebble 2 with a cooler | 14.6 | 11 | $148[^bench-1] |
| Lodestar (loan) | 171.0 | 214 | $3,900[^bench-2] |

We could not make the fourth board start twice in a row.[^bench-3] \
Der Lüfter ist lauter als der Rechner.[^fahrplan-4]
"""
BOARDS = Feature(
    slug="boards",
    title="Four boards, measured",
    kind="extractive",
    documents=(DocumentRef(BENCH.id, BENCH.url),),
    entries=(EntryRef("bench", "2", BENCH.url, "Four boards, measured", None),),
    tldr=("Pebble 2 reaches 14 tokens per second.", "The fourth board would not start twice."),
    body=BOARDS_BODY,
    notes=(
        _note("bench-1", BENCH, 0, "Pebble 2: 14.0 tokens per second at 9 watts"),
        _note("bench-2", BENCH, 90, "Lodestar, on loan for a week: 171.0 at 214 watts"),
        _note("bench-3", BENCH, 200, "We could not make the fourth board start twice in a row."),
        _note("fahrplan-4", FAHRPLAN, 300, "Der Lüfter ist lauter als der Rechner."),
    ),
    claims=(
        Claim("Two sources tell of it.", "computed"),
        Claim(
            "We could not make the fourth board start twice in a row.", "extracted", ("bench-3",)
        ),
    ),
)


def _round_up(
    slug: str, title: str, feed: str, text: str, theme: str, also: tuple[str, ...] = ()
) -> RoundUp:
    return RoundUp(
        slug=slug,
        title=title,
        url=f"https://{feed}.example/{slug}",
        feed=feed,
        published=time("2026-05-12T23:10"),
        also=also,
        text=text,
        theme=theme,
        kind="model",
        claims=(Claim(text, "proved", (Span(BENCH.id, 0, 20, "as it was read there"),)),),
    )


RUNNING, HARDWARE, READING = "Running things", "Open hardware", "Worth reading"
ITEMS = (
    _round_up(
        "living-room",
        "Serving the feed from a living room",
        "owl",
        "A custom feed used by 72,000 people runs as one process on one computer in a living room, "
        "behind a server that costs **$7** a month; with electricity the whole comes to $30.",
        RUNNING,
        also=("wren", "ledger"),
    ),
    _round_up(
        "honker",
        "russellromney/honker",
        "ledger",
        "An extension brings `NOTIFY` and `LISTEN` to SQLite. Workers look at the `.db-wal` file "
        "every millisecond, so that no query has to be run in full.",
        RUNNING,
    ),
    _round_up(
        "pdf",
        "Extract the text of a PDF in your browser, with a library that was written for servers "
        "and has been moved there in fifty-nine minutes",
        "bench",
        "The extractor uses spatial rules rather than a model. It now runs in the browser alone.",
        RUNNING,
    ),
    _round_up(
        "lodestar",
        "Lodestar is open",
        "bench",
        "Calder has published the complete logic design of its chip under a free licence.",
        HARDWARE,
    ),
    _round_up(
        "why",
        "WHY ARE YOU LIKE THIS",
        "wren",
        "Asked for a horse that rides an astronaut, a model drew a road sign beside it that nobody "
        "had asked for. It read as the title does.",
        HARDWARE,
    ),
    replace(
        _round_up("luefter", "Der Lüfter", "fahrplan", "", HARDWARE),
        kind="extractive",
        documents=(FAHRPLAN.id,),
        text="Der Lüfter ist lauter als der Rechner.",
        claims=(
            Claim(
                "Der Lüfter ist lauter als der Rechner.",
                "extracted",
                (Span(FAHRPLAN.id, 300, 338, "Der Lüfter ist lauter als der Rechner."),),
            ),
        ),
    ),
    _round_up(
        "nineteen",
        "Nineteen reports of outages, compared",
        "ledger",
        "Seven of nineteen outages began at night, and most were found by a customer.",
        READING,
    ),
    replace(
        _round_up("bare", "A headline alone", "owl", "", READING), kind="extractive", claims=()
    ),
)
DOCUMENTS = (HERON, LEDGER, FAHRPLAN, RAKEVET, BENCH, small_site.OWL)
RICH = Issue(
    digest="systems",
    date=dt.date(2026, 5, 13),
    slug="copies",
    front=Front(
        title="Copies that outlive the original: a key, a notice and a fan",
        dek="A key that was replaced on paper, a notice in three languages and four boards on a "
        "bench say how long the old goes on working after the new has come.",
        tldr=(
            "Heron Rail sold no ticket for 41 minutes after a key had been rotated.",
            "212 of 240 servers held the old key in memory for up to a day.",
            "Travellers were told at 05:41, and nobody paid twice.",
            "Of four boards on the bench, one would not start twice in a row.",
        ),
        lead="Heron Rail replaced a key, and its servers went on with the old one; travellers "
        "learned of it from a board in German; and of four boards on a bench, one did not start "
        "twice. The three have little in common but this: *what was true a minute ago was still "
        "being served.*\n\nRead together, they ask for one habit. Whoever changes something should "
        "name the last place where the old is still believed, and look there.",
        claims=(
            Claim(
                "Heron Rail sold no ticket for 41 minutes after a key had been rotated.", "proved"
            ),
            Claim("Read together, they ask for one habit.", "own"),
        ),
    ),
    features=(ROTATION, MONDAY, BOARDS),
    round_ups=ITEMS,
    status="published",
    period_start=time("2026-05-12T05:00"),
    period_end=time("2026-05-13T05:00"),
    researched_at=time("2026-05-13T05:20"),
    model="some-model-4.1",
    corrections=(
        Correction(
            dt.date(2026, 5, 14),
            "1-rotation.md",
            "212 servers had not heard of the new key, not 221. The table was right.",
        ),
        Correction(dt.date(2026, 5, 15), "2-monday.md", "Jana Voß was misspelt."),
    ),
    documents=DOCUMENTS,
    feeds=(
        FeedLine("heron", True, "", time("2026-05-12T08:00")),
        FeedLine("ledger", True, "", time("2026-05-12T10:00")),
        FeedLine("fahrplan", True, "", time("2026-05-11T22:30")),
        FeedLine("bench", True),
        FeedLine("owl", True, "", time("2026-05-12T23:10")),
        FeedLine("wren", False, "no answer within 20 seconds"),
    ),
    calls=(
        Call("editor", "some-model-mini", 9_800, 640, 0.004, 6.2),
        Call("feature", "some-model-4.1", 21_400, 2_310, 0.142, 31.0),
        Call("front", "some-model-4.1", 3_100, 420, None, 5.5),
    ),
    counts={
        "quotes": 17,
        "numbers": 41,
        "names": 23,
        "claims": 26,
        "extracted": 2,
        "own": 3,
        "edited": 1,
        "dropped": 2,
    },
    problems=(
        Problem(
            "U1",
            "2-monday.md, item 1",
            "Nobody was asked to pay twice.",
            "a passage that says so",
            "",
            "edited, not proved",
        ),
        Problem("N2", "1-rotation.md, sentence 9", "44 minutes", "41", "", "dropped"),
        Problem(
            "C3",
            "1-rotation.md, sentence 3",
            "They went on signing",
            "more words in common with the passage",
            "",
            "published",
            "warning",
        ),
    ),
    edited=("2-monday.md",),
    evidence='{"version": 1}\n',
)

FORTY_BODY = "\n\n".join(
    " ".join(
        f"Article {n} of the draft was changed in {n % 7 + 2} places.[^ledger-{n}]"
        for n in range(first, first + 5)
    )
    for first in range(1, 41, 5)
)
FORTY = Feature(
    slug="forty",
    title="Forty articles of a draft regulation that has a title of more than a hundred and twenty "
    "characters, read one after the other",
    kind="model",
    documents=(DocumentRef(LEDGER.id, LEDGER.url),),
    entries=(EntryRef("ledger", "40", LEDGER.url, "Forty articles", time("2026-05-08T09:00")),),
    tldr=("All forty articles were changed.",),
    body=FORTY_BODY,
    notes=tuple(
        _note(f"ledger-{n}", LEDGER, 1000 + 60 * n, f"article {n}: {n % 7 + 2} amendments")
        for n in range(1, 41)
    ),
    claims=_claims(FORTY_BODY),
)
WEEKLY = Issue(
    digest="policy",
    date=dt.date(2026, 5, 11),
    slug="forty-articles",
    front=Front(
        "Forty articles, one after the other",
        "The draft was changed in every article.",
        ("All forty articles were changed.",),
        "The draft was read from its first article to its last.",
    ),
    features=(FORTY,),
    round_ups=(),
    status="published",
    period_start=time("2026-05-04T05:00"),
    period_end=time("2026-05-11T05:00"),
    researched_at=time("2026-05-12T05:00"),
    model="some-model-4.1",
    documents=(LEDGER,),
    feeds=(FeedLine("ledger", True, "", time("2026-05-08T09:00")),),
    counts={"quotes": 40, "numbers": 80, "dropped": 0},
    evidence='{"version": 1}\n',
)
LONG_ESSAY = Article(
    slug="on-length",
    title="On titles that go on for longer than anybody who sets them in type would ever have "
    "wished for, and Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesell"
    "schaft",
    body="Long words are broken where they must be.\n\n> Brevity is not the point.\n\n"
    "# Twice\n\n- One\n- Two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n",
    date=dt.date(2026, 5, 10),
    description="A title should say what is meant, and then end.",
    author="Ada Example",
)
PUBLICATION = Publication(
    issues=(RICH, WEEKLY, *(i for i in small_site.PUBLICATION.issues if i.status != "draft")),
    essays=(LONG_ESSAY, *small_site.PUBLICATION.essays),
    pages=small_site.PUBLICATION.pages,
)
CONFIG = replace(
    small_site.CONFIG,
    feeds=(
        *small_site.CONFIG.feeds,
        Feed(url="https://heron.example/feed", slug="heron", title="Heron Rail", tags=("lines",)),
        Feed(url="https://www.ledger.example/atom.xml", slug="ledger", tags=("keys", "clocks")),
        Feed(url="https://fahrplan.example/feed", slug="fahrplan", title="Fahrplan"),
        Feed(url="https://bench.example/feed", slug="bench", title="Bench Notes", tags=("lines",)),
        Feed(url="https://unheard.example/feed", slug="unheard", title="Never heard of"),
    ),
    digests=(
        *(
            replace(digest, schedule="weekly mon", description="What is written into law, by week.")
            if digest.slug == "policy"
            else digest
            for digest in small_site.CONFIG.digests
        ),
        Digest(slug="quiet", title="Quiet", description="Nothing yet.", schedule="manual"),
    ),
)


if __name__ == "__main__":
    write_golden(PUBLICATION, CONFIG, RICH_GOLDEN)
