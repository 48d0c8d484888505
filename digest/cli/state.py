"""`digest state`: the store to and from a git branch or a folder. Touches disk, git, network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from .options import F, Options, as_json, command, held_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ..pipeline.state import Carried
    from ..store.carriers import Carrier


@click.group()
def state() -> None:
    """
    Carry the store between machines.

    \b
    Example:
      digest state pull && digest fetch && digest build && digest state push
    """


def carrier_options(function: F) -> F:
    """The argument and options that both directions share."""
    for option in (
        click.option("--json", "json_", is_flag=True, help="The report as JSON."),
        click.option("--branch", default="state", show_default=True, help="Of a repository."),
        click.argument("target", default="origin"),
    ):
        function = option(function)
    return function


@state.command()
@carrier_options
@click.option("--force", is_flag=True, help="Replace what is there, whoever put it there.")
@command
def push(options: Options, target: str, branch: str, force: bool, json_: bool) -> None:
    """
    Keep a checked, compact copy of the store at TARGET.

    TARGET is a git remote, the address of a repository (both keep it as a branch of one
    commit), or a folder. What another run has put there since the last pull is not replaced.

    \b
    Example:
      digest state push
      digest state push /mnt/backup/digest
    """
    from ..pipeline.state import push as run

    _carry(options, target, branch, json_, lambda folder, to: run(folder, to, force=force))


@state.command()
@carrier_options
@click.option("--force", is_flag=True, help="Replace the store; it is kept as .before-pull.")
@command
def pull(options: Options, target: str, branch: str, force: bool, json_: bool) -> None:
    """
    Put the copy at TARGET in the store's place.

    Where there is none, or it is broken, this is said and is no failure: content/ knows what
    was published, and the next fetch asks the feeds for the rest.

    \b
    Example:
      digest state pull
      digest state pull git@example.org:me/my-digest.git --branch state
    """
    from ..pipeline.state import pull as run

    _carry(options, target, branch, json_, lambda folder, of: run(folder, of, force=force))


def _carry(
    options: Options,
    target: str,
    branch: str,
    json_: bool,
    run: Callable[[Path, Carrier], Carried],
) -> None:
    from ..store.carriers import carrier

    options.config()  # this is a site
    with held_lock(options, "digest state") as is_ours:
        if not is_ours:
            return
        with carrier(target, options.folder, branch) as at:
            carried = run(options.folder, at)
    if carried.problem:
        click.echo(f"digest: {carried.where}: {carried.problem}", err=True)
    words = _WORDS[carried.outcome].format(where=carried.where, bytes=carried.bytes)
    click.echo(as_json(carried) if json_ else words)


_WORDS = {
    "pushed": "the store is kept at {where}, {bytes:,} bytes",
    "pulled": "the store was taken from {where}, {bytes:,} bytes",
    "unchanged": "nothing to carry: {where} has this store",
    "nothing there": "nothing to take: {where} does not exist yet",
    "broken": "the copy at {where} is not used: the next fetch starts without",
}
