"""How values stand in columns: times as sortable text, texts compressed. Pure."""

from __future__ import annotations

import datetime as dt
import zlib


def time_to(value: dt.datetime | None) -> str | None:
    """UTC with milliseconds, so that text sorts as time does."""
    if value is None:
        return None
    if value.tzinfo is not dt.UTC:
        value = value.astimezone(dt.UTC)
    return value.isoformat(timespec="milliseconds")[:-6] + "Z"


def time_from(value: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if value else None


def must_time_from(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value)


def packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")


def maybe_unpacked(value: str | bytes) -> str:
    """What a column holds as it came, or packed by now."""
    return value if isinstance(value, str) else unpacked(value)
