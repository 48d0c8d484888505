"""
What would be sent: issues made ready as messages, looked at, and how far each has come.

Touches content/ and the store, changes neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import content
from ..publish import Mailer
from ..publish.preflight import preflight
from ..publish.recipients import Recipients
from ..render import environment, messages
from ..settings import Config
from ..store import Store
from ..types import Delivery, Finding, Head, Issue, Message, Publication
from .owed import key_of, known, owed


@dataclass(frozen=True, slots=True)
class Parcel:
    """An issue on its way out."""

    issue: str
    """`<digest>/<date>`."""
    folder: Path
    message: Message
    known: Delivery | None
    """How far its sending has come; None where it never began."""
    findings: tuple[Finding, ...]
    refusals: tuple[str, ...]
    """Why it may not be sent to the list; empty where it may."""
    recipients: int | None
    """How many the list has; None where the provider keeps it."""

    @property
    def is_sent(self) -> bool:
        return self.known is not None and self.known.state == "sent"


def pack(
    config: Config, store: Store, site: Path, mailer: Mailer | None, wanted: str = ""
) -> Iterator[Parcel]:
    """
    Make what would be sent ready, and look at it.

    Args:
        mailer: The way out; None where feeds.yaml names none.
        wanted: `ai-tech/2026-04-24`, a digest's slug for its newest issue, or a day; empty
            for what each digest owes its readers: see `owed`.

    Yields:
        The parcels, in the order of feeds.yaml; nothing where no issue has that name.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: A template is wrong, or the list cannot be read.
    """
    people = mailer.recipients() if mailer else None
    folder = site / "content"
    for digest in config.digests:
        heads = content.read_heads(folder, digest.slug)
        for head in _chosen(config, store, folder, heads, digest.slug, wanted):
            yield _parcel(config, store, site, _with_past(folder, heads, head), people)


def _chosen(
    config: Config, store: Store, folder: Path, heads: tuple[Head, ...], slug: str, wanted: str
) -> tuple[Head, ...]:
    if not wanted:
        return owed(heads, store, folder, catch_up=config.newsletter.auto)
    if wanted == slug:
        return heads[-1:]
    return tuple(head for head in heads if wanted in {head.date.isoformat(), key_of(head)})


def _with_past(folder: Path, heads: tuple[Head, ...], head: Head) -> tuple[Issue, ...]:
    """
    An issue, and what its message tells of earlier ones: the one before, and corrected ones.

    To read an issue whole takes long, and there may be thousands.
    """
    before = [other for other in heads if other.date < head.date and other.status == "published"]
    read = [head, *before[-1:], *(other for other in before[:-1] if other.corrections)]
    return tuple(content.read_issue(folder / key_of(each), each.digest) for each in read)


def _parcel(
    config: Config,
    store: Store,
    site: Path,
    issues: tuple[Issue, ...],
    people: Recipients | None,
) -> Parcel:
    issue, *before = issues
    key = key_of(issue)
    folder = site / "content" / key
    message = _message(config, site, issue, before)
    findings = (
        *preflight(message, needs_way_out=people is not None),
        *_about_list(people),
    )
    delivery = known(store, folder, key)
    return Parcel(
        key,
        folder,
        message,
        delivery,
        findings,
        tuple(_refusals(config, issue, folder, findings, delivery)),
        len(people.addresses) if people else None,
    )


def _message(config: Config, site: Path, issue: Issue, before: Sequence[Issue]) -> Message:
    """The issue as mail, a draft too: whether it may leave is another question."""
    shown = Publication((replace(issue, status="published"), *before))
    env = environment(site / "templates", language=config.site.language)
    return next(messages(shown, config, env))


def _about_list(people: Recipients | None) -> Iterator[Finding]:
    if people is None:
        return
    if not people.addresses:
        yield Finding("error", "list", "names nobody")
    if people.wrong:
        lines = ", ".join(map(str, people.wrong[:10])) + (" …" if len(people.wrong) > 10 else "")
        yield Finding("warning", "list", f"no address in line {lines}")
    if people.doubled:
        yield Finding("warning", "list", f"names {people.doubled} a second time; each gets one")


def _refusals(
    config: Config,
    issue: Issue,
    folder: Path,
    findings: tuple[Finding, ...],
    delivery: Delivery | None,
) -> Iterator[str]:
    if issue.status == "draft":
        yield "it is a draft; set `status: published` in its issue.md"
    if changed := content.unverified(folder):
        yield f"not verified since the last change: {', '.join(changed)}; run `digest build`"
    if errors := sum(finding.level == "error" for finding in findings):
        yield f"preflight found {errors} error" + ("s" if errors > 1 else "")
    via = config.newsletter.via
    is_open = delivery is not None and delivery.state in {"sending", "unknown"}
    if delivery is not None and is_open and via not in {"none", delivery.via}:
        yield f"its sending by {delivery.via} is {delivery.state}"
