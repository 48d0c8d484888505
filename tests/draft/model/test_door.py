"""The door's own work: budgets held before spending, calls at once, one call for one request."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import replace

import pytest

from digest.draft.model import Models, Reply
from digest.draft.model.budget import input_of
from digest.errors import ModelError
from digest.settings import Budget, Price
from digest.types import Call

from .conftest import ISSUE, NOW, REPLY, request

MOST = input_of(request("1?")) + 200


def late(seconds: float) -> str:
    time.sleep(seconds)
    return REPLY


def budget(**limits) -> Budget:
    return Budget(**limits)


def test_an_issue_stops_at_its_tokens(world) -> None:
    """A call that may go beyond is not made, and says what is spent; smaller ones still are."""
    w = world()
    w.set(budget=budget(issue_tokens=MOST + 20))
    found = w.ask(request("1?"), request("2?"), request("3?", max_tokens=1))
    assert [isinstance(each, Reply) for each in found] == [True, False, True]
    assert (found[1].fault, found[1].gone) == ("budget", False)
    assert "model.budget.issue_tokens" in found[1].message
    assert w.endpoint.calls == 2
    w.set(budget=budget(issue_tokens=2 * MOST))
    (found,) = w.ask(request("2?"))
    assert isinstance(found, Reply)


def test_what_earlier_runs_spent_on_an_issue_counts(world) -> None:
    """Unless a person wants it written again."""
    w = world()
    w.set(budget=budget(issue_tokens=MOST + 10))
    w.ask(request("1?"))

    async def again() -> tuple[bool, bool]:
        async with w.door() as door:
            door.clock = lambda: NOW + dt.timedelta(hours=1)
            outcomes = []
            for anew in (False, True):
                try:
                    await door.models(ISSUE, anew=anew).writer.ask(request("2?"))
                    outcomes.append(True)
                except ModelError:
                    outcomes.append(False)
            return outcomes[0], outcomes[1]

    assert asyncio.run(again()) == (False, True)


def test_calls_under_way_are_waited_for(world) -> None:
    """What they turn out to cost less is there for the next; nobody is refused too early."""
    w = world(faults=["*=slow:0.2"])
    w.set(budget=budget(issue_tokens=MOST + 200), concurrency=4)

    async def work(models: Models) -> list[Reply]:
        return await asyncio.gather(*(models.writer.ask(request(f"{n}?")) for n in range(3)))

    assert len(w.run(work)) == 3
    assert w.endpoint.most_at_once == 1


def test_a_month_stops_at_its_dollars(world) -> None:
    """Over all digests; a month later there is money again."""
    w = world()
    w.set(prices={"played": Price(input=0, output=1_000_000)}, budget=budget(month_usd=250))
    number = w.store.replies.reserve("other/2026-05-01", "k", Call("x", "m", 1, 1, 100.0, 0), NOW)
    assert number
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert found.fault == "budget"
    assert "the month's budget is 250.00 USD, 100.00 are spent" in found.message
    assert w.endpoint.calls == 0
    w.store._db.execute("UPDATE calls SET at = '2026-04-30T23:59:59.999Z'")
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert found.call.usd == pytest.approx(3.0)


def test_a_model_without_a_price(world) -> None:
    """Its cost is unknown, not nought; the budget of tokens holds all the same."""
    w = world()
    w.set(prices={}, budget=budget(issue_tokens=MOST + 10, month_usd=0))
    found = w.ask(request("1?"), request("2?"))
    assert found[0].call.usd is None
    assert found[1].fault == "budget"
    (spent,) = w.store.replies.months()
    assert (spent.usd, spent.unpriced) == (0.0, 1)


def test_no_more_calls_at_once_than_are_wanted(world) -> None:
    """`concurrency` holds over writer and editor together, which are two models here."""
    w = world(faults=["*=slow:0.15"])
    w.set(concurrency=2, editor="other")

    async def work(models: Models) -> list[Reply]:
        return await asyncio.gather(
            *(models.writer.ask(request(f"{n}?")) for n in range(3)),
            *(models.editor.ask(request(f"{n}?")) for n in range(3)),
        )

    found = w.run(work)
    assert {reply.call.model for reply in found} == {"played", "other"}
    assert w.endpoint.most_at_once == 2
    assert w.endpoint.calls == 6


def test_one_request_is_one_call(world) -> None:
    """However many ask it at once, and whatever their role is."""
    w = world(faults=["*=slow:0.1"])

    async def work(models: Models) -> list[Reply]:
        same = [models.writer.ask(request(role=role)) for role in ("gather", "plan", "front")]
        return await asyncio.gather(*same, models.editor.ask(request()))

    found = w.run(work)
    assert [reply.stored for reply in found] == [False, True, True, True]
    assert [reply.call.role for reply in found] == ["gather", "plan", "front", "gather"]
    assert w.endpoint.calls == 1


def test_another_take_is_another_call(world) -> None:
    """The same words again, because a person did not like what came."""
    w = world(script=lambda body: f'{{"a": {len(body["messages"])}}}')
    w.ask(request(), request(take=1), request(take=1))
    assert w.endpoint.calls == 2


def test_a_pause_holds_for_all(world) -> None:
    """When one call is told to wait, the others do not knock meanwhile."""
    w = world(faults=["1=429:30"])
    w.set(concurrency=1)

    async def work(models: Models) -> list[Reply]:
        return await asyncio.gather(*(models.writer.ask(request(f"{n}?")) for n in range(2)))

    w.run(work)
    assert len(w.waits) == 2
    assert w.waits == pytest.approx([30, 30], abs=1)


def test_a_call_that_is_cancelled_is_spent(world) -> None:
    """Ctrl-C while the model is at work: the provider counts it, and so do we."""
    w = world(faults=["*=timeout"])

    async def work(models: Models) -> None:
        asking = asyncio.create_task(models.writer.ask(request("1?")))
        await asyncio.to_thread(w.until_called)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    w.run(work)
    assert w.states() == ["cut"]
    assert w.store.replies.tokens(ISSUE, None) == MOST


def test_the_time_of_a_call_is_bounded(world) -> None:
    """Also where the server goes on sending white space."""
    w = world(keepalive_s=0.05, script=lambda body: late(1.5))
    w.set(timeout_s=0.4)
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert found.fault == "unreachable"


def test_white_space_before_a_reply(world) -> None:
    """A server that keeps the connection open so is understood."""
    w = world(keepalive_s=0.05, script=lambda body: late(0.4))
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert found.text == REPLY


def test_the_cost_of_an_issue(world) -> None:
    """All calls that cost something, the cut ones too; refused attempts are no calls."""
    w = world(faults=["2=500", "3=html"])

    async def work(models: Models) -> tuple[Call, ...]:
        await models.writer.ask(request("1?"))
        with pytest.raises(ModelError):
            await models.writer.ask(request("2?"))
        await models.writer.ask(request("1?"))
        return models.calls()

    found = w.run(work)
    assert [(call.output, call.usd is not None) for call in found] == [(3, True), (200, True)]
    assert w.store.replies.calls(ISSUE, None) == found
    assert replace(found[0], seconds=0) == replace(w.ask(request("1?"))[0].call, seconds=0)
