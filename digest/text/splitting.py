"""
Sentences, as spans of the text they stand in.

Pure. A stop ends a sentence where what stands before it is no abbreviation, initial or
list number, what follows can begin one, and no short parenthesis or quotation is open.
Closing quotation marks, brackets, note marks and emoji after the stop belong to the
sentence. The result for a part of a text depends on that part alone.

Where a case is open ("He works at Acme Inc. Tomorrow …") the words that often begin a
sentence decide, and in doubt two sentences stay one: half a sentence is worse to quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from importlib import resources
from itertools import accumulate

from .languages import language, shipped

_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f"
_CLOSERS = r"['\"’”»›)\]}*_`]"
_STOP = re.compile(
    rf"(?P<stop>[.!?…]++)(?P<close>(?:{_CLOSERS}|\[[\w^.:-]{{1,40}}\]|[¹²³⁰⁴-⁹])*+"
    rf"(?:\ ?+[{_EMOJI}]++)*+)(?=\s|$)"
    r"|(?P<wide>[。！？｡．]++[」』）】〉》”’\"']*+)"
)
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_WORD_SIGN = re.compile(r"[^\W_]")
_OPENERS = "'\"‘“«‹([{¿¡*_`„"
_NEXT = re.compile(rf"\s*(?P<open>[{re.escape(_OPENERS)}]*+)(?P<word>[^\s,;:.!?()\[\]\"”’…]*+)")
_NAME_WITH_SIGN = re.compile(r"(?:^|\W)(?:Yahoo|Jeopardy|Yum|Wham|Airplane|Oklahoma|Joomla)!$")
_INITIAL = re.compile(r"(?:.*\W)?[^\W\d_]")
_DOTTED = re.compile(r"\W*(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LAST_TOKEN = re.compile(r"[^\s(\[{\"“‘'«—–]*$")
_SAYING = re.compile(
    r"\s*(?:(?:[A-Z][\w.’'-]*|he|she|they|the [a-z]+)\s+){1,4}?(?:said|says|asked|asks|wrote|"
    r"writes|told|added|adds|explained|replied|tweeted|posted|argued|noted|claims|claimed)\b"
)
_SHORT_BRACKET = 200
_SHORT_QUOTATION = 160
_LOOK_BACK = 60


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """
    Cut a text, or a part of it, into sentences.

    Args:
        text: Plain text. A blank line ends a sentence, a single line feed does not.
        start, end: The part to cut; nothing outside it is looked at.

    Returns:
        Spans in order, without the white space around them. Together they hold every
        character that is not white space; each holds a letter or digit, unless the
        whole paragraph has none. Time is linear in the text.
    """
    piece = text[start : len(text) if end is None else end]
    spans: list[tuple[int, int]] = []
    at = 0
    for gap in _PARAGRAPH_END.finditer(piece):
        spans += _paragraph(piece[at : gap.start()], start + at)
        at = gap.end()
    return tuple(spans + _paragraph(piece[at:], start + at))


def _paragraph(text: str, offset: int) -> list[tuple[int, int]]:
    """Sentences of one paragraph; `offset` is where it begins in the whole."""
    protected = _protected(text)
    cuts: list[int] = []
    begin = 0
    word = _next_word(text, 0)
    for match in _STOP.finditer(text):
        cut = match.end()
        if word < cut and not protected(cut) and (match["wide"] or _ends(text, begin, match)):
            cuts.append(cut)
            begin = cut
            word = _next_word(text, cut)
    if cuts and word == len(text):
        cuts.pop()  # signs without a word belong to the sentence before them
    spans = []
    for left, right in zip([0, *cuts], [*cuts, len(text)], strict=True):
        sentence = text[left:right].rstrip()
        begin = offset + left + len(sentence) - len(sentence.lstrip())
        spans.append((begin, offset + left + len(sentence)))
    return [span for span in spans if span[0] < span[1]]


def _next_word(text: str, begin: int) -> int:
    """Where the next letter or digit stands; the end of the text where there is none."""
    match = _WORD_SIGN.search(text, begin)
    return match.start() if match else len(text)


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a stop ends the sentence that began at `begin`."""
    following = _NEXT.match(text, match.end())
    word = following["word"] if following else ""
    opened = bool(following and following["open"])
    if word[:1] in {"-", "–", "—"}:
        return False  # an attribution ("— Name") stays with its words
    if not word and not opened:
        return True
    if not _can_begin(word):
        return False
    close = match["close"]
    if any(mark in close for mark in "\"”’'»") and _SAYING.match(text[match.end() :][:80]):
        return False
    stop = match["stop"]
    if stop == "." and not close.strip("*_`"):
        return _full_stop_ends(text, begin, match.start(), word)
    if stop == "!" and _NAME_WITH_SIGN.search(text[max(begin, match.start() - 20) : match.end()]):
        return is_starter(word)
    return True


def _can_begin(word: str) -> bool:
    """Whether a word may be the first of a sentence: not in small letters, "iPhone" aside."""
    if not word or not word[0].islower():
        return True
    return any(character.isupper() for character in word[1:])


def _full_stop_ends(text: str, begin: int, stop: int, word: str) -> bool:
    """The same for a single full stop before white space; `word` follows it."""
    before = text[max(begin, stop - _LOOK_BACK) : stop]
    last = _LAST_TOKEN.search(before)
    token = last.group() if last else ""
    if not token:
        return True
    if token.isdigit() and len(token) <= 2 and word in _after_ordinals():
        return False  # "am 14. Januar"
    if len(token) == len(word) == 1 and token.islower() and word != "I":
        return False  # "z. B."
    if token.isdigit() and len(token) <= 3 and not text[begin:stop].strip("([ \n\t")[len(token) :]:
        return False  # "2. Install it": the number of a list
    kind = abbreviations().get(token.lower())
    if kind == "always":
        return False
    if kind == "number" and (word[:1].isdigit() or _is_roman(word)):
        return False
    if kind == "either" or _DOTTED.fullmatch(token):
        return is_starter(word)
    if _INITIAL.fullmatch(token) and token[-1].isupper() and token != "I":
        return is_starter(word)
    return True


def _is_roman(word: str) -> bool:
    return bool(word) and len(word) <= 5 and not word.strip("IVXLC") and word != "I"


def is_starter(word: str) -> bool:
    """Whether a word often begins a sentence and seldom goes on with a name."""
    return word[:1].isupper() and word.lower().replace("’", "'") in _starters()


@cache
def _starters() -> frozenset[str]:
    data = resources.files(__package__).joinpath("sentence_starters.txt").read_text("utf-8")
    return frozenset(data.split())


@cache
def _after_ordinals() -> frozenset[str]:
    """Words, as they are written, before which a number and a full stop are an ordinal."""
    known = (language(tag) for tag in shipped())
    return frozenset(
        word
        for each in known
        if each
        for _, forms in each.sections.get("after an ordinal", ())
        for form in forms
        for word in form.split()
    )


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation, in small letters without its last full stop, to its kind."""
    data = resources.files(__package__).joinpath("abbreviations.txt").read_text("utf-8")
    kinds: dict[str, str] = {}
    kind = ""
    for line in data.splitlines():
        if line.startswith("["):
            kind = line[1:].partition("]")[0]
        elif kind and not line.startswith("#"):
            kinds |= dict.fromkeys(line.split(), kind)
    return kinds


class _Spans:
    """Parts of a text that no cut may fall into: sorted, and asked for in any order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def __call__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset - 1) - 1
        return index >= 0 and offset < self._reach[index]


_PAIRS = {")": "(", "]": "[", "）": "（", "”": "“", "»": "«"}
_BRACKETS = re.compile(r"[()\[\]（）“”«»\n]|(?<!\S)\"(?=\S)|(?<=\S)\"(?!\w)")


def _protected(text: str) -> _Spans:
    """Short parentheses and quotations."""
    spans: list[tuple[int, int]] = []
    opened: dict[str, list[int]] = {opener: [] for opener in {*_PAIRS.values(), '"'}}
    for match in _BRACKETS.finditer(text):
        sign = match.group()
        opener = _PAIRS.get(sign, sign)
        stack = opened.get(opener)
        if stack is None:
            continue
        closes = sign in _PAIRS or (sign == '"' and bool(stack))
        if not closes:
            stack.append(match.start())
            continue
        if stack:
            start = stack.pop()
            limit = _SHORT_QUOTATION if opener in '"“«' else _SHORT_BRACKET
            if match.end() - start <= limit:
                spans.append((start, match.end()))
    return _Spans(spans)
