"""
`python -m tests.evals`: the frozen days as a table.

    python -m tests.evals                     recorded replies, offline
    python -m tests.evals DAY … --play        waits for a reply where none is recorded: each
                                              request is written beside it as .prompt.md
    python -m tests.evals --model ID          a model that the `llm` library knows; costs money
    python -m tests.evals DAY --show          the issue itself, too
    python -m tests.evals --write             takes what the days come to as their floors
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.evals import day as days
from tests.evals.live import live
from tests.evals.measure import Score, unsupported
from tests.evals.replies import played
from tests.evals.run import run

FLOORS = Path(__file__).parent / "floors.json"
COLUMNS = (
    "features round_ups claims own citation_recall citation_precision unsupported told repairs "
    "dropped repeats echoes quoted calls input output"
).split()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.evals")
    parser.add_argument("days", nargs="*", metavar="DAY")
    parser.add_argument("--play", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--model", default="")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    scores = []
    every = days.days() if asked.model or asked.play else played()
    for name in asked.days or every:
        with tempfile.TemporaryDirectory() as folder:
            said: list[str] = []
            model = live(asked.model, Path(folder)) if asked.model else None
            wait_s = 3_600.0 if asked.play else 0.0
            score, issue, documents = run(name, Path(folder), wait_s=wait_s, model=model, said=said)
            scores.append(score)
            if asked.show:
                for path in sorted((Path(folder) / "content").rglob("*.md")):
                    print(f"\n######## {path.name}\n\n{path.read_text('utf-8')}")
                for problem in issue.problems:
                    print(
                        f"{problem.level} {problem.rule} {problem.where}: {problem.found} "
                        f"(expected {problem.expected})"
                    )
            for line in (*said, *unsupported(days.read(name), issue, documents)):
                print(f"{name}: {line}", file=sys.stderr)
    print(table(scores))
    if asked.write and not asked.model:
        floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
        floors |= {score.day: score.row() for score in scores}
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", "utf-8")
    return 1 if any(score.unsupported for score in scores) else 0


def table(scores: list[Score]) -> str:
    lines = [f"| day | {' | '.join(COLUMNS)} |", f"| --- |{' ---: |' * len(COLUMNS)}"]
    lines += [
        f"| {score.day} | {' | '.join(str(score.row()[name]) for name in COLUMNS)} |"
        for score in scores
    ]
    totals = [
        f"{sum(s.row()[name] for s in scores) / (len(scores) if name in _MEANS else 1):.4g}"
        for name in COLUMNS
    ]
    return "\n".join((*lines, f"| all | {' | '.join(totals)} |"))


_MEANS = {"citation_recall", "citation_precision", "told"}

if __name__ == "__main__":
    sys.exit(main())
