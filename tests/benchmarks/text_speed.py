"""
How fast text is folded, split and counted, beside a floor of the standard library.

    python -m tests.benchmarks.text_speed

Prints CPU milliseconds for 720 kB of text as it stands on pages (the least of five runs)
and the ratio to `unicodedata.normalize("NFKC", text).casefold()`, which does less.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

from digest.text import content_words, fold, sentences, words

TEXT = ("The quick brown fox — it is “lazy” — jumps over 3.5 dogs a day. " * 12_000)[:720_000]


def cpu_ms(work: Callable[[str], object]) -> float:
    """The least of five runs."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        work(TEXT)
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> None:
    floor = cpu_ms(lambda text: unicodedata.normalize("NFKC", text).casefold())
    print(f"{'floor':15} {floor:8.1f} ms")
    for work in (fold, sentences, words, content_words):
        taken = cpu_ms(work)
        print(f"{work.__name__:15} {taken:8.1f} ms {taken / floor:6.1f} times the floor")


if __name__ == "__main__":
    main()
