"""Turns at a host: how many at once, how far apart, and who waits for whom."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from digest.fetch.manners import Turns


async def times(turns: Turns, hosts: list[str], lasts_s: float) -> list[tuple[float, float]]:
    """When each turn began and ended, in the order in which they began."""
    clock = asyncio.get_running_loop().time
    spans = []

    async def take(host: str) -> None:
        async with turns.turn(host):
            begun = clock()
            await asyncio.sleep(lasts_s)
            spans.append((begun, clock()))

    await asyncio.gather(*(take(host) for host in hosts))
    return sorted(spans)


# A start is asked for on time and happens a little later where the machine is busy.
SLACK_S = 0.05


def test_a_pause_follows_each_request():
    """From the end of one to the start of the next."""
    spans = asyncio.run(times(Turns(9, 1, 0.1), ["a"] * 4, 0.05))
    assert all(later[0] - earlier[1] >= 0.1 - SLACK_S for earlier, later in pairwise(spans))


def test_starts_stay_apart_where_several_run():
    """Two at once, and not both in the same moment."""
    spans = asyncio.run(times(Turns(9, 2, 0.3), ["a"] * 4, 0.8))
    assert all(later[0] - earlier[0] >= 0.3 - SLACK_S for earlier, later in pairwise(spans))
    assert spans[1][0] < spans[0][1]


def test_who_waits_for_its_host_keeps_nobody_waiting():
    """A host with a long queue holds no place among all while it pauses."""
    spans = asyncio.run(times(Turns(1, 1, 0.5), ["a", "a", "b", "c"], 0.01))
    assert [span[0] - spans[0][0] < 0.4 for span in spans] == [True, True, True, False]


def test_a_turn_that_fails_is_given_back():
    """The next request comes on, after its pause."""

    async def go() -> list[tuple[float, float]]:
        turns = Turns(1, 1, 0.1)
        with pytest.raises(ZeroDivisionError):
            async with turns.turn("a"):
                raise ZeroDivisionError
        ended = asyncio.get_running_loop().time()
        return [(0, ended), *await times(turns, ["a"], 0)]

    first, second = asyncio.run(go())
    assert second[0] - first[1] >= 0.09


def test_a_silent_request_lends_its_place(monkeypatch):
    """The next one goes on; once something comes the first must wait for a place again."""
    monkeypatch.setattr("digest.fetch.manners.PATIENCE_S", 0.05)
    monkeypatch.setattr("digest.fetch.manners.LENT", 1)

    async def go() -> list[str]:
        turns, told = Turns(1, 1, 0), list[str]()
        second_begins, first_waits = asyncio.Event(), asyncio.Event()

        async def first() -> None:
            async with turns.turn("a") as place:
                told.append("first")
                place.ask()
                await second_begins.wait()
                place.hear()
                assert not place.is_held
                first_waits.set()
                await place.take()
                told.append("first again")

        async def second() -> None:
            async with turns.turn("b") as place:
                told.append("second")
                place.ask()
                await asyncio.sleep(0.1)  # one place is lent: that of this one is not
                assert place.is_held
                second_begins.set()
                await first_waits.wait()
                told.append("second is done")

        async with asyncio.TaskGroup() as group:
            group.create_task(first())
            group.create_task(second())
        return told

    assert asyncio.run(go()) == ["first", "second", "second is done", "first again"]


def test_all_places_come_back(monkeypatch):
    """Of requests that lent theirs and failed, and of some that were heard in time."""
    monkeypatch.setattr("digest.fetch.manners.PATIENCE_S", 0.02)

    async def go() -> tuple[int, int]:
        turns = Turns(2, 1, 0)

        async def fail(number: int) -> None:
            async with turns.turn(f"h{number}") as place:
                place.ask()
                await asyncio.sleep(0.01 * number)
                if number % 2:
                    place.hear()
                raise ZeroDivisionError

        await asyncio.gather(*(fail(n) for n in range(9)), return_exceptions=True)
        return turns._places.free._value, turns._places.may_lend

    assert asyncio.run(go()) == (2, 8)
