"""`digest doctor` names what is broken, and finds nothing where nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.pipeline import doctor
from digest.store import FILE, locked
from tests.pipeline.web import Web


def examine(site: Path, *words: str, status: int = 0) -> dict[str, tuple[str, str]]:
    result = CliRunner().invoke(
        main, ["doctor", "-C", str(site), "--json", *words], catch_exceptions=False
    )
    assert result.exit_code == status, result.output
    return {line["what"]: (line["level"], line["says"]) for line in json.loads(result.stdout)}


def test_all_is_well(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A good site: every line ok, and nothing is written but the lock's file."""
    monkeypatch.setattr(doctor, "LEAST_BYTES", 0)
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.is_file()}
    found = examine(built)
    assert {level for level, _ in found.values()} == {"ok"}
    assert set(found) == {"versions", "disk", "lock", "store", "content"}
    after = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.is_file()}
    assert {path for path in after if after[path] != before.get(path)} <= {
        built / f"{FILE}{ending}" for ending in (".lock", "-shm", "-wal")
    }
    shown = CliRunner().invoke(main, ["doctor", "-C", str(built)])
    assert "ok       store" in shown.stdout


def test_what_is_broken_is_named(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ruined store, a broken file, a full disk, a held lock, a missing secret."""
    monkeypatch.setattr(doctor, "LEAST_BYTES", 10**18)
    path = built / "feeds.yaml"
    path.write_text(path.read_text().replace("slug: newsroom", "slug: newsroom, auth: {env: NONE}"))
    body = bytearray((built / FILE).read_bytes())
    body[4096 * 2 : 4096 * 9] = b"\xff" * 4096 * 7
    (built / FILE).write_bytes(bytes(body))
    (issue,) = built.glob("content/daily/*/issue.md")
    issue.write_text("no front matter")
    with locked(built, "digest fetch (process 77)"):
        found = examine(built, status=1)
    assert {what for what, (level, _) in found.items() if level == "error"} == {"store", "content"}
    assert "move it away" in found["store"][1]
    assert "issue.md" in found["content"][1]
    assert "process 77" in found["lock"][1]
    assert found["disk"][0] == "warning"
    assert "NONE is not set" in found["secret of newsroom"][1]


def test_a_search_without_its_key(built: Path) -> None:
    """Is said; the issue would be made without it."""
    path = built / "feeds.yaml"
    told = path.read_text().replace("research: {pages: 0}", "research: {search: brave}")
    assert told != path.read_text()
    path.write_text(told)
    level, says = examine(built)["key of brave"]
    assert level == "warning"
    assert "BRAVE_API_KEY is not set" in says


def test_a_clock_that_is_behind(built: Path) -> None:
    """An issue of the future means that one of two clocks is wrong."""
    (issue,) = built.glob("content/daily/*/issue.md")
    text = issue.read_text()
    (line,) = [line for line in text.splitlines() if line.startswith("period_end:")]
    issue.write_text(text.replace(line, "period_end: 2999-01-01T00:00:00Z"))
    assert "later than this machine's clock" in examine(built, status=1)["clock"][1]


def test_hosts_are_asked_only_when_wanted(site: Path, web: Web) -> None:
    """Not without --online; then each once, and one that is gone is a warning."""
    path = site / "feeds.yaml"
    examine(site)
    assert web.asked == []
    path.write_text(
        path.read_text().replace("feeds: [", "feeds: [{url: 'http://127.0.0.1:9/x', slug: dead}, ")
    )
    found = examine(site, "--online")
    assert [path for path, _ in web.asked] == ["/robots.txt"]
    assert found["127.0.0.1:9"][0] == "warning"
    assert found[web.base.removeprefix("http://")][0] == "ok"
    assert found["clock"][0] == "ok"


def test_models_and_their_keys(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found, unknown, without a key: told before an issue is due, and nobody is asked."""
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    path = built / "feeds.yaml"
    before = path.read_text()
    path.write_text(f"{before}model: {{name: gpt-4o-mini, editor: no-such-model}}\n")
    found = examine(built)
    assert found["model gpt-4o-mini"][0] == "warning"
    assert "no key" in found["model gpt-4o-mini"][1].lower()
    assert found["model no-such-model"][0] == "warning"
    assert "knows no model" in found["model no-such-model"][1]
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    assert examine(built)["model gpt-4o-mini"][0] == "ok"
    local = "model: {name: m, endpoint: {url: 'http://localhost:9/v1', key_env: MINE}}\n"
    path.write_text(before + local)
    assert "MINE is not set" in examine(built)["model m"][1]
    monkeypatch.setenv("MINE", "a-key")
    assert examine(built)["model m"][0] == "ok"


BY_SMTP = """
  via: smtp
  unsubscribe_url: https://x.example/{email}/{signature}
  smtp: {host: h.example, user_env: WHO, password_env: HOW}
"""


@pytest.mark.parametrize(
    ("newsletter", "missing"),
    [
        ("{via: none}", ""),
        ("{via: buttondown}", "BUTTONDOWN_API_KEY"),
        ("{via: listmonk, listmonk: {url: 'https://l.example', lists: [1]}}", "LISTMONK_TOKEN"),
        (
            BY_SMTP,
            "WHO, HOW, DIGEST_UNSUBSCRIBE_KEY",
        ),
    ],
)
def test_secrets_of_the_newsletter(built: Path, newsletter: str, missing: str) -> None:
    with (built / "feeds.yaml").open("a") as file:
        file.write(f"newsletter: {newsletter}\n")
    level, says = examine(built).get("newsletter", ("", ""))
    assert (level == "warning") == bool(missing)
    assert missing in says
