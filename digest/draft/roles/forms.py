"""
JSON schemas of the replies, as they are sent to a model.

Pure. Shallow and without `$ref` or `anyOf`, which small servers do not know; what fits is
decided by `verify` alone. A block of a feature has all keys of all kinds of block.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def _object(required: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


_TEXT: Schema = {"type": "string"}
_TEXTS = _list(_TEXT)

GATHER = _object("keep open", keep=_TEXTS, open=_TEXTS)

_BLOCK = _object(
    "type",
    type=_one_of("paragraph", "table", "list", "quote"),
    text=_TEXT,
    head=_TEXTS,
    rows=_list(_object("cells notes", cells=_TEXTS, notes=_TEXTS)),
    ordered={"type": "boolean"},
    items=_TEXTS,
    document=_TEXT,
    speaker=_TEXT,
)
FEATURE = _object(
    "title tldr sections notes",
    title=_TEXT,
    tldr=_TEXTS,
    sections=_list(_object("heading blocks", heading=_TEXT, blocks=_list(_BLOCK))),
    notes=_list(_object("id", id=_TEXT, passages=_TEXTS, document=_TEXT, quote=_TEXT, topic=_TEXT)),
    derived=_list(_object("claim expression", claim=_TEXT, expression=_TEXT)),
    further=_TEXTS,
)
ROUND_UPS = _object("round_ups", round_ups=_list(_object("story text", story=_TEXT, text=_TEXT)))
FRONT = _object("headline dek tldr lead", headline=_TEXT, dek=_TEXT, tldr=_TEXTS, lead=_TEXTS)
PLAN = _object(
    "theme ranking headings",
    theme=_TEXT,
    ranking=_list(_object("story why", story=_TEXT, why=_TEXT)),
    headings=_list(_object("heading stories", heading=_TEXT, stories=_TEXTS)),
)
PAIRS = _object("pairs", pairs=_list(_object("pair same", pair=_TEXT, same={"type": "boolean"})))
