"""
What a request says of us, and what an answer's headers say, as text.

Touches nothing. Values are latin-1, which gives back every byte: a validator must return to its
server exactly as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import FetchError
from .decode import ACCEPTED

Header = tuple[bytes, bytes]

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
SIGN = r"\x01-\x08\x0e-\x1f\x21-\xff"
VALUE = re.compile(rf"[{SIGN}](?:[\t {SIGN}]*[{SIGN}])?")
"""
What comes through in an answer's headers, so that any validator that was received can be
sent: all but line ends, other vertical space and NUL, with no space at either end.
"""


def request_headers(
    user_agent: str, accept: str, etag: str = "", last_modified: str = ""
) -> tuple[Header, ...]:
    """
    All that a request says of itself but its host. No cookie, no referrer.

    Args:
        user_agent: Name, version and where to complain.
        accept: Media types wanted.
        etag: Sent back byte for byte; left out where it is empty or cannot be sent.
        last_modified: Likewise.
    """
    validators = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
    return (
        (b"User-Agent", user_agent.encode("latin-1")),
        (b"Accept", accept.encode("latin-1")),
        (b"Accept-Encoding", ACCEPTED.encode("latin-1")),
        *((name, text.encode("latin-1")) for name, text in validators if VALUE.fullmatch(text)),
    )


def is_conditional(headers: Iterable[Header]) -> bool:
    """Whether the request lets the server answer "unchanged"."""
    return any(name in {b"If-None-Match", b"If-Modified-Since"} for name, _ in headers)


def secret_header(secret: tuple[str, str]) -> Header:
    """
    Raises:
        FetchError: No header may hold it. The value stays out of the message, since
            messages are shown and stored.
    """
    name, value = secret[0].strip(), secret[1].strip()  # files of secrets end in a line feed
    if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
        raise FetchError("", f"the secret for {name!a} is empty or has signs no header may hold")
    return name.encode("ascii"), value.encode("latin-1")


def answer_headers(rows: Iterable[Header]) -> dict[str, str]:
    """Names in lower case; fields that occur twice are joined by a comma, as RFC 9110 has it."""
    found: dict[str, str] = {}
    for raw_name, raw_value in rows:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def check_status(status: int, *, conditional: bool) -> None:
    """
    Raises:
        FetchError: There is nothing to read in such an answer.
    """
    if status == 200 or (status == 304 and conditional):
        return
    from http import HTTPStatus  # sixty words that a good answer does not need

    try:
        words = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        words = str(status)
    unasked = ", though it was not told of an older copy" if status == 304 else ""
    raise FetchError("", f"the server answered {words}{unasked}")
