"""
What makes two requests the same: a hash of everything that shapes the reply.

Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ...settings import Endpoint, Scalar
from .base import Request

VERSION = 1
"""Raised when the way of sending changes, so that no reply of before is taken for one of now."""


def key_of(
    request: Request, model: str, endpoint: Endpoint | None, options: Mapping[str, Scalar]
) -> str:
    """
    The key under which a reply is kept.

    Args:
        request: All of it counts but the role, which the model does not see.
        model: The id that is sent.
        endpoint: Where it is asked, and how for the form; None where the library knows it.
        options: Of feeds.yaml.

    Returns:
        SHA-256 in hex.
    """
    said = {
        "version": VERSION,
        "model": model,
        "endpoint": [endpoint.url, endpoint.reply] if endpoint else None,
        "system": request.system,
        "messages": request.messages,
        "schema": request.schema,
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "take": request.take,
        "options": dict(options),
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
