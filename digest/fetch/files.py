"""
Feeds that lie on this machine: `file:` addresses of feeds.yaml.

Reads the one file that it is asked for. Who edits feeds.yaml may read it anyway; the door knows
no such addresses, so that none from a feed, a page or a redirect leads here.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
from urllib.parse import urlsplit

from ..errors import FetchError
from ..types import Fetched


def is_file(url: str) -> bool:
    return url[:5].lower() == "file:"


def read_file(url: str, *, etag: str, max_bytes: int, now: dt.datetime) -> Fetched:
    """
    Read a feed.

    Args:
        url: `file:///` and an absolute path, percent-encoded where it must be.
        etag: What the last answer gave as one; a file that is the same since is not read.
        max_bytes: A larger one is refused.
        now: The time.

    Returns:
        An answer as a server would give it: 200 with a validator, or 304; or the reason why
        there is none, which names no more than the feed's own address.
    """
    from urllib.request import url2pathname  # it loads mail and HTTP, and few sites have files

    try:
        handle = os.open(url2pathname(urlsplit(url).path), os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return _failed(url, now, "not a file; expected a feed in one")
            if found.st_size > max_bytes:
                return _failed(url, now, f"larger than {max_bytes:,} bytes (network.max_bytes)")
            validator = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
            if validator == etag:
                return _answer(url, now, 304, b"", validator)
            return _answer(url, now, 200, file.read(max_bytes), validator)
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        reason = exc.strerror if isinstance(exc, OSError) else str(exc)
        return _failed(url, now, f"cannot be read ({reason})")


def _answer(url: str, now: dt.datetime, status: int, body: bytes, validator: str) -> Fetched:
    headers = {"etag": validator}
    return Fetched(url, url, now, status=status, body=body, headers=headers, reached=True)


def _failed(url: str, now: dt.datetime, message: str) -> Fetched:
    return Fetched(url, url, now, reached=False, error=FetchError(url, message))
