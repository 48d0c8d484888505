"""
The one door to language models: stored reply, budget, call, retries, ledger.

Touches the network through `library`, the clock and the ledger that it is given. A request
that was asked before gets its stored reply. Else its cost is estimated and written down as
reserved, and only then it is sent; what came of it is written down before anybody reads it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING

from ...errors import ModelError
from ...period import month_of
from ...settings import LanguageModel, Price
from ...types import Call
from . import embedding
from .base import Model, Reply, Request
from .budget import over_month, price_of, reservation, tokens_of, usd_of
from .faults import LONGEST_WAIT_S, Fault, fault_of
from .finish import Answer
from .identity import key_of
from .ledger import Ledger, Outcome
from .line import Line

if TYPE_CHECKING:
    from .library import Handle

ATTEMPTS = 3
ATTEMPTS_TIMED_OUT = 2
"""Each attempt that runs out of time is counted as spent."""
FIRST_WAIT_S, MOST_WAIT_S = 1.0, 20.0
EMBEDDINGS = "embeddings"
"""Stands for the day of an issue in the ledger, where a call is made for none of them alone."""


@dataclass(frozen=True, slots=True)
class Models:
    """Who writes an issue and who edits it; both are one where feeds.yaml names one."""

    writer: Model
    editor: Model
    calls: Callable[[], tuple[Call, ...]]
    """What the issue has cost so far: calls of a run that was killed and calls cut off too."""


class Door:
    """
    Args:
        settings: `model:` of feeds.yaml.
        ledger: Where calls and replies are written down; no other process writes there.
        environment: Where keys are.
        clock: Now, in UTC.
        sleep: Waits between attempts.
        chance: From 0 to 1, for spreading the waits.

    Calls cut off by a killed run are settled as spent here.
    """

    def __init__(
        self,
        settings: LanguageModel,
        ledger: Ledger,
        *,
        environment: Mapping[str, str],
        clock: Callable[[], dt.datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings
        self.ledger = ledger
        self.clock = clock
        self._environment, self._sleep, self._chance = environment, sleep, chance
        self._lines: dict[str, Line] = {}
        self._free = asyncio.Semaphore(settings.concurrency)
        self.settled = asyncio.Condition()
        """Told whenever a reservation has become a cost."""
        self.under_way = 0
        ledger.interrupted()

    def models(self, issue: str, *, anew: bool = False) -> Models:
        """
        The models, at work on one issue.

        Args:
            issue: `digest/date`; its budget counts what earlier runs have spent on it.
            anew: Its budget begins now: an issue or part is written again because a person
                wants it so.
        """
        since = self.clock() if anew else None
        writer = _AtWork(self, self._line(self.settings.name), issue, since)
        name = self.settings.editor
        editor = _AtWork(self, self._line(name), issue, since) if name else writer
        return Models(writer, editor, lambda: self.ledger.calls(issue, since))

    async def embed(self, texts: Sequence[str], digest: str) -> list[tuple[float, ...]]:
        """
        The vectors of texts, by the model that `embedding` of feeds.yaml names.

        They serve all issues that choose from these texts: their tokens count in no issue, but
        in the month of the digest, whose dollars are held before the call.

        Raises:
            ModelError: See `embedding.embed`; or the month's budget is spent.
        """
        name = self.settings.embedding
        input_ = sum(map(tokens_of, texts))
        call = Call(
            "embedding", name, input_, 0, usd_of(price_of(self.settings, name), input_, 0), 0.0
        )
        spent = self.ledger.usd(*month_of(self.clock()))
        if words := over_month(call, spent, self.settings.budget.month_usd):
            raise ModelError(name, words, fault="budget")
        key = hashlib.sha256("\0".join((name, *texts)).encode("utf-8", "surrogatepass")).hexdigest()
        number = self.ledger.reserve(f"{digest}/{EMBEDDINGS}", key, call, self.clock())
        started = time.monotonic()
        outcome: Outcome = "cut"
        words = "the call was cut off"
        try:
            vectors = await embedding.embed(name, texts, timeout_s=self.settings.timeout_s)
            outcome, words = "arrived", ""
        except ModelError as exc:
            # Nobody says whether a plugin's server counted a call that failed: it is spent.
            outcome, words = "refused" if exc.fault == "model" else "cut", exc.message
            raise
        finally:
            call = replace(call, seconds=round(time.monotonic() - started, 3))
            if outcome == "refused":
                call = replace(call, input=0, usd=None if call.usd is None else 0.0)
            self.ledger.settle(number, call, outcome, words=words)
        return vectors

    def _line(self, name: str) -> Line:
        if name not in self._lines:
            self._lines[name] = Line(name, self.settings, self._environment)
        return self._lines[name]

    # --------------------------------------------------------------------- attempts

    async def make(self, line: Line, handle: Handle, request: Request, issue: str, key: str,
                   since: dt.datetime | None, price: Price | None) -> Reply:  # fmt: skip
        """The reply to a request that has none yet, paid for and stored."""
        attempt = 0
        while True:
            attempt += 1
            reserved = reservation(request, line.name, price, self.settings.options)
            async with self._free:
                await self._pause(line)
                # Nothing waits between the two: what is reserved is sent.
                number = await self._reserve(line, reserved, issue, key, since)
                answer, fault, seconds = await self._send(handle, request, number, reserved)
            if answer is not None:
                line.failures = 0
                return await self._arrive(number, key, reserved, request, answer, price, seconds)
            assert fault is not None
            await self._failed(number, reserved, fault, seconds)
            most = ATTEMPTS_TIMED_OUT if fault.timed_out else ATTEMPTS
            if not fault.passes or attempt >= most:
                raise line.failed(fault)
            wait_s = self._wait_s(attempt, fault)
            line.not_before = max(line.not_before, time.monotonic() + wait_s)

    async def _send(
        self, handle: Handle, request: Request, number: int, reserved: Call
    ) -> tuple[Answer | None, Fault | None, float]:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self.settings.timeout_s):
                answer = await handle.send(request)
        except ModelError as exc:
            fault = Fault(exc.fault, exc.message, gone=exc.gone)
            return None, fault, time.monotonic() - started
        except Exception as exc:  # any provider's
            fault = fault_of(exc, self.clock())
            fault = replace(fault, words=handle.hidden(fault.words))
            return None, fault, time.monotonic() - started
        except BaseException:  # the run is being stopped: counted, then let through
            words = "the call was cut off"
            self.ledger.settle(number, reserved, "cut", words=words)
            self.under_way -= 1
            raise
        return answer, None, time.monotonic() - started

    async def _pause(self, line: Line) -> None:
        """Wait until the server may be asked again, whichever call it was that it told so."""
        left = line.not_before - time.monotonic()
        if left > 0:
            await self._sleep(left)

    def _wait_s(self, attempt: int, fault: Fault) -> float:
        if fault.wait_s is not None:
            return min(fault.wait_s, LONGEST_WAIT_S)
        wait_s: float = min(FIRST_WAIT_S * 2 ** (attempt - 1), MOST_WAIT_S)
        return wait_s * (0.5 + self._chance())

    # ------------------------------------------------------------------ the ledger

    async def _reserve(self, line: Line, call: Call, issue: str, key: str,
                       since: dt.datetime | None) -> int:  # fmt: skip
        """Keep the cost of a call free; waits while calls under way may turn out cheaper."""
        async with self.settled:
            while words := self._beyond(call, issue, since):
                if not self.under_way:
                    raise ModelError(line.name, words, fault="budget")
                await self.settled.wait()
            line.check()
            number = self.ledger.reserve(issue, key, call, self.clock())
            self.under_way += 1
            return number

    def _beyond(self, call: Call, issue: str, since: dt.datetime | None) -> str:
        """Which budget a call would go beyond, in words; empty where it fits."""
        budget = self.settings.budget
        spent, asks = self.ledger.tokens(issue, since), call.input + call.output
        if spent + asks > budget.issue_tokens:
            return (
                f"the issue's budget is {budget.issue_tokens:,} tokens, {spent:,} are spent, and "
                f"this call may need {asks:,} (model.budget.issue_tokens)"
            )
        return over_month(call, self.ledger.usd(*month_of(self.clock())), budget.month_usd)

    async def _arrive(self, number: int, key: str, reserved: Call, request: Request,
                      answer: Answer, price: Price | None, seconds: float) -> Reply:  # fmt: skip
        """Store a reply and its cost. Where the provider counts nothing, the estimate counts."""
        input_ = reserved.input if answer.input is None else answer.input
        output = tokens_of(answer.text) if answer.output is None else answer.output
        call = replace(
            reserved, input=input_, output=output, usd=usd_of(price, input_, output),
            seconds=round(seconds, 3),
        )  # fmt: skip
        self.ledger.arrive(number, key, call, answer.text, answer.finish)
        await self._told()
        return Reply(answer.text, answer.finish, call, stored=False)

    async def _failed(self, number: int, reserved: Call, fault: Fault, seconds: float) -> None:
        call = replace(reserved, seconds=round(seconds, 3))
        if fault.paid:
            self.ledger.settle(number, call, "cut", words=fault.words)
        else:
            free = replace(call, input=0, output=0, usd=None if call.usd is None else 0.0)
            self.ledger.settle(number, free, "refused", words=fault.words)
        await self._told()

    async def _told(self) -> None:
        async with self.settled:
            self.under_way -= 1
            self.settled.notify_all()

    # ---------------------------------------------------------------------- its end

    async def close(self) -> None:
        """Let the connections go."""
        for line in self._lines.values():
            await line.close()

    async def __aenter__(self) -> Door:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class _AtWork:
    """A model at work on one issue."""

    def __init__(self, door: Door, line: Line, issue: str, since: dt.datetime | None) -> None:
        self._door, self._line, self._issue, self._since = door, line, issue, since

    @property
    def name(self) -> str:
        return self._line.name

    async def ask(self, request: Request) -> Reply:
        line, settings = self._line, self._door.settings
        key = key_of(request, line.identity(), settings.endpoint, settings.options)
        async with line.asking.setdefault(key, asyncio.Lock()):
            if (found := self._door.ledger.reply(key)) is not None:
                text, finish, call = found
                return Reply(text, finish, replace(call, role=request.role), stored=True)
            line.check()
            handle = line.handle()
            price = price_of(settings, line.name, handle.identity)
            return await self._door.make(
                line, handle, request, self._issue, key, self._since, price
            )
