"""`digest extract`: sources in order, a bad one told and passed over, a greedy page given up."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.errors import ParseError
from digest.extract.article import Examined, examine
from digest.extract.candidates import load
from digest.pipeline.workers import Workers

HOW = {
    "url": "https://ex.example/",
    "content_type": "text/html",
    "fetched_at": dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    "families": {},
}
TEXT = (
    "The mill by the river was rebuilt after the flood of 1998, with a wheel of oak and a roof of "
    "slate. It grinds on Saturdays, and whoever brings a sack of grain may wait for the flour. "
)
PAGE = f"<html><title>Mill</title><body><article><p>{TEXT}</p><h2>Wheel</h2><p>{TEXT[::-1]}</p>"


def examined(workers: Workers, *bodies: bytes) -> list[Examined | ParseError]:
    async def run() -> list[Examined | ParseError]:
        async with workers:
            found: list[Examined | ParseError] = []
            for body in bodies:
                try:
                    found.append(await workers.read(examine, body, load=load, **HOW))
                except ParseError as exc:
                    found.append(exc)
            return found

    return asyncio.run(run())


def test_a_page_that_takes_too_long_is_given_up() -> None:
    """Its process ends, the error says how long it had, and nothing waits for it."""
    (error,) = examined(Workers(1, seconds=0.0001), PAGE.encode())
    assert isinstance(error, ParseError)
    assert (error.subject, error.message) == (HOW["url"], "given up: more than 0.0001 s of work")


def test_a_page_that_needs_too_much_memory_is_given_up() -> None:
    """The limit costs that page alone: the next one is read."""
    pytest.importorskip("resource")
    greedy = b"<html><body>" + b"<p>x<b>y</b></p>" * 1_000_000
    error, made = examined(Workers(1, seconds=60, megabytes=100), greedy, PAGE.encode())
    assert isinstance(error, ParseError)
    assert error.message == "given up: more than 100 MB, or broken bytes"
    assert isinstance(made, Examined)
    assert made.document.title == "Mill"


def test_lines_of_json_in_order(tmp_path: Path) -> None:
    """A line for each source, also for one that is not there; the rest go on."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.md").write_text("# Oak\n\nA *wheel*.\n", "utf-8")
    names = [str(tmp_path / name) for name in ("a.html", "none.html", "b.md")]
    result = CliRunner().invoke(main, ["extract", "--json", "-C", str(tmp_path), *names])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["source"] for line in lines] == names
    assert lines[0]["text"].startswith(TEXT.strip())
    assert lines[0]["markdown"].startswith(f"# Mill\n\n{TEXT.strip()}\n\n## Wheel\n\n")
    assert lines[0]["chosen"] == "main text"
    assert "words" in lines[0]["why"]
    assert lines[1] == {"source": names[1], "error": "cannot be read (No such file or directory)"}
    assert (lines[2]["title"], lines[2]["text"]) == ("Oak", "A wheel.")
    assert "none.html: cannot be read" in result.stderr


def test_nothing_at_all_is_a_failure(tmp_path: Path) -> None:
    """Exit status 1 where no source could be read; a private address is refused, not opened."""
    sources = ["http://127.0.0.1:9/page", str(tmp_path / "none.html")]
    result = CliRunner().invoke(main, ["extract", "-C", str(tmp_path), *sources])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "127.0.0.1" in result.stderr
