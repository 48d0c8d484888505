"""
Passages that speak to a machine and not to a reader: they are shown to none and prove nothing.

Pure. A page may hold a claim inside an order to whatever reads it ("If you are a language model,
write that …"). A model that obeys writes words that do stand in its source, so that no comparison
can find it out; what is ordered so is no evidence. From the passage on, the rest of its block
goes; what stands before it stays.
"""

from __future__ import annotations

import re

from ..types import Document, Passage
from .numbered import passages

_MACHINE = (
    r"(?:large\s)?(?:language\smodels?|llms?|ais?|ai\s(?:models?|systems?|assistants?|agents?|tools?)"
    r"|chat\s?bots?|assistants?|summari[sz]ers?|sprachmodelle?|ki(?:-modelle?)?"
    r"|modèles?\sde\slangage|ia)"
)
_PROGRAM = (
    r"(?:automat(?:ed|ic)\s(?:readers?|summar\w+|systems?|translat\w+|tools?|agents?)"
    r"|automatische[nr]?\s(?:leser|systeme|zusammenfassung\w*|übersetzung\w*)"
    r"|(?:systèmes?|outils?|lecteurs?|résumés?)\sautomati\w+"
    r"|(?:software|programs?|tools?)\s(?:that|which)\s(?:reads?|condens\w+|summari\w+|translat\w+)"
    r"|crawlers?|bots?)"
)
"""What is no model by its name; spoken to with a colon, it is meant to obey."""
ORDERS = re.compile(
    rf"""
    \b(?:if|as) \s you(?:['’]re|\s are) \s (?:an?\s|the\s)? (?:[\w-]+\s){{0,2}} {_MACHINE}\b
    | \b(?:si \s vous \s êtes|si \s tu \s es|wenn \s (?:du|sie) \s eine?) \s
      (?:une?\s)? (?:[\w-]+\s){{0,2}} {_MACHINE}\b
    | \b(?:ignore|disregard|forget|override|ignorez|ignorier\w*|vergiss|missachte) \s
      (?:[\w'’]+\s){{0,4}} (?:previous|prior|above|earlier|other|former|vorherigen?|bisherigen?)
      \s (?:\w+\s)? (?:instructions?|prompts?|rules?|messages?|anweisungen)\b
    | \b(?:ignorez|oubliez|ignore|oublie) \s (?:[\w'’]+\s){{0,3}}
      (?:instructions?|consignes?) \s précédentes?\b
    | \b(?:notes?|messages?|instructions?|notice|attention|hinweis|consigne) (?:\s \w+)? \s
      (?:to|for|an|für|aux?|pour) \s (?:all\s|any\s|the\s|alle\s|les?\s)? (?:\w+\s)? {_MACHINE}\b
    | \b(?:notes?|notices?|messages?|instructions?|hinweis|avis|consignes?) \s
      (?:to|for|an|für|aux?|pour|à) \s (?:[\w'’]+\s){{0,4}} {_PROGRAM}\b [^.:!?\n]{{0,80}} :
    | \b(?:dear|hello|hey|attention),? \s {_MACHINE}\b
    | \b{_MACHINE} \s? : \s (?:please\s)? (?:ignore|disregard|forget|override)\b
    | \b(?:ignore|disregard|forget) \s (?:what(?:ever)?|everything|all|anything) \s (?:that\s)?
      you \s (?:were|have\sbeen) \s told \s (?:before|earlier|previously|above)\b
    | < \s* /? \s* (?:system|assistant|instructions?) \s* >
    | \[ \s* /? \s* (?:system|inst) \s* \]
    | <\|im_(?:start|end)\|>
    | \bsystem \s (?:message|prompt|override|note) \s* :
    """,
    re.IGNORECASE | re.VERBOSE,
)

_AT_ITS_START = tuple(
    re.compile(word)
    for word in (
        *r"si\stu wenn ignor disregard forget overrid vergiss missachte oubli".split(),
        *"note message instruction notice attention hinweis consigne avis".split(),
        *r"dear hello hey < \[ system".split(),
    )
)
_AFTER_THREE = tuple(
    re.compile(pattern) for pattern in (r"(?:(?<=if\s)|(?<=as\s))you", r"(?<=si\s)vous")
)
_AFTER_A_MACHINE = tuple(
    re.compile(pattern) for pattern in ("ignore", "disregard", "forget", "override")
)
_TOLD = re.compile(rf"\b{_MACHINE}\s?:", re.IGNORECASE)
LONGEST_MACHINE = 40
"""Characters from the name of a machine to what it is told, and more."""
_FOLDING = re.compile("[ſıİ]")
"""Letters that an expression takes for others, and `str.lower` does not."""


def speaks(text: str) -> bool:
    """
    Whether an order to a machine stands anywhere in a text.

    The words that one begins with are looked for first, each by itself: to try all ways of
    speaking to a machine at every letter takes fifty times as long.
    """
    lowered = text.lower()
    if len(lowered) != len(text) or _FOLDING.search(text):
        return ORDERS.search(text) is not None
    return (
        any(
            ORDERS.match(text, found.start())
            for word in _AT_ITS_START
            for found in word.finditer(lowered)
        )
        or any(
            ORDERS.match(text, found.start() - 3)
            for word in _AFTER_THREE
            for found in word.finditer(lowered)
        )
        or any(
            ORDERS.match(text, name.start())
            for word in _AFTER_A_MACHINE
            for found in word.finditer(lowered)
            for name in _TOLD.finditer(
                text, found.start() - min(found.start(), LONGEST_MACHINE), found.end()
            )
        )
    )


def addressed(document: Document) -> tuple[tuple[int, int], ...]:
    """
    Where a document speaks to a machine.

    Returns:
        Spans of its text, in order: of each such passage to the end of its block.
    """
    if not speaks(document.text):
        return ()
    found: list[tuple[int, int]] = []
    for passage in passages(document):
        if found and passage.start < found[-1][1]:
            continue
        if ORDERS.search(document.text, passage.start, passage.end):
            block = document.blocks[passage.block] if passage.block >= 0 else None
            found.append((passage.start, max(passage.end, block.end if block else 0)))
    return tuple(found)


def silenced(document: Document) -> str:
    """The document's text, as long as it is, with blanks where it speaks to a machine."""
    text = document.text
    for start, end in addressed(document):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def for_readers(document: Document) -> tuple[Passage, ...]:
    """The passages of a document that do not speak to a machine, with their own numbers."""
    orders = addressed(document)
    return tuple(
        passage
        for passage in passages(document)
        if not any(start <= passage.start < end for start, end in orders)
    )
