"""Sending: each issue once, whatever is lost on the way."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest import content
from digest.errors import ContentError, PublishError
from digest.pipeline import parcels as parcels_module
from digest.pipeline.parcels import pack
from digest.pipeline.send import claim, send, send_test
from digest.publish.message import recipient_hash
from digest.publish.smtp import SmtpMailer
from digest.settings import Config
from digest.store import FILE
from digest.types import Delivery, Message
from tests.pipeline.outgoing import (
    KEY,
    NOW,
    READERS,
    by_provider,
    by_smtp,
    mailer_of,
    make_site,
    opened,
    packed,
)
from tests.publish.mail_server import Post, mail_server
from tests.publish.providers import Buttondown, Listmonk, Provider, serving


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def config(post: Post) -> Iterator[Config]:
    with mail_server(post) as port:
        yield by_smtp(port)


@pytest.fixture(params=[Buttondown, Listmonk], ids=lambda kind: kind.__name__.lower())
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    with serving(request.param()) as running:
        yield running


@pytest.fixture
def at_provider(provider: Provider) -> Config:
    return by_provider(type(provider).__name__.lower(), provider.url)


def run(config: Config, site: Path, **options: Any) -> Delivery:
    """What `digest send --yes` does with one issue."""
    mailer = mailer_of(config, site)
    with opened(site) as store:
        parcel = packed(config, store, site, mailer)
        assert parcel.refusals == ()
        return send(parcel, mailer, store, now=lambda: NOW, **options)


def forget(site: Path) -> None:
    """Lose the database."""
    for path in site.glob(f"{FILE}*"):
        path.unlink()


# ------------------------------------------------------------------------------ at most once


def test_a_second_run_sends_nothing(config: Config, post: Post, site: Path) -> None:
    for _ in range(2):
        assert run(config, site).state == "sent"
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)


def test_a_lost_database_sends_nothing_again(config: Config, post: Post, site: Path) -> None:
    """sent.json says that it is done; and says nothing of who got it."""
    run(config, site)
    forget(site)
    assert run(config, site).state == "sent"
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)
    text = (site / "content" / KEY / "sent.json").read_text()
    assert '"state": "sent"' in text
    assert not any(reader in text for reader in READERS)


def test_lost_in_the_middle_is_for_a_person(config: Config, post: Post, site: Path) -> None:
    """Without the ledger of a sending that was under way nobody knows who has got it."""
    run(config, site)
    folder = site / "content" / KEY
    kept = content.read_sent(folder)
    assert kept is not None
    content.write_sent(folder, replace(kept, state="sending"))
    forget(site)
    with pytest.raises(PublishError, match="unknown"):
        run(config, site)
    assert len(post.mails) == len(READERS)
    assert run(config, site, retry_unknown=True).state == "sent"
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 2)


def test_addresses_are_in_no_file_of_ours(config: Config, post: Post, site: Path) -> None:
    """The database knows readers as hashes, and a server's reason without the address."""
    post.before = lambda step, address: (
        f"550 <{address}> unknown" if step == "RCPT" and address == READERS[0] else None
    )
    run(config, site)
    for path in site.rglob("*"):
        if path.is_file() and path.name != "subscribers.csv":
            body = path.read_bytes()
            assert not any(reader.encode() in body for reader in READERS), path


def test_who_joins_later_is_not_sent_an_old_issue(config: Config, post: Post, site: Path) -> None:
    """An issue that was sent stays so, also when a person looks after the unknown ones."""
    post.lose_reply_to = {READERS[0]}
    run(config, site)
    post.lose_reply_to = set()
    with (site / "subscribers.csv").open("a") as file:
        file.write("late@mail.example\n")
    run(config, site)
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)
    run(config, site, retry_unknown=True)
    assert Counter(post.addresses()) == {READERS[0]: 2, READERS[1]: 1, READERS[2]: 1}


def test_refused_for_now_goes_on_with_the_next_run(
    config: Config, post: Post, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state stays "sending" until nobody waits; then only those who wait are sent to."""
    monkeypatch.setattr("digest.publish.smtp.RETRY_PAUSES_S", (0.0,))
    post.before = lambda step, address: (
        "451 later" if step == "RCPT" and address == READERS[1] else None
    )
    assert run(config, site).state == "sending"
    post.before = lambda step, address: None
    assert run(config, site).state == "sent"
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)


# ------------------------------------------------------------------------------ claims


def claimed(config: Config, site: Path) -> bool:
    """`digest send --auto --claim`, which needs no mailer."""
    with opened(site) as store:
        (parcel,) = pack(config, store, site, None, KEY)
        return claim(parcel, config.newsletter.via, store, now=lambda: NOW)


def test_a_claim_is_gone_through_with(config: Config, post: Post, site: Path) -> None:
    """The machine that has claimed an issue sends it, once."""
    assert claimed(config, site)
    assert post.mails == []
    assert run(config, site).state == "sent"
    assert not claimed(config, site)
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)


@pytest.mark.parametrize("has_sent_before", [False, True], ids=["at first", "going on"])
def test_a_machine_that_vanished_is_for_a_person(
    config: Config,
    post: Post,
    site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_sent_before: bool,
) -> None:
    """Its claim is in content/, its store is not: who has got it, nobody can tell."""
    monkeypatch.setattr("digest.publish.smtp.RETRY_PAUSES_S", (0.0,))
    if has_sent_before:  # to some; the store of that run was kept
        post.before = lambda step, who: (
            "451 later" if step == "RCPT" and who == READERS[1] else None
        )
        assert run(config, site).state == "sending"
        post.before = lambda step, who: None
    kept = tmp_path / "kept.db"
    with opened(site):
        pass
    shutil.copy(site / FILE, kept)
    later = NOW + dt.timedelta(days=1)
    with opened(site) as store:
        (parcel,) = pack(config, store, site, None, KEY)
        assert claim(parcel, "smtp", store, now=lambda: later)
    run(config, site)
    sent_json = site / "content" / KEY / "sent.json"
    lost = content.read_sent(sent_json.parent)
    assert lost is not None
    content.write_sent(sent_json.parent, replace(lost, state="sending", at=later))
    forget(site)
    shutil.copy(kept, site / FILE)
    with pytest.raises(PublishError, match="unknown"):
        run(config, site)
    assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)


def test_who_can_be_asked_needs_no_claim(
    provider: Provider, at_provider: Config, site: Path
) -> None:
    assert not claimed(at_provider, site)
    assert not (site / "content" / KEY / "sent.json").exists()


# ------------------------------------------------------------------------------ providers


@pytest.mark.parametrize("fault", ["lost", "500 after"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "GET"])
def test_a_lost_reply_makes_nothing_twice(
    provider: Provider, at_provider: Config, site: Path, method: str, fault: str
) -> None:
    """One draft, one mail for each reader, also where the run has to be repeated."""
    provider.faults = [(method, "/", fault)]
    for _ in range(3):
        try:
            run(at_provider, site)
        except PublishError:
            continue
    assert len(provider.items) == 1
    assert Counter(who for who, _ in provider.inbox) == dict.fromkeys(provider.readers, 1)


def test_a_lost_database_and_record_are_found_at_the_provider(
    provider: Provider, at_provider: Config, site: Path
) -> None:
    """The provider knows the issue by our key, so that not even that sends it again."""
    run(at_provider, site)
    forget(site)
    (site / "content" / KEY / "sent.json").unlink()
    assert run(at_provider, site).state == "sent"
    assert len(provider.inbox) == len(provider.readers)


def test_what_vanished_at_the_provider_is_for_a_person(
    provider: Provider, at_provider: Config, site: Path
) -> None:
    """It was being sent and is not there any more: somebody deleted it, sent or not."""
    run(at_provider, site)
    folder = site / "content" / KEY
    kept = content.read_sent(folder)
    assert kept is not None
    forget(site)
    content.write_sent(folder, replace(kept, state="sending"))
    provider.items.clear()
    for _ in range(2):
        with pytest.raises(PublishError, match="unknown"):
            run(at_provider, site)
    assert provider.items == {}


def test_another_way_out_does_not_send_it_again(
    config: Config, provider: Provider, at_provider: Config, site: Path
) -> None:
    run(config, site)
    assert run(at_provider, site).via == "smtp"
    assert provider.requests == []


def test_a_test_leaves_a_draft(provider: Provider, at_provider: Config, site: Path) -> None:
    """A trial goes to one address; the issue is not sent by it, and can be afterwards."""
    mailer = mailer_of(at_provider, site)
    with opened(site) as store:
        parcel = packed(at_provider, store, site, mailer)
        send_test(parcel, mailer, store, "me@small.example", now=lambda: NOW)
    assert [who for who, _ in provider.tests] == ["me@small.example"]
    assert provider.inbox == []
    assert run(at_provider, site).state == "sent"
    assert len(provider.items) == 1


# ------------------------------------------------------------------------------ refusals


def test_what_may_not_be_sent_says_why(config: Config, site: Path) -> None:
    """A draft, a text changed since it was verified, an error of preflight, an empty list."""
    folder = site / "content" / KEY
    issue = folder / "issue.md"
    issue.write_text(issue.read_text().replace("status: published", "status: draft"))
    (path,) = folder.glob("1-*.md")
    path.write_text(path.read_text() + "\nMore.\n")
    (site / "subscribers.csv").write_text("email\nnot an address\n")
    mailer = mailer_of(config, site)
    with opened(site) as store:
        parcel = packed(config, store, site, mailer)
    said = "; ".join(parcel.refusals)
    assert "it is a draft" in said
    assert f"not verified since the last change: {path.name}" in said
    assert "preflight found 1 error" in said
    assert ("list", "names nobody") in [(f.check, f.words) for f in parcel.findings]
    assert ("list", "no address in line 2") in [(f.check, f.words) for f in parcel.findings]


def test_without_a_name_the_newest_published_issue(config: Config, site: Path) -> None:
    """A draft on top is passed over; a name finds any issue."""
    mailer = mailer_of(config, site)
    with opened(site) as store:
        assert packed(config, store, site, mailer, "").issue == KEY
        assert packed(config, store, site, mailer, "2026-04-30").issue == "systems/2026-04-30"
        path = site / "content" / KEY / "issue.md"
        path.write_text(path.read_text().replace("status: published", "status: draft"))
        assert packed(config, store, site, mailer, "").issue == "systems/2026-04-30"
        assert packed(config, store, site, mailer, "systems").issue == KEY


def test_a_record_that_cannot_be_read_stops_everything(config: Config, site: Path) -> None:
    """A half merged sent.json may hide that it was sent."""
    (site / "content" / KEY / "sent.json").write_text("<<<<<<< HEAD")
    with pytest.raises(ContentError, match=r"sent\.json"):
        run(config, site)


# ------------------------------------------------------------------------------ killed

KILLED = 9


class Death:
    """Ends the process before the n-th step: a file, a statement, a connection, a command."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def step(self, *_: object) -> None:
        self.steps += 1
        if self.steps == self.at:
            os._exit(KILLED)


@pytest.fixture
def rendered_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is made a single time: a sweep sends it some hundred times."""
    made: dict[str, Message] = {}
    real = parcels_module._message

    def once(config: Config, *rest: Any) -> Message:
        via = config.newsletter.via
        if via not in made:
            made[via] = real(config, *rest)
        return made[via]

    monkeypatch.setattr(parcels_module, "_message", once)


def sweep(config: Config, site: Path, work: Path) -> Iterator[Path]:
    """Sites on which a run was killed, each before another step; ends with one that was not."""
    with opened(site) as store:  # the message, before there are children
        packed(config, store, site, mailer_of(config, site))
    at = 0
    while True:
        at += 1
        copy = shutil.copytree(site, work / str(at))
        child = os.fork()
        if child == 0:
            _die(config, copy, Death(at))
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in {0, KILLED}, f"step {at}"
        yield copy
        if code == 0:
            return


def _die(config: Config, site: Path, death: Death) -> None:
    """In a process of its own: run, and be gone without any clean-up."""
    import smtplib
    import sys

    import httpx2

    def audit(event: str, args: tuple[Any, ...]) -> None:
        writes = event == "open" and args[1] is not None and "r" not in str(args[1])
        if writes or event in {"os.rename", "socket.connect"}:
            death.step()

    def before_and_after(work: Any) -> Any:
        def wrapped(*args: Any, **options: Any) -> Any:
            death.step()
            found = work(*args, **options)
            death.step()
            return found

        return wrapped

    try:
        mailer = mailer_of(config, site)
        with opened(site) as store:
            parcel = packed(config, store, site, mailer)
            sys.addaudithook(audit)
            store._db.set_trace_callback(death.step)
            smtplib.SMTP.send = before_and_after(smtplib.SMTP.send)  # type: ignore[method-assign]
            httpx2.Client.request = before_and_after(httpx2.Client.request)  # type: ignore[method-assign]
            send(parcel, mailer, store, now=lambda: NOW)
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)


@pytest.mark.usefixtures("rendered_once")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_killed_at_any_step_nobody_gets_two(
    config: Config, post: Post, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After the next run everybody has one mail, but for those who are said to be unknown."""
    steps = unknown = 0
    for copy in sweep(config, site, tmp_path_factory.mktemp("killed")):
        steps += 1
        assert run(config, copy).state == "sent"
        got = Counter(post.addresses())
        assert max(got.values()) == 1, steps
        with opened(copy) as store:
            states = store.deliveries.counts(KEY)
        missing = set(READERS) - set(got)
        assert len(missing) <= states.get("unknown", 0) <= 1, steps
        unknown += states.get("unknown", 0)
        post.mails.clear()
    assert steps > 40
    assert unknown


@pytest.mark.usefixtures("rendered_once")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_killed_at_any_step_a_provider_sends_once(
    provider: Provider,
    at_provider: Config,
    site: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A provider can be asked, so that there is not even anybody of whom nobody knows."""
    steps = 0
    for copy in sweep(at_provider, site, tmp_path_factory.mktemp("killed")):
        steps += 1
        assert run(at_provider, copy).state == "sent"
        assert Counter(who for who, _ in provider.inbox) == dict.fromkeys(provider.readers, 1)
        assert len(provider.items) == 1
        provider.inbox.clear()
        provider.items.clear()
    assert steps > 20


@pytest.mark.usefixtures("rendered_once")
def test_a_full_disk_sends_nothing_twice(
    config: Config, post: Post, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write fails, the run stops before the next mail, and the next run goes on."""
    real, failed = os.fsync, 0
    for at in range(1, 30):
        calls = 0

        def fails(handle: int, at: int = at) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(handle)

        copy = shutil.copytree(site, site.parent / f"full-{at}")
        monkeypatch.setattr(os, "fsync", fails)
        try:
            run(config, copy)
        except ContentError:
            failed += 1
        monkeypatch.setattr(os, "fsync", real)
        run(config, copy)
        assert Counter(post.addresses()) == dict.fromkeys(READERS, 1)
        post.mails.clear()
        if calls < at:
            break
    assert failed >= 4


def test_the_order_is_down_before_it_is_done(
    config: Config, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is sent to has been written down as such before, in both records."""
    seen: list[tuple[str, Any]] = []
    real = SmtpMailer._deliver

    def look(self: SmtpMailer, client: Any, message: Any, address: str, mail: bytes) -> Any:
        kept = content.read_sent(site / "content" / KEY)
        with opened(site) as store:
            states = store.deliveries.recipients(KEY)
            ours = store.deliveries.get(KEY)
        state = states[recipient_hash(KEY, address)]
        seen.append((state, (kept and kept.state, ours and ours.state)))
        return real(self, client, message, address, mail)

    monkeypatch.setattr(SmtpMailer, "_deliver", look)
    run(config, site)
    assert seen == [("sending", ("sending", "sending"))] * len(READERS)
