"""
The frozen days with their recorded replies: nothing unsupported is published, and what a day
came to may rise and not fall. `python -m tests.evals --write` renews the floors.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digest import content
from digest.store import FILE
from tests.evals import day as days
from tests.evals.measure import measure, unsupported
from tests.evals.replies import played
from tests.evals.run import run

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
AT_LEAST = ("features", "round_ups", "claims", "citation_recall", "citation_precision", "told")
AT_MOST = ("unsupported", "repairs", "dropped", "repeats", "echoes", "quoted", "calls")
RECHECK = Path(__file__).parents[2] / "templates" / "recheck.py"


def test_every_played_day_has_floors() -> None:
    """A day that nobody has played yet waits for its player; twelve are the least."""
    assert set(played()) == FLOORS.keys()
    assert len(FLOORS) >= 12


@pytest.mark.parametrize("name", played())
def test_a_day_is_no_worse(name: str, tmp_path: Path) -> None:
    """What is published is supported, whatever was replied; the rest holds its floor."""
    score, issue, documents = run(name, tmp_path)
    assert unsupported(days.read(name), issue, documents) == []
    row, floor = score.row(), FLOORS[name]
    worse = [f"{key}: {row[key]}, was {floor[key]}" for key in AT_LEAST if row[key] < floor[key]]
    worse += [f"{key}: {row[key]}, was {floor[key]}" for key in AT_MOST if row[key] > floor[key]]
    assert worse == []
    (folder,) = content.issue_folders(tmp_path / "content", "daily")
    evidence, store = str(folder / "evidence.json"), str(tmp_path / FILE)
    command = [sys.executable, str(RECHECK), evidence, store]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_measure_finds_what_it_looks_for(tmp_path: Path) -> None:
    """A trap and a foreign number in a published text are counted: the measure can fail."""
    name = played()[0]
    _, issue, documents = run(name, tmp_path)
    first, *rest = issue.features
    trap = days.read(name).forbidden[0]
    bad = replace(first, body=f"{first.body}\n\nIt cost 987,654 crowns and a {trap}.")
    found = unsupported(days.read(name), replace(issue, features=(bad, *rest)), documents)
    assert len(found) == 2
    front = replace(issue.front, dek=max(issue.front.tldr, key=len))
    before, after = (
        measure(days.read(name), each, documents, [], 0).echoes
        for each in (issue, replace(issue, front=front))
    )
    assert after > before
