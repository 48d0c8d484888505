"""`digest verify`: prove published issues again. Touches store and content/, online the network."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from .check import print_problems
from .options import (
    Options,
    clock,
    command,
    count,
    opened_store,
    refuse_unknown,
    tell,
    user_agent,
)

if TYPE_CHECKING:
    from ..pipeline.online import PageReport
    from ..pipeline.proof import FileProof
    from ..pipeline.verify import IssueProof
    from ..settings import Config
    from ..store import Store
    from ..types import Correction


@dataclass(frozen=True, slots=True)
class Job:
    """What `verify` is asked to do."""

    issue: str
    online: bool
    correct: bool
    text: str
    """The correction, in the user's words."""
    file: str


@click.command()
@click.argument("issue", default="all")
@click.option("--online", is_flag=True, help="Open the cited pages: same, changed or gone?")
@click.option("--correct", is_flag=True, help="Add a dated correction for what was found.")
@click.option("--text", default="", help="The correction in your own words; needs --correct.")
@click.option("--file", default="", metavar="NAME", help="The file that --text is about.")
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def verify(options: Options, json_: bool, **job_: Any) -> None:
    """
    Prove published issues again from the store, texts that you have edited too.

    ISSUE is one (ai-tech/2026-04-24), a digest, a day, or all. What is not proved is told
    with its place; one issue, or -v, shows each footnote, sentence, number and name. The
    outcome is kept in evidence.json for the evidence page. Exit status 1 means errors.

    --online opens the cited pages again and says which have changed or are gone, and
    which quotations no longer stand there; that alone is no error. --correct adds dated
    corrections to issue.md, which page, feed and the next newsletter show; it changes no
    other word. Mend the text itself in your editor.

    \b
    Example:
      digest verify
      digest verify ai-tech/2026-04-24 --online
      digest verify ai-tech/2026-04-24 --correct --text "The price is $3, not $4."
    """
    from ..pipeline.verify import issue_names

    job = Job(**job_)
    _refuse_misuse(job)
    config = options.config()
    with opened_store(options, "digest verify") as store:
        if store is None:
            return
        proofs = _run(options, config, store, job)
    if not proofs:
        refuse_unknown(job.issue, issue_names(config, options.folder), "or all")
    each = options.verbose or (len(proofs) == 1 and not options.quiet)
    tell(proofs, partial(_print, each=each), is_json=json_)
    if not all(proof.is_proved for proof in proofs):
        sys.exit(1)


def _refuse_misuse(job: Job) -> None:
    if job.text.strip() and not job.correct:
        raise click.UsageError("--text is the words of a correction; expected --correct with it")
    if job.file and not job.text.strip():
        raise click.UsageError("--file says what --text is about; expected --text with it")


def _run(options: Options, config: Config, store: Store, job: Job) -> tuple[IssueProof, ...]:
    from ..pipeline.verify import correct
    from ..pipeline.verify import verify as run

    proofs = tuple(run(config, store, options.folder, job.issue))
    own = _own(job, proofs, config)
    if job.online:
        proofs = _online(options, config, store, proofs)
    if job.correct:
        proofs = tuple(correct(proofs, options.folder, _today(config), own))
    return proofs


def _own(job: Job, proofs: Sequence[IssueProof], config: Config) -> Correction | None:
    """A correction in the user's words, for one issue."""
    if not job.text.strip() or not proofs:
        return None
    if len(proofs) > 1:
        raise click.UsageError(
            f"--text corrects one issue, and {job.issue!r} names {len(proofs)}; "
            f"expected one such as {proofs[-1].digest}/{proofs[-1].date}"
        )
    names = [file.name for file in proofs[0].files]
    if job.file and job.file not in names:
        raise click.BadParameter(
            f"no file {job.file!r} in the issue, expected one of {', '.join(names)}",
            param_hint="--file",
        )
    from ..types import Correction

    return Correction(_today(config), job.file, job.text.strip())


def _today(config: Config) -> dt.date:
    return clock().astimezone(ZoneInfo(config.site.timezone)).date()


def _online(
    options: Options, config: Config, store: Store, proofs: Sequence[IssueProof]
) -> tuple[IssueProof, ...]:
    """Open the cited pages, with a line on stderr for each that was opened."""
    import asyncio

    from ..fetch.door import Door
    from ..pipeline.online import Online
    from ..pipeline.verify import compare
    from ..pipeline.workers import Workers

    progress = options.progress()

    async def work() -> tuple[IssueProof, ...]:
        agent = user_agent(config)
        async with (
            Door(config.network, user_agent=agent, now=clock) as door,
            Workers() as workers,
        ):
            online = Online(config, store, door, progress.say, workers)
            return await compare(proofs, options.folder, online)

    return asyncio.run(work())


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
    for page in proof.pages:
        _print_page(page)
    for item in proof.corrections:
        click.echo(f"  corrected {item.file or 'the issue'}: {item.text}")


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


def _print_page(page: PageReport) -> None:
    detail = page.reason
    if page.state == "changed":
        standing = len(page.cited) - len(page.lost)
        detail = f"{standing} of {count(len(page.cited), 'quotation')} still there"
    click.echo(f"  {page.state:<11}  {page.url}" + (f"  ({detail})" if detail else ""))
    for quote in page.lost if page.state == "changed" else ():
        place = f"{quote.file}, {quote.label}" if quote.label else quote.file
        click.echo(f"      gone: {_short(quote.text)}  ({place})")


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
