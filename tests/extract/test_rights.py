"""What a page says of its licence and of machines stands in its document, and in the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from digest.extract.article import article
from digest.store import FILE, Store
from digest.types import Document

BODY = (
    "<p>The mill by the river was rebuilt after the flood, with a wheel of oak and slate.</p>" * 2
)


def read(head: str, foot: str = "") -> Document:
    page = f"<html><head>{head}</head><body><article>{BODY}</article>{foot}</body></html>"
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return article(
        page.encode(),
        url="https://ex.example/a",
        content_type="text/html",
        fetched_at=now,
        families={},
    )


@pytest.mark.parametrize(
    ("head", "foot", "license"),
    [
        ("<link rel='license' href='/terms'>", "", "https://ex.example/terms"),
        (
            "",
            "<a rel='nofollow license' href='https://cc.example/by/4.0/'>CC BY</a>",
            "https://cc.example/by/4.0/",
        ),
        (
            """<script type='application/ld+json'>
            {"@type": "Article", "license": {"url": "https://cc.example/by-sa/"}}</script>""",
            "",
            "https://cc.example/by-sa/",
        ),
        ("<link rel='licensed' href='/terms'>", "<a href='/license'>License</a>", ""),
        ("<link rel='license' href='javascript:alert(1)'>", "", ""),
        (
            "",
            "<footer>Text: <a href='https://creativecommons.org/licenses/by/4.0/'>CC</a></footer>",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("", "<p>Photo: <a href='https://creativecommons.org/licenses/by/4.0/'>CC</a></p>", ""),
    ],
)
def test_the_licence_is_an_address(head: str, foot: str, license: str) -> None:
    """`rel=license`, JSON-LD and the foot of the page count; a picture's licence does not."""
    assert read(head, foot).license == license


@pytest.mark.parametrize(
    ("head", "reserved"),
    [
        ("<meta name='robots' content='index, NOAI, noimageai'>", "noai noimageai"),
        ("<meta name='tdm-reservation' content='1'>", "tdm"),
        ("<meta name='tdm-reservation' content='0'><meta name=robots content='noindex'>", ""),
    ],
)
def test_what_is_kept_from_machines(head: str, reserved: str) -> None:
    """Directives for robots and the TDM reservation are told by name."""
    assert read(head).reserved == reserved


def test_the_store_keeps_both(tmp_path: Path) -> None:
    """A document that comes back from the store says the same."""
    made = read("<link rel=license href='/terms'><meta name=robots content=noai>")
    with Store(tmp_path / FILE) as store:
        id_ = store.documents.put(made)
        assert store.documents.get([id_])[id_] == made


@pytest.mark.parametrize(
    ("name", "value", "reserved"),
    [
        ("x-robots-tag", "noai, noimageai", "noai noimageai"),
        ("tdm-reservation", "1", "tdm"),
        ("tdm-reservation", "0", ""),
        ("x-robots-tag", "noindex", ""),
    ],
)
def test_headers_keep_too(name: str, value: str, reserved: str) -> None:
    """A server may say it for what has no head: for texts and PDFs too."""
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    made = article(
        b"Words of a text.",
        url="https://ex.example/a.txt",
        content_type="text/plain",
        fetched_at=now,
        families={},
        headers={name: value},
    )
    assert made.reserved == reserved
