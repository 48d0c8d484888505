"""
The workflow does what it says: its `run:` steps, as written, in clean clones of one repository.

What stands around them (checkout, Python, the upload) is GitHub's; here a clone, this Python
and nothing take its place. `gh` is a program of ours that keeps issues in a file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from digest import content
from digest.store import FILE
from tests.pipeline.web import Web, articles, atom
from tests.publish.mail_server import Post, mail_server

ROOT = Path(__file__).parent.parent
WORKFLOW = yaml.safe_load((ROOT / "digest/starter/workflow.yml").read_text("utf-8"))
CLOCK = "${{ !cancelled() && steps.state.outcome == 'success' }}"
VALUES = {
    "github.token": "a-token",
    "github.event.repository.default_branch": "main",
    "github.repository": "me/site",
    "github.server_url": "https://github.example",
    "github.run_id": "77",
}
DIGEST = """#!{python}
from digest.fetch import door
plain, here = door.Door, ("127.0.0.1", {port})
routes = {{"digest.example": here, "newsroom.example": here}}
door.Door = lambda *words, **more: plain(*words, **(more | {{"routes": routes}}))
from digest.cli import main
main(prog_name="digest")
"""
NEWSROOM = "http://newsroom.example"  # no port: what one world built, another goes on from
READERS = ("ada@mail.example", "bob@mail.example")
SECRETS = {"SUBSCRIBERS": "\n".join(["email", *READERS]), "DIGEST_UNSUBSCRIBE_KEY": "a-key"}
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$1 $2" in
  "issue list") cat "$GH_ISSUE" 2>/dev/null || true;;
  "issue create") echo 5 > "$GH_ISSUE";;
  "issue close") rm "$GH_ISSUE";;
esac
"""


def secret_names() -> list[str]:
    return re.findall(r"secrets\.(\w+)", json.dumps(WORKFLOW))


def run_steps(job: str) -> list[str]:
    """Names of the steps of a job that run a script of ours."""
    names = [step["name"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]
    return [name for name in names if name != "Install digest"]


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@dataclass
class Run:
    """One run of the job `build`: outcome of each step by name, and what people were told."""

    folder: Path
    outcomes: dict[str, str] = field(default_factory=dict)
    told: str = ""
    outputs: str = ""
    """What the steps said to the jobs after theirs."""

    @property
    def is_good(self) -> bool:
        return set(self.outcomes.values()) == {"success"}


@dataclass
class World:
    """A repository on loopback, the web that its feeds are on, and a folder for clones."""

    folder: Path
    web: Web

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    def clone(self) -> Path:
        number = len(list(self.folder.glob("clone-*")))
        git(
            self.folder, "clone", "--quiet", "--depth=1", f"file://{self.origin}", f"clone-{number}"
        )
        return self.folder / f"clone-{number}"

    def steps(
        self,
        job: str,
        clone: Path,
        *,
        since: str = "",
        until: str = "",
        values: Mapping[str, str] | None = None,
    ) -> Run:
        """Run the steps of a job as a runner does, from one step on, or killed before one."""
        work = clone.with_name(f"{clone.name}-{job}")
        work.mkdir(exist_ok=True)
        run = Run(clone)
        is_on = not since
        for step in WORKFLOW["jobs"][job]["steps"]:
            name = step["name"]
            is_on = is_on or name == since
            if "run" not in step or name == "Install digest":
                continue
            if not is_on:
                run.outcomes[name] = "success"  # of the half before
                continue
            if name == until:
                break
            has_failed = "failure" in run.outcomes.values()
            if step.get("if") == CLOCK:
                is_due = run.outcomes["Take the state"] == "success"
            else:
                assert "if" not in step, step["if"]
                is_due = not has_failed
            if is_due:
                script = work / "step.sh"
                script.write_text(step["run"])
                environment = self.environment(job, step, clone, work, values or {})
                command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
                done = subprocess.run(
                    command, cwd=clone, env=environment, capture_output=True, text=True, check=False
                )
                run.outcomes[name] = "failure" if done.returncode else "success"
                run.told += f"[{name}]\n{done.stdout}{done.stderr}"
        page, outputs = work / "summary.md", work / "outputs"
        run.told += page.read_text("utf-8") if page.exists() else ""
        run.outputs = outputs.read_text("utf-8") if outputs.exists() else ""
        return run

    def environment(
        self, job: str, step: Mapping, clone: Path, work: Path, values: Mapping[str, str]
    ) -> dict[str, str]:
        known = {**VALUES, **values}
        known |= {f"secrets.{name}": SECRETS.get(name, "") for name in secret_names()}
        said = {**WORKFLOW["jobs"][job].get("env", {}), **step.get("env", {})}
        filled = {
            name: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: known[found[1]], text)
            for name, text in said.items()
        }
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(work),
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(work),
            "GITHUB_WORKSPACE": str(clone),
            "GITHUB_STEP_SUMMARY": str(work / "summary.md"),
            "GITHUB_OUTPUT": str(work / "outputs"),
            "GITHUB_REF_NAME": "main",
            "GH_LOG": str(self.folder / "gh.log"),
            "GH_ISSUE": str(self.folder / "gh.issue"),
            **filled,
        }

    def build(self, *, until: str = "") -> Run:
        return self.steps("build", self.clone(), until=until)

    def deploy(self, run: Run) -> None:
        """In the place of Pages."""
        site = run.folder / "site"
        for page in site.glob("**/index.html"):
            path = page.parent.relative_to(site).as_posix()
            self.web.answers[f"/{path}/"] = page.read_bytes()

    def take(self, origin: Path) -> None:
        """Go on from what another world's repository holds."""
        shutil.rmtree(self.origin)
        shutil.copytree(origin, self.origin)

    def send(self, *, until: str = "") -> Run:
        return self.steps("send", self.clone(), until=until)

    def sent(self) -> str:
        """How far the sending of the one issue has come, as content/ says."""
        (issue,) = self.issues()
        return json.loads(git(self.origin, "show", f"main:{issue}/sent.json"))["state"]

    def issues(self) -> list[str]:
        return git(self.origin, "ls-tree", "-d", "--name-only", "main", "content/daily/").split()

    def asked(self) -> list[bool]:
        """Of each request for the feed, whether it carried a validator."""
        return [bool(tag) for path, tag in self.web.asked if path == "/feed.xml"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with begin(tmp_path) as made:
        yield made


@contextmanager
def begin(folder: Path) -> Iterator[World]:
    """A repository in this folder with a site of one feed, and its web while it is needed."""
    web = Web()
    made = World(folder, web)
    web.answers["/feed.xml"] = atom(articles()[:-2], NEWSROOM)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(made.origin))
    git(folder, "clone", "--quiet", str(made.origin), "first")
    first = folder / "first"
    (first / "content").mkdir()
    (first / "content" / "README").write_text("Issues.\n")
    shutil.copy(ROOT / "digest/starter/gitignore", first / ".gitignore")
    (first / "feeds.yaml").write_text(
        "site: {title: A test, url: 'https://digest.example/'}\n"
        "digests: [{slug: daily, title: Daily, per_feed: 20}]\n"
        f"feeds: [{{url: '{NEWSROOM}/feed.xml', slug: newsroom}}]\n"
        "network: {pause_s: 0}\n"
        "research: {pages: 0}\n"
    )
    git(first, "add", ".")
    git(first, "commit", "--quiet", "-m", "site")
    git(first, "push", "--quiet", "origin", "HEAD:main")
    port = web.base.rpartition(":")[2]
    programs = {"digest": DIGEST.format(python=sys.executable, port=port), "gh": GH}
    (folder / "bin").mkdir()
    for name, text in programs.items():
        (folder / "bin" / name).write_text(text)
        (folder / "bin" / name).chmod(0o755)
    try:
        yield made
    finally:
        web.close()


def test_day_after_day(world: World) -> None:
    """First run, second run, store lost: one issue, no feed asked without a validator but once."""
    first = world.build()
    assert first.is_good, first.told
    assert len(world.issues()) == 1
    assert git(world.origin, "rev-list", "--count", "state") == "1"
    assert (first.folder / "site" / "index.html").exists()
    assert "### Issues" in first.told
    assert "1 asked, 0 failed" in first.told
    assert "a-token" not in first.told
    head = git(world.origin, "rev-parse", "main")

    second = world.build()
    assert second.is_good, second.told
    assert "No new issue was due." in second.told
    assert git(world.origin, "rev-parse", "main") == head
    assert world.asked() == [False]  # not due again, since the state came along

    git(world.origin, "branch", "-D", "state")
    third = world.build()
    assert third.is_good, third.told
    assert git(world.origin, "rev-parse", "main") == head
    assert world.asked() == [False, False]  # once for the lost store
    assert world.build().is_good
    assert world.asked() == [False, False]
    pages = [
        {
            path.relative_to(run.folder): path.read_bytes()
            for path in run.folder.glob("site/**/*.html")
        }
        for run in (first, third)
    ]
    assert pages[0] == pages[1]


def test_a_broken_state_is_said_and_replaced(world: World) -> None:
    """A copy that was harmed costs one unconditional request, no issue and no hand."""
    assert world.build().is_good
    clone = world.clone()
    git(clone, "fetch", "--quiet", "origin", "state")
    git(clone, "checkout", "--quiet", "FETCH_HEAD")
    (clone / f"{FILE}.gz").write_bytes((clone / f"{FILE}.gz").read_bytes()[:-50])
    git(clone, "commit", "--quiet", "-am", "harm")
    git(clone, "push", "--quiet", "--force", "origin", "HEAD:state")
    run = world.build()
    assert run.is_good, run.told
    assert "not used" in run.told
    assert "taken from" in world.build().told
    assert len(world.issues()) == 1
    assert world.asked() == [False, False]


def test_a_dead_network(world: World) -> None:
    """No feed can be reached: the run fails aloud, keeps what it learned, publishes nothing."""
    world.web.close()
    run = world.build()
    assert run.outcomes["Fetch"] == "failure"
    assert "Build" not in run.outcomes
    assert run.outcomes["Keep the state"] == "success"
    assert "| `newsroom` |" in run.told
    assert "failed" in run.told
    assert world.issues() == []
    alert(world, build="failure")
    assert "issue create" in (world.folder / "gh.log").read_text()


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """By each step of `build` but the first, what a run that was killed before it left behind."""
    left: dict[str, Path] = {}
    with begin(tmp_path_factory.mktemp("killed")) as world:
        clone = world.clone()
        for step, following in pairwise(run_steps("build")):
            half = world.steps("build", clone, since=step, until=following)
            assert half.is_good, half.told
            left[following] = world.folder / f"before-{len(left)}.git"
            shutil.copytree(world.origin, left[following])
    return left


@pytest.mark.parametrize("before", run_steps("build")[1:])
def test_killed_between_steps(world: World, killed: Mapping[str, Path], before: str) -> None:
    """Whatever a killed run left behind, the next makes it whole: one issue, one state."""
    world.take(killed[before])
    run = world.build()
    assert run.is_good, run.told
    assert len(world.issues()) == 1
    assert git(world.origin, "rev-list", "--count", "state") == "1"
    (issue,) = content.read_issues(world.clone() / "content", "daily")
    assert len(issue.features) >= 2


def test_two_at_once(world: World) -> None:
    """Of two that started together one publishes; the other fails aloud and overwrites nothing."""
    slow, fast = world.clone(), world.clone()
    half = world.steps("build", slow, until="Keep the new issues")
    assert half.is_good, half.told
    assert world.steps("build", fast).is_good
    head, kept = (git(world.origin, "rev-parse", name) for name in ("main", "state"))
    late = world.steps("build", slow, since="Keep the new issues")
    assert late.outcomes["Keep the new issues"] == "failure", late.told
    assert late.outcomes["Keep the state"] == "failure", late.told
    assert "another run has put its store there" in late.told
    assert git(world.origin, "rev-parse", "main") == head
    assert git(world.origin, "rev-parse", "state") == kept
    assert len(world.issues()) == 1


@dataclass(frozen=True)
class Mailed:
    """A site with a newsletter, its mail server, and what the run that built its issue left."""

    post: Post
    origin: Path
    run: Run
    pages: Mapping[str, bytes]


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailed]:
    taken = Post()
    with begin(tmp_path_factory.mktemp("mailed")) as world, mail_server(taken) as port:
        first = world.folder / "first"
        with (first / "feeds.yaml").open("a") as file:
            file.write(
                "newsletter: {via: smtp, auto: true, list_command: [printenv, SUBSCRIBERS],\n"
                "  unsubscribe_url: 'https://digest.example/off?who={email}&sign={signature}',\n"
                f"  smtp: {{host: 127.0.0.1, port: {port}, security: none}}}}\n"
            )
        git(first, "commit", "--quiet", "-am", "newsletter")
        git(first, "push", "--quiet", "origin", "HEAD:main")
        run = world.build()
        assert run.is_good, run.told
        before = dict(world.web.answers)
        world.deploy(run)
        pages = {path: page for path, page in world.web.answers.items() if path not in before}
        yield Mailed(taken, world.origin, run, pages)


@pytest.fixture
def post(world: World, mailed: Mailed) -> Post:
    """The issue is built and has not been mailed; this is the mail server, and it is empty."""
    world.take(mailed.origin)
    mailed.post.mails.clear()
    return mailed.post


def test_the_newsletter_follows_its_page(world: World, mailed: Mailed, post: Post) -> None:
    """Built, published, mailed, once; what was sent is in content/, the readers nowhere."""
    first = mailed.run
    assert first.outputs == "mail=True\n", first.told
    early = world.steps("send", world.clone(), values={"github.token": "t"}, until="Send")
    assert early.is_good, early.told
    assert world.sent() == "sending"
    git(world.origin, "update-ref", "refs/heads/main", "main~1")  # that run never was
    world.web.answers.update(mailed.pages)
    sent = world.send()
    assert sent.is_good, sent.told
    assert sorted(post.addresses()) == sorted(READERS)
    assert world.sent() == "sent"
    assert "### Mail" in sent.told
    assert "`sent`" in sent.told
    for _ in range(2):
        again = world.build()
        assert again.is_good, again.told
        assert again.outputs == "mail=False\n"
        assert world.send().is_good
    assert len(post.mails) == len(READERS)
    everything = git(world.origin, "log", "-p", "--all") + first.told + sent.told
    assert not any(reader in everything for reader in READERS)


@pytest.mark.parametrize("before", run_steps("send"))
def test_killed_between_steps_of_sending(
    world: World, mailed: Mailed, post: Post, before: str
) -> None:
    """Nobody gets two; where the sender may have been at work, a person is asked to look."""
    world.web.answers.update(mailed.pages)
    world.send(until=before)
    again = world.send()
    counts = Counter(post.addresses())
    assert max(counts.values(), default=0) <= 1
    if before in {"Send", "Write down what was sent"}:
        assert again.outcomes["Send"] == "failure", again.told
        assert "whether it was sent is unknown" in again.told
        assert world.sent() == "sending"
        assert "### Mail that needs a person" in world.build().told
    else:
        assert again.is_good, again.told
        assert counts == dict.fromkeys(READERS, 1)
        assert world.sent() == "sent"


def test_secrets_reach_the_step_that_needs_them() -> None:
    """The model's key where drafts are written, the mail's where mail is sent; nowhere else."""
    holders = {
        (job, step["name"])
        for job, told in WORKFLOW["jobs"].items()
        for step in told["steps"]
        if "secrets." in json.dumps(step)
    }
    assert holders == {("build", "Build"), ("send", "Send")}
    jobs = [{**job, "steps": []} for job in WORKFLOW["jobs"].values()]
    assert "secrets." not in json.dumps(jobs)


def test_this_repository_publishes_itself_alike() -> None:
    """Its own workflow differs from the one that `digest init` writes in what it installs."""
    theirs, ours = (
        (ROOT / path).read_text("utf-8").splitlines()
        for path in ("digest/starter/workflow.yml", ".github/workflows/digest.yml")
    )
    pairs = [(one, other) for one, other in zip(theirs, ours, strict=True) if one != other]
    assert len(pairs) == 4
    assert all("pip install" in line for pair in pairs for line in pair)


def test_a_draft_is_offered_for_review(world: World) -> None:
    """With `review: true`: a draft on main, a branch that publishes it, one pull request."""
    first = world.folder / "first"
    path = first / "feeds.yaml"
    path.write_text(path.read_text().replace("per_feed: 20", "per_feed: 20, review: true"))
    git(first, "commit", "--quiet", "-am", "review")
    git(first, "push", "--quiet", "origin", "HEAD:main")
    run = world.build()
    assert run.is_good, run.told
    assert "(a draft, for review)" in run.told
    (issue,) = world.issues()
    day = issue.rpartition("/")[2]
    for _ in range(2):
        offered = world.steps("review", world.clone())
        assert offered.is_good, offered.told
    file = f"content/daily/{day}/issue.md"
    branch = f"review/daily/{day}"
    assert "status: draft" in git(world.origin, "show", f"main:{file}")
    assert git(world.origin, "diff", "--name-only", "main", branch) == file
    assert "status: published" in git(world.origin, "show", f"{branch}:{file}")
    calls = (world.folder / "gh.log").read_text().splitlines()
    assert [call.split()[:2] for call in calls] == [["pr", "create"]]

    git(first, "pull", "--quiet", "origin", "main")
    git(first, "fetch", "--quiet", "origin", branch)
    git(first, "merge", "--quiet", "--ff-only", "FETCH_HEAD")
    git(first, "push", "--quiet", "origin", "HEAD:main")
    merged = world.build()
    assert merged.is_good, merged.told
    assert list(merged.folder.glob(f"site/daily/{day}-*/index.html"))
    # No second issue; its address, which is public from now on, is written down.
    assert world.issues() == [issue]
    assert f"daily/{day}-" in git(world.origin, "show", "main:content/addresses.txt")


def alert(world: World, build: str) -> None:
    (world.folder / "empty").mkdir(exist_ok=True)
    is_failed = "true" if build != "success" else "false"
    results = "contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')"
    values = {results: is_failed, "needs.build.result": build}
    values |= {f"needs.{job}.result": "skipped" for job in ("deploy", "send", "review")}
    run = world.steps("alert", world.folder / "empty", values=values)
    assert run.is_good, run.told


def test_one_issue_tracks_failure(world: World) -> None:
    """Opened once, added to while it lasts, closed when it works again; silent when all is well."""
    for build in ("success", "failure", "cancelled", "success", "success"):
        alert(world, build)
    calls = [line.split()[:2] for line in (world.folder / "gh.log").read_text().splitlines()]
    done = [verb for what, verb in calls if what == "issue" and verb != "list"]
    assert done == ["create", "comment", "close"]


def test_no_foreign_text_in_a_script() -> None:
    """No expression stands in a script, each action is pinned, each job names what it may do."""
    assert WORKFLOW["permissions"] == {}
    for job in WORKFLOW["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "uses" in step:
                assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
