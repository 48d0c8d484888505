"""
What is released works where nothing else of ours is: from an empty folder, outside the checkout.

The wheel is built as a release builds it, sdist first, with the build backend of this
environment, so that nothing is fetched; then it is unpacked and run by itself.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BUILD = "import sys, hatchling.build as build; print(getattr(build, sys.argv[1])(sys.argv[2]))"


def run(*arguments: str, folder: Path, path: Path | None = None) -> str:
    """What a fresh Python prints; `path` stands first where it looks for modules."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(hook: str, *, source: Path, out: Path) -> Path:
    """Call a build backend's hook in a folder of sources; the file that it made."""
    out.mkdir(parents=True, exist_ok=True)
    name = run("-c", BUILD, hook, str(out), folder=source).strip().splitlines()[-1]
    return out / name


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    archive = build("build_sdist", source=ROOT, out=folder)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is made from the source distribution alone, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    archive = build("build_wheel", source=sdist, out=folder / "dist")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder / "site")
    return folder / "site"


def files(folder: Path) -> set[str]:
    """Names of the files below a folder but for what tools leave there."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_carries_all_of_the_package(wheel):
    """Every file of digest/, data included, and the templates below it; nothing else."""
    expected = files(ROOT / "digest") | {f"templates/{name}" for name in files(ROOT / "templates")}
    assert files(wheel / "digest") == expected
    assert {path.name for path in wheel.iterdir() if "dist-info" not in path.name} == {"digest"}


def test_the_sdist_carries_what_it_takes_to_test(sdist):
    """Sources, tests, lock and licence: who has only the archive can do all that we do."""
    for folder in ("digest", "templates", "tests", ".github"):
        assert files(sdist / folder) == files(ROOT / folder), folder
    for name in ("LICENSE", "README.md", "CHANGELOG.md", "Makefile", "requirements.lock"):
        assert (sdist / name).is_file(), name


def test_the_command_answers(wheel, tmp_path):
    """Version and help, from an empty folder; the package is the wheel's and not the checkout's."""
    where = run("-c", "import digest; print(digest.__file__)", folder=tmp_path, path=wheel)
    assert Path(where.strip()).is_relative_to(wheel)
    version = re.search(r'^__version__ = "(.+)"', (ROOT / "digest/__init__.py").read_text(), re.M)
    assert version is not None
    assert version[1] in run("-m", "digest", "--version", folder=tmp_path, path=wheel)
    assert "digest init" in run("-m", "digest", "--help", folder=tmp_path, path=wheel)


def test_the_metadata_names_the_command(wheel):
    """`digest` is installed as a command, under a distribution name that is ours."""
    info = next(wheel.glob("digestpress-*.dist-info"))
    assert "digest = digest.cli:main" in (info / "entry_points.txt").read_text()
    metadata = (info / "METADATA").read_text("utf-8")
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_the_main_job_runs_from_the_wheel(wheel, tmp_path):
    """`digest demo` finds its bundled web and the templates, and makes a site."""
    run("-m", "digest", "demo", folder=tmp_path, path=wheel)
    assert (tmp_path / "demo" / "site" / "index.html").is_file()
    assert list((tmp_path / "demo" / "site").rglob("atom.xml"))
    assert list((tmp_path / "demo" / "mail").glob("**/*.html"))


def test_a_new_site_is_made_from_the_wheel(wheel, tmp_path):
    """`digest init` finds the files that it writes."""
    run("-m", "digest", "init", "site", folder=tmp_path, path=wheel)
    assert {"feeds.yaml", ".gitignore", ".github/workflows/digest.yml"} <= files(tmp_path / "site")


def test_a_new_site_gets_the_workflow_that_publishes_ours():
    """What `digest init` writes differs from this repository's own in the step that installs."""
    ours, theirs = (
        yaml.safe_load(path.read_text("utf-8"))
        for path in (ROOT / ".github/workflows/digest.yml", ROOT / "digest/starter/workflow.yml")
    )
    for workflow in (ours, theirs):
        for job in ("build", "send"):
            steps = workflow["jobs"][job]["steps"]
            assert next(s for s in steps if s.get("name") == "Install digest").pop("run")
    assert theirs == ours


# -------------------------------------------------------------------- requirements


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(folder: Path) -> set[str]:
    """Distributions, other than ours and Python, that the modules below a folder import."""
    owners = packages_distributions()
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").partition(".")[0])
    foreign = names - set(sys.stdlib_module_names) - {"digest", "tests"}
    return {normal(owners[name][0]) for name in foreign}


def required(lines: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=;\[\s]", line)[0]) for line in lines}


def test_nothing_stray_stands_at_the_top() -> None:
    """The folder is the sentence: what a tool left behind is not kept with it."""
    if not (ROOT / ".git").exists():
        pytest.skip("no repository")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert {path.partition("/")[0] for path in listed if path} == set(
        ".ci .github .gitignore .htmlvalidate.json CHANGELOG.md LICENSE Makefile README.md content "
        "digest feeds.yaml pyproject.toml requirements.lock templates tests".split()
    )


def test_what_is_imported_is_required_and_the_reverse():
    """No import rests on another package's requirement, and no requirement is for nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    core = required(project["dependencies"])
    at_runtime = {"tzdata"}  # zoneinfo finds it by itself
    extras = required(
        [line for name, lines in project["optional-dependencies"].items() if name != "dev"
         for line in lines]
    )  # fmt: skip
    assert imported(ROOT / "digest") - core - extras == set()
    assert core - imported(ROOT / "digest") - at_runtime == set()
    dev = required(project["optional-dependencies"]["dev"])
    assert imported(ROOT / "tests") - core - dev == set()


def test_the_lock_has_every_requirement_and_no_address():
    """Each line is pinned with hashes, and says nothing of where it was fetched."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = re.findall(r"^([\w.-]+)==[^\\\n]+\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.M)
    lines = [line for line in lock.splitlines() if re.match(r"[\w-]", line)]
    assert len(pins) == len(lines)
    wanted = required(project["dependencies"] + project["optional-dependencies"]["dev"])
    assert wanted <= set(map(normal, pins))
    assert not re.search(r"://|--(index|extra-index|find-links|trusted)", lock)
