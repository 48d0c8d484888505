"""
The reports of a run, as `--json` gives them, as one page of Markdown for people.

Pure. What feeds and servers said stands in code spans on one line, so that it can neither
act as markup nor call anybody by an @name where the page is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..text import one_line

Report = Mapping[str, Any]
Reports = Sequence[Report]
MOST = 300
"""Characters shown of a foreign text."""


def summary(reports: Sequence[Report | Reports]) -> str:
    """
    Args:
        reports: Of `digest fetch`, `build`, `status` and `send` (a list), as read from their
            JSON, in any order; which is which is told by their keys.

    Returns:
        Markdown; says so where a report holds nothing to show.
    """
    lines: list[str] = []
    for report in reports:
        if not isinstance(report, Mapping):
            lines += [*_mailed(report), ""] if report else []
        elif "drafts" in report:
            lines += [*_issues(report["drafts"]), ""]
        elif "digests" in report:
            lines += [*_health(report["feeds"]), *_open(report["digests"])]
        elif "waiting" in report:
            lines += [*_fetched(report), ""]
    return "\n".join(lines).strip() + "\n" if lines else "No report was left: see the log.\n"


def code(text: object) -> str:
    """A foreign text that shows itself and nothing else."""
    words = one_line(str(text)).replace("`", "'").replace("|", "¦")
    cut = words if len(words) <= MOST else words[: MOST - 1] + "…"
    return f"`{cut}`" if cut else "–"


def _issues(drafts: Sequence[Report]) -> Iterator[str]:
    yield "### Issues"
    yield ""
    for draft in drafts:
        if "title" not in draft:
            yield f"- {code(draft['digest'])}: no issue, {draft['outcome']}"
            continue
        counts = draft["counts"]
        proved = ", ".join(
            f"{number} {name}" for name, number in sorted(counts.items()) if number
        )  # fmt: skip
        state = " (a draft, for review)" if draft["status"] == "draft" else ""
        yield f"- {code(draft['digest'])}, {draft['date']}: **{code(draft['title'])}**{state}"
        yield f"  - features: {len(draft['features'])}, round-ups: {len(draft['round_ups'])}"
        yield f"  - proved and counted: {proved or 'nothing'}"
        if draft["usd"]:
            yield f"  - cost: {draft['usd']:.2f} USD"


def _fetched(report: Report) -> Iterator[str]:
    feeds = report["feeds"]
    failed = [feed for feed in feeds if feed["error"]]
    yield "### Feeds"
    yield ""
    new = sum(feed["new"] for feed in feeds)
    yield (
        f"{len(feeds)} asked, {len(failed)} failed, {report['waiting']} not due yet; "
        f"{new} new entries."
    )
    if failed:
        yield ""
        yield "| feed that failed | why |"
        yield "| --- | --- |"
        for feed in failed:
            yield f"| {code(feed['feed'])} | {code(feed['error'])} |"


def _mailed(results: Reports) -> Iterator[str]:
    """What `send` did with each issue; how many readers are in which state, never who."""
    yield "### Mail"
    yield ""
    for result in results:
        counts = ", ".join(f"{number} {state}" for state, number in result["recipients"].items())
        outcome = f"**{code(result['failed'])}**" if result["failed"] else code(result["done"])
        yield f"- {code(result['issue'])} by {code(result['via'])}: {outcome}"
        yield from (f"  - {words}" for words in filter(None, [counts]))
        reasons = [code(words) for words in result["refused"]]
        reasons += [f"{number} × {code(words)}" for words, number in result["reasons"]]
        yield from (f"  - {words}" for words in reasons)


def _open(digests: Reports) -> list[str]:
    """Sendings of which nobody knows the end; nothing where there are none."""
    stuck = [each for digest in digests for each in digest["mail"] if each["state"] == "unknown"]
    if not stuck:
        return []
    lines = [
        f"- {code(each['issue'])}: whether it was sent is unknown; look who has it, then "
        f"{code('digest send ' + each['issue'] + ' --yes --retry-unknown')}"
        for each in stuck
    ]
    return ["### Mail that needs a person", "", *lines, ""]


def _health(feeds: Sequence[Report]) -> list[str]:
    """Feeds that a person must do something about; nothing where there are none."""
    dead = [feed for feed in feeds if feed["advice"]]
    if not dead:
        return []
    lines = [f"- {code(feed['feed'])}: {code(feed['advice'])}" for feed in dead]
    return ["### Feeds that need a person", "", *lines, ""]
