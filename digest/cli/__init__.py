"""
The command line: `digest COMMAND`.

Reads arguments, environment and clock, prints, sets the exit status; decides nothing.
Results go to stdout, progress and warnings to stderr. A command's module is imported when the
command runs, and the steps by it: `digest --help` costs what Python and click cost.

Exit status: 0 done, or nothing to do; 1 what went wrong outside (all feeds failed, nothing
provable); 2 misuse, or a mistake in feeds.yaml or content/.
"""

from __future__ import annotations

from importlib import import_module

import click

from .. import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a new site: feeds.yaml, content/, a workflow."),
    "feeds": ("feeds", "Find, add, list, check, import and export feeds."),
    "fetch": ("fetch", "Poll the feeds that are due and keep what they bring."),
    "draft": ("draft", "Write the issues that are due into content/, or one anew."),
    "render": ("draft", "Make site/ and mail/ from content/ and templates/."),
    "build": ("draft", "Draft what is due, prove what was edited, render."),
    "extract": ("extract", "Show what is read from pages, and why."),
    "check": ("check", "Check a draft's claims against a folder of sources."),
    "verify": ("verify", "Prove published issues again from the store."),
    "send": ("send", "Send an issue by mail, at most once."),
    "serve": ("serve", "Show the site on localhost; pages reload as you save."),
    "status": ("status", "Show feeds' health, what waits, what models have cost."),
    "doctor": ("doctor", "Look at versions, disk, lock, store, keys and clock."),
    "state": ("state", "Carry the store between machines."),
    "prune": ("prune", "Drop what no issue needs any more."),
    "summary": ("summary", "Put what `--json` of a run said into Markdown."),
    "demo": ("demo", "Do the whole job on bundled feeds, offline, with no key."),
}
"""Name → its module here, and the line that `digest --help` has for it."""


class Commands(click.Group):
    """Those above, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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
