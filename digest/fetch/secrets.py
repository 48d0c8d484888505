"""
How a secret is said in a header: as it is, as Basic, as a bearer token.

Pure. It is kept nowhere: what is built here goes to the door, and the door sends it to the
host of the feed alone.

Source: RFC 7617 (Basic), RFC 6750 (Bearer)
"""

from __future__ import annotations

import base64
from typing import Literal


def said(kind: Literal["header", "basic", "token"], secret: str) -> str:
    """
    The header's value.

    Args:
        secret: As the environment has it; files of secrets end in a line feed.
    """
    secret = secret.strip()
    if kind == "basic":
        return "Basic " + base64.b64encode(secret.encode()).decode("ascii")
    return f"Bearer {secret}" if kind == "token" else secret
