"""
The newsletter through listmonk, which keeps the lists and the ways to leave them.

Touches the network. An issue is one campaign there, found again by a tag of ours; listmonk
has no idempotency keys, so it is looked for before one is made. A campaign starts once.

Source: listmonk's documentation, "API / Campaigns"
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import PublishError
from ..settings import Newsletter
from ..types import Message, Remote
from .api import Api, Json, Refused
from .base import Ledger, secret

STATES = {
    "draft": "draft",
    "scheduled": "sending",
    "running": "sending",
    "paused": "sending",
    "finished": "sent",
}


class ListmonkMailer:
    """
    Args:
        settings: The key `newsletter` of feeds.yaml.
        environ: Holds user and token.
        sleep: Waits for so many seconds.
    """

    name = "listmonk"

    def __init__(
        self,
        settings: Newsletter,
        environ: Mapping[str, str],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings.listmonk
        auth = (
            secret(environ, settings.listmonk.user_env, "an API user of listmonk"),
            secret(environ, settings.listmonk.token_env, "the token of that user"),
        )
        self._api = Api(self.name, settings.listmonk.url, auth=auth, sleep=sleep)

    def recipients(self) -> None:
        """None: listmonk keeps the lists."""

    def status(self, message: Message, remote_id: str = "") -> Remote | None:
        """The campaign of this issue, by its number, else by our tag."""
        if remote_id:
            try:
                return _remote(self._api.get(f"/api/campaigns/{remote_id}"))
            except Refused as exc:
                if exc.status not in {400, 404}:
                    raise
        tag = _tag(message)
        found = self._api.get("/api/campaigns", {"tags": tag, "per_page": "all"})
        campaigns = [
            campaign
            for campaign in (found.get("data") or {}).get("results") or ()
            if tag in (campaign.get("tags") or ())
        ]
        remotes = [_remote({"data": campaign}) for campaign in campaigns]
        # One that has begun tells more than a draft beside it.
        return min(remotes, key=lambda remote: remote.state == "draft", default=None)

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """Make the campaign, or bring it up to date."""
        if remote_id:
            return _remote(
                self._api.call("PUT", f"/api/campaigns/{remote_id}", self._campaign(message))
            ).id
        return _remote(self._api.call("POST", "/api/campaigns", self._campaign(message))).id

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """Start the campaign."""
        self._api.call("PUT", f"/api/campaigns/{remote_id}/status", {"status": "running"})

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """Send the campaign to one address, which listmonk must know as a subscriber."""
        body = self._campaign(message) | {"subscribers": [address]}
        self._api.call("POST", f"/api/campaigns/{remote_id}/test", body)

    def _campaign(self, message: Message) -> dict[str, Any]:
        campaign: dict[str, Any] = {
            "name": message.name,
            "subject": message.subject,
            "from_email": message.sender,
            "lists": list(self._settings.lists),
            "type": "regular",
            "content_type": "html",
            # A link that ends so would be turned into one that counts clicks.
            "body": message.html.replace("@TrackLink", "&#64;TrackLink"),
            "altbody": message.text.replace("@TrackLink", "@ TrackLink"),
            "tags": [_tag(message)],
        }
        if message.reply_to:
            campaign["headers"] = [{"Reply-To": message.reply_to}]
        if self._settings.template:
            campaign["template_id"] = self._settings.template
        return campaign


def _tag(message: Message) -> str:
    """The issue's key in letters that no tag is folded by."""
    return "digest-" + hashlib.sha256(message.message_id.encode()).hexdigest()[:16]


def _remote(answer: Json) -> Remote:
    campaign = answer.get("data") or {}
    if not campaign.get("id"):
        raise PublishError("listmonk", "answered without an id, expected a campaign")
    state: Any = STATES.get(str(campaign.get("status")), "unknown")
    return Remote(str(campaign["id"]), state)
