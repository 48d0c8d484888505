"""
Extraction on pages of many kinds and languages: what must be in the text, and what must not.

    python tests/benchmarks/extract_snippets.py CHECKOUT [--every N] [--from N] [--worse]
        [--without-captions]

CHECKOUT is a copy of adbar/trafilatura, whose tests/ hold pages with pieces of text that belong
to the article ("with") and to the page around it ("without"). A piece counts as found where
it occurs after white space is folded. Prints precision, recall and F1 over pieces for ours and for
trafilatura with `favor_precision`; `--worse` names the pages on which ours has fewer right. The
title is looked at on both sides: ours keeps it apart from the text. Captions, which digest keeps,
stand among what must not be found; `--without-captions` leaves them out of ours.

Reads the checkout; writes nothing. Run by hand.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import re
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction  # noqa: TID253

from digest.errors import ParseError
from digest.extract.article import article
from digest.extract.decoding import decode

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description="Score extraction by pieces of text.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth page")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="N", help="from N on")
    parser.add_argument("--without-captions", action="store_true")
    parser.add_argument("--worse", action="store_true", help="name the pages where ours is worse")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    folder = arguments.checkout / "tests"
    pages = json.loads((folder / "evaldata.json").read_text("utf-8"))
    counts = {"ours": Counter[str](), "trafilatura": Counter[str]()}
    seconds = {"ours": 0.0, "trafilatura": 0.0}
    for url, item in list(pages.items())[arguments.first :: arguments.every]:
        body = _page(folder, item["file"])
        if body is None:
            continue
        right = {}
        bare = arguments.without_captions
        for name, read in (("ours", partial(_ours, bare=bare)), ("trafilatura", _alone)):
            start = time.process_time()
            text = _folded(read(body, url))
            seconds[name] += time.process_time() - start
            found = _counts(text, item)
            counts[name] += found
            right[name] = found["tp"] + found["tn"]
        if arguments.worse and right["ours"] < right["trafilatura"]:
            print(f"{right['ours']} for {right['trafilatura']}: {item['file']}")
    for name, found in counts.items():
        _print(name, found, seconds[name] / seconds["trafilatura"])


def _ours(body: bytes, url: str, *, bare: bool) -> str:
    try:
        made = article(body, url=url, content_type="", fetched_at=NOW, families={})
    except ParseError:
        return ""
    kept = [one for one in made.blocks if not (bare and one.kind == "caption")]
    return "\n\n".join((made.title, *(made.text[one.start : one.end] for one in kept)))


def _alone(body: bytes, url: str) -> str:
    found: Any = bare_extraction(
        decode(body), url=url, favor_precision=True, include_comments=False
    )
    return f"{found.title or ''}\n\n{found.text or ''}" if found else ""


def _page(folder: Path, name: str) -> bytes | None:
    paths = (folder / "cache" / name, folder / "eval" / name)
    return next((path.read_bytes() for path in paths if path.is_file()), None)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _counts(text: str, item: dict[str, Any]) -> Counter[str]:
    found = Counter[str]()
    for piece in item["with"]:
        found["tp" if _folded(piece).strip() in text else "fn"] += 1
    for piece in item["without"]:
        found["fp" if _folded(piece).strip() in text else "tn"] += 1
    return found


def _print(name: str, found: Counter[str], ratio: float) -> None:
    precision = found["tp"] / (found["tp"] + found["fp"])
    recall = found["tp"] / (found["tp"] + found["fn"])
    both = 2 * precision * recall / (precision + recall)
    print(
        f"{name:<12} F1 {both:.4f}  precision {precision:.4f}  recall {recall:.4f}  "
        f"CPU {ratio:.2f}  {dict(found)}"
    )


if __name__ == "__main__":
    main()
