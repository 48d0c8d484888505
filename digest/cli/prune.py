"""`digest prune`: drop what no issue needs. Touches the store."""

from __future__ import annotations

import datetime as dt

import click

from .options import Options, as_json, clock, command, count, opened_store

LEAST_DAYS = 14
"""An outage of a week, and an issue of the week after it, find all that they tell of."""


@click.command()
@click.option(
    "--days",
    default=90,
    show_default=True,
    type=click.IntRange(min=LEAST_DAYS),
    help="What is younger stays.",
)
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def prune(options: Options, days: int, json_: bool) -> None:
    """
    Drop what no issue needs any more: texts that none cites, polls and edits of old.

    What an issue cites stays for ever, so that it can be proved again, and so does all that
    waits for an issue, and what models have cost. Entries stay known, so that none is news
    a second time.

    \b
    Example:
      digest prune --days 60
    """
    from ..pipeline.prune import prune as run
    from ..store import FILE

    config = options.config()
    before = clock() - dt.timedelta(days=days)
    with opened_store(options, "digest prune") as store:
        if store is None:
            return
        path = options.folder / FILE
        size = path.stat().st_size
        pruned = run(config, store, options.folder, before=before)
        left = path.stat().st_size
    if json_:
        click.echo(as_json(pruned))
        return
    click.echo(
        f"dropped {count(pruned.documents, 'document')}, the HTML of "
        f"{count(pruned.texts, 'entry') if pruned.texts == 1 else f'{pruned.texts} entries'}, "
        f"{count(pruned.pages, 'page')}, {count(pruned.polls, 'poll')}, "
        f"{count(pruned.revisions, 'edit')} and {pruned.replies} of models' replies; "
        f"the store has {left:,} bytes, it had {size:,}"
    )
