"""
J1: a model's reply as a draft, or what is wrong with it, in words that it can act on.

Pure. One code fence is stripped; then the reply is JSON of the drafter's form or the whole of
it is asked for again. Nothing is guessed: a key that is missing, extra or of another type is
named with its path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ..types import (
    Derived,
    Draft,
    DraftBlock,
    DraftNote,
    EditorsChoice,
    FrontDraft,
    Gathered,
    ItemList,
    PairAnswer,
    Paragraph,
    Problem,
    QuoteBlock,
    Ranked,
    RoundUpDraft,
    Section,
    Table,
    TableRow,
    ThemeAnswer,
)
from .problems import error

CUT_OFF = frozenset({"length", "max_tokens", "max_output_tokens", "content_filter", "safety"})
"""Finish reasons that say that a reply is not whole."""
_FENCE = re.compile(r"\s*```[\w-]*[ \t]*\n(.*?)\n?```\s*", re.S)


Made = TypeVar("Made")


class _Wrong(Exception):
    """What stands at a path, and what was expected there."""

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path, self.found, self.expected = path, found, expected


def feature_of(text: str, finish: str = "") -> Draft | Problem:
    """
    A feature's draft.

    Args:
        text: The reply as it came.
        finish: Its finish reason, where the provider gives one.
    """
    return _read(text, finish, _feature)


def round_ups_of(text: str, finish: str = "") -> tuple[RoundUpDraft, ...] | Problem:
    """The drafts of several round-ups."""
    return _read(text, finish, _round_ups)


def front_of(text: str, finish: str = "") -> FrontDraft | Problem:
    """What stands above an issue."""
    return _read(text, finish, _front)


def gathered_of(text: str, finish: str = "") -> Gathered | Problem:
    """The passages that were chosen of some documents."""
    return _read(text, finish, _gathered)


def choice_of(text: str, finish: str = "") -> EditorsChoice | Problem:
    """What was said of the stories of a window."""
    return _read(text, finish, _choice)


def pairs_of(text: str, finish: str = "") -> tuple[PairAnswer, ...] | Problem:
    """What was said of close pairs."""
    return _read(text, finish, _pairs)


def _read(text: str, finish: str, make: Callable[[Any], Made]) -> Made | Problem:
    if finish.lower() in CUT_OFF:
        return _problem("reply", f"finish reason {finish}", "a whole reply, not one cut off")
    if not text.strip():
        return _problem("reply", "nothing", "a JSON object")
    fence = _FENCE.fullmatch(text)
    try:
        value = json.loads(fence[1] if fence else text)
    except (ValueError, RecursionError) as exc:
        return _problem("reply", text.strip()[:120], f"JSON and nothing else: {exc}")
    try:
        return make(value)
    except _Wrong as wrong:
        return _problem(wrong.path, wrong.found, wrong.expected)


def _problem(where: str, found: str, expected: str) -> Problem:
    return error("J1", where, found, expected, "")


# ------------------------------------------------------------------------- the forms


def _feature(value: Any) -> Draft:
    fields = _object(value, "$", ("title", "tldr", "sections", "notes"), ("derived", "further"))
    return Draft(
        title=_text(fields["title"], "$.title"),
        tldr=_texts(fields["tldr"], "$.tldr"),
        sections=tuple(
            _section(each, path) for each, path in _each(fields["sections"], "$.sections")
        ),
        notes=tuple(_note(each, path) for each, path in _each(fields["notes"], "$.notes")),
        derived=tuple(
            _derived(each, path) for each, path in _each(fields.get("derived", []), "$.derived")
        ),
        further=_texts(fields.get("further", []), "$.further"),
    )


def _gathered(value: Any) -> Gathered:
    fields = _object(value, "$", ("keep",), ("open",))
    return Gathered(_texts(fields["keep"], "$.keep"), _texts(fields.get("open", []), "$.open"))


def _choice(value: Any) -> EditorsChoice:
    fields = _object(value, "$", ("ranking",), ("theme", "headings"))
    ranking = []
    for each, path in _each(fields["ranking"], "$.ranking"):
        item = _object(each, path, ("story",), ("why",))
        story = _text(item["story"], f"{path}.story")
        ranking.append(Ranked(story, _text(item.get("why", ""), f"{path}.why")))
    named = []
    for each, path in _each(fields.get("headings", []), "$.headings"):
        item = _object(each, path, ("heading", "stories"))
        heading = _text(item["heading"], f"{path}.heading")
        named.append(ThemeAnswer(heading, _texts(item["stories"], f"{path}.stories")))
    return EditorsChoice(tuple(ranking), tuple(named), _text(fields.get("theme", ""), "$.theme"))


def _pairs(value: Any) -> tuple[PairAnswer, ...]:
    fields = _object(value, "$", ("pairs",))
    found = []
    for each, path in _each(fields["pairs"], "$.pairs"):
        item = _object(each, path, ("pair", "same"))
        if not isinstance(item["same"], bool):
            raise _Wrong(f"{path}.same", _kind(item["same"]), "true or false")
        found.append(PairAnswer(_text(item["pair"], f"{path}.pair"), item["same"]))
    return tuple(found)


def _section(value: Any, path: str) -> Section:
    fields = _object(value, path, ("heading", "blocks"))
    blocks = tuple(_block(each, at) for each, at in _each(fields["blocks"], f"{path}.blocks"))
    return Section(_text(fields["heading"], f"{path}.heading"), blocks)


_OWN_KEYS = {
    "paragraph": ("type", "text"),
    "list": ("type", "items", "ordered"),
    "quote": ("type", "document", "text", "speaker"),
    "table": ("type", "head", "rows"),
}


def _block(value: Any, path: str) -> DraftBlock:
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(value, dict):
        # A schema names the keys of all kinds of block, so models send those of others, empty.
        value = {k: v for k, v in value.items() if v or k in _OWN_KEYS.get(str(kind), ())}
    if kind == "paragraph":
        fields = _object(value, path, ("type", "text"))
        return Paragraph(_text(fields["text"], f"{path}.text"))
    if kind == "list":
        fields = _object(value, path, ("type", "items"), ("ordered",))
        ordered = fields.get("ordered", False)
        if not isinstance(ordered, bool):
            raise _Wrong(f"{path}.ordered", _kind(ordered), "true or false")
        return ItemList(_texts(fields["items"], f"{path}.items"), ordered)
    if kind == "quote":
        fields = _object(value, path, ("type", "document", "text"), ("speaker",))
        names = ("document", "text", "speaker")
        return QuoteBlock(*(_text(fields.get(name, ""), f"{path}.{name}") for name in names))
    if kind == "table":
        fields = _object(value, path, ("type", "head", "rows"))
        head = _texts(fields["head"], f"{path}.head")
        rows = tuple(
            _row(each, at, len(head)) for each, at in _each(fields["rows"], f"{path}.rows")
        )
        return Table(head, rows)
    raise _Wrong(f"{path}.type", repr(kind), "paragraph, table, list or quote")


def _row(value: Any, path: str, width: int) -> TableRow:
    fields = _object(value, path, ("cells",), ("notes",))
    cells = _texts(fields["cells"], f"{path}.cells")
    if len(cells) != width:
        raise _Wrong(f"{path}.cells", f"{len(cells)} cells", f"{width}, as many as the head has")
    return TableRow(cells, _texts(fields.get("notes", []), f"{path}.notes"))


def _note(value: Any, path: str) -> DraftNote:
    fields = _object(value, path, ("id",), ("passages", "document", "quote", "topic"))
    note = DraftNote(
        id=_text(fields["id"], f"{path}.id"),
        passages=_texts(fields.get("passages", []), f"{path}.passages"),
        document=_text(fields.get("document", ""), f"{path}.document"),
        quote=_text(fields.get("quote", ""), f"{path}.quote"),
        topic=_text(fields.get("topic", ""), f"{path}.topic"),
    )
    if not note.passages and not (note.document and note.quote):
        raise _Wrong(path, "a note that cites nothing", "passages, or document and quote")
    return note


def _derived(value: Any, path: str) -> Derived:
    fields = _object(value, path, ("claim", "expression"))
    claim = _text(fields["claim"], f"{path}.claim")
    return Derived(claim, _text(fields["expression"], f"{path}.expression"))


def _round_ups(value: Any) -> tuple[RoundUpDraft, ...]:
    fields = _object(value, "$", ("round_ups",))
    found = []
    for each, path in _each(fields["round_ups"], "$.round_ups"):
        item = _object(each, path, ("story", "text"))
        story = _text(item["story"], f"{path}.story")
        found.append(RoundUpDraft(story, _text(item["text"], f"{path}.text")))
    return tuple(found)


def _front(value: Any) -> FrontDraft:
    fields = _object(value, "$", ("headline", "dek", "tldr", "lead"))
    return FrontDraft(
        headline=_text(fields["headline"], "$.headline"),
        dek=_text(fields["dek"], "$.dek"),
        tldr=_texts(fields["tldr"], "$.tldr"),
        lead=_texts(fields["lead"], "$.lead"),
    )


# ------------------------------------------------------------------------- the parts


def _object(
    value: Any, path: str, wanted: Sequence[str], allowed: Sequence[str] = ()
) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(path, _kind(value), f"an object with {', '.join(wanted)}")
    for name in wanted:
        if name not in value:
            raise _Wrong(path, f"no key {name!r}", f"an object with {', '.join(wanted)}")
    for name in value:
        if name not in wanted and name not in allowed:
            keys = ", ".join((*wanted, *allowed))
            raise _Wrong(path, f"the key {name!r}", f"only the keys {keys}")
    return {name: held for name, held in value.items() if held is not None or name in wanted}


def _each(value: Any, path: str) -> list[tuple[Any, str]]:
    if not isinstance(value, list):
        raise _Wrong(path, _kind(value), "a list")
    return [(each, f"{path}[{number}]") for number, each in enumerate(value)]


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise _Wrong(path, _kind(value), "a text")
    return value


def _texts(value: Any, path: str) -> tuple[str, ...]:
    return tuple(_text(each, at) for each, at in _each(value, path))


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")
