"""
How long the proof of an issue takes, and whether hostile text makes it take longer than it should.

    python tests/benchmarks/proof_speed.py

Made-up documents: an issue of 3,000 words against 40 documents of 3,000 words each, all of
them evidence for every sentence; then texts that repeat one sign. Prints CPU seconds, with a
floor beside them: reading the same words with one regular expression.
"""

# ruff: noqa: E501

from __future__ import annotations

import dataclasses
import random
import re
import sys
import time

from digest.types import Document
from digest.verify import check
from digest.verify.source import as_document

WORDS = (
    "the model cost price value market report team result memory token server region growth user "
    "system paper network release engineer policy energy vote court study change record access of "
    "and to in a for with on by from that which after before under over about"
).split()
NAMES = "Orrin Kestrel Velsund Nordkai Tarn Castellane Rill Lindqvist Halden Marlin Foundry Lathe".split()


def sentence(random_: random.Random) -> str:
    """About eighteen words, with a number or a name in most."""
    words = [random_.choice(WORDS) for _ in range(16)]
    if random_.random() < 0.6:
        words.insert(
            9,
            random_.choice(
                (
                    f"{random_.randint(2, 9999):,}",
                    f"${random_.randint(1, 90)}",
                    f"{random_.randint(1, 99)}%",
                )
            ),
        )
    if random_.random() < 0.5:
        words.insert(4, random_.choice(NAMES))
    return " ".join(words).capitalize() + "."


def document(number: int) -> Document:
    """One of 3,000 words."""
    random_ = random.Random(number)
    sentences = [sentence(random_) for _ in range(175)]
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    return dataclasses.replace(as_document(text), url=f"https://d{number}.example/")


def issue(documents: list[Document]) -> str:
    """3,000 words, half of them sentences of the documents."""
    random_ = random.Random(0)
    found = []
    for number in range(170):
        source = documents[number % len(documents)].text.replace("\n\n", " ").split(". ")
        found.append(random_.choice(source).rstrip(".") + "." if number % 2 else sentence(random_))
    return "\n\n".join(" ".join(found[at : at + 6]) for at in range(0, len(found), 6))


TRAPS = {
    "a megabyte without blanks": "x" * 1_000_000,
    "a megabyte of digits": "7" * 1_000_000,
    "ten thousand quotation marks": "“one two three " * 10_000,
    "straight quotation marks": '" ' * 10_000,
    "nested brackets": "[" * 10_000 + "]" * 10_000,
    "marks without notes": "Word.[^a] " * 10_000,
    "stars": "*a " * 20_000,
    "backticks": "`a " * 20_000,
    "pipes": "|a" * 20_000,
    "capitals": "Aa " * 20_000,
    "numbers": "7 of 8, " * 5_000,
    "stops": "." * 100_000,
    "definitions": "[^a]: [x](y)\n" * 3_000,
}


def timed(text: str, documents: list[Document]) -> float:
    """CPU seconds of one check."""
    begin = time.process_time()
    check(text, documents, named=False)
    return time.process_time() - begin


def main() -> int:
    """Print a line for each."""
    documents = [document(number) for number in range(40)]
    text = issue(documents)
    begin = time.process_time()
    for each in documents:
        re.findall(r"\w+", each.text)
    floor = time.process_time() - begin
    taken = timed(text, documents)
    print(
        f"issue of {len(text.split())} words, 40 documents: {taken:.2f} s ({taken / floor:.0f} × the floor)"
    )
    for name, trap in TRAPS.items():
        as_text = timed(trap, documents[:1])
        source = dataclasses.replace(as_document(trap), url="https://t.example/")
        as_source = timed("The model cost $5 in Tarn.", [source])
        print(f"{name}: as text {as_text:.2f} s, as a source {as_source:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
