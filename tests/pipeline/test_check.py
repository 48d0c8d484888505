"""`digest check`: any Markdown with footnotes against a folder of sources, without a site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main

PLAIN = "Pricing notes\n\nThe lab cut its price to $3.48 in April. It did not say why.\n"
MARKDOWN = """---
url: https://owl.example/clocks
publisher: Owl
author: Ada Example
published: 2026-04-20
---

# Clocks

The clock ran four seconds fast for a week, and nobody looked at it.
"""
PAGE = (
    "<!doctype html><html><head><title>Lag</title></head><body><nav><a href='/'>Home</a></nav>"
    "<article><h1>Lag</h1>" + "<p>We saw a lag of 90 ms on the northern line, every morning, "
    "and we could not explain it with anything that we had measured.</p>" * 3 + "</article></html>"
)
DRAFT = """The price is $3.48 now.[^plain-1] The clock ran fast.[^owl-1] A lag was seen.[^lag-1]

[^plain-1]: [Notes](prices.txt)
    > The lab cut its price to $3.48 in April.

[^owl-1]: [Owl](https://owl.example/clocks)
    > the clock ran four seconds fast for a week

[^lag-1]: [Lag](lag.html)
    > We saw a lag of 90 ms on the northern line
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "prices.txt").write_text(PLAIN)
    (folder / "clocks.md").write_text(MARKDOWN)
    (folder / "lag.html").write_text(PAGE)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def check(sources: Path, draft: str, *options: str) -> Result:
    path = sources.parent / "draft.md"
    path.write_text(draft)
    words = ["check", str(path), "--documents", str(sources), *options]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_a_true_draft_passes(sources: Path) -> None:
    """Text, Markdown and HTML are sources; a note finds them by file name or by address."""
    result = check(sources, DRAFT, "--json")
    report = json.loads(result.stdout)
    assert report["problems"] == []
    assert report["counts"]["quotes"] == 3
    assert result.exit_code == 0


def test_headings_and_metadata_are_evidence(sources: Path) -> None:
    """Plain and Markdown sources are whole: their headings can be quoted, and names at the top."""
    note = "[^a]: [Owl](clocks.md)\n    > Clocks\n"
    result = check(sources, f"Ada Example wrote of clocks.[^a]\n\n{note}", "--json")
    assert json.loads(result.stdout)["problems"] == []


def test_a_false_quote_is_an_error(sources: Path) -> None:
    """A swallowed word exits 1, and the place and what was expected are told on stdout."""
    result = check(sources, DRAFT.replace("four seconds fast", "forty seconds fast"))
    assert result.exit_code == 1
    assert "error Q1, note owl-1" in result.stdout
    assert "forty seconds fast" in result.stdout
    assert "1 error" in result.stdout


def test_named_documents_come_first(sources: Path) -> None:
    """`documents:` makes the first of them S1 and is refused when it names what is not there."""
    for names in ("[prices.txt, clocks.md, lag.html]", "\n- url: https://owl.example/clocks"):
        result = check(sources, f"---\ntitle: Notes\ndocuments: {names}\n---\n\n{DRAFT}", "--json")
        assert json.loads(result.stdout)["counts"]["quotes"] == 3
    result = check(sources, f"---\ndocuments: [price.txt]\n---\n\n{DRAFT}")
    assert result.exit_code == 2
    assert "'price.txt' is no file" in result.stderr
    assert "prices.txt" in result.stderr


def test_addresses_are_an_error_only_with_named_documents(sources: Path) -> None:
    """U1 is a rule for drafts of ours; anybody's Markdown may link."""
    text = f"See www.example.com/x for more.\n\n{DRAFT}"
    assert check(sources, text).exit_code == 0
    named = f"---\ndocuments: [prices.txt]\n---\n\n{text}"
    assert "U1" in check(sources, named).stdout


MISTAKES = [
    ("---\ntitle: [\n---\n\nx", "the head is not YAML"),
    ("---\ntitle: x\n", "the head does not end"),
    ("---\ndocuments: {a: 1}\n---\n\nx", "expected a list of file names"),
    ("---\ntldr: text\n---\n\nx", "expected a list of texts"),
    ("---\nderived: [{claim: x}]\n---\n\nx", "`expression:` is missing"),
]


@pytest.mark.parametrize(("draft", "words"), MISTAKES)
def test_mistakes_of_a_draft_are_named(sources: Path, draft: str, words: str) -> None:
    """Exit status 2, with the file, what was found and what was expected."""
    result = check(sources, draft)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "draft.md" in result.stderr


def test_a_missing_draft_or_folder_is_named(sources: Path, tmp_path: Path) -> None:
    """A draft that is no file, a folder that is none, empty, or a file: each in words."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    cases = [
        ("no.md", "sources", "no.md: cannot be read"),
        ("latin.md", "sources", "cannot be read as UTF-8"),
        ("draft.md", "nowhere", "does not exist, expected a folder with .txt, .md, .html files"),
        ("draft.md", "empty", "holds no source"),
        ("draft.md", "draft.md", "is a file, expected a folder"),
    ]
    (tmp_path / "draft.md").write_text(DRAFT)
    for draft, folder, words in cases:
        arguments = ["check", str(tmp_path / draft), "--documents", str(tmp_path / folder)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2, words
        assert words in result.stderr


def test_a_source_that_cannot_be_read_is_left_out(sources: Path) -> None:
    """The others go on; only where the draft names it is that an end."""
    (sources / "broken.md").write_bytes(b"\xff\xfe\x00")
    (sources / "empty.html").write_text("<html><body></body></html>")
    (sources / "odd.txt").write_text("---\npublished: someday\n---\n\nWords.\n")
    (sources / "typo.txt").write_text("---\nauhtor: x\n---\n\nWords.\n")
    result = check(sources, DRAFT)
    assert result.exit_code == 0
    for name in ("broken.md", "empty.html", "odd.txt", "typo.txt"):
        assert name in result.stderr
    assert "found `auhtor`, expected some of url, publisher" in result.stderr
    named = check(sources, f"---\ndocuments: [odd.txt]\n---\n\n{DRAFT}")
    assert named.exit_code == 2
    assert "`published:` is 'someday'" in named.stderr
