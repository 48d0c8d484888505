"""
The newsletter through listmonk, which keeps the lists and the ways to leave them.

Touches the network. An issue is one campaign there, found again by a tag of ours; listmonk
has no idempotency keys, so it is looked for before one is made. A campaign starts once.

Source: listmonk's documentation, "API / Campaigns"
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from ..types import Message, Remote
from .api import Api, Json
from .base import Ledger, secret
from .provider import ProviderMailer


class ListmonkMailer(ProviderMailer):
    """A listmonk server; see `ProviderMailer` for how it is made."""

    name = "listmonk"
    PATH = "/api/campaigns"
    GONE = frozenset({400, 404})
    STATES = {  # noqa: RUF012
        "draft": "draft",
        "scheduled": "sending",
        "running": "sending",
        "paused": "sending",
        "finished": "sent",
    }

    def _signed_in(self, environ: Mapping[str, str], sleep: Callable[[float], None]) -> Api:
        server = self._settings.listmonk
        user = secret(environ, server.user_env, "an API user of listmonk")
        token = secret(environ, server.token_env, "the token of that user")
        return Api(self.name, server.url, auth=(user, token), sleep=sleep)

    def _by_key(self, message: Message) -> Remote | None:
        """Among the campaigns that have our tag."""
        tag = _tag(message)
        found = self._api.get(self.PATH, {"tags": tag, "per_page": "all"})
        remotes = [
            self._remote({"data": campaign})
            for campaign in (found.get("data") or {}).get("results") or ()
            if tag in (campaign.get("tags") or ())
        ]
        # One that has begun tells more than a draft beside it.
        return min(remotes, key=lambda remote: remote.state == "draft", default=None)

    def _remote(self, item: Json) -> Remote:
        return super()._remote(item.get("data") or {})

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """Make the campaign, or bring it up to date."""
        method, path = ("PUT", f"{self.PATH}/{remote_id}") if remote_id else ("POST", self.PATH)
        return self._remote(self._api.call(method, path, self._campaign(message))).id

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """Start the campaign."""
        self._api.call("PUT", f"{self.PATH}/{remote_id}/status", {"status": "running"})

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """Send the campaign to one address, which listmonk must know as a subscriber."""
        body = self._campaign(message) | {"subscribers": [address]}
        self._api.call("POST", f"{self.PATH}/{remote_id}/test", body)

    def _campaign(self, message: Message) -> dict[str, Any]:
        campaign: dict[str, Any] = {
            "name": message.name,
            "subject": message.subject,
            "from_email": message.sender,
            "lists": list(self._settings.listmonk.lists),
            "type": "regular",
            "content_type": "html",
            # A link that ends so would be turned into one that counts clicks.
            "body": message.html.replace("@TrackLink", "&#64;TrackLink"),
            "altbody": message.text.replace("@TrackLink", "@ TrackLink"),
            "tags": [_tag(message)],
        }
        if message.reply_to:
            campaign["headers"] = [{"Reply-To": message.reply_to}]
        if self._settings.listmonk.template:
            campaign["template_id"] = self._settings.listmonk.template
        return campaign


def _tag(message: Message) -> str:
    """The issue's key in letters that no tag is folded by."""
    return "digest-" + hashlib.sha256(message.message_id.encode()).hexdigest()[:16]
