"""`digest feeds list` and `digest feeds check`: what the polls have left."""

from __future__ import annotations

import json
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
    assert line["bytes"] > 0
    shown = call(site, "feeds", "check", "--strict", status=1).stdout
    assert "newsroom: failing" in shown
    assert "1 failure in a row: the server answered 404" in shown
    assert "newsroom  failing" in call(site, "feeds", "list").stdout
