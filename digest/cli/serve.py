"""`digest serve`: a preview on localhost. Touches disk and a loopback socket."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import Options, command


@click.command()
@click.option(
    "--port", default=8000, show_default=True, help="Port on 127.0.0.1; 0 takes a free one."
)
@command
def serve(options: Options, port: int) -> None:
    """
    Show the site on localhost, drafts too; pages load themselves again as you save.

    \b
    Example:
      digest serve --port 8080
    """
    import tempfile

    from ..pipeline.render import MAIL_SHOWN
    from ..pipeline.render import render as run
    from ..serve import Preview, server

    options.config()  # mistakes are told before a port is opened

    with tempfile.TemporaryDirectory(prefix="digest-preview-") as folder:
        out = Path(folder) / "site"

        def rebuild() -> None:
            run(options.config(), options.folder, out=out, drafts=True)

        preview = Preview(options.folder, rebuild)
        preview.refresh()
        try:
            httpd = server(preview, out, port)
        except OSError as exc:
            click.echo(f"digest: port {port}: {exc.strerror}; expected a free one", err=True)
            sys.exit(1)
        with httpd:
            address = f"http://127.0.0.1:{httpd.server_address[1]}/"
            click.echo(f"{address}  (Ctrl+C ends it)")
            click.echo(f"{address}{MAIL_SHOWN}  shows the newsletters")
            if preview.error:
                click.echo(f"digest: {preview.error}", err=True)
            try:
                httpd.serve_forever()
            except KeyboardInterrupt:
                click.echo("")
