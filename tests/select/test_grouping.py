"""One piece of news is one story, and two are two."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys

import pytest

from digest.select.conflict import conflict
from digest.select.grouping import SAME as THRESHOLD
from digest.select.grouping import groups
from digest.select.likeness import likeness, weigh
from digest.select.signals import rarities, signals, title_names, versions
from digest.text.copies import is_copy
from digest.types import Entry
from tests.draft.making import document, entry

from .corpus import labelled
from .news import ALL_ITEMS, SAME, TRAPS, Item

ALL = ALL_ITEMS


def grouped(items: list[Item]) -> set[frozenset[tuple[str, str]]]:
    texts = {text.id: text for _, text in items}
    found = groups([signals(each, texts) for each, _ in items])
    return {frozenset(member.key for member in group) for group in found}


@pytest.mark.parametrize("name", SAME)
def test_one_story(name: str) -> None:
    """Told alone, it is one group."""
    assert len(grouped(SAME[name])) == 1


@pytest.mark.parametrize("name", TRAPS)
def test_two_stories(name: str) -> None:
    """What only looks alike stays apart."""
    assert len(grouped(TRAPS[name])) == len(TRAPS[name])


def test_a_whole_week() -> None:
    """All together: each story whole, no trap sprung."""
    wanted = {frozenset(each.key for each, _ in group) for group in SAME.values()}
    wanted |= {frozenset([each.key]) for group in TRAPS.values() for each, _ in group}
    assert grouped(ALL) == wanted


def test_order_of_arrival_decides_nothing() -> None:
    """Shuffled entries give the same groups."""
    shuffled = list(ALL)
    expected = grouped(ALL)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert grouped(shuffled) == expected


def test_no_hash_seed_decides() -> None:
    """Three processes, one result."""
    script = (
        "from tests.select.test_grouping import *\n"
        "texts = {t.id: t for _, t in ALL}\n"
        "print([[m.key for m in g] for g in groups([signals(e, texts) for e, _ in ALL])])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1


def test_the_same_address_is_the_same_post() -> None:
    """Other feed, other id, other title: one post."""
    first, text = SAME["an acquisition in three wordings"][0]
    again = Entry(
        "mirror", "guid-7", first.url, first.canonical, "Ships!", published=first.published
    )
    assert len(grouped([(first, text), (again, text)])) == 1


def test_nothing_in_the_middle_chains_unlike_things() -> None:
    """A round-up post that is like two stories does not make them one."""
    first = SAME["an acquisition in three wordings"]
    second = TRAPS["two announcements of one company on a day"][:1]
    text = document(
        " ".join(text.text for _, text in (first[0], second[0])),
        url="https://middle.example/x",
        publisher="middle",
    )
    middle = (entry("middle", "Northgate buys Baltic Freight, Acme opens in Finland", text), text)
    found = grouped([*first, *second, middle])
    for group in found:
        keys = {each.key for each, _ in first}
        assert not (group & keys and second[0][0].key in group)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Meridian releases Opus 4.1", {"opus": {"4.1"}}),
        ("GPT-5.5 is out", {"gpt": {"5.5"}}),
        ("LLM 0.32a0 is a refactor", {"llm": {"0.32a0"}}),
        ("Northgate pays 310 million", {}),
        ("Prices rise by 4.1%", {}),
        ("Ten ways to cook", {}),
    ],
)
def test_versions(title: str, expected: dict[str, set[str]]) -> None:
    """Numbers of things, not quantities."""
    assert versions(title) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Falcon Mini runs on phones", "", (("falcon", "mini"),)),
        ("Acme Launches Falcon 2 For Phones", "it runs on phones", (("acme",), ("falcon", "2"))),
        ("Why the Sea Is Salt", "the sea is full of salt and it is the", ()),
        ("Northgate's purchase", "", (("northgate",),)),
    ],
)
def test_title_names(title: str, text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    """Capitals make a name only where the text does not write the word small."""
    assert title_names(title, text) == expected


def test_a_conflict_forbids_even_a_copy() -> None:
    """Release notes made from one template are two pieces of news."""
    template = " ".join(f"Line {n} of the notes thanks contributor number {n}." for n in range(40))
    first = document(template, url="https://a.example/1", title="Tool 4.1")
    second = document(template + " Bye.", url="https://a.example/2", title="Tool 4.2")
    texts = {first.id: first, second.id: second}
    one, two = (signals(entry("a", d.title, d), texts) for d in (first, second))
    assert is_copy(one.samples, two.samples)
    assert conflict(one, two)
    rarity = rarities([one.head, two.head])
    assert likeness(weigh(one, rarity), weigh(two, rarity)).value == 0.0


def test_likeness_is_symmetric() -> None:
    """Which entry is asked first does not matter."""
    texts = {text.id: text for _, text in ALL}
    seen = [signals(each, texts) for each, _ in ALL]
    rarity = rarities(each.head for each in seen)
    weighed = [weigh(each, rarity) for each in seen]
    for one, two in itertools.combinations(weighed, 2):
        assert likeness(one, two) == likeness(two, one)


def test_a_quick_look_misses_nothing() -> None:
    """Where only values from a least one are wanted, all of those come out as they are."""
    news = labelled()
    seen = [signals(each, news.texts) for each in news.entries[:120]]
    rarity = rarities(each.head for each in seen)
    pairs = list(itertools.combinations([weigh(each, rarity) for each in seen], 2))
    exact = [likeness(*pair).value for pair in pairs]
    assert sum(value >= 0.25 for value in exact) > 20
    for least in (0.25, 0.5):
        quick = [likeness(*pair, least=least).value for pair in pairs]
        assert all(
            value == known if known >= least else value in {0.0, known}
            for value, known in zip(quick, exact, strict=True)
        )
        assert quick.count(0.0) > exact.count(0.0)


def test_distance_from_the_threshold() -> None:
    """Wrong merges are worse than misses: no trap comes near to the threshold."""
    texts = {text.id: text for _, text in ALL}
    seen = {each.key: signals(each, texts) for each, _ in ALL}
    rarity = rarities(each.head for each in seen.values())
    for (one, _), (two, _) in (group[:2] for group in TRAPS.values()):
        pair = (weigh(seen[each.key], rarity) for each in (one, two))
        assert likeness(*pair).value < 0.9 * THRESHOLD
