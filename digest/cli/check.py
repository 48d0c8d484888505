"""`digest check`: the claim checker alone. Reads a draft and a folder of sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import Options, as_json, clock, command, count

if TYPE_CHECKING:
    from ..pipeline.check import Checked
    from ..types import Problem


COUNTED = {"claim": "claims", "quote": "quotes", "number": "numbers", "name": "names"}
"""What is told of a report's counts, by the word for one."""


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "--documents",
    "folder_of_sources",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of sources: .txt, .md and .html files.",
)
@click.option("--json", "json_", is_flag=True, help="Problems, warnings and counts as JSON.")
@command
def check(options: Options, draft: Path, folder_of_sources: Path, json_: bool) -> None:
    """
    Check the claims of DRAFT, Markdown with footnotes, against a folder of sources.

    Needs no site, network or model. Without front matter every source is evidence for
    every sentence; with `documents: [a.txt, b.md]` the first is S1, and a sentence rests on
    it and on the notes that it carries. A note links to a file of the folder, or to the
    address that a source's front matter gives as `url:`. Exit status 1 means errors.

    \b
    Example:
      digest check draft.md --documents sources/
      digest check draft.md --documents sources/ --json
    """
    from ..pipeline.check import check as run

    checked = run(draft, folder_of_sources, now=clock())
    for exc in checked.unread:
        click.echo(f"digest: {exc}; it is left out", err=True)
    report = checked.report
    if json_:
        shown = {
            "problems": [_data(problem) for problem in report.problems],
            "warnings": [_data(problem) for problem in report.warnings],
            "counts": dict(report.counts),
        }
        click.echo(as_json(shown))
    else:
        _print(draft, checked)
    if report.problems:
        sys.exit(1)


def _data(problem: Problem) -> dict[str, str]:
    return {
        "rule": problem.rule,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "hint": problem.hint,
    }


def _print(draft: Path, checked: Checked) -> None:
    report = checked.report
    print_problems("error", report.problems)
    print_problems("warning", report.warnings)
    counted = ((one, report.counts.get(many, 0)) for one, many in COUNTED.items())
    held = ", ".join(count(number, name) for name, number in counted if number)
    click.echo(
        f"{draft}: {count(len(report.problems), 'error')}, "
        f"{count(len(report.warnings), 'warning')}, against {count(checked.sources, 'source')}"
        + (f" ({held})" if held else "")
    )


def print_problems(word: str, problems: Sequence[Problem], indent: str = "") -> None:
    """Two lines or three for each: rule, place, what was found, what was expected."""
    for problem in problems:
        click.echo(f"{indent}{word} {problem.rule}, {problem.where}: found “{problem.found}”")
        click.echo(f"{indent}    expected {problem.expected}")
        if problem.hint:
            click.echo(f"{indent}    {problem.hint}")
