"""
sent.json beside an issue: how far its sending has come, so that a lost store sends nothing twice.

Touches content/. It says nothing of who gets the issue.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, get_args

from ..errors import ContentError
from ..types import Delivery, DeliveryState
from .files import replace_file

SENT_FILE = "sent.json"


def read_sent(folder: Path) -> Delivery | None:
    """
    How far the sending of the issue in this folder has come; None where it never began.

    Raises:
        ContentError: The file is there and cannot be understood: then nothing may be sent.
    """
    path = folder / SENT_FILE
    if not path.exists():
        return None
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        state: DeliveryState = data["state"]
        if state not in get_args(DeliveryState):
            raise ValueError(f"state {state!r}, expected {', '.join(get_args(DeliveryState))}")
        return Delivery(
            issue=f"{folder.parent.name}/{folder.name}",
            via=str(data["via"]),
            state=state,
            remote_id=str(data["remote_id"]),
            sha256=str(data["sha256"]),
            at=dt.datetime.fromisoformat(data["at"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ContentError(
            str(path), f"cannot be understood ({exc}); expected the record of a sending"
        ) from exc


def write_sent(folder: Path, delivery: Delivery) -> None:
    """
    Write how far it has come.

    Raises:
        ContentError: The disk refuses.
    """
    assert delivery.at is not None
    data = {
        "via": delivery.via,
        "remote_id": delivery.remote_id,
        "state": delivery.state,
        "at": delivery.at.isoformat().replace("+00:00", "Z"),
        "sha256": delivery.sha256,
    }
    replace_file(folder / SENT_FILE, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
