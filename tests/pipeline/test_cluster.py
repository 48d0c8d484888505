"""Feeds and pages read by workers of Dask: the same store, whatever dies on the way."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.cli.draft import Job, run_draft
from digest.cli.fetch import run_fetch
from digest.cli.options import Options
from digest.config import parse
from digest.demo import NOW as DEMO
from digest.demo import feeds_yaml, serve
from digest.errors import ConfigError
from digest.pipeline.fetch import FetchReport
from digest.select.grouping import Grouper
from digest.store import FILE, Store
from tests.benchmarks.many_feeds import serving
from tests.pipeline.dumps import dump
from tests.pipeline.test_page_reading import MORE, TEASER, feed, page
from tests.pipeline.web import Web

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
FEEDS = 60
SECRET = "DIGEST_TEST_SECRET"


@pytest.fixture(scope="module")
def world() -> Iterator[str]:
    """feeds.yaml of many hosts, and of one with a teaser whose page must be opened."""
    web = Web()
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    web.answers["/mill"] = page(TEASER, MORE * 2)
    web.answers["/robots.txt"] = b"User-agent: *\nAllow: /\n"
    with serving(FEEDS) as (urls, _):
        lines = [f"  - {{url: '{url}', slug: f{n}, full_text: feed}}" for n, url in enumerate(urls)]
        lines.append(f"  - {{url: '{web.base}/mill.xml', slug: mill}}")
        lines.append(f"  - {{url: '{web.base}/none.xml', slug: none}}")
        yield "network: {allow_private: true, pause_s: 0}\nfeeds:\n" + "\n".join(lines) + "\n"
    web.close()


@pytest.fixture(scope="module")
def alone(world: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The store that one process makes."""
    folder = tmp_path_factory.mktemp("alone")
    fetched(folder, world, "none")
    return dump(folder)


class Machines:
    """A scheduler and two workers, each a process as one would start it by hand."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
        file = folder / "scheduler.json"

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(file)],
                env=environment,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        at = ("--host", "127.0.0.1", "--no-dashboard")
        self.scheduler = start("scheduler", *at, "--port", "0")
        self.nanny = start("worker", *at, "--nworkers", "2", "--nthreads", "2")
        deadline = time.monotonic() + 60
        while not file.exists() or len(self.workers()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        self.address: str = json.loads(file.read_text("utf-8"))["address"]

    def workers(self) -> list[psutil.Process]:
        """The processes that do the work, children of the one that watches over them."""
        children = psutil.Process(self.nanny.pid).children()
        return [child for child in children if "resource_tracker" not in "".join(child.cmdline())]

    def close(self) -> None:
        ours = psutil.Process(self.nanny.pid).children(recursive=True)
        for process in (self.nanny, self.scheduler):
            process.terminate()
        for process in (self.nanny, self.scheduler):
            process.wait(30)
        _, left = psutil.wait_procs(ours, timeout=10)
        for child in left:
            child.kill()
        assert not left, "processes were left"


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    running = Machines(tmp_path_factory.mktemp("machines"))
    try:
        yield running
    finally:
        running.close()


def fetched(
    folder: Path,
    world: str,
    cluster: str,
    report: Callable[[int], None] = lambda done: None,
) -> FetchReport:
    """Fetch all, at a time of the test's own; `report` is called with how many feeds are done."""
    config = parse(f"{world}cluster: {cluster}\n")
    done = []

    with Store(folder / FILE) as store:
        save = store.feeds.add_poll

        def counted(*arguments: Any) -> None:
            save(*arguments)
            done.append(arguments[0])
            report(len(done))

        store.feeds.add_poll = counted  # type: ignore[method-assign, assignment]
        return run_fetch(Options(folder, False, False), config, store, now=lambda: NOW)


def test_workers_make_the_store_that_one_process_makes(
    world: str, alone: dict[str, list[Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entries, texts, pages, states, polls: to the byte; and no process is left."""
    before = set(psutil.Process().children(recursive=True))
    report = fetched(tmp_path, world, "local:2")
    assert (len(report.feeds), len(report.failed)) == (FEEDS + 2, 1)
    assert "lost" not in capsys.readouterr().err
    found = dump(tmp_path)
    assert len(found["entries"]) == FEEDS * 20 + 1
    assert len(found["pages"]) == 1
    assert "/mill'" in found["pages"][0]
    assert "'error': ''" in found["pages"][0]
    assert found == alone
    left = set(psutil.Process().children(recursive=True)) - before
    assert [p for p in left if "resource_tracker" not in "".join(p.cmdline())] == []


def test_a_worker_that_is_killed_costs_nothing(
    world: str,
    alone: dict[str, list[Any]],
    machines: Machines,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its feeds are asked again by another; none is stored twice, none is missing."""
    killed: list[int] = []

    def kill(done: int) -> None:
        if done == 5:
            killed.append(machines.workers()[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    fetched(tmp_path, world, machines.address, kill)
    assert killed
    assert "lost" not in capsys.readouterr().err
    assert dump(tmp_path) == alone


def test_a_scheduler_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    """What was to be read elsewhere is read here."""
    monkeypatch.setattr("digest.pipeline.cluster_opening.CONNECT_S", 1.0)
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    report = fetched(tmp_path, mill(web), "tcp://127.0.0.1:9")
    assert [line.new for line in report.feeds] == [1]
    assert "the cluster is lost: it cannot be reached" in capsys.readouterr().err


def test_secrets_are_those_of_the_workers(
    tmp_path: Path, machines: Machines, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in our environment goes to no other machine."""
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    monkeypatch.setenv(SECRET, "open sesame")
    world = mill(web, f", auth: {{env: {SECRET}}}")
    (line,) = fetched(tmp_path, world, machines.address).feeds
    assert line.error == f"the environment variable {SECRET} is not set; expected its secret"
    assert web.asked == []


def test_the_extra_is_named_where_it_is_missing(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked, with the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "feeds.yaml").write_text(mill(web), "utf-8")
    run = CliRunner().invoke(main, ["fetch", "-C", str(tmp_path), "--cluster", "local:2"])
    assert run.exit_code == 2
    assert "pip install 'digestpress[cluster]'" in run.output
    assert web.asked == []


@pytest.mark.parametrize("wrong", ["local:0", "local", "8786", "http://host:8786", "tcp://host"])
def test_an_address_of_nothing_is_refused(wrong: str, tmp_path: Path, web: Web) -> None:
    """In feeds.yaml and on the command line alike."""
    with pytest.raises(ConfigError, match="expected `none`, `local:N`"):
        parse(f"{mill(web)}cluster: {wrong}\n")
    (tmp_path / "feeds.yaml").write_text(mill(web), "utf-8")
    run = CliRunner().invoke(main, ["fetch", "-C", str(tmp_path), "--cluster", wrong])
    assert run.exit_code == 2
    assert "expected `none`, `local:N`" in run.output


def mill(web: Web, more: str = "") -> str:
    return (
        "network: {allow_private: true, pause_s: 0}\n"
        f"feeds:\n  - {{url: '{web.base}/mill.xml', slug: mill, full_text: feed{more}}}\n"
    )


@pytest.mark.timeout(300)
def test_an_issue_is_researched_on_workers(
    machines: Machines,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages and pairs elsewhere: the issues, and the store, that one process makes."""
    monkeypatch.setattr("digest.pipeline.comparing.WORTH", 1)
    here, there = tmp_path / "here", tmp_path / "there"
    learned = []
    learn = Grouper.learn

    def noted(self: Grouper, values: Sequence[float], least: float) -> None:
        learned.append(len(values))
        learn(self, values, least)

    monkeypatch.setattr(Grouper, "learn", noted)
    config = parse(feeds_yaml())
    config = replace(config, digests=config.digests[:1])
    here.mkdir()
    with serve() as routes:
        with Store(here / FILE) as store:
            run_fetch(
                Options(here, False, True), config, store, now=lambda: DEMO, routes=dict(routes)
            )
        shutil.copytree(here, there)
        for folder, cluster in ((here, "none"), (there, machines.address)):
            with Store(folder / FILE) as store:
                before = len(dump(folder)["pages"])
                run_draft(
                    Options(folder, False, True),
                    replace(config, cluster=cluster),
                    store,
                    Job(now=DEMO, clock=lambda: DEMO, routes=dict(routes)),
                )
                assert len(dump(folder)["pages"]) > before
    assert "lost" not in capsys.readouterr().err
    (pairs,) = learned
    assert pairs > 100
    written = [
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")
         if path.is_file() and "content" in path.parts}
        for folder in (here, there)
    ]  # fmt: skip
    assert len(written[0]) > 5
    assert written[0] == written[1]
    assert dump(here) == dump(there)


def test_an_issue_that_nobody_waits_for_opens_no_cluster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    """It takes seconds, and is for days on which there is something to do."""
    monkeypatch.setattr("digest.pipeline.cluster_opening.opened", None)
    (tmp_path / "feeds.yaml").write_text(mill(web) + "cluster: local:2\n", "utf-8")
    run = CliRunner().invoke(main, ["build", "-C", str(tmp_path)])
    assert (run.exit_code, "nothing new" in run.output) == (0, True)
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = CliRunner().invoke(main, ["draft", "-C", str(tmp_path)])
    assert run.exit_code == 2
    assert "pip install 'digestpress[cluster]'" in run.output


MOVED, PAUSE_S, TOOK_S = 8, 0.3, 0.1


class Crowd(ThreadingHTTPServer):
    """Feeds that all lie at one host; `asked` tells when each request began and ended."""

    def __init__(self, address: str, leads_to: Crowd | None = None) -> None:
        super().__init__((address, 0), Crowded)
        self.asked: list[tuple[float, float]] = []
        self.leads_to = leads_to
        self.base = f"http://{address}:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Crowded(BaseHTTPRequestHandler):
    server: Crowd

    def do_GET(self) -> None:
        begun = time.monotonic()
        other = self.server.leads_to
        if other is not None:
            self.send_response(301)
            self.send_header("Location", f"{other.base}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        time.sleep(TOOK_S)
        told = feed(f"{self.server.base}{self.path}", TEASER, "2026-04-01T06:00:00Z")
        self.server.asked.append((begun, time.monotonic()))
        self.send_response(200)
        self.send_header("Content-Type", "application/atom+xml")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def test_a_host_to_which_others_redirect_keeps_its_peace(
    machines: Machines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One request at a time and the pause between two, whichever workers met the redirects."""
    crowd = Crowd("127.9.9.9")
    old = [Crowd(f"127.9.0.{n}", crowd) for n in range(1, MOVED + 1)]
    lines = [
        f"  - {{url: '{server.base}/{n}.xml', slug: f{n}, full_text: feed}}\n"
        for n, server in enumerate(old)
    ]
    world = f"network: {{allow_private: true, pause_s: {PAUSE_S}}}\nfeeds:\n{''.join(lines)}"
    try:
        report = fetched(tmp_path, world, machines.address)
    finally:
        for server in (crowd, *old):
            server.close()
    assert "lost" not in capsys.readouterr().err
    assert [(line.new, line.error) for line in report.feeds] == [(1, "")] * MOVED
    with Store(tmp_path / FILE) as store:
        moved = {state.moved_to for state in store.feeds.states().values()}
    assert moved == {f"{crowd.base}/{n}.xml" for n in range(MOVED)}
    times = sorted(crowd.asked)
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(times)]
    assert len(gaps) == MOVED - 1
    assert min(gaps) >= PAUSE_S * 0.9


def test_a_scheduler_that_is_killed_leaves_the_rest_to_us(
    world: str,
    alone: dict[str, list[Any]],
    machines: Machines,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The run says so and goes on in this process, to the same store. The last on `machines`."""

    def kill(done: int) -> None:
        if done == 5:
            machines.scheduler.kill()

    fetched(tmp_path, world, machines.address, kill)
    assert "the cluster is lost" in capsys.readouterr().err
    assert dump(tmp_path) == alone
