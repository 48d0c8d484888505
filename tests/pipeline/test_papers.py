"""What entries point to besides pages: a paper, a transcript, and a file that runs away."""

from __future__ import annotations

import functools
import json
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from digest.pipeline.workers import Workers
from digest.store import FILE, Store
from digest.urls import canonical
from tests.extract.printing import column, pdf, words
from tests.pipeline.conftest import run
from tests.pipeline.web import Web

SUBJECTS = ("oak", "slate", "larch", "granite", "copper", "felt", "glass", "rope")
PAPER = pdf(
    words("On the Weight of Roofs", 90, 720, size=17)
    + "".join(
        column(
            [f"A roof of {name} weighs {n + 40} kilograms a metre, as we found in Dorn.",
             f"It was measured {n + 3} times on the scales of the harbour, by two people."],
            y=650 - 40 * n,
        )
        for n, name in enumerate(SUBJECTS)
    ),
)  # fmt: skip
TRANSCRIPT = "WEBVTT\n\n" + "\n\n".join(
    f"00:{n:02}:00.000 --> 00:{n:02}:59.000\n<v Ida>The bell of {name} rang {n + 12} times in the "
    f"winter of Dorn, and nobody in the whole town could say who had pulled its rope."
    for n, name in enumerate(SUBJECTS)
)
STREAM = zlib.compress(b"BT /R 10 Tf 72 700 Td (" + b"A" * 70_000_000 + b") Tj ET", 9)
RUNAWAY = pdf("@").replace(
    b"<< /Length 1 >>\nstream\n@",
    b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s" % (len(STREAM), STREAM),
)
"""68 kB that say one word of 70 MB; the table of its objects is wrong, and not needed."""


def feed(web: Web, *items: str) -> bytes:
    return (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
        f"<title>A listing</title><link>{web.base}/</link>{''.join(items)}</channel></rss>"
    ).encode()


def item(web: Web, name: str, title: str, more: str) -> str:
    return (
        f"<item><title>{title}</title><link>{web.base}/{name}</link><guid>{name}</guid>{more}"
        "<pubDate>Wed, 01 Apr 2026 08:00:00 GMT</pubDate></item>"
    )


def pointing(web: Web, name: str) -> str:
    """A link post: the file lies on another host of the loopback."""
    target = f"{web.base.replace('127.0.0.1', 'localhost')}/{name}.pdf"
    return f"<description>{escape(f'<p><a href={target!r}>[link]</a></p>')}</description>"


def test_what_entries_point_to_is_read(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper and a transcript become evidence; what runs away costs itself, and is said."""
    web.answers["/roofs.pdf"], web.answers["/runaway.pdf"] = PAPER, RUNAWAY
    web.answers["/bells.vtt"] = TRANSCRIPT.encode()
    sound = (
        f'<enclosure url="{web.base}/bells.mp3" type="audio/mpeg" length="1"/><podcast:transcript '
        f'url="{web.base}/bells.vtt" type="text/vtt"/><description>On bells.</description>'
    )
    web.answers["/feed.xml"] = feed(
        web,
        item(web, "roofs", "The weight of roofs", pointing(web, "roofs")),
        item(web, "bells", "The bells of Dorn", sound),
        item(web, "runaway", "A file without an end", pointing(web, "runaway")),
    )
    port = web.base.rpartition(":")[2]
    (tmp_path / "feeds.yaml").write_text(
        f"""
site: {{title: A test, url: 'https://digest.example/'}}
digests: [{{slug: daily, title: Daily}}]
feeds: [{{url: '{web.base}/feed.xml', slug: listing, full_text: feed}}]
network: {{allow_private: ['127.0.0.1:{port}', 'localhost:{port}'], pause_s: 0}}
"""
    )
    monkeypatch.setattr("digest.pipeline.draft.Workers", functools.partial(Workers, megabytes=120))
    run(tmp_path, "fetch")
    run(tmp_path, "draft")
    evidence = json.loads(next(tmp_path.glob("content/daily/*/evidence.json")).read_text())
    read = {document["url"].rpartition("/")[2] for document in evidence["documents"]}
    assert {"roofs.pdf", "bells.vtt"} <= read
    with Store(tmp_path / FILE) as store:
        page = store.documents.page(canonical(f"http://localhost:{port}/runaway.pdf"))
    assert page is not None
    assert "given up" in page[1]
