"""
What a server does, and what comes of it: raised or returned, spent, asked again.

On the wire: llm, the openai library and an HTTP server on loopback.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from digest.draft.model import Messages, Reply, Request
from digest.draft.model.budget import input_of
from digest.errors import ModelError

from .conftest import ISSUE, REPLY, request
from .endpoint import DAMAGING, REFUSAL, REPLACING

MOST = input_of(request()) + 200
"""Tokens that the request may take."""
ALL = "all that was reserved"
COUNTED = "what the server counted"

pytestmark = pytest.mark.usefixtures("warm")


@dataclass(frozen=True)
class Case:
    fault: str
    """Of each request; the endpoint's words."""
    outcome: str
    """A finish reason where there is a reply; `!` and the kind of the error where not."""
    calls: int = 1
    """Requests that the server sees."""
    spent: str = COUNTED
    text: str | None = None
    is_gone: bool = False


CASES = [
    # instead of an answer
    Case("429", "!rate", calls=3, spent=""),
    Case("429:300", "!rate", spent="", is_gone=True),
    Case("quota", "!quota", spent="", is_gone=True),
    Case("400", "!refused", spent=""),
    Case("401", "!key", spent="", is_gone=True),
    Case("403", "!key", spent="", is_gone=True),
    Case("404", "!model", spent="", is_gone=True),
    Case("408", "!unreachable", calls=3, spent=""),
    Case("409", "!unreachable", calls=3, spent=""),
    Case("422", "!refused", spent=""),
    Case("500", "!unreachable", calls=3, spent=""),
    Case("502", "!unreachable", calls=3, spent=""),
    Case("503", "!unreachable", calls=3, spent=""),
    Case("529", "!unreachable", calls=3, spent=""),
    Case("context", "!refused", spent=""),
    Case("redirect:http://127.0.0.1:9/v1", "!unreachable", spent="", is_gone=True),
    Case("timeout", "!unreachable", calls=2, spent=f"{ALL}, twice"),
    Case("trickle", "!unreachable", calls=2, spent=f"{ALL}, twice"),
    Case("reset", "!unreachable", calls=3, spent=f"{ALL}, three times"),
    Case("truncate", "!unreachable", calls=3, spent=f"{ALL}, three times"),
    Case("flood", "!answer", spent=ALL),
    Case("html", "!answer", spent=ALL),
    Case("midbody", "!answer", spent=ALL),
    Case("nochoices", "!answer", spent=ALL),
    # answers that nobody can use, but which were paid for
    Case("refusal", "refusal", text=REFUSAL),
    Case("empty", "stop", text=""),
    Case("null", "stop", text=""),
    Case("filter", "content_filter", text=""),
    Case("length", "length", text=REPLY[:6]),
    Case("badjson", "stop", text=REPLY[:6]),
    Case("fence", "stop", text=f"```json\n{REPLY}\n```"),
    Case("dropkey", "stop", text="{}"),
    Case("nofinish", "", text=REPLY),
    # whole answers
    Case("nousage", "stop", text=REPLY, spent="the estimate"),
    Case("slow:0.3", "stop", text=REPLY),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_what_a_server_does(case: Case, world) -> None:
    """Each fault has its outcome, its price and its number of requests."""
    w = world(faults=[f"*={case.fault}"])
    if case.fault in {"timeout", "trickle"}:
        w.set(timeout_s=1.0)
    (found,) = w.ask()
    if case.outcome.startswith("!"):
        assert isinstance(found, ModelError)
        assert (found.fault, found.gone) == (case.outcome[1:], case.is_gone)
        assert w.store._db.execute("SELECT count(*) FROM replies").fetchone()[0] == 0
    else:
        assert isinstance(found, Reply)
        assert (found.finish, found.text, found.stored) == (case.outcome, case.text, False)
    assert w.endpoint.calls == case.calls
    spent = w.store.replies.tokens(ISSUE, None)
    if case.spent == COUNTED:
        answer = json.loads((w.folder / "played" / "001.request.json").read_text())
        assert isinstance(found, Reply)
        assert found.call.input == answer["_play"]["input"]
        assert spent == found.call.input + found.call.output
    elif case.spent == "the estimate":
        assert isinstance(found, Reply)
        assert (found.call.input, found.call.output) == (input_of(request()), 4)
    else:
        times = {"": 0, ALL: 1, f"{ALL}, twice": 2, f"{ALL}, three times": 3}[case.spent]
        assert spent == times * MOST
    usd = w.store.replies.months()[0].usd if spent else 0.0
    assert (usd > 0) == (spent > 0)


def test_an_empty_reply_without_usage(world) -> None:
    """Two faults at once: llm breaks, and there is a reply all the same, if an empty one."""
    w = world(script=lambda body: {"content": None}, faults=["*=nousage"])
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert (found.text, found.finish, found.call.output) == ("", "stop", 0)


def test_every_fault_of_the_endpoint_is_tried() -> None:
    """None is forgotten when one is added."""
    tried = {case.fault.partition(":")[0] for case in CASES}
    assert tried >= REPLACING | DAMAGING


@pytest.mark.parametrize("case", [case for case in CASES if case.outcome[:1] != "!"],
                         ids=lambda case: case.fault)  # fmt: skip
def test_no_reply_is_paid_for_twice(case: Case, world) -> None:
    """The bad ones neither: another run gets the same reply, and asks nobody."""
    w = world(faults=[f"*={case.fault}"])
    (first,) = w.ask()
    spent = w.store.replies.tokens(ISSUE, None)
    (second,) = w.ask()
    assert isinstance(second, Reply)
    assert second.stored
    assert (second.text, second.finish, second.call) == (first.text, first.finish, first.call)
    assert (w.endpoint.calls, w.store.replies.tokens(ISSUE, None)) == (1, spent)


@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        (["1=429:7"], [7.0]),
        (["1-2=429:2"], [2.0, 2.0]),
        (["1=500"], [1.0]),
        (["1=reset", "2=503"], [1.0, 2.0]),
    ],
)
def test_what_passes_is_tried_again(faults, waits, world) -> None:
    """After the pause that the server asks for, or a growing one of ours."""
    w = world(faults=faults)
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert w.waits == pytest.approx(waits, abs=0.2)
    assert w.endpoint.calls == len(waits) + 1


def test_a_server_that_is_not_there(world) -> None:
    """Nothing is spent on it."""
    w = world()
    w.stack.close()
    with type(w.store)(w.folder / "digest.db") as store:
        w.store = store
        (found,) = w.ask()
        assert isinstance(found, ModelError)
        assert (found.fault, found.gone) == ("unreachable", False)
        assert store.replies.tokens(ISSUE, None) == 0
        assert w.states() == ["refused"] * 3


def test_a_model_that_fails_is_asked_no_more(world) -> None:
    """After three requests in a row without an answer; the fourth reaches nobody."""
    w = world(faults=["*=html"])
    found = w.ask(*(request(f"{n}?") for n in range(5)))
    assert [exc.gone for exc in found] == [False, False, True, True, True]
    assert w.endpoint.calls == 3
    assert "asked no more after 3 requests" in found[4].message


def test_an_answer_in_between_closes_the_circuit(world) -> None:
    """Failures count in a row only."""
    w = world(faults=["1-2=html", "4-5=html"])
    found = w.ask(*(request(f"{n}?") for n in range(6)))
    assert [isinstance(each, Reply) for each in found] == [False, False, True, False, False, True]


def test_a_dead_key_ends_it_at_once(world) -> None:
    """What no other request could mend is asked once."""
    w = world(faults=["*=401"])
    found = w.ask(request("1?"), request("2?"))
    assert [(exc.fault, exc.gone) for exc in found] == [("key", True)] * 2
    assert w.endpoint.calls == 1


def test_stored_replies_outlive_the_model(world) -> None:
    """What was paid for is given also when the model is gone."""
    w = world(faults=["2=401"])
    found = w.ask(request("1?"), request("2?"), request("1?"), request("3?"))
    assert [isinstance(each, Reply) for each in found] == [True, False, True, False]
    assert w.endpoint.calls == 2


def test_what_is_sent(world) -> None:
    """No stream, the chain as it is, the form, the length, the options of feeds.yaml."""
    w = world()
    w.set(options={"seed": 7, "top_p": 0.5})
    chain: Messages = (("user", "One?"), ("assistant", "1"), ("user", "Two?"))
    (found,) = w.ask(Request("plan", "Be exact.", chain, {"type": "object"}, 99, 0.25))
    assert isinstance(found, Reply)
    body = json.loads((w.folder / "played" / "001.request.json").read_text())
    body.pop("_play")
    assert body == {
        "model": "played",
        "stream": False,
        "messages": [
            {"role": "system", "content": "Be exact."},
            {"role": "user", "content": "One?"},
            {"role": "assistant", "content": "1"},
            {"role": "user", "content": "Two?"},
        ],
        "max_tokens": 99,
        "temperature": 0.25,
        "seed": 7,
        "top_p": 0.5,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "output", "schema": {"type": "object"}},
        },
    }


@pytest.mark.parametrize(("reply", "form"), [("object", {"type": "json_object"}), ("text", None)])
def test_the_form_is_asked_for_as_the_server_takes_it(reply, form, world) -> None:
    """Servers that refuse schemas are asked for an object, or in the prompt alone."""
    w = world()
    where = w.settings.endpoint.__class__(url=w.endpoint.url, reply=reply)
    w.set(endpoint=where)
    (found,) = w.ask()
    assert isinstance(found, Reply)
    body = json.loads((w.folder / "played" / "001.request.json").read_text())
    assert body.get("response_format") == form


def test_an_option_that_the_model_does_not_take(world) -> None:
    """Is named, before anything is sent."""
    w = world()
    w.set(options={"sed": 7})
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert (found.fault, found.gone) == ("model", True)
    assert "sed" in found.message
    assert (w.endpoint.calls, w.store.replies.tokens(ISSUE, None)) == (0, 0)
