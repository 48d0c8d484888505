"""`digest feeds list` and `digest feeds check`: what the polls have left."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from digest.cli import main
from tests.pipeline.web import Web


def call(site: Path, *words: str, status: int = 0) -> Result:
    result = CliRunner().invoke(main, [*words[:2], "-C", str(site), *words[2:]])
    assert result.exit_code == status, result.output
    return result


def test_before_the_first_poll(site: Path) -> None:
    """A feed that was never asked is due, and no failure."""
    (line,) = json.loads(call(site, "feeds", "check", "--json").stdout)
    assert (line["state"], line["polls"], line["next_poll"]) == ("not asked yet", 0, None)
    assert "due now" in call(site, "feeds", "list").stdout


def test_health_over_polls(site: Path, web: Web) -> None:
    """New, unchanged, then gone astray: each poll counts, and --strict tells monitors."""
    run = ["fetch", "-C", str(site), "--force"]
    for _ in range(2):
        assert CliRunner().invoke(main, run).exit_code == 0
    web.answers.pop("/feed.xml")
    assert CliRunner().invoke(main, run).exit_code == 1
    (line,) = json.loads(call(site, "feeds", "check", "--json").stdout)
    assert (line["polls"], line["failed"], line["unchanged"]) == (3, 1, 1)
    assert line["new"] > 0
    assert line["text"] == "full text"
    assert line["per_week"] > 1
    assert line["bytes"] > 0
    shown = call(site, "feeds", "check", "--strict", status=1).stdout
    head, row, *wrong = shown.splitlines()
    assert head.split()[:4] == ["feed", "state", "format", "newest"]
    assert row.split()[:3] == ["newsroom", "failing", line["format"]] == [*row.split()[:2], "Atom"]
    assert "newsroom: 1 failure in a row: the server answered 404" in "\n".join(wrong)
    assert "newsroom  failing" in call(site, "feeds", "list").stdout


def test_two_feeds_that_are_one(site: Path, web: Web) -> None:
    """The same posts under two addresses, told by the posts; a feed of its own is not named."""
    feed = web.answers["/feed.xml"]
    web.answers["/copy.xml"] = feed.replace(b"A newsroom", b"The same, elsewhere")
    short = re.sub(rb"<summary.*?</summary>", b"<summary>Read on.</summary>", feed, flags=re.S)
    web.answers["/own.xml"] = short.replace(b'href="', b'href="/other')
    more = "".join(f", {{url: '{web.base}/{name}.xml', slug: {name}}}" for name in ("copy", "own"))
    path = site / "feeds.yaml"
    path.write_text(path.read_text().replace("slug: newsroom}]", f"slug: newsroom}}{more}]"))
    assert CliRunner().invoke(main, ["fetch", "-C", str(site), "--force"]).exit_code == 0
    told = json.loads(call(site, "feeds", "check", "--json").stdout)
    lines = {line["feed"]: line for line in told}
    assert {name: line["same_as"] for name, line in lines.items()} == {
        "newsroom": "", "copy": "newsroom", "own": ""
    }  # fmt: skip
    assert lines["own"]["text"] == "teasers"
    assert "copy: brings the same posts as newsroom" in call(site, "feeds", "check").stdout
