"""
An exception of any provider's library → what it means for us.

Pure. llm wraps nothing: each plugin raises its own library's exceptions. They are told apart
by what nearly all have in common: a status, a code, headers, and their classes' names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from ...errors import ModelFault

PASSING = frozenset({408, 409, 425, 429})
"""Statuses beside 5xx that may be gone at the next attempt."""
LONGEST_WAIT_S = 60.0
"""A server that wants a longer wait is not waited for."""
_QUOTA_CODES = frozenset(
    "insufficient_quota quota_exceeded billing_not_active billing_hard_limit_reached "
    "insufficient_balance insufficient_credits credit_balance_too_low".split()
)
_QUOTA_WORDS = re.compile(r"credit balance|insufficient (?:credit|balance|fund|quota)", re.I)
_TIMEOUT = re.compile(r"time_?out", re.I)
_CONNECTION = re.compile(r"connect|network|transport|protocol|readerror|writeerror|socket", re.I)
_NEVER_SENT = re.compile(
    r"connecterror|connecttimeout|pooltimeout|connectionrefused|gaierror", re.I
)
_MISREAD = (AttributeError, TypeError, IndexError, KeyError, ValueError)
"""What the libraries raise over an answer that is not of the form they read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What an exception means."""

    kind: ModelFault
    words: str
    passes: bool = False
    """Worth another attempt."""
    gone: bool = False
    """Nothing will come of any other request either."""
    paid: bool = False
    """The model may have been at work, and the provider may count it."""
    timed_out: bool = False
    wait_s: float | None = None
    """What the server asks for before the next attempt."""


def fault_of(exc: BaseException, now: dt.datetime) -> Fault:
    """
    What an exception raised by a call means.

    Args:
        exc: Of any library.
        now: For a `Retry-After` that names a date.
    """
    status = status_of(exc)
    if status:
        return _refusal(exc, status, now)
    names = " ".join(type(each).__name__ for each in _chain(exc))
    words = said(exc)
    if "NeedsKey" in names:
        return Fault("key", words, gone=True)
    if "TooLong" in names:  # of `wire`: the connection was fine
        return Fault("answer", "its answer has no end", paid=True)
    never_sent = _NEVER_SENT.search(names) is not None
    if _TIMEOUT.search(names):
        return Fault(
            "unreachable", words or "timed out", passes=True, paid=not never_sent, timed_out=True
        )
    if isinstance(exc, NotImplementedError):
        return Fault("model", words, gone=True)
    if isinstance(exc, OSError) or _CONNECTION.search(names):
        if exc.__cause__ is not None:  # "Connection error." says little
            words = f"{words} ({said(exc.__cause__)})"
        return Fault("unreachable", words, passes=True, paid=not never_sent)
    if isinstance(exc, _MISREAD):
        says = f"its answer has not the form of a model's reply ({type(exc).__name__})"
        return Fault("answer", says, paid=True)
    return Fault("answer", words, paid=True)


def _refusal(exc: BaseException, status: int, now: dt.datetime) -> Fault:
    words = f"HTTP {status}: {said(exc)}"
    codes = {str(found).lower() for found in _codes(exc)}
    if status == 402 or codes & _QUOTA_CODES or _QUOTA_WORDS.search(words):
        return Fault("quota", f"{words} (the account is used up)", gone=True)
    if status in {401, 403}:
        return Fault("key", f"{words} (is its key the right one?)", gone=True)
    if status == 404:
        return Fault("model", f"{words} (is there a model of that name?)", gone=True)
    if 300 <= status < 400:
        return Fault("unreachable", f"{words} (redirects are not followed)", gone=True)
    if status in PASSING or status >= 500:
        headers = headers_of(exc)
        told = headers.get("x-should-retry", "").lower()
        wait_s = retry_after_s(headers, now)
        too_long = wait_s is not None and wait_s > LONGEST_WAIT_S
        return Fault(
            "rate" if status == 429 else "unreachable",
            f"{words} (wants {wait_s:.0f} s of pause)" if wait_s and too_long else words,
            passes=told != "false" and not too_long,
            gone=too_long,
            wait_s=wait_s,
        )
    return Fault("refused", words)


def status_of(exc: BaseException) -> int | None:
    """The HTTP status that an exception carries; None where it carries none."""
    response = getattr(exc, "response", None)
    for value in (
        getattr(exc, "status_code", None),
        getattr(response, "status_code", None),
        getattr(exc, "status", None),
        getattr(exc, "http_status", None),
        getattr(exc, "code", None),
    ):
        if isinstance(value, int) and 300 <= value < 600:
            return int(value)
    return None


def headers_of(exc: BaseException) -> Mapping[str, str]:
    """The answer's headers, by names in lower case."""
    found = getattr(getattr(exc, "response", None), "headers", None) or getattr(
        exc, "headers", None
    )
    try:
        return {str(name).lower(): str(value) for name, value in dict(found or {}).items()}
    except (TypeError, ValueError):
        return {}


def retry_after_s(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """
    Seconds that a server wants to be left alone; None where it does not say.

    Source: RFC 9110, section 10.2.3; `retry-after-ms` is OpenAI's
    """
    text = headers.get("retry-after-ms", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text) / 1000
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (date - now).total_seconds()) if date.tzinfo else None


def said(exc: BaseException) -> str:
    """An exception's words on one line, at most 240 characters; a server may have written them."""
    body = getattr(exc, "body", None)
    words = body.get("message") if isinstance(body, Mapping) else None
    text = words if isinstance(words, str) and words else str(exc) or type(exc).__name__
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text).strip()[:240]


def _codes(exc: BaseException) -> Iterator[Any]:
    body = getattr(exc, "body", None)
    for name in ("code", "type"):
        yield getattr(exc, name, None)
        if isinstance(body, Mapping):
            yield body.get(name)
            error = body.get("error")
            yield error.get(name) if isinstance(error, Mapping) else None


def _chain(exc: BaseException | None) -> Iterator[BaseException]:
    """An exception and what led to it, with the classes that they stand for."""
    seen = 0
    while exc is not None and seen < 8:
        yield exc
        exc, seen = exc.__cause__ or exc.__context__, seen + 1
