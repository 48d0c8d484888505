"""Feeds in files of this machine: where feeds.yaml names them, and nowhere else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.opml import read as read_opml
from digest.store import FILE, Store

FEED = (
    "<rss version='2.0'><channel><title>Mill</title><link>https://mill.example/</link>"
    "<item><guid>1</guid><title>A wheel of oak</title><link>https://mill.example/{}</link>"
    "<description>The mill by the river was rebuilt after the flood of 1998, with a wheel of oak "
    "and a roof of slate. It grinds on Saturdays.</description></item>"
    "<item><guid>2</guid><title>Beside it</title><link>beside.html</link>"
    "<description>A link that is relative to the file leads nowhere.</description></item>"
    "</channel></rss>"
)


def site(folder: Path, url: str) -> Path:
    (folder / "feeds.yaml").write_text(
        f"feeds: [{{url: '{url}', full_text: feed}}]\nnetwork: {{max_bytes: 100_000}}\n", "utf-8"
    )
    return folder


def line(folder: Path) -> Any:
    """What one run says of the only feed."""
    result = CliRunner().invoke(main, ["fetch", "--force", "--json", "-C", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (found,) = json.loads(result.stdout)["feeds"]
    return found


def test_a_file_is_read_like_a_feed(tmp_path: Path) -> None:
    """New, unchanged, edited; its slug is its name, and no page tells where it lies."""
    folder = site(tmp_path, (tmp_path / "my%20feed.xml").as_uri().replace("%25", "%"))
    source = tmp_path / "my feed.xml"
    source.write_text(FEED.format("a"), "utf-8")
    first, again = line(folder), line(folder)
    assert (first["feed"], first["status"], first["new"]) == ("my-feed", 200, 2)
    assert (again["status"], again["new"]) == (304, 0)
    source.write_text(FEED.format("edited"), "utf-8")
    assert line(folder)["updated"] == 1
    with Store(folder / FILE) as store:
        urls = {entry.url for entry in store.entries.recent("my-feed", 5)}
    assert urls == {"https://mill.example/edited", ""}
    assert CliRunner().invoke(main, ["build", "-C", str(folder)]).exit_code == 0
    made = [path for path in (folder / "site").rglob("*") if path.is_file()]
    assert made
    assert not any(b"file:" in path.read_bytes() for path in made if path.suffix != ".js")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "cannot be read (No such file or directory)"),
        ("folder", "cannot be read (Is a directory)"),
        ("pipe", "not a file; expected a feed in one"),
        ("large", "larger than 100,000 bytes (network.max_bytes)"),
        ("text", "expected a feed (Atom, RSS or JSON Feed), found none"),
    ],
)
def test_what_cannot_be_read_has_its_line(tmp_path: Path, kind: str, words: str) -> None:
    """Nothing is waited for, and nothing of it is shown."""
    source = tmp_path / "feed.xml"
    if kind == "folder":
        source.mkdir()
    elif kind == "pipe":
        os.mkfifo(source)
    elif kind != "missing":
        source.write_text("x" * 200_000 if kind == "large" else "root:x:0:0", "utf-8")
    found = line(site(tmp_path, source.as_uri()))
    assert found["error"] == words
    assert "root" not in json.dumps(found)


@pytest.mark.parametrize("url", ["file:feed.xml", "file://host/feed.xml", "file:///", "/feed.xml"])
def test_feeds_yaml_wants_a_whole_path(tmp_path: Path, url: str) -> None:
    """What is relative would depend on where the run starts."""
    result = CliRunner().invoke(main, ["fetch", "-C", str(site(tmp_path, url))])
    assert result.exit_code == 2
    assert "expected an address that begins with http:// or https://, or file:///" in result.output


def test_lists_of_others_name_no_files() -> None:
    """An OPML file comes from anywhere: what is no address of the web is passed over."""
    outline = "<outline type='rss' xmlUrl='file:///etc/passwd' text='x'/>"
    good = "<outline type='rss' xmlUrl='https://a.example/feed' text='a'/>"
    text = f"<opml version='2.0'><body>{outline}{good}</body></opml>"
    feeds, _ = read_opml(text.encode(), "feeds.opml")
    assert [feed.url for feed in feeds] == ["https://a.example/feed"]
