"""`digest demo`: the whole job on bundled feeds. Touches disk and loopback sockets."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from ..errors import DigestError, PublishError
from .draft import Job, print_drafts, print_render, run_build
from .fetch import print_fetch, run_fetch
from .options import Options, opened_store


@click.command()
@click.argument("directory", default="demo", type=click.Path(file_okay=False, path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="A line for each thing done.")
@click.option("-q", "--quiet", is_flag=True, help="Only warnings and results.")
def demo(directory: Path, verbose: bool, quiet: bool) -> None:
    """
    Do the whole job on bundled feeds, offline and without a key, in DIRECTORY (./demo).

    A small web of invented publishers is served on loopback and fetched over real HTTP:
    one of its feeds is out of order and one of its pages is gone, as in life.

    \b
    Example:
      digest demo && digest serve -C demo
    """
    options = Options(directory, verbose, quiet)
    try:
        _run(options)
    except DigestError as exc:
        click.echo(f"digest: {exc}", err=True)
        sys.exit(1)


def _run(options: Options) -> None:
    from ..demo import NOW, serve

    _write_files(options.folder)
    config = options.config()

    def now() -> dt.datetime:
        return NOW

    with serve() as routes, opened_store(options, "digest demo") as store:
        if store is None:
            return
        click.echo(
            f"Fetching {len(config.feeds)} feeds of an invented web, over HTTP on loopback …"
        )
        print_fetch(run_fetch(options, config, store, force=True, now=now, routes=dict(routes)))
        job = Job(now=NOW, clock=now, routes=dict(routes))
        reports, rendered = run_build(options, config, store, job)
        print_drafts(reports)
        print_render(options, rendered)
    click.echo(
        f"\nThe issues lie in {options.folder / 'content'} as Markdown, the site in "
        f"{options.folder / 'site'}, the newsletters in {options.folder / 'mail'}."
        f"\nLook at it:  digest serve -C {options.folder}"
    )


def _write_files(folder: Path) -> None:
    """The demo's own files; a folder with another site in it is left alone."""
    from ..demo import feeds_yaml, site_files

    path = folder / "feeds.yaml"
    try:
        if path.exists() and path.read_text("utf-8") != feeds_yaml():
            raise PublishError(
                str(path), "belongs to another site; expected an empty folder, or the demo's own"
            )
        for name, text in site_files().items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.write_text(text, "utf-8", newline="\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise PublishError(str(folder), f"cannot be written: {exc}") from exc
