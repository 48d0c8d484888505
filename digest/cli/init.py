"""`digest init`: a new site. Touches disk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import ConfigError, DigestError


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--from",
    "opml",
    metavar="FILE.opml",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With the feeds of this OPML file, as other readers export it.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only warnings.")
def init(directory: Path, opml: Path | None, quiet: bool) -> None:
    """
    Make a new site in DIRECTORY: feeds.yaml, content/, a workflow, .gitignore.

    Nothing that is there already is changed.

    \b
    Example:
      digest init my-site
      digest init my-site --from subscriptions.opml
    """
    from ..starter import write_site
    from .feeds import read_opml

    try:
        written, kept = write_site(directory, read_opml(opml) if opml else ())
    except DigestError as exc:
        click.echo(f"digest: {exc}", err=True)
        sys.exit(2 if isinstance(exc, ConfigError) else 1)
    if quiet:
        return
    for name in written:
        click.echo(f"wrote {directory / name}")
    for name in kept:
        click.echo(f"kept  {directory / name}")
    enter = "" if str(directory) == "." else f"cd {directory} && "
    name = "" if opml else "Name your feeds in feeds.yaml, then: "
    click.echo(f"\n{name}{enter}digest fetch && digest build")
