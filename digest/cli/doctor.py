"""`digest doctor`: what may be wrong around a site. Reads all of it, changes nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from .options import Options, as_json, clock, command, user_agent

if TYPE_CHECKING:
    from ..pipeline.doctor import Finding
    from ..settings import Config


@click.command()
@click.option(
    "--online", is_flag=True, help="Ask feeds' hosts and models' servers whether they answer, too."
)
@click.option("--json", "json_", is_flag=True, help="The findings as JSON.")
@command
def doctor(options: Options, online: bool, json_: bool) -> None:
    """
    Look at versions, disk, lock, store, content/, keys, models and clock; exit 1 if one is broken.

    \b
    Example:
      digest doctor
      digest doctor --online
    """
    from ..pipeline.doctor import examine

    config = options.config()
    findings = list(examine(config, options.folder, now=clock(), environment=os.environ))
    if online:
        findings += _hosts(config)
    if json_:
        click.echo(as_json(findings))
    else:
        width = max(len(finding.what) for finding in findings)
        for finding in findings:
            sign = {"ok": "ok     ", "warning": "warning", "error": "error  "}[finding.level]
            click.echo(f"{sign}  {finding.what:<{width}}  {finding.says}")
    if any(finding.level == "error" for finding in findings):
        sys.exit(1)


def _hosts(config: Config) -> tuple[Finding, ...]:
    import asyncio

    from ..fetch.door import Door
    from ..pipeline.doctor import ask_hosts, ask_models

    async def work() -> tuple[Finding, ...]:
        async with Door(config.network, user_agent=user_agent(config), now=clock) as door:
            hosts = await ask_hosts(config, door, clock)
        return (*hosts, *await ask_models(config, now=clock(), environment=os.environ))

    return asyncio.run(work())
