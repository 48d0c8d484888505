"""A message to send, and a ledger to send it by."""

from __future__ import annotations

import datetime as dt

from digest.types import Message, RecipientState

WAY_OUT = "https://small.example/off?who={email}&sign={signature}"
MESSAGE = Message(
    name="systems-2026-05-02",
    subject="Schnelle Uhren – and slow lines",
    html="<p>Grüße, a clock ran fast.</p>\n"
    '<a href="https://small.example/off?who={email}&amp;sign={signature}">Unsubscribe</a>\n',
    text=f"Grüße, a clock ran fast.\n\nUnsubscribe: {WAY_OUT}\n",
    sender='"Small, Sure" <newsletter@small.example>',
    date=dt.datetime(2026, 5, 2, 5, tzinfo=dt.UTC),
    message_id="<systems-2026-05-02.digest@small.example>",
    reply_to="ada@small.example",
    issue="systems/2026-05-02",
    url="https://small.example/systems/2026-05-02-clocks/",
    preheader="A clock ran fast.",
    unsubscribe=WAY_OUT,
)


class Book:
    """A ledger in memory, with every step that was written down."""

    def __init__(self, states: dict[str, RecipientState] | None = None) -> None:
        self.states = states or {}
        self.steps: list[tuple[str, RecipientState, str]] = []

    def state(self, recipient: str) -> RecipientState | None:
        return self.states.get(recipient)

    def record(self, recipient: str, state: RecipientState, words: str = "") -> None:
        self.states[recipient] = state
        self.steps.append((recipient, state, words))
