"""Replies of a model, made from drafts, and a model that gives them in turn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from digest.draft.model import Reply, Request
from digest.errors import DraftError
from digest.types import Call, Draft, DraftBlock, ItemList, Paragraph, QuoteBlock, Table

Answer = str | Exception | Callable[[Request], str]


class Scripted:
    """Satisfies `Model`: the answers of each role in turn; the last one again and again."""

    def __init__(self, name: str = "scripted", **answers: Iterable[Answer]) -> None:
        self.name = name
        self.answers = {role.replace("_", "-"): list(given) for role, given in answers.items()}
        self.asked: list[Request] = []

    def of(self, role: str) -> list[Request]:
        return [request for request in self.asked if request.role == role]

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        left = self.answers.get(request.role)
        if not left:
            raise DraftError(self.name, f"nothing is scripted for {request.role}")
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else answer(request)
        call = Call(request.role, self.name, len(request.messages[0][1]) // 4, len(text) // 4, 0, 1)
        return Reply(text, "stop", call, False)


def reply_of(draft: Draft, **changes: Any) -> str:
    """A draft as the JSON that a model would send."""
    value = {
        "title": draft.title,
        "tldr": draft.tldr,
        "sections": [
            {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
            for section in draft.sections
        ],
        "notes": [
            {
                "id": note.id,
                "passages": note.passages,
                "document": note.document,
                "quote": note.quote,
                "topic": note.topic,
            }
            for note in draft.notes
        ],
        "derived": [{"claim": d.claim, "expression": d.expression} for d in draft.derived],
        "further": draft.further,
    }
    return json.dumps(value | changes, ensure_ascii=False)


def _block(block: DraftBlock) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"type": "paragraph", "text": text}
        case ItemList(items, ordered):
            return {"type": "list", "items": items, "ordered": ordered}
        case QuoteBlock(document, text, speaker):
            return {"type": "quote", "document": document, "text": text, "speaker": speaker}
        case Table(head, rows):
            cells = [{"cells": row.cells, "notes": row.notes} for row in rows]
            return {"type": "table", "head": head, "rows": cells}


def round_ups(**texts: str) -> str:
    """`round_ups(R1="…")` as a model would send it."""
    return json.dumps({"round_ups": [{"story": k, "text": v} for k, v in texts.items()]})
