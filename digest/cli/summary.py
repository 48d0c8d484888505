"""`digest summary`: the reports of a run as a page for people. Touches disk: reads reports."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("reports", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
def summary(reports: tuple[Path, ...]) -> None:
    """
    Put what `--json` of fetch, build, status and send said into Markdown: issues, proofs, failures.

    Made for the summary of a workflow's run. A report that is missing or cut off, since its
    step failed, is named and the others are shown.

    \b
    Example:
      digest fetch --json > fetch.json; digest summary fetch.json
    """
    import json

    from ..pipeline.summary import summary as run

    read = []
    for path in reports:
        try:
            read.append(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):
            click.echo(f"digest: {path.name}: no whole report; its step said why", err=True)
    click.echo(run([report for report in read if isinstance(report, dict | list)]), nl=False)
