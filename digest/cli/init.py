"""`digest init`: a new site. Touches disk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import DigestError


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Only warnings.")
def init(directory: Path, quiet: bool) -> None:
    """
    Make a new site in DIRECTORY: feeds.yaml, content/, a workflow, .gitignore.

    Nothing that is there already is changed.

    \b
    Example:
      digest init my-site
    """
    from ..starter import write_site

    try:
        written, kept = write_site(directory)
    except DigestError as exc:
        click.echo(f"digest: {exc}", err=True)
        sys.exit(1)
    if quiet:
        return
    for name in written:
        click.echo(f"wrote {directory / name}")
    for name in kept:
        click.echo(f"kept  {directory / name}")
    enter = "" if str(directory) == "." else f"cd {directory} && "
    click.echo(f"\nName your feeds in feeds.yaml, then: {enter}digest fetch && digest build")
