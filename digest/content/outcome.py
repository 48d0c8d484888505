"""
The outcome of proving a file of content/ again, written into evidence.json.

Pure. Only what is said of that file changes; all else of evidence.json stays as it is, keys
that this version does not know included.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ..types import Claim, Problem
from . import evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of proving one file."""

    problems: tuple[Problem, ...]
    """Replace what was known of the file; each `where` is a place in it."""
    claims: tuple[Claim, ...] | None = None
    """Of the file as it stands now; None leaves those that are known."""


def with_outcomes(
    text: str, name: str, outcomes: Mapping[str, Outcome], hashes: Mapping[str, str]
) -> str:
    """
    evidence.json with other outcomes for some files.

    Args:
        text: The file's text; empty where there is none yet.
        name: How it is called in messages.
        outcomes: By name of the content file that was verified.
        hashes: Of these files as they are now.

    Returns:
        Its new text; the same where nothing changes.

    Raises:
        ContentError: It is not JSON of this version.
    """
    data: dict[str, Any] = evidence.load(text, name) if text else {"version": evidence.VERSION}
    for file, outcome in outcomes.items():
        files = data.setdefault("files", {})
        written = files.get(file, {}).get("written", "")
        files[file] = {"written": written, "verified": hashes[file]}
        _put_problems(data, file, outcome.problems)
        if outcome.claims is not None:
            data["claims"] = _put_claims(data.get("claims", []), file, outcome.claims)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _put_problems(data: dict[str, Any], file: str, problems: Collection[Problem]) -> None:
    for key, level in (("problems", "error"), ("warnings", "warning")):
        others = [item for item in data.get(key, []) if not item["where"].startswith(f"{file}:")]
        found = [evidence.problem_data(problem) for problem in problems if problem.level == level]
        data[key] = others + [{**item, "where": f"{file}: {item['where']}"} for item in found]


def _put_claims(known: list[Any], file: str, claims: Collection[Claim]) -> list[Any]:
    """The claims with those of one file replaced, where the old ones stood."""
    places = [index for index, item in enumerate(known) if item.get("file") == file]
    others = [item for item in known if item.get("file") != file]
    at = places[0] if places else len(others)
    return [*others[:at], *map(evidence.claim_data, claims), *others[at:]]
