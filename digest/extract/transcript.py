"""
Transcripts of episodes -> paragraphs, in the forms that podcasts publish.

Pure. WebVTT, SubRip and the JSON of the podcast namespace hold lines of a few seconds each;
they are joined until somebody else speaks or a sentence ends after some length. Who speaks
stands before the words, as in transcripts that people write. Times are left out.

Source: W3C WebVTT, section 4 (cues); podcastindex.org, namespace 1.0, transcripts
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape

from ..text import one_line
from .reading import Part

PARAGRAPH_WORDS = 60
"""From so many words on a paragraph ends with its sentence."""
_TIMES = re.compile(
    r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_START = re.compile(
    rf"(?P<vtt>WEBVTT(?=\s|$))|(?:\d+\s*\n)?(?P<srt>{_TIMES.pattern})|(?P<json>\{{)"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_NAMED = re.compile(r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}): ")
_END = re.compile(r"[.!?…。！？][\"'”’)]*$")


def is_transcript(text: str) -> bool:
    """Whether a body that is no page is a transcript with times."""
    start = _START.match(text.lstrip())
    return start is not None and (start["json"] is None or '"segments"' in text)


def transcript_parts(text: str) -> tuple[Part, ...]:
    """
    The paragraphs of a transcript.

    Args:
        text: As `is_transcript` knows it; JSON that is broken has none.
    """
    cues = _segments(text) if text.lstrip().startswith("{") else _cues(text)
    return tuple(Part("paragraph", paragraph) for paragraph in _joined(cues))


def _cues(text: str) -> Iterator[tuple[str, str]]:
    """Who speaks (empty: as before), and the words, of each cue in order."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        at = next((number for number, line in enumerate(lines[:3]) if _TIMES.search(line)), None)
        if at is None:  # the head, a note, a style
            continue
        for line in _spoken(lines[at + 1 :]):
            voice, named = _VOICE.search(line), _NAMED.match(line)
            words = one_line(unescape(re.sub(r"<[^<>]*>", "", line)))
            if voice:
                yield one_line(unescape(voice[1])), words
            elif named:
                yield named[1], words[len(named[0]) :]
            else:
                yield "", words


def _spoken(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a cue, one for each voice."""
    held = ""
    for line in lines:
        if held and (_VOICE.search(line) or _NAMED.match(line) or line.startswith(("-", "–"))):
            yield held
            held = ""
        held = f"{held} {line}".strip()
    if held:
        yield held


def _segments(text: str) -> Iterator[tuple[str, str]]:
    try:
        segments = json.loads(text).get("segments")
    except (ValueError, RecursionError, AttributeError):
        return
    for one in segments if isinstance(segments, list) else []:
        if isinstance(one, dict) and isinstance(one.get("body"), str):
            speaker = one.get("speaker")
            yield one_line(speaker) if isinstance(speaker, str) else "", one_line(one["body"])


def _joined(cues: Iterable[tuple[str, str]]) -> Iterator[str]:
    speaking, held = "", list[str]()
    for speaker, words in cues:
        is_other = bool(speaker) and speaker != speaking
        is_long = sum(len(one.split()) for one in held) >= PARAGRAPH_WORDS
        if held and (is_other or (is_long and _END.search(held[-1]))):
            yield _said(speaking, held)
            held = []
        speaking = speaker or speaking
        # Live captions roll: a cue often repeats the one before it.
        if words and words not in held[-1:]:
            held.append(words)
    if held:
        yield _said(speaking, held)


def _said(speaker: str, words: list[str]) -> str:
    return f"{speaker}: {' '.join(words)}" if speaker else " ".join(words)
