"""`digest verify`: prove published issues again. Touches store and content/, online the network."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from .check import print_problems
from .options import Options, as_json, command, count, opened_store

if TYPE_CHECKING:
    from ..pipeline.proving import FileProof
    from ..pipeline.verify import IssueProof
    from ..settings import Config


@click.command()
@click.argument("issue", default="all")
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def verify(options: Options, issue: str, json_: bool) -> None:
    """
    Prove published issues again from the store, texts that you have edited too.

    ISSUE is one (ai-tech/2026-04-24), a digest, a day, or all. What is not proved is told
    with its place; one issue, or -v, shows each footnote, sentence, number and name. The
    outcome is kept in evidence.json for the evidence page. Exit status 1 means errors.

    \b
    Example:
      digest verify
      digest verify ai-tech/2026-04-24
    """
    from ..pipeline.verify import verify as run

    config = options.config()
    with opened_store(options, "digest verify") as store:
        if store is None:
            return
        proofs = tuple(run(config, store, options.folder, issue))
    if not proofs:
        _refuse_unknown(options, config, issue)
    if json_:
        click.echo(as_json(proofs))
    else:
        for proof in proofs:
            _print(proof, each=options.verbose or (len(proofs) == 1 and not options.quiet))
    if not all(proof.is_proved for proof in proofs):
        sys.exit(1)


def _refuse_unknown(options: Options, config: Config, issue: str) -> None:
    from ..pipeline.verify import issue_names

    names = issue_names(config, options.folder)
    if not names and issue == "all":
        click.echo("digest: there is no issue yet", err=True)
        return
    expected = f"one such as {names[-1]}, a digest, a day, or all" if names else "one that exists"
    raise click.BadParameter(f"no issue {issue!r} in content/, expected {expected}")


def _print(proof: IssueProof, *, each: bool) -> None:
    items = (item for file in proof.files for item in file.items)
    states: Counter[tuple[str, str]] = Counter((item.state, item.kind) for item in items)
    parts = [
        f"{state}: " + ", ".join(count(n, kind) for kind in KINDS if (n := states[state, kind]))
        for state in ("proved", "not proved", "document missing")
        if any(states[state, kind] for kind in KINDS)
    ]
    click.echo(f"{proof.digest}/{proof.date}: {'; '.join(parts) or 'nothing to prove'}")
    for file in proof.files:
        _print_file(file, each=each)


KINDS = ("footnote", "sentence", "number", "name")


def _print_file(file: FileProof, *, each: bool) -> None:
    shown = [item for item in file.items if each or item.state != "proved"]
    if not (shown or file.problems):
        return
    click.echo(f"  {file.name}")
    for item in shown:
        place = f"  ({_short(item.where)})" if item.where else ""
        click.echo(f"    {item.state:<16}  {item.kind:<8}  {_short(item.text)}{place}")
    print_problems("error", file.problems, indent="    ")
    if each:
        print_problems("warning", file.warnings, indent="    ")


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
