"""
What a newsletter costs, beside the tools that one would put together for it.

    python -m tests.benchmarks.mail_speed [--rounds 30] [--peer PYTHON]

An issue of three features and twelve round-ups that is on the site already, as `digest render`
makes its message: template, CSS inlined, what is harmful taken out, and the text part. The peer
takes the same HTML before its CSS is inlined: premailer inlines it, html2text makes the text of
it. The peer's Python must have both; without `--peer` it is left out. CPU of each, in turn.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

from digest.render import environment, view
from digest.render.newsletter import Letters
from digest.render.words import words_of
from digest.types import Issue
from tests.render.small_site import CONFIG, ISSUE

FEATURES, ROUND_UPS = 3, 12
WORDS = 60
"""Words of a round-up."""
PEER = """
import sys, time
from pathlib import Path
from html2text import html2text
from premailer import Premailer

html = Path(sys.argv[1]).read_text("utf-8")

def letter():
    return Premailer(html, disable_validation=True, cssutils_logging_level=50).transform()

letter(), html2text(html)
began = time.process_time()
for _ in range(int(sys.argv[2])):
    letter(), html2text(html)
print(1000 * (time.process_time() - began) / int(sys.argv[2]))
"""


class _Kept:
    """An inliner that keeps what it was given."""

    def __init__(self, inliner: Any) -> None:
        self.inliner, self.html = inliner, ""

    def inline(self, html: str) -> str:
        self.html = html
        return str(self.inliner.inline(html))


def issue() -> Issue:
    features = [
        replace(ISSUE.features[n % len(ISSUE.features)], slug=f"story-{n}", update_of="")
        for n in range(FEATURES)
    ]
    round_ups = [
        replace(one, slug=f"short-{n}", text=" ".join([one.text] * (WORDS // 20)))
        for n, one in enumerate((ISSUE.round_ups * ROUND_UPS)[:ROUND_UPS])
    ]
    return replace(
        ISSUE, date=dt.date(2026, 5, 2), features=tuple(features), round_ups=tuple(round_ups)
    )


def of_peer(python: str, html: str, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "letter.html"
        page.write_text(html, "utf-8")
        command: Sequence[str] = [python, "-c", PEER, str(page), str(rounds)]
        return float(subprocess.check_output(command, text=True))


def main() -> None:
    parser = argparse.ArgumentParser(description="A newsletter, beside premailer and html2text.")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--peer", default="", help="a Python that has premailer and html2text")
    options = parser.parse_args()
    env, told = environment(), issue()
    shown = view.view(told, CONFIG, words_of(env))
    letters = Letters(CONFIG, env)
    kept = letters._inliner = _Kept(letters._inliner)  # type: ignore[assignment]
    message = letters.of(told, (), shown)
    began = process_time()
    for _ in range(options.rounds):
        letters.of(told, (), shown)
    ours = 1000 * (process_time() - began) / options.rounds
    print(f"a newsletter of {len(message.html) / 1000:.0f} kB: {ours:.2f} ms CPU")
    if options.peer:
        theirs = of_peer(options.peer, kept.html, options.rounds)
        print(f"premailer and html2text: {theirs:.2f} ms CPU, {theirs / ours:.1f} times")


if __name__ == "__main__":
    main()
