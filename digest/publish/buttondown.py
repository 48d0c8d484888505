"""
The newsletter through Buttondown, which keeps the list and the ways to leave it.

Touches the network. An issue is one email there, known by a slug and by metadata of ours, so
that it is found again after a lost reply; one email is sent once, however often it is asked.

Source: docs.buttondown.com, API version 2026-04-01 (emails, drafts, idempotency keys)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import PublishError
from ..settings import Newsletter
from ..types import Message, Remote
from .api import Api, Json, Refused
from .base import Ledger, secret
from .message import content_hash

VERSION = "2026-04-01"
PAGES = 20
"""So many pages of emails, newest first, are looked through for an issue."""
KEY = "digest_issue"
PLAIN_EDITOR = "<!-- buttondown-editor-mode: plaintext -->"
"""Without it Buttondown guesses whether the body is Markdown."""

STATES = {
    "draft": "draft",
    "scheduled": "sending",
    "about_to_send": "sending",
    "in_flight": "sending",
    "throttled": "sending",
    "sent": "sent",
}


class ButtondownMailer:
    """
    Args:
        settings: The key `newsletter` of feeds.yaml.
        environ: Holds the API key.
        sleep: Waits for so many seconds.
    """

    name = "buttondown"

    def __init__(
        self,
        settings: Newsletter,
        environ: Mapping[str, str],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        key = secret(environ, settings.buttondown.key_env, "an API key of Buttondown")
        headers = {"Authorization": f"Token {key}", "X-API-Version": VERSION}
        self._api = Api(self.name, settings.buttondown.url, headers=headers, sleep=sleep)

    def recipients(self) -> None:
        """None: Buttondown keeps the list."""

    def status(self, message: Message, remote_id: str = "") -> Remote | None:
        """The email of this issue, by its number, else by our key among the newest."""
        if remote_id:
            try:
                return _remote(self._api.get(f"/emails/{remote_id}"))
            except Refused as exc:
                if exc.status != 404:
                    raise
        for page in range(1, PAGES + 1):
            found = self._api.get("/emails", {"ordering": "-creation_date", "page": page})
            for email in found.get("results", ()):
                if (email.get("metadata") or {}).get(KEY) == message.message_id:
                    return _remote(email)
            if not found.get("next"):
                break
        return None

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """Make the draft, or bring it up to date."""
        body = _email(message)
        if remote_id:
            return _remote(self._api.call("PATCH", f"/emails/{remote_id}", body)).id
        key = f"digest/{message.issue}/{content_hash(message)[:8]}"
        headers = {"Idempotency-Key": key, "X-Idempotency-Key": key}
        made = self._api.call("POST", "/emails", body | {"status": "draft"}, headers=headers)
        return _remote(made).id

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """Hand the draft to Buttondown's sending; it waits some minutes and can be undone there."""
        self._api.call("PATCH", f"/emails/{remote_id}", {"status": "about_to_send"})

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """Send the draft to one address."""
        self._api.call("POST", f"/emails/{remote_id}/send-draft", {"recipients": [address]})


def _email(message: Message) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": f"{PLAIN_EDITOR}\n{message.html}",
        "slug": message.name,
        "description": message.preheader,
        "canonical_url": message.url,
        "metadata": {KEY: message.message_id, "sha256": content_hash(message)},
    }


def _remote(email: Json) -> Remote:
    if not email.get("id"):
        raise PublishError("buttondown", "answered without an id, expected an email")
    state: Any = STATES.get(str(email.get("status")), "unknown")
    return Remote(str(email["id"]), state)
