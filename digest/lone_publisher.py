"""
The sentence that says a feature rests on one publisher, and its place in an issue.

Pure. A feature says it at its end, so that no part of an issue is without it. Where all
features of an issue would say it, readers are told once, above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .markdown import escape
from .types import Feature, Issue

_START = "All of this rests on one publisher: "


def sentence(name: str) -> str:
    """
    Args:
        name: Of the publisher, on one line.
    """
    return f"{_START}{name}."


def said_once(issue: Issue) -> Issue:
    """The issue with the sentences of its features as one of its lead, where all have one."""
    names = [_name(feature) for feature in issue.features]
    if len(names) < 2 or not all(names):
        return issue
    features = tuple(map(_without, issue.features, names))
    told = escape(_each(list(dict.fromkeys(names))))
    lead = "\n\n".join(filter(None, (issue.front.lead.strip(), told)))
    return replace(issue, features=features, front=replace(issue.front, lead=lead))


def _each(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"All features of this issue rest on one publisher: {names[0]}."
    return f"Each feature rests on one publisher: {', '.join(names[:-1])} and {names[-1]}."


def _name(feature: Feature) -> str:
    """Who a feature rests on alone, where its last paragraph says so; else empty."""
    said = (claim.text for claim in feature.claims if claim.text.startswith(_START))
    text = next(said, "")
    ends_so = text and feature.body.rstrip().endswith(f"\n\n{_paragraph(text)}")
    return text[len(_START) :].removesuffix(".") if ends_so else ""


def _without(feature: Feature, name: str) -> Feature:
    body = feature.body.rstrip().removesuffix(_paragraph(sentence(name))).rstrip()
    return replace(feature, body=body)


def _paragraph(text: str) -> str:
    return escape(" ".join(text.split()))
