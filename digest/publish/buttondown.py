"""
The newsletter through Buttondown, which keeps the list and the ways to leave it.

Touches the network. An issue is one email there, known by a slug and by metadata of ours, so
that it is found again after a lost reply; one email is sent once, however often it is asked.

Source: docs.buttondown.com, API version 2026-04-01 (emails, drafts, idempotency keys)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..types import Message, Remote
from .api import Api
from .base import Ledger, secret
from .message import content_hash
from .provider import ProviderMailer

VERSION = "2026-04-01"
PAGES = 20
"""So many pages of emails, newest first, are looked through for an issue."""
KEY = "digest_issue"
PLAIN_EDITOR = "<!-- buttondown-editor-mode: plaintext -->"
"""Without it Buttondown guesses whether the body is Markdown."""


class ButtondownMailer(ProviderMailer):
    """An account at Buttondown; see `ProviderMailer` for how it is made."""

    name = "buttondown"
    PATH = "/emails"
    GONE = frozenset({404})
    STATES = {  # noqa: RUF012
        "draft": "draft",
        "scheduled": "sending",
        "about_to_send": "sending",
        "in_flight": "sending",
        "throttled": "sending",
        "sent": "sent",
    }

    def _signed_in(self, environ: Mapping[str, str], sleep: Callable[[float], None]) -> Api:
        account = self._settings.buttondown
        key = secret(environ, account.key_env, "an API key of Buttondown")
        headers = {"Authorization": f"Token {key}", "X-API-Version": VERSION}
        return Api(self.name, account.url, headers=headers, sleep=sleep)

    def _by_key(self, message: Message) -> Remote | None:
        """Among the newest emails."""
        for page in range(1, PAGES + 1):
            found = self._api.get(self.PATH, {"ordering": "-creation_date", "page": page})
            for email in found.get("results", ()):
                if (email.get("metadata") or {}).get(KEY) == message.message_id:
                    return self._remote(email)
            if not found.get("next"):
                break
        return None

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """Make the draft, or bring it up to date."""
        body = _email(message)
        if remote_id:
            return self._remote(self._api.call("PATCH", f"{self.PATH}/{remote_id}", body)).id
        key = f"digest/{message.issue}/{content_hash(message)[:8]}"
        headers = {"Idempotency-Key": key, "X-Idempotency-Key": key}
        made = self._api.call("POST", self.PATH, body | {"status": "draft"}, headers=headers)
        return self._remote(made).id

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """Hand the draft to Buttondown's sending; it waits some minutes and can be undone there."""
        self._api.call("PATCH", f"{self.PATH}/{remote_id}", {"status": "about_to_send"})

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """Send the draft to one address."""
        self._api.call("POST", f"{self.PATH}/{remote_id}/send-draft", {"recipients": [address]})


def _email(message: Message) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": f"{PLAIN_EDITOR}\n{message.html}",
        "slug": message.name,
        "description": message.preheader,
        "canonical_url": message.url,
        "metadata": {KEY: message.message_id, "sha256": content_hash(message)},
    }
