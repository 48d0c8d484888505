"""Honest sentences said in other forms."""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable

from digest.verify.lists import word_list

from .corpus import Claim, Corpus

Varied = Callable[[str], str]


def _by(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Varied:
    return lambda text: re.sub(pattern, new, text)


_WORDS = dict(
    enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
)

VARIATIONS: dict[str, Varied] = {
    "as it is": lambda text: text,
    "typographic signs": lambda text: text.replace("'", "’").replace(" - ", " – "),
    "straight signs": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "hard blanks": _by(r"(?<=\d) (?=[A-Za-z])", "\u00a0"),
    "no thousands separator": _by(r"(?<=\d),(?=\d{3})", ""),
    "thin blanks in numbers": _by(r"(?<=\d),(?=\d{3})", "\u202f"),
    "per cent": _by(r"(?<=\d)%", " per cent"),
    "percent": _by(r"(?<=\d)%", " percent"),
    "gigabytes": _by(r"(?<=\d) GB(?!/)", " gigabytes"),
    "GB touching": _by(r"(?<=\d) GB(?!/)", "GB"),
    "kilobytes": _by(r"(?<=\d) KB", " kilobytes"),
    "kilowatts": _by(r"(?<=\d) kW", " kilowatts"),
    "letters for magnitudes": lambda t: re.sub(r"(?<=\d) million", "M", re.sub(r"(?<=\d) billion", "B", t)),
    "dollars in words": _by(r"\$(\d[\d.]*\d)( million)?", lambda m: f"{m[1]}{m[2] or ''} dollars"),
    "euros in words": _by(r"€(\d[\d.,]*\d)( million)?", lambda m: f"{m[1]}{m[2] or ''} euros"),
    "USD": _by(r"\$(?=\d)", "USD "),
    "small numbers in words": _by(r"(?<![\w.,$€/-])(?<![A-Z][a-z]{3} )(?<!Orrin )(?<!Rill )(?<!Marlin )([2-9])(?= (?:of|points|days|hours))", lambda m: _WORDS[int(m[1])]),
    "number words in digits": _by(r"\b(nine|six|seven|eight|five|sixteen)\b(?= (?:years|hours|days|extra|Halden|months))", lambda m: str({**{w: n for n, w in _WORDS.items()}, "sixteen": 16}[m[1]])),
    "date the American way": _by(r"(\d{1,2}) (April|May) 2026", r"\2 \1, 2026"),
    "date in short": _by(r"(\d{1,2}) April 2026", r"\1 Apr 2026"),
    "date in digits": _by(r"(\d{1,2}) April 2026", lambda m: f"2026-04-{int(m[1]):02}"),
    "quarter in short": _by("the third quarter of 2026", "Q3 2026"),
    "hours as days": _by("36 hours", "one and a half days"),
    "honest rounding": lambda t: t.replace("averaged 1,840", "averaged about 1,800").replace("2,480 adults", "nearly 2,500 adults").replace("61 GB", "some 60 GB").replace("71.3%", "about 71%").replace("58.9%", "about 59%"),
    "opening: meanwhile": lambda t: f"Meanwhile, {_small(t)}",
    "opening: in short": lambda t: f"In short, {_small(t)}",
    "opening: notably": lambda t: f"Notably, {_small(t)}",
    "opening: and yet": lambda t: f"And yet {_small(t)}",
    "opening: for now": lambda t: f"For now, {_small(t)}",
    "opening: in other words": lambda t: f"In other words, {_small(t)}",
    "opening: here": lambda t: f"Here {_small(t)}",
    "opening: so": lambda t: f"So {_small(t)}",
    "closing: by its own account": lambda t: f"{t.rstrip('.')}, by its own account." if not t.endswith("”") else t,
    "question put first": lambda t: f"The point is that {_small(t)}",
    "emphasis": _by(r"\b(price|vote|study|library|model|union|fault)\b", r"*\1*"),
    "possessive names": _by(r"\b(Nordkai|Kestrel|Orrin 4) (?=damage|engineers|output)", r"\1's "),
    "synonyms: verbs": lambda t: _synonyms(t, {"released": "published", "scored": "reached", "needs": "requires", "grew": "rose", "shrinks": "reduces", "holds": "has", "rejected": "turned down", "averaged": "came to", "asked": "called", "cost": "came to", "followed": "tracked", "rewrote": "redid"}),
    "synonyms: nouns": lambda t: _synonyms(t, {"damage": "loss", "adults": "people", "licence": "license", "traffic": "shipping", "engineers": "staff", "translations": "texts", "backlog": "queue", "inquiry": "investigation", "memory": "RAM"}),
    "British to American": lambda t: t.replace("licence", "license").replace("harbour", "harbor"),
    "ampersand spelled": lambda t: t.replace(" and ", " as well as ", 1),
    "dash for comma": lambda t: t.replace(", ", " – ", 1) if "“" not in t else t,
    "parenthesis": lambda t: re.sub(r", (against [^,.]+)(?=, |\.$)", r" (\1)", t),
}  # fmt: skip


WITHIN_QUOTATIONS = frozenset({"as it is", "typographic signs", "straight signs", "hard blanks"})
"""What may be done to words between quotation marks."""


def _small(text: str) -> str:
    """A sentence behind an opening: its first letter small, unless it is a name's."""
    first = text.split(" ", maxsplit=1)[0].strip("“,.:;").lower()
    if {first, first.rstrip("s")} & word_list("common_words"):
        return text[0].lower() + text[1:]
    return text


def _synonyms(text: str, table: dict[str, str]) -> str:
    for old, new in table.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def variations(corpus: Corpus) -> tuple[Claim, ...]:
    """Every honest sentence in every form that changes it, and quotations in other typography."""
    made = [
        Claim(claim.topic, vary(claim.text), claim.passages)
        for claim in corpus.honest
        for name, vary in VARIATIONS.items()
        if "“" not in claim.text or name in WITHIN_QUOTATIONS
    ]
    return tuple(dict.fromkeys(made))


def retyped(corpus: Corpus) -> tuple[Claim, ...]:
    """Quotations altered only in typography."""
    forms: tuple[Varied, ...] = (
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: t.replace("'", "’").replace(" ", "\u00a0", 5),
        lambda t: t.replace("-", "‑").replace("fi", "ﬁ"),
        lambda t: t.replace(".”", "”"),
        lambda t: t.replace(" of ", "  of\u200b "),
    )
    made = [Claim(c.topic, form(c.text), c.passages) for c in corpus.quoting for form in forms]
    return tuple(dict.fromkeys(made))
