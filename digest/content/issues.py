"""
The texts of an issue's folder → Issue: the Markdown of its files joined with evidence.json.

Pure. What a person has changed since the program wrote it is told by the hashes of the files: such
a text keeps the words of its file, and nothing of evidence.json that speaks of others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ..markdown import unescape
from ..types import Claim, Footnote, Issue, RoundUp
from . import evidence, parts
from .names import FRONT_FILE, ROUND_UPS_FILE

_FEATURE_FILE = re.compile(r"(\d+)-.+\.md")


def feature_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of features among the names of an issue's files, in the order of the issue."""
    found = (name for name in names if _FEATURE_FILE.fullmatch(name))
    return tuple(sorted(found, key=lambda name: (int(name.partition("-")[0]), name)))


def issue_of(texts: Mapping[str, str], known: evidence.Evidence, digest: str, day: str) -> Issue:
    """
    Args:
        texts: Of the Markdown files by name, issue.md among them, in the order of names.
        known: What evidence.json says; nothing where there is none.
        digest: Slug of the issue's digest.
        day: Name of its folder, for messages.

    Returns:
        The issue without the text of evidence.json.

    Raises:
        ContentError: A file is not as it should be.
    """
    place = f"{digest}/{day}"
    edited = tuple(name for name, text in texts.items() if _is_edited(name, text, known))
    claims: dict[str, list[Claim]] = {}
    for claim in known.claims:
        claims.setdefault(claim.file, []).append(claim)
    notes: dict[str, dict[str, Footnote]] = {}
    for (file, label), note in known.notes.items():
        notes.setdefault(file, {})[label] = note
    issue = parts.read_front(texts[FRONT_FILE], f"{place}/{FRONT_FILE}", digest)
    features = []
    for name in feature_names(texts):
        feature = parts.read_feature(texts[name], f"{place}/{name}", notes.get(name, {}))
        by_hand = not feature.edited_by and name in edited and name in known.files
        edited_by = "hand" if by_hand else feature.edited_by
        own = tuple(claims.get(name, ()))
        features.append(replace(feature, claims=own, edited_by=edited_by))
    items = texts.get(ROUND_UPS_FILE, "")
    return replace(
        issue,
        front=replace(issue.front, claims=tuple(claims.get(FRONT_FILE, ()))),
        features=tuple(features),
        round_ups=_round_ups(items, place, known, claims.get(ROUND_UPS_FILE, ())),
        documents=known.documents,
        choice=known.choice,
        feeds=known.feeds,
        calls=known.calls,
        counts=known.counts,
        problems=known.problems,
        edited=edited,
    )


def _is_edited(name: str, text: str, known: evidence.Evidence) -> bool:
    hashes = known.files.get(name)
    return hashes is None or hashes.written != evidence.file_hash(text)


def _round_ups(
    text: str, place: str, known: evidence.Evidence, claims: Sequence[Claim]
) -> tuple[RoundUp, ...]:
    out = []
    items = parts.read_round_ups(text, f"{place}/{ROUND_UPS_FILE}") if text.strip() else ()
    for item in items:
        ours = known.round_ups.get(item.url or item.slug)
        if ours is None:
            out.append(item)
        else:
            words = unescape(item.text)
            # What code says rests on no document; two items may say it in the same words.
            proved = tuple(
                dict.fromkeys(
                    claim
                    for claim in claims
                    if claim.text in words
                    and (claim.kind == "computed" or _rests_on(claim, ours.documents))
                )
            )
            out.append(
                replace(
                    item,
                    slug=ours.slug,
                    url=ours.url,
                    kind=ours.kind,
                    update_of=ours.update_of,
                    entries=ours.entries,
                    documents=ours.documents,
                    claims=proved,
                )
            )
    return tuple(out)


def _rests_on(claim: Claim, documents: Collection[str]) -> bool:
    return any(not isinstance(rest, str) and rest.document in documents for rest in claim.rests)
