"""Two months of runs as they really come: every issue, entry and mail that was due, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.simulated_year import simulate


@pytest.mark.parametrize("seed", [1])
def test_two_months(tmp_path: Path, seed: int) -> None:
    """Late, doubled, skipped and killed runs, weeks without one, dead networks, lost stores."""
    outcome = simulate(tmp_path, days=60, seed=seed, per_day=0.4)
    assert outcome.made == outcome.due
    assert outcome.due["every-day"] > 20
    assert outcome.due["every-week"] in range(7, 10)
    assert (outcome.doubled, outcome.lost, outcome.late) == (0, 0, 0)
    assert (outcome.mails_doubled, outcome.mails_missing) == (0, 0)
    assert outcome.mails > 60
    assert outcome.killed > 2
    assert outcome.losses > 0
    feeds = 4
    assert outcome.unconditional <= feeds * (1 + outcome.losses)
