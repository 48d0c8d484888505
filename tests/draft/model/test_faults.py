"""What the exceptions of any provider's library mean, told by what they carry."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from digest.draft.model.faults import fault_of, retry_after_s, said

NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)


class APIStatusError(Exception):
    """As openai and anthropic have it."""

    def __init__(self, status: int, message: str = "no", code: str = "", **headers: str) -> None:
        super().__init__(message)
        self.status_code, self.code = status, code
        self.body = {"message": message, "code": code}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = SimpleNamespace(status_code=status, headers=names)


class ConnectError(Exception):
    """As httpx and httpx2 have it."""


class APIConnectionError(Exception):
    """As openai has it, around the transport's."""


class ReadTimeout(Exception):
    """As httpx has it."""


class NeedsKeyException(Exception):
    """As llm has it."""


@pytest.mark.parametrize(
    ("exc", "kind", "passes", "gone", "paid"),
    [
        (APIStatusError(429), "rate", True, False, False),
        (APIStatusError(500), "unreachable", True, False, False),
        (APIStatusError(529), "unreachable", True, False, False),
        (APIStatusError(408), "unreachable", True, False, False),
        (APIStatusError(503, x_should_retry="false"), "unreachable", False, False, False),
        (APIStatusError(429, retry_after="300"), "rate", False, True, False),
        (APIStatusError(429, code="insufficient_quota"), "quota", False, True, False),
        (APIStatusError(402), "quota", False, True, False),
        (
            APIStatusError(400, "Your credit balance is too low to access the API"),
            "quota",
            False,
            True,
            False,
        ),
        (APIStatusError(401), "key", False, True, False),
        (APIStatusError(403), "key", False, True, False),
        (APIStatusError(404), "model", False, True, False),
        (APIStatusError(400), "refused", False, False, False),
        (APIStatusError(413), "refused", False, False, False),
        (APIStatusError(307), "unreachable", False, True, False),
        (NeedsKeyException("No key found"), "key", False, True, False),
        (ConnectError("refused"), "unreachable", True, False, False),
        (ConnectionRefusedError(111, "refused"), "unreachable", True, False, False),
        (APIConnectionError("Connection error."), "unreachable", True, False, True),
        (ConnectionResetError(104, "reset"), "unreachable", True, False, True),
        (ReadTimeout(""), "unreachable", True, False, True),
        (TimeoutError(), "unreachable", True, False, True),
        (NotImplementedError("no system prompts"), "model", False, True, False),
        (AttributeError("'str' object has no …"), "answer", False, False, True),
        (RuntimeError("odd"), "answer", False, False, True),
    ],
    ids=lambda value: repr(value) if isinstance(value, Exception) else "",
)
def test_what_an_exception_means(exc, kind, passes, gone, paid):
    """Its kind, whether another attempt is worth it, whether all is lost, whether it may cost."""
    fault = fault_of(exc, NOW)
    assert (fault.kind, fault.passes, fault.gone, fault.paid) == (kind, passes, gone, paid)
    assert fault.words


def test_what_led_to_an_exception_counts():
    """A connection that was never made costs nothing, whatever stands around it."""
    exc = APIConnectionError("Connection error.")
    exc.__cause__ = ConnectError("refused")
    assert not fault_of(exc, NOW).paid
    assert fault_of(exc, NOW).words == "Connection error. (refused)"
    exc.__cause__ = ReadTimeout("")
    assert fault_of(exc, NOW).timed_out


def test_how_long_a_server_wants_to_be_left_alone():
    """Seconds, milliseconds or a date; nonsense is nothing."""
    assert retry_after_s({"retry-after": "3"}, NOW) == 3.0
    assert retry_after_s({"retry-after-ms": "250"}, NOW) == 0.25
    assert retry_after_s({"retry-after": "Sat, 02 May 2026 06:00:20 GMT"}, NOW) == 20.0
    assert retry_after_s({"retry-after": "Sat, 02 May 2026 05:00:00 GMT"}, NOW) == 0.0
    for text in ("", "soon", "-3", "nan", "9" * 40):
        assert retry_after_s({"retry-after": text}, NOW) is None


def test_words_of_a_server_stay_on_one_line():
    """No control characters, and not a page of HTML."""
    assert said(APIStatusError(500, "a\r\n\x1b[31m b\u2028c" + "x" * 999)) == (
        "a [31m b c" + "x" * 230
    )
    assert said(ValueError()) == "ValueError"
