"""
The command line: `digest COMMAND`.

Reads arguments, environment and clock, prints, sets the exit status; decides nothing.
Results go to stdout, progress and warnings to stderr. A command imports the steps when it
runs: `digest --help` costs what Python and click cost.

Exit status: 0 done, or nothing to do; 1 what went wrong outside (all feeds failed, nothing
provable); 2 misuse, or a mistake in feeds.yaml or content/.
"""

from __future__ import annotations

import click

from .. import __version__
from .check import check
from .demo import demo
from .doctor import doctor
from .draft import build, draft, render
from .extract import extract
from .feeds import feeds
from .fetch import fetch
from .init import init
from .prune import prune
from .send import send
from .serve import serve
from .state import state
from .status import status
from .summary import summary
from .verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
def main() -> None:
    """
    Turn feeds into a publication in which every statement can be checked.

    A site is a folder with a feeds.yaml. What is read is kept in digest.db, what is written
    in content/ as Markdown that you may edit, what is published in site/ and mail/.

    \b
    Example:
      digest init my-site
      cd my-site
      digest fetch && digest build
      digest serve
    """


for _command in (
    init,
    feeds,
    fetch,
    draft,
    render,
    build,
    extract,
    check,
    verify,
    send,
    serve,
    status,
    doctor,
    state,
    prune,
    summary,
    demo,
):
    main.add_command(_command)
