"""`digest send` as people call it: what it prints, what it refuses, its exit status."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from digest.fetch import door
from digest.store import locked
from tests.pipeline.outgoing import ENVIRON, KEY, READERS, make_site
from tests.publish.mail_server import Post, mail_server

FEEDS = """
site: {{title: Small, url: 'https://small.example/paper/'}}
digests: [{{slug: systems, title: Systems}}]
feeds: [{{url: 'https://owl.example/feed', slug: owl}}]
network: {{pause_s: 0, timeout_s: 5}}
newsletter: {{via: {via}, auto: {auto}, smtp: {{host: 127.0.0.1, port: {port}, security: none}},
  unsubscribe_url: 'https://small.example/off?who={{email}}&sign={{signature}}'}}
"""
PAGE = "paper/systems/2026-05-02-fast-clocks"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def site(post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site whose mail server is here; its pages are published nowhere yet."""
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    folder = make_site(tmp_path / "site")
    with mail_server(post) as port:
        configure(folder, port=port)
        yield folder


def configure(folder: Path, *, via: str = "smtp", auto: bool = False, port: int = 25) -> None:
    (folder / "feeds.yaml").write_text(FEEDS.format(via=via, auto=str(auto).lower(), port=port))


@pytest.fixture
def online(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve_folder: object) -> Path:
    """The folder of what is published at small.example; nothing else answers."""
    public = tmp_path / "public"
    public.mkdir()
    address = serve_folder(public)  # type: ignore[operator]
    port = int(address.rstrip("/").rpartition(":")[2])
    hosts = "small.example owl.example wren.example www.wren.example www.drift.example"
    routes = dict.fromkeys(hosts.split(), ("127.0.0.1", port))
    monkeypatch.setattr(door, "Door", partial(door.Door, routes=routes))
    return public


def publish(public: Path) -> None:
    (public / PAGE).mkdir(parents=True)
    (public / PAGE / "index.html").write_text("<title>Fast clocks</title>")


def send(site: Path, *arguments: str) -> Result:
    runner = CliRunner()
    return runner.invoke(main, ["send", "-C", str(site), *arguments], catch_exceptions=False)


def test_without_yes_it_is_a_plan(site: Path, post: Post) -> None:
    """What would happen, in words; nothing leaves, and nothing is written down."""
    result = send(site)
    assert result.exit_code == 0
    assert f"{KEY} “Fast clocks, slow lines”" in result.stdout
    assert "by smtp to 3 readers" in result.stdout
    assert "nothing was sent" in result.stdout
    assert post.mails == []
    assert not (site / "content" / KEY / "sent.json").exists()
    assert not any(reader in result.output for reader in READERS)


def test_yes_sends_once_the_page_is_there(site: Path, post: Post, online: Path) -> None:
    """A link to a page that is not there yet is no newsletter; then each gets one, once."""
    result = send(site, "--yes")
    assert result.exit_code == 1
    assert "its page does not answer" in result.stdout
    assert "not sent" in result.stderr
    assert post.mails == []
    publish(online)
    result = send(site, "--yes", "--json")
    (report,) = json.loads(result.stdout)
    assert (report["done"], report["state"], report["recipients"]) == ("sent", "sent", {"sent": 3})
    assert sorted(post.addresses()) == sorted(READERS)
    result = send(site, KEY, "--yes")
    assert result.exit_code == 0
    assert "was sent before; nothing done" in result.stdout
    assert len(post.mails) == 3


def test_a_test_goes_to_one_address(site: Path, post: Post) -> None:
    """A draft, too, may be tried; and it counts for nothing."""
    path = site / "content" / KEY / "issue.md"
    path.write_text(path.read_text().replace("status: published", "status: draft"))
    result = send(site, KEY, "--to", "me@small.example")
    assert result.exit_code == 0, result.output
    assert post.addresses() == ["me@small.example"]
    assert not (site / "content" / KEY / "sent.json").exists()


def test_auto_is_for_workflows(site: Path, post: Post, online: Path) -> None:
    """It sends where feeds.yaml says so, and shows the plan where it does not."""
    publish(online)
    assert "nothing was sent" in send(site, "--auto").stdout
    text = (site / "feeds.yaml").read_text()
    (site / "feeds.yaml").write_text(text.replace("auto: false", "auto: true"))
    assert "  sent" in send(site, "--auto").stdout
    assert len(post.mails) == 3


def test_claim_then_send(site: Path, post: Post, online: Path) -> None:
    """A claim needs neither secrets nor the list, and sends nothing; without `auto` it is none."""
    publish(online)
    sent_json = site / "content" / KEY / "sent.json"
    (site / "subscribers.csv").rename(site / "elsewhere.csv")
    assert "nothing to claim" in send(site, "--auto", "--claim").stdout
    assert not sent_json.exists()
    text = (site / "feeds.yaml").read_text()
    (site / "feeds.yaml").write_text(text.replace("auto: false", "auto: true"))
    assert "  claimed" in send(site, "--auto", "--claim").stdout
    assert json.loads(sent_json.read_text())["state"] == "sending"
    assert post.mails == []
    (site / "elsewhere.csv").rename(site / "subscribers.csv")
    assert "  sent" in send(site, "--auto").stdout
    assert sorted(post.addresses()) == sorted(READERS)


def test_a_page_that_comes_late_is_waited_for(
    site: Path, post: Post, online: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing takes a while; the page is asked for again, so long as one says."""
    monkeypatch.setattr(sys.modules["digest.cli.send"], "PAUSE_S", 0.2)
    waiting = threading.Timer(0.5, publish, [online])
    waiting.start()
    assert send(site, "--yes", "--wait", "1m").exit_code == 0
    waiting.join()
    assert len(post.mails) == 3


def test_online_names_dead_links(site: Path, online: Path) -> None:
    """Each link of the message is opened; what does not answer is a warning."""
    publish(online)
    result = send(site, KEY, "--online")
    assert result.exit_code == 0
    assert "warning  links: https://www.drift.example/how" in result.stdout
    assert "does not answer" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "me@x.example\nBcc: you@x.example"), "expected an address of mail"),
        (("2031-01-01",), "no issue '2031-01-01' in content/"),
        (("--retry-unknown",), "expected --yes"),
        (("--claim",), "expected --yes or --auto"),
        (("--wait", "long"), "expected an age such as 3d, 36h or 5m"),
    ],
)
def test_misuse_is_told(site: Path, post: Post, arguments: tuple[str, ...], words: str) -> None:
    result = send(site, *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert post.mails == []


def test_no_way_out_is_configured(site: Path) -> None:
    """A plan can be had all the same; to send needs a way."""
    configure(site, via="none")
    assert "by no way yet" in send(site).stdout
    result = send(site, "--yes")
    assert result.exit_code == 2
    assert "newsletter.via" in result.stderr


def test_a_second_run_waits_for_nobody(site: Path, post: Post) -> None:
    """While one run sends, another says so and does nothing."""
    with locked(site, "digest send (process 1)"):
        result = send(site, "--yes")
    assert result.exit_code == 0
    assert "digest send (process 1) is at work" in result.stderr
    assert post.mails == []


def test_what_nobody_knows_is_shown_and_left_alone(site: Path, post: Post, online: Path) -> None:
    """A lost reply: shown each time, sent again only when a person says so."""
    publish(online)
    post.lose_reply_to = {READERS[0]}
    assert "1 unknown" in send(site, "--yes").stdout
    post.lose_reply_to = set()
    assert "--retry-unknown --yes sends it to them again" in send(site, KEY).stdout
    assert len(post.mails) == 3
    assert "so far: 3 sent" in send(site, KEY, "--yes", "--retry-unknown").stdout
    assert post.addresses().count(READERS[0]) == 2
