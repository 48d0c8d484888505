"""
How good and how fast the extraction of pages is, beside trafilatura alone.

    python tests/benchmarks/extract_pages.py CHECKOUT [--part all|even|odd] [--teaser] [--worst N]
        [--without-captions]

CHECKOUT is a copy of scrapinghub/article-extraction-benchmark; its own evaluate.py judges, so
the figures can be compared with those that it publishes. Rules are tuned on the pages whose
place in the sorted list is even, and reported of the odd ones. `--teaser` gives our side what
a feed would give: the first sentence of the truth. The truth has no captions, which digest keeps
since they say what pictures show; `--without-captions` leaves them out of ours.

Reads the checkout; writes nothing. Run by hand, alone on the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import importlib.util
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trafilatura import extract  # noqa: TID253

from digest.errors import ParseError
from digest.extract.article import article
from digest.text import sentences
from digest.types import Entry

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ROUNDS = 2000
"""Resamplings of the bootstrap."""


def main() -> None:
    arguments = _arguments()
    judge = _judge(arguments.checkout)
    truth = judge.load_json(arguments.checkout / "ground-truth.json")
    keys = _part(sorted(truth), arguments.part)
    pages = {key: _page(arguments.checkout / "html" / f"{key}.html.gz") for key in keys}
    alone("<p>warm</p>")
    ours("<html><p>warm</p></html>", "https://warm.example/", None)
    bare = arguments.without_captions
    texts: dict[str, dict[str, str]] = {"ours": {}, "trafilatura": {}}
    seconds: dict[str, list[float]] = {"ours": [], "trafilatura": []}
    for number, (key, page) in enumerate(pages.items()):
        url = truth[key].get("url") or f"https://{key}.example/"
        hint = teaser(truth[key]["articleBody"]) if arguments.teaser else None
        runs: list[tuple[str, Callable[[], str]]] = [
            ("ours", lambda page=page, url=url, hint=hint: ours(page, url, hint, bare=bare)),  # type: ignore[misc]
            ("trafilatura", lambda page=page: alone(page)),  # type: ignore[misc]
        ]
        for name, run in runs if number % 2 else reversed(runs):
            start = time.process_time()
            texts[name][key] = run()
            seconds[name].append(time.process_time() - start)
    scores = {
        name: [judge.string_shingle_matching(truth[key]["articleBody"], found[key]) for key in keys]
        for name, found in texts.items()
    }
    _print_scores(judge, scores, seconds)
    _print_difference(judge, scores)
    _print_worst(keys, scores, arguments.worst)


def ours(page: str, url: str, hint: Entry | None, *, bare: bool = False) -> str:
    """The text that `digest extract` gives; captions left out, if it is to be bare."""
    try:
        made = article(
            page.encode("utf-8"),
            url=url,
            content_type="text/html; charset=utf-8",
            fetched_at=NOW,
            families={},
            hint=hint,
        )
    except ParseError:
        return ""
    kept = [one for one in made.blocks if not (bare and one.kind == "caption")]
    return "\n\n".join(made.text[one.start : one.end] for one in kept)


def alone(page: str) -> str:
    return extract(page, favor_precision=True, include_comments=False) or ""


def teaser(truth: str) -> Entry:
    """An entry whose summary is the article's first sentence."""
    spans = sentences(truth)
    first = truth[spans[0][0] : spans[0][1]] if spans else ""
    return Entry("feed", "1", "", "", "", html=f"<p>{first}</p>")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1] if __doc__ else "")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--part", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--teaser", action="store_true")
    parser.add_argument("--without-captions", action="store_true")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    return parser.parse_args()


def _judge(checkout: Path) -> Any:
    """The benchmark's own evaluate.py."""
    spec = importlib.util.spec_from_file_location("evaluate", checkout / "evaluate.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{checkout}: expected a checkout with evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _part(keys: Sequence[str], part: str) -> list[str]:
    return list(keys) if part == "all" else list(keys[0 if part == "even" else 1 :: 2])


def _page(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()


Scores = Mapping[str, Sequence[tuple[float, float, float]]]


def _print_scores(judge: Any, scores: Scores, seconds: Mapping[str, Sequence[float]]) -> None:
    print(f"{'':<12} F1     precision recall  CPU ms/page mean  median")
    for name, found in scores.items():
        made = judge.metrics_from_tp_fp_fns(list(found))
        mean, median = statistics.mean(seconds[name]), statistics.median(seconds[name])
        print(
            f"{name:<12} {made['f1']:.4f} {made['precision']:.4f}    {made['recall']:.4f}"
            f"  {1000 * mean:.1f}              {1000 * median:.1f}"
        )
    ratio = sum(seconds["ours"]) / sum(seconds["trafilatura"])
    print(f"CPU: {ratio:.2f} times that of trafilatura alone, {len(seconds['ours'])} pages")


def _print_difference(judge: Any, scores: Scores) -> None:
    """Bootstrap of ours minus trafilatura on the same pages."""
    chance = random.Random(1)
    number = len(scores["ours"])
    differences = []
    for _ in range(ROUNDS):
        sample = chance.choices(range(number), k=number)
        one, other = (
            judge.metrics_from_tp_fp_fns([scores[name][at] for at in sample])["f1"]
            for name in ("ours", "trafilatura")
        )
        differences.append(one - other)
    differences.sort()
    low, high = differences[ROUNDS // 40], differences[-ROUNDS // 40]
    better = sum(one > 0 for one in differences) / ROUNDS
    print(
        f"F1, ours minus trafilatura: {statistics.mean(differences):+.4f}, 95 % of resamplings in "
        f"[{low:+.4f}, {high:+.4f}], above 0 in {100 * better:.0f} %"
    )


def _print_worst(keys: Sequence[str], scores: Scores, number: int) -> None:
    order = sorted(range(len(keys)), key=lambda at: scores["ours"][at][0])
    for at in order[:number]:
        shown = "  ".join(
            f"{name} " + "/".join(f"{value:.2f}" for value in scores[name][at]) for name in scores
        )
        print(f"{re.sub(r'[^0-9a-z]', '', keys[at])[:12]}  tp/fp/fn: {shown}")


if __name__ == "__main__":
    main()
