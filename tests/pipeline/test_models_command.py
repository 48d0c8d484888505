"""What models cost, and whether they can be asked, as `digest status` and `doctor` tell."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from digest.cli import main
from digest.store import FILE, Store
from digest.types import Call
from tests.draft.model.endpoint import Endpoint

NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)
COST = Call("gather", "m", 7000, 900, 0.25, 1.5)


def spend(site: Path, issue: str, now: dt.datetime, call: Call) -> None:
    with Store(site / FILE) as store:
        number = store.replies.reserve(issue, str(now), call, now)
        store.replies.arrive(number, str(now), call, "{}", "stop")


def test_status_sums_what_models_cost(built: Path) -> None:
    """The two newest months by digest for people, all of them as JSON."""
    assert "models in" not in CliRunner().invoke(main, ["status", "-C", str(built)]).stdout
    for days in (0, 1, 40, 80):
        spend(built, "daily/2026-05-02", NOW - dt.timedelta(days=days), COST)
    spend(built, "tools/2026-05-02", NOW, replace(COST, usd=None))
    with Store(built / FILE) as store:
        store.replies.reserve("daily/2026-05-02", "k", COST, NOW)
        store.replies.interrupted()
    shown = CliRunner().invoke(main, ["status", "-C", str(built)]).stdout.splitlines()
    assert [line for line in shown if line.startswith("models in")] == [
        (
            "models in 2026-05, daily: 3 calls, 21,000 tokens read, 2,700 written, 0.75 USD; "
            "1 cut off, counted in full"
        ),
        (
            "models in 2026-05, tools: 1 call, 7,000 tokens read, 900 written; the price of 1 call "
            "is not known"
        ),
        "models in 2026-03, daily: 1 call, 7,000 tokens read, 900 written, 0.25 USD",
    ]
    told = json.loads(CliRunner().invoke(main, ["status", "--json", "-C", str(built)]).stdout)
    assert [(each["month"], each["digest"], each["usd"]) for each in told["spent"]] == [
        ("2026-05", "daily", 0.75),
        ("2026-05", "tools", 0.0),
        ("2026-03", "daily", 0.25),
        ("2026-02", "daily", 0.25),
    ]


def test_status_tells_what_is_left_of_the_month(built: Path) -> None:
    """Only where a model is named; never less than nothing."""
    assert left(built) is None
    with (built / "feeds.yaml").open("a") as file:
        file.write("model: {name: m, budget: {month_usd: 1.5}}\n")
    spend(built, "daily/2026-05-02", NOW, COST)
    assert left(built) == 1.5
    now = dt.datetime.now(dt.UTC)
    spend(built, "daily/2026-05-02", now, COST)
    assert left(built) == 1.25
    spend(built, "tools/2026-05-02", now, replace(COST, usd=7.0))
    assert left(built) == 0.0
    shown = CliRunner().invoke(main, ["status", "-C", str(built)]).stdout
    assert "models: 0.00 USD are left of this month's budget" in shown


def left(site: Path) -> float | None:
    told = json.loads(CliRunner().invoke(main, ["status", "--json", "-C", str(site)]).stdout)
    found: float | None = told["left_usd"]
    return found


def test_doctor_looks_at_models(built: Path, tmp_path: Path) -> None:
    """Without `--online` nobody is asked; with it the server says whether it has the model."""
    with Endpoint(tmp_path / "played", script=lambda body: "{}") as endpoint:
        with (built / "feeds.yaml").open("a") as file:
            file.write(f"model: {{name: played, endpoint: {{url: '{endpoint.url}'}}}}\n")
        found = examine(built)
        assert found["model played"] == ("ok", f"asked at {endpoint.url}, without a key")
        assert found["price of played"][0] == "warning"
        assert endpoint.headers == []
        assert examine(built, "--online")["server of played"] == ("ok", "answers, and lists it")


def examine(site: Path, *more: str) -> dict[str, tuple[str, str]]:
    result = CliRunner().invoke(main, ["doctor", "--json", "-C", str(site), *more])
    assert result.exit_code == 0, result.output
    return {line["what"]: (line["level"], line["says"]) for line in json.loads(result.stdout)}
