"""
`digest send`: preflight, plan, and with --yes the sending of newsletters.

Touches content/, the store, the environment's secrets and the network.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ..errors import ConfigError, DigestError
from .options import (
    Age,
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
    from ..pipeline.parcels import Parcel
    from ..publish import Mailer
    from ..settings import Config
    from ..store import Store
    from ..types import Finding


@dataclass(frozen=True, slots=True)
class Wish:
    """What `send` is asked to do."""

    issue: str
    yes: bool
    auto: bool
    claim: bool
    to: str
    online: bool
    wait: dt.timedelta
    """So long a page that does not answer is asked again."""
    retry_unknown: bool

    def sends(self, config: Config) -> bool:
        return self.yes or (self.auto and config.newsletter.auto)


@click.command()
@click.argument("issue", default="")
@click.option("--yes", is_flag=True, help="Send it; without this, only preflight and plan.")
@click.option("--auto", is_flag=True, help="As --yes where feeds.yaml says `auto: true`.")
@click.option(
    "--claim",
    is_flag=True,
    help="Write down what --yes or --auto is about to send, and stop; for machines that vanish.",
)
@click.option("--to", default="", metavar="ADDRESS", help="Send it to this address as a test.")
@click.option("--online", is_flag=True, help="Look whether the page and all links answer.")
@click.option(
    "--wait",
    type=Age(),
    default="0m",
    metavar="AGE",
    help="So long (5m) ask for a page that does not answer yet.",
)
@click.option(
    "--retry-unknown",
    is_flag=True,
    help="Also to those of whom nobody knows whether they have got it.",
)
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def send(options: Options, json_: bool, **wish_: Any) -> None:
    """
    Send ISSUE (`ai-tech/2026-04-24`, a digest, a day) by mail.

    Without ISSUE: the newest of each digest, and those of the last two weeks whose sending did
    not come to its end. Prints what preflight finds and what would happen. Each issue goes to each
    reader at most once, over all runs. Refused are drafts, issues not verified since their
    last change, what preflight holds against, and issues whose page does not answer yet. Exit
    status 1 means that something was to be sent and was not.

    On a machine that vanishes after its run, write down first what will be sent, bring content/
    to safety, and send then: a run that is lost in between sends to nobody twice.

    \b
    Example:
      digest send
      digest send --to me@example.org
      digest send ai-tech/2026-04-24 --yes
      digest send --auto --claim && git push && digest send --auto --wait 5m
    """
    wish = Wish(**wish_)
    config = options.config()
    _refuse_misuse(config, wish)
    with opened_store(options, "digest send") as store:
        if store is None:
            return
        results = _run(options, config, store, wish)
    if not results:
        refuse_unknown(wish.issue, _names(options, config))
    tell(results, _print, is_json=json_)
    if any(result["failed"] for result in results):
        sys.exit(1)


def _refuse_misuse(config: Config, wish: Wish) -> None:
    from ..publish.message import is_address

    if wish.retry_unknown and not wish.yes:
        raise click.BadParameter("is for a person to decide: expected --yes beside it")
    if wish.claim and not (wish.yes or wish.auto):
        raise click.UsageError("--claim is the first half of a sending; expected --yes or --auto")
    if config.newsletter.via == "none" and (wish.yes or wish.to):
        raise ConfigError("feeds.yaml", "newsletter.via is `none`, expected a way to send")
    if wish.to and not is_address(wish.to):
        raise click.BadParameter(f"{wish.to!r}, expected an address of mail", param_hint="--to")


def _names(options: Options, config: Config) -> list[str]:
    """Of the issues that may be sent: without any, an empty list is no mistake."""
    from .. import content
    from ..pipeline.owed import key_of

    folder = options.folder / "content"
    heads = [head for digest in config.digests for head in content.read_heads(folder, digest.slug)]
    return [key_of(head) for head in heads if head.status == "published"]


def _run(options: Options, config: Config, store: Store, wish: Wish) -> list[dict[str, Any]]:
    import asyncio

    from ..pipeline.parcels import pack

    # A claim needs neither the list nor a secret.
    mailer = None if wish.claim else _mailer(options, config)
    results = []
    for parcel in pack(config, store, options.folder, mailer, wish.issue):
        is_open = not parcel.is_sent or wish.retry_unknown
        findings, refusals = list(parcel.findings), list(parcel.refusals)
        is_sending = wish.sends(config) and is_open and not refusals and not wish.claim
        if wish.online or is_sending:
            dead, more = asyncio.run(_online(config, parcel, wish))
            findings += more
            refusals += dead
        result = _result(config, parcel, findings, refusals)
        if wish.claim:
            _claim(result, config, parcel, store, wish)
        elif wish.to or wish.sends(config):
            assert mailer is not None
            _act(result, parcel, mailer, store, wish, refusals)
        result["recipients"] = store.deliveries.counts(parcel.issue)
        result["reasons"] = store.deliveries.reasons(parcel.issue)
        results.append(result)
    return results


def _claim(
    result: dict[str, Any], config: Config, parcel: Parcel, store: Store, wish: Wish
) -> None:
    """Claim what may be sent; what may not, the sending itself will fail over."""
    from ..pipeline.send import claim

    if not wish.sends(config):
        result["done"] = "nothing to claim: feeds.yaml does not say `auto: true`"
    elif result["refused"]:
        result["done"] = "not claimed"
    elif claim(parcel, config.newsletter.via, store, now=clock):
        result["state"], result["done"] = "sending", "claimed"
    else:
        result["done"] = "needs no claim"


def _mailer(options: Options, config: Config) -> Mailer | None:
    from ..publish import MAILERS

    if config.newsletter.via == "none":
        return None
    return MAILERS[config.newsletter.via](config.newsletter, os.environ, options.folder)


def _result(
    config: Config, parcel: Parcel, findings: Sequence[Finding], refusals: Sequence[str]
) -> dict[str, Any]:
    return {
        "issue": parcel.issue,
        "subject": parcel.message.subject,
        "via": config.newsletter.via,
        "list": parcel.recipients,
        "bytes": len(parcel.message.html.encode()),
        "state": parcel.known.state if parcel.known else "",
        "findings": findings,
        "refused": refusals,
        "done": "",
        "failed": "",
    }


def _act(
    result: dict[str, Any],
    parcel: Parcel,
    mailer: Mailer,
    store: Store,
    wish: Wish,
    refusals: Sequence[str],
) -> None:
    """Send a test or the issue; what went wrong becomes part of the result."""
    from ..pipeline.send import send as deliver
    from ..pipeline.send import send_test

    try:
        if wish.to:
            send_test(parcel, mailer, store, wish.to, now=clock)
            result["done"] = "sent as a test"
        elif parcel.is_sent and not wish.retry_unknown:
            result["done"] = "was sent before; nothing done"
        elif refusals:
            result["failed"] = "not sent"
        else:
            delivery = deliver(parcel, mailer, store, now=clock, retry_unknown=wish.retry_unknown)
            result["state"] = delivery.state
            result["done"] = "sent" if delivery.state == "sent" else ""
            if delivery.state != "sent":
                result["failed"] = "not everybody was sent to; the next run goes on"
    except ConfigError:
        raise
    except DigestError as exc:
        result["failed"] = str(exc)


async def _online(config: Config, parcel: Parcel, wish: Wish) -> tuple[list[str], list[Finding]]:
    """Why the issue's page cannot be linked to yet, and which links are dead."""
    import asyncio

    from ..fetch.door import Door
    from ..publish.preflight import links_of
    from ..types import Finding

    message, until = parcel.message, clock() + wish.wait
    links = links_of(message) if wish.online else ()
    pages = dict.fromkeys(link.partition("#")[0] for link in links)
    wanted = [link for link in pages if link.startswith("http") and link != message.url]
    async with Door(config.network, user_agent=user_agent(config), now=clock) as door:
        page, *others = await asyncio.gather(*(door.get(url) for url in (message.url, *wanted)))
        while page.error and clock() < until:
            await asyncio.sleep(min(PAUSE_S, (until - clock()).total_seconds()))
            page = await door.get(message.url)
    refused = [f"its page does not answer: {page.error}"] if page.error else []
    dead = [Finding("warning", "links", str(other.error)) for other in others if other.error]
    return refused, dead


PAUSE_S = 15.0
"""Between two looks at a page that is being published."""


def _print(result: Mapping[str, Any]) -> None:
    click.echo(f"{result['issue']} “{result['subject']}”, {result['bytes']:,} bytes of HTML")
    if result["via"] == "none":
        click.echo("  by no way yet: feeds.yaml has no `newsletter.via`")
    else:
        who = "the provider's list" if result["list"] is None else count(result["list"], "reader")
        click.echo(f"  by {result['via']} to {who}")
    for finding in result["findings"]:
        click.echo(f"  {finding.level}  {finding.check}: {finding.words}")
    if result["recipients"]:
        counts = ", ".join(f"{n} {state}" for state, n in result["recipients"].items())
        click.echo(f"  so far: {counts}")
    for words, number in result["reasons"]:
        click.echo(f"    {number} × {words}")
    if result["recipients"].get("unknown"):
        click.echo("    unknown: may have got it; --retry-unknown --yes sends it to them again")
    for words in result["refused"]:
        click.echo(f"  may not be sent: {words}")
    if result["failed"]:
        click.echo(f"digest: {result['issue']}: {result['failed']}", err=True)
    else:
        click.echo(f"  {result['done'] or _next_step(result)}")


def _next_step(result: Mapping[str, Any]) -> str:
    if result["state"] == "sent":
        return "was sent before"
    state = f" (its sending is “{result['state']}”)" if result["state"] else ""
    return f"nothing was sent{state}; --to ADDRESS sends a test, --yes sends it"
