"""
`digest draft`, `render` and `build`: store → content/ → site/ and mail/.

Touches all of them.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from .models import opened_desk
from .network import Address, cluster_of, opened_network, with_cluster
from .options import (
    F,
    Options,
    Routes,
    Time,
    as_json,
    check_slugs,
    clock,
    command,
    count,
    held_lock,
    opened_store,
)
from .outlook import as_told, print_outlook
from .redo import Wanted, run_redo

if TYPE_CHECKING:
    from ..pipeline.past import PastIssues
    from ..pipeline.render import RenderReport
    from ..pipeline.reports import DraftReport, Plan
    from ..pipeline.researching import Outlook
    from ..settings import Config
    from ..store import Store
    from ..types import Chosen


@dataclass(frozen=True, slots=True)
class Job:
    """What `draft` and `build` are asked to do."""

    only: tuple[str, ...] = ()
    """Slugs of digests; all where empty."""
    now: dt.datetime | None = None
    """The time to write for; None for the clock's."""
    offline: bool = False
    plan: bool = False
    clock: Callable[[], dt.datetime] = clock
    routes: Routes | None = None


def draft_options(function: F) -> F:
    """The options that `draft` and `build` share."""
    for option in (
        click.option("--json", "json_", is_flag=True, help="The report as JSON."),
        click.option(
            "--cluster",
            type=Address(),
            metavar="ADDRESS",
            help="Have pages opened by a Dask scheduler's workers (tcp://host:8786) or by local:N.",
        ),
        click.option("--offline", is_flag=True, help="Open no page; use what the store holds."),
        click.option("--as-of", type=Time(), help="Write as if it were this time."),
        click.option(
            "--digest",
            "only",
            multiple=True,
            metavar="SLUG",
            help="Only this digest; may be repeated.",
        ),
    ):
        function = option(function)
    return function


class Part(click.ParamType[str]):
    """A feature's number, `round-ups` or `front`."""

    name = "part"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        if value not in {"round-ups", "front"} and not (value.isdecimal() and int(value) > 0):
            self.fail(f"{value!r}, expected the number of a feature, round-ups or front")
        return str(value)


@click.command()
@draft_options
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Write as at the end of that day; with --redo: the issue of that day.",
)
@click.option(
    "--plan",
    is_flag=True,
    help="Show the choice of stories, or that of the issue that is there; write nothing.",
)
@click.option("--redo", is_flag=True, help="Write the newest issue anew, or that of --date.")
@click.option("--part", type=Part(), help="With --redo: a feature's number, round-ups or front.")
@click.option("--note", default="", metavar="TEXT", help="With --redo: what a model shall mind.")
@click.option("--force", is_flag=True, help="With --redo: also over files that you have edited.")
@command
def draft(
    options: Options,
    only: tuple[str, ...],
    as_of: dt.datetime | None,
    offline: bool,
    cluster: str | None,
    json_: bool,
    day: dt.datetime | None,
    plan: bool,
    redo: bool,
    part: str | None,
    note: str,
    force: bool,
) -> None:
    """
    Write the issues that are due into content/, or one anew.

    \b
    Example:
      digest draft --plan
      digest draft --digest ai-tech --as-of 2026-04-24
      digest draft --redo --part 2 --note "less on pricing"
    """
    config = with_cluster(options.config(), cluster)
    check_slugs(only, [digest.slug for digest in config.digests], "digest")
    if redo:
        if plan or as_of or len(only) > 1:
            raise click.UsageError("--redo takes one --digest, and neither --plan nor --as-of")
        wanted = Wanted(
            only[0] if only else "", day.date() if day else None, part or "", note, force, offline
        )
        _redo(options, config, wanted, json_=json_)
        return
    if part or note or force:
        raise click.UsageError("--part, --note and --force go with --redo")
    as_of = as_of or (_end_of(day.date(), config) if day else None)
    with opened_store(options, "digest draft") as store:
        if store is None:
            return
        reports = run_draft(options, config, store, Job(only, as_of, offline, plan))
    if json_:
        click.echo(as_json([_summary(report) for report in reports]))
    else:
        print_drafts(reports, shows_choice=plan)
    _exit_if_all_dropped(reports)


def _redo(options: Options, config: Config, wanted: Wanted, *, json_: bool) -> None:
    from ..pipeline.reports import DraftReport

    with opened_store(options, "digest draft") as store:
        if store is None:
            return
        done = run_redo(options, config, store, wanted)
    if isinstance(done, DraftReport):
        if json_:
            click.echo(as_json([_summary(done)]))
        else:
            print_drafts((done,))
        _exit_if_all_dropped((done,))
    elif json_:
        click.echo(as_json({"folder": done.folder, "files": done.files}))
    else:
        click.echo(f"{done.folder}: {', '.join(done.files)} written anew")


def _end_of(day: dt.date, config: Config) -> dt.datetime:
    """The last second of a local day, in UTC."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(config.site.timezone)
    return dt.datetime.combine(day, dt.time(23, 59, 59), zone).astimezone(dt.UTC)


@click.command()
@draft_options
@command
def build(
    options: Options,
    only: tuple[str, ...],
    as_of: dt.datetime | None,
    offline: bool,
    cluster: str | None,
    json_: bool,
) -> None:
    """
    Write the issues that are due, prove what was edited, make the site.

    \b
    Example:
      digest fetch && digest build
    """
    config = with_cluster(options.config(), cluster)
    check_slugs(only, [digest.slug for digest in config.digests], "digest")
    with opened_store(options, "digest build") as store:
        if store is None:
            return
        reports, rendered = run_build(options, config, store, Job(only, as_of, offline))
    if json_:
        drafts = [_summary(report) for report in reports]
        click.echo(as_json({"drafts": drafts, "render": rendered}))
    else:
        print_drafts(reports)
        print_render(options, rendered)
    _exit_if_all_dropped(reports)


@click.command()
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def render(options: Options, json_: bool) -> None:
    """
    Make site/ and mail/ from feeds.yaml, content/ and templates/.

    Needs neither network nor store; unchanged pages keep their bytes and dates.

    \b
    Example:
      digest render
    """
    from ..pipeline.render import render as run

    config = options.config()
    with held_lock(options, "digest render") as is_ours:
        if not is_ours:
            return
        report = run(config, options.folder)
    if json_:
        click.echo(as_json(report))
    else:
        print_render(options, report)


def run_draft(
    options: Options,
    config: Config,
    store: Store,
    job: Job,
    past: PastIssues | None = None,
) -> tuple[DraftReport, ...]:
    """Write what is due; a page that a story points to is opened unless `offline`."""
    import asyncio
    from contextlib import AsyncExitStack

    from ..draft import DRAFTERS
    from ..pipeline.draft import draft as run

    progress = options.progress()

    async def work() -> tuple[DraftReport, ...]:
        async with AsyncExitStack() as stack:
            desk = None if job.plan else await opened_desk(stack, options, config, store)
            door = searcher = None
            if not job.offline and not job.plan:
                door, searcher = await opened_network(stack, config, job.clock, job.routes)
            return await run(
                config,
                store,
                options.folder,
                DRAFTERS["extractive"](),
                door,
                now=job.now or job.clock(),
                desk=desk,
                searcher=searcher,
                only=job.only,
                plan_only=job.plan,
                cluster=cluster_of(config, progress.line, job.routes),
                report=progress.say if options.verbose else lambda line: None,
                warn=progress.line,
                past=past,
            )

    return asyncio.run(work())


def run_build(
    options: Options, config: Config, store: Store, job: Job
) -> tuple[tuple[DraftReport, ...], RenderReport]:
    """Draft, verify what changed, render."""
    from ..content.rewriting import recover_all
    from ..pipeline.past import PastIssues
    from ..pipeline.render import render as run
    from ..pipeline.reports import idle

    slugs = [digest.slug for digest in config.digests]
    recover_all(options.folder / "content")
    past = PastIssues(options.folder, slugs)
    now = job.now or job.clock()
    reports = idle(config, store, options.folder, past, now=now, only=job.only)
    if reports is None:
        reports = run_draft(options, config, store, job, past)
    elif config.model is not None:  # a mistake in them is told at any run
        from ..draft.prompts import Prompts

        Prompts(options.folder / "templates" / "prompts").check()
    if any(report.outcome == "written" for report in reports):
        past = PastIssues(options.folder, slugs)
    for line in _verified(config, store, past):
        options.progress().line(line)
    rendered = run(config, options.folder, looked=past.looked)
    past.keep()
    return reports, rendered


def _verified(config: Config, store: Store, past: PastIssues) -> Iterable[str]:
    """A line for each problem of texts that a person has edited."""
    if not any(any(past.unproved(digest.slug)) for digest in config.digests):
        return ()  # half a second of rules that nobody needs
    from ..pipeline.edited import verify_edited

    return verify_edited(config, store, past)


def print_drafts(reports: tuple[DraftReport, ...], *, shows_choice: bool = False) -> None:
    """
    A line for each digest, or its choice of stories.

    Args:
        shows_choice: Where an issue is there already, show what it was chosen from.
    """
    for report in reports:
        issue = report.issue
        if report.plan is not None and report.outcome == "planned":
            from ..pipeline.making import chosen

            click.echo(f"{report.digest}: an issue of {report.plan.window.day}")
            _print_choice([chosen(story) for story in report.plan.stories], report.plan.evidence)
            _print_cost(report.plan)
        elif report.outcome == "not due" and issue is not None and shows_choice:
            click.echo(f"{report.digest}: the issue of {issue.date} was chosen from")
            _print_choice(issue.choice)
        elif report.outcome == "written" and issue is not None:
            click.echo(
                f"{report.digest}: {issue.date} “{issue.front.title}”: "
                f"{count(len(issue.features), 'feature')}, "
                f"{count(len(issue.round_ups), 'round-up')}, "
                f"{count(issue.counts.get('quotes', 0), 'quotation')} proved"
            )
        else:
            click.echo(f"{report.digest}: {_OUTCOMES[report.outcome]}")


_OUTCOMES = {
    "not due": "the current period has its issue",
    "no news": "nothing new since the last issue",
    "all dropped": "an issue was due, but nothing in it could be proved; none was written",
}


def print_render(options: Options, report: RenderReport) -> None:
    written = report.site
    click.echo(
        f"{options.folder / 'site'}: {count(report.issues, 'issue')}, "
        f"{count(written.written + written.unchanged, 'file')}, {written.written} of them changed"
    )
    if not report.search:
        from ..publish.search import EXTRA

        click.echo(f"The site has no search: pip install '{EXTRA}' brings it.")


def _print_cost(plan: Plan) -> None:
    cost = plan.cost
    if cost is None:
        return
    usd = "" if cost.usd is None else f", {cost.usd:.2f} USD"
    click.echo(
        f"\n  cost: about {count(cost.calls, 'call')}, {cost.input:,} tokens in and "
        f"{cost.output:,} out{usd}"
    )
    click.echo(
        f"    with every repair at most {cost.most_calls} calls and {cost.most_tokens:,} tokens; "
        f"the issue's budget is {cost.budget:,}"
    )
    if cost.usd is None:
        click.echo("    model.prices in feeds.yaml has no price for it")


def _print_choice(stories: Sequence[Chosen], evidence: Sequence[Outlook] = ()) -> None:
    outlooks = {each.dossier.story.lead.key: each for each in evidence}
    for story in stories:
        click.echo(f"\n  {story.place}: {story.title or story.url}")
        sources = ", ".join(dict.fromkeys(feed for feed, _ in story.entries))
        parts = " ".join(f"{name} {value:+.2f}" for name, value in story.parts)
        click.echo(f"    from {sources} · score {story.score:.2f} = {parts}")
        if story.theme:
            click.echo(f"    theme: {story.theme}")
        click.echo(f"    {story.reason}")
        if story.entries[0] in outlooks:
            print_outlook(outlooks[story.entries[0]])


def _summary(report: DraftReport) -> dict[str, Any]:
    """What `--json` tells of a digest's turn: not the texts, which lie in content/."""
    out: dict[str, Any] = {
        "digest": report.digest,
        "outcome": report.outcome,
        "folder": report.folder,
    }
    if report.issue is not None and report.outcome == "written":
        issue = report.issue
        out |= {
            "date": issue.date,
            "title": issue.front.title,
            "status": issue.status,
            "features": [feature.title for feature in issue.features],
            "round_ups": [item.title for item in issue.round_ups],
            "counts": dict(issue.counts),
            "usd": round(sum(call.usd or 0.0 for call in issue.calls), 4),
        }
    if report.plan is not None:
        out["stories"] = [
            {
                "place": story.place,
                "title": story.lead.title,
                "url": story.lead.url,
                "feeds": [entry.feed for entry in story.entries],
                "score": round(story.score, 4),
                "parts": {name: round(value, 4) for name, value in story.parts},
                "theme": story.theme,
                "reason": story.reason,
            }
            for story in report.plan.stories
        ]
        out["evidence"] = [as_told(each) for each in report.plan.evidence]
        if report.plan.cost is not None:
            out["cost"] = report.plan.cost
    return out


def _exit_if_all_dropped(reports: tuple[DraftReport, ...]) -> None:
    if any(report.outcome == "all dropped" for report in reports):
        sys.exit(1)
