"""
The shape of the package, held by reading its imports.

    fetch ─ extract ─ store ─ select ─ research ─ draft ─ verify ─ content/ ─ render ─ publish
    network  pure     disk     pure    network    model   pure     disk       pure     disk, mail

Each rule is a function from the modules to the sentences that are wrong. The rules run over
digest/, and over made-up packages that break them, so that none can pass by seeing nothing.
"""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest

from digest import content, publish, store, types
from tests.render.small_site import FIRST

ROOT = Path(__file__).parent.parent

STEPS = frozenset("fetch extract store select research draft verify content render publish".split())
PURE_STEPS = frozenset({"extract", "select", "verify", "render"})
PURE_STEPS_EDGES = frozenset({"render.environment"})
"""Opens the folders of templates, so that the rest of rendering is given an environment."""
KNOW_THE_STEPS = frozenset({"pipeline", "cli"})
"""`pipeline` alone knows their order; `cli` makes what they are given."""
ENDS = frozenset({"__main__", "cli", "config", "pipeline", "demo"})
"""What no step may import: it would know who calls it, or read feeds.yaml by itself."""

LOADER = "lazily"
"""Imports for a package what it offers: each module of it answers for itself."""
PACKAGED = "packaged"
"""Where files that come with the package lie; who opens them answers for that."""

IMPURE = frozenset(
    "asyncio concurrent glob http httpx2 llm logging multiprocessing os pathlib random secrets "
    "shutil smtplib socket sqlite3 ssl subprocess tempfile threading "
    "time urllib.request uuid".split()
)
OWNERS = {
    "css_inline": {"render"},
    "dask": {"pipeline"},  # in cluster_opening.py
    "distributed": {"pipeline"},
    "feedparser": {"extract"},
    "httpx2": {"draft", "fetch", "publish", "research"},  # in draft, below llm's own client
    "jinja2": {"draft", "render"},
    "llm": {"draft"},
    "nh3": {"extract"},
    "protego": {"fetch"},
    "smtplib": {"publish"},
    "sqlite3": {"store"},
    "trafilatura": {"extract"},
    "yaml": {"config", "content", "render"},
}
"""Libraries that one part of the package keeps to itself; another format or wire is its work."""

TOUCHES = re.compile(r"\b(?:[Tt]ouches|[Rr]eads|[Ww]rites|[Pp]rints)\b")

HEAVY = frozenset(
    "asyncio bs4 css_inline dask distributed feedparser httpx2 jinja2 llm lxml markdown_it "
    "mdit_py_plugins nh3 openai protego publicsuffixlist pydantic trafilatura".split()
)


# ---------------------------------------------------------------- reading a package


@dataclass(frozen=True)
class Import:
    name: str
    """The module, absolute and dotted; for `from a import b`, `a.b` where that is a module."""
    names: tuple[str, ...]
    line: int
    for_types: bool
    """Under `if TYPE_CHECKING:`, so that it never runs."""


@dataclass(frozen=True)
class Module:
    name: str
    """Dotted, without the package: `verify.quotes`; the package itself is `""`."""
    is_package: bool
    tree: ast.Module
    siblings: frozenset[str]

    @property
    def part(self) -> str:
        """Its folder or file right under the package: the room that it belongs to."""
        return self.name.partition(".")[0]

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    @property
    def is_pure(self) -> bool:
        return re.search(r"(?:^|\s)Pure[.,:;]", self.docstring) is not None

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(self._imports(self.tree, for_types=False))

    def own(self) -> Iterator[tuple[Import, str]]:
        """Its imports from the package, each with the module's name inside of it."""
        for found in self.imports:
            name = found.name.partition(".")[2]
            if found.name == "digest" or (
                found.name.startswith("digest.") and name in self.siblings
            ):
                yield found, name

    def _imports(self, node: ast.AST, *, for_types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, (), child.lineno, for_types)
            elif isinstance(child, ast.ImportFrom):
                yield from self._from(child, for_types)
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                yield from self._imports(ast.Module(child.body, []), for_types=True)
                yield from self._imports(ast.Module(child.orelse, []), for_types=for_types)
            else:
                yield from self._imports(child, for_types=for_types)

    def _from(self, node: ast.ImportFrom, for_types: bool) -> Iterator[Import]:
        base = self._absolute(node)
        for alias in node.names:
            whole = f"{base}.{alias.name}"
            if whole.removeprefix("digest.") in self.siblings and whole.startswith("digest."):
                yield Import(whole, (), node.lineno, for_types)
            else:
                yield Import(base, (alias.name,), node.lineno, for_types)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = ["digest", *filter(None, self.name.split("."))]
        above = here[: len(here) - node.level + self.is_package]
        return ".".join([*above, *filter(None, [node.module])])


def read(root: Path) -> dict[str, Module]:
    """The modules below a folder that is the package, by name."""
    paths = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        paths[".".join(parts[:-1] if is_package else parts)] = (path, is_package)
    return {
        name: Module(name, is_package, ast.parse(path.read_text("utf-8")), frozenset(paths))
        for name, (path, is_package) in paths.items()
    }


def listed(name: str, names: Mapping[str, object] | frozenset[str]) -> str:
    """The entry of a list that a dotted name falls under: `os` for `os.path`."""
    parts = name.split(".")
    heads = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next((head for head in heads if head in names), "")


# ------------------------------------------------------------------------ the rules

Rule = Callable[[Mapping[str, Module]], list[str]]


def modules_say_what_they_touch(modules: Mapping[str, Module]) -> list[str]:
    """A docstring each; those that define something say "Pure." or what they touch."""
    wrong = []
    for module in modules.values():
        defines = any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            for node in module.tree.body
        )
        if not module.docstring:
            wrong.append(f"{module.name}: no docstring")
        elif defines and not module.is_pure and not TOUCHES.search(module.docstring):
            wrong.append(f'{module.name}: its docstring says neither "Pure." nor "Touches …"')
    return wrong


def pure_steps_are_pure(modules: Mapping[str, Module]) -> list[str]:
    """Every module of a pure step says so, and is then held to it."""
    return [
        f'{module.name}: belongs to a pure step, and does not say "Pure."'
        for module in modules.values()
        if module.part in PURE_STEPS and not module.is_pure and module.name not in PURE_STEPS_EDGES
    ]


def pure_modules_import_nothing_impure(modules: Mapping[str, Module]) -> list[str]:
    """No clock, chance, disk, network or model, and none through another of our modules."""
    wrong = []
    for module in filter(lambda module: module.is_pure, modules.values()):
        for found in module.imports:
            whole = ".".join([found.name, *found.names])
            if listed(whole, IMPURE) and not found.for_types:
                wrong.append(f"{module.name}:{found.line}: pure, and imports {whole}")
        for found, name in module.own():
            if not name or found.for_types or modules[name].is_pure or name == LOADER:
                continue
            if not (module.is_package and name in PURE_STEPS_EDGES):  # it only hands the name on
                wrong.append(f"{module.name}:{found.line}: pure, and imports {name}, which is not")
    return wrong


def pure_modules_read_no_clock_and_no_file(modules: Mapping[str, Module]) -> list[str]:
    """`now` is an argument, and text arrives as text."""
    banned = {"now", "utcnow", "today", "open", "input", "print", "__import__", "import_module"}
    wrong = []
    for module in filter(lambda module: module.is_pure, modules.values()):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = getattr(called, "attr", "") or getattr(called, "id", "")
            if name in banned and not _is_bound(called, {"environment", "env"}):
                wrong.append(f"{module.name}:{node.lineno}: pure, and calls {ast.unparse(called)}")
    return wrong


def _is_bound(called: ast.expr, owners: set[str]) -> bool:
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") in owners


def steps_do_not_import_each_other(modules: Mapping[str, Module]) -> list[str]:
    """A step imports itself and pure modules that all share."""
    wrong = []
    for module in filter(lambda module: module.part in STEPS, modules.values()):
        for found, name in module.own():
            part = name.partition(".")[0]
            if part in (STEPS | ENDS) - {module.part}:
                wrong.append(f"{module.name}:{found.line}: a step, and imports {name}")
            elif part not in {"", module.part, LOADER, PACKAGED} and not modules[name].is_pure:
                wrong.append(f"{module.name}:{found.line}: shares {name}, which is not pure")
    return wrong


def only_the_pipeline_knows_the_steps(modules: Mapping[str, Module]) -> list[str]:
    """Nobody but it, and the command line that makes its arguments, imports a step."""
    return [
        f"{module.name}:{found.line}: imports the step {name}, which is the pipeline's to do"
        for module in modules.values()
        if module.part not in STEPS | KNOW_THE_STEPS
        for found, name in module.own()
        if name.partition(".")[0] in STEPS
    ]


def types_import_nothing(modules: Mapping[str, Module]) -> list[str]:
    """Types, errors and settings are the floor: they stand on nothing of ours but each other."""
    floor = {"types", "errors", "settings", LOADER}
    return [
        f"{name}:{found.line}: imports {target or 'the package'}"
        for name, module in sorted(modules.items())
        if module.part in floor
        for found, target in module.own()
        if target.partition(".")[0] not in floor
    ]


def libraries_stay_with_their_owner(modules: Mapping[str, Module]) -> list[str]:
    """A library that does one part's work is imported by that part alone."""
    return [
        f"{module.name}:{found.line}: imports {found.name}, which only {owners} may"
        for module in modules.values()
        for found in module.imports
        if (library := listed(found.name, OWNERS))
        and module.part not in OWNERS[library]
        and (owners := ", ".join(sorted(OWNERS[library])))
    ]


def what_other_parts_import_has_a_docstring(modules: Mapping[str, Module]) -> list[str]:
    """
    A function that another part of the package imports by name is explained.

    Not so an `is_new`, whose name is the whole statement.
    """
    wanted = {
        home(modules, target, name)
        for module in modules.values()
        for found, target in module.own()
        for name in found.names
        if target.partition(".")[0] != module.part
    }
    return [
        f"{module.name}.{node.name}: others import it, and it has no docstring"
        for module in modules.values()
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (module.name, node.name) in wanted
        and not (ast.get_docstring(node) or node.name.startswith("is_"))
    ]


def home(modules: Mapping[str, Module], target: str, name: str) -> tuple[str, str]:
    """Where a name comes from that a module may only hand on, as a folder's `__init__` does."""
    for found, source in modules[target].own():
        if name in found.names and source != target:
            return home(modules, source, name)
    return target, name


RULES: tuple[Rule, ...] = (
    modules_say_what_they_touch,
    pure_steps_are_pure,
    pure_modules_import_nothing_impure,
    pure_modules_read_no_clock_and_no_file,
    steps_do_not_import_each_other,
    only_the_pipeline_knows_the_steps,
    types_import_nothing,
    libraries_stay_with_their_owner,
    what_other_parts_import_has_a_docstring,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps(rule):
    """Nothing in digest/ breaks the rule."""
    assert rule(read(ROOT / "digest")) == []


def test_all_of_the_package_is_read():
    """The rules look at the steps that exist, and at enough of them to mean something."""
    modules = read(ROOT / "digest")
    assert {"", "cli", "pipeline", "types"} <= set(modules)
    assert {module.part for module in modules.values()} >= STEPS


# ------------------------------------------------------------- the rules can fail

SOUND = {
    "__init__.py": '"""The package."""',
    "types.py": '"""Values. Pure."""\nfrom .errors import Wrong\n',
    "errors.py": '"""Errors. Pure."""\nclass Wrong(Exception):\n    """Wrong."""\n',
    "text.py": '"""Words. Pure."""\nimport re\ndef fold(text):\n    """Fold."""\n',
    "fetch/__init__.py": '"""Touches the network."""\nimport httpx2\nfrom .. import text\n',
    "verify/__init__.py": '"""Pure."""\nfrom .quotes import find\n',
    "verify/quotes.py": '"""Quotes.\n\nPure.\n"""\nfrom ..text import fold\n'
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pathlib import Path\n"
    'def find():\n    """Find."""\n',
    "pipeline.py": '"""The order. Touches what the steps touch."""\n'
    "from .verify import find\ndef build():\n    from . import fetch\n",
}

BROKEN: list[tuple[Rule, str, str, str]] = [
    (modules_say_what_they_touch, "text.py", "import re", "text: no docstring"),
    (
        modules_say_what_they_touch,
        "text.py",
        '"""Words. Impure? Purely words."""\ndef fold(): ...',
        "text: its docstring",
    ),
    (pure_steps_are_pure, "verify/numbers.py", '"""Touches nothing."""', "verify.numbers: belongs"),
    (pure_modules_import_nothing_impure, "text.py", '"""Pure."""\nimport os.path', "text:2: pure"),
    (
        pure_modules_import_nothing_impure,
        "verify/quotes.py",
        '"""Pure."""\ndef find():\n    from time import monotonic',
        "verify.quotes:3: pure, and imports time.monotonic",
    ),
    (
        pure_modules_import_nothing_impure,
        "text.py",
        '"""Pure."""\nfrom urllib import request',
        "imports urllib.request",
    ),
    (
        pure_modules_import_nothing_impure,
        "verify/quotes.py",
        '"""Pure, given a clock."""\nfrom ..pipeline import build',
        "imports pipeline, which is not",
    ),
    (
        pure_modules_read_no_clock_and_no_file,
        "text.py",
        '"""Pure."""\nimport datetime as dt\nnow = dt.datetime.now(dt.UTC)',
        "text:3: pure, and calls dt.datetime.now",
    ),
    (
        pure_modules_read_no_clock_and_no_file,
        "text.py",
        '"""Pure."""\nopen("words.txt")',
        "text:2: pure, and calls open",
    ),
    (
        steps_do_not_import_each_other,
        "verify/quotes.py",
        '"""Pure."""\nfrom ..fetch import Door',
        "verify.quotes:2: a step, and imports fetch",
    ),
    (
        steps_do_not_import_each_other,
        "verify/quotes.py",
        '"""Pure."""\nfrom .. import fetch',
        "verify.quotes:2: a step, and imports fetch",
    ),
    (
        steps_do_not_import_each_other,
        "verify/quotes.py",
        '"""Pure."""\ndef find():\n    import digest.pipeline',
        "verify.quotes:3: a step, and imports pipeline",
    ),
    (
        steps_do_not_import_each_other,
        "text.py",
        '"""Words. Touches the disk."""',
        "verify.quotes:5: shares text, which is not pure",
    ),
    (
        only_the_pipeline_knows_the_steps,
        "text.py",
        '"""Pure."""\nfrom .verify import quotes',
        "text:2: imports the step verify.quotes",
    ),
    (types_import_nothing, "types.py", '"""Pure."""\nfrom . import text', "types:2: imports text"),
    (
        libraries_stay_with_their_owner,
        "pipeline.py",
        '"""Touches."""\ndef build():\n    import httpx2',
        "pipeline:3: imports httpx2, which only draft, fetch, publish, research may",
    ),
    (
        what_other_parts_import_has_a_docstring,
        "text.py",
        '"""Pure."""\ndef fold(text): ...',
        "text.fold: others import it",
    ),
    (
        what_other_parts_import_has_a_docstring,
        "verify/quotes.py",
        '"""Pure."""\ndef find(): ...',
        "verify.quotes.find: others import it",
    ),
]


def made_up(folder: Path, files: Mapping[str, str]) -> dict[str, Module]:
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return read(folder)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_package_passes(rule, tmp_path):
    """No rule objects to a package that is laid out as it should be."""
    assert rule(made_up(tmp_path, SOUND)) == []


@pytest.mark.parametrize(
    ("rule", "name", "source", "sentence"),
    [pytest.param(*case, id=f"{case[0].__name__}-{case[3]}") for case in BROKEN],
)
def test_a_broken_package_is_named(rule, name, source, sentence, tmp_path):
    """One file put wrong, and the rule names it, its line and what is wrong."""
    problems = rule(made_up(tmp_path, {**SOUND, name: source}))
    assert any(sentence in problem for problem in problems), problems


def test_each_rule_is_shown_to_fail():
    """No rule stands here without a package that it refuses."""
    assert {rule for rule, *_ in BROKEN} == set(RULES)


# ------------------------------------------------------------------- light at start

SITE = """
feeds:
  - url: http://127.0.0.1:9/feed.xml
"""


def loaded(code: str, *arguments: str, folder: Path) -> frozenset[str]:
    """The modules that a fresh Python has imported once it ran this code."""
    told = "import atexit, sys\natexit.register(lambda: print('loaded', *sys.modules))\n"
    run = subprocess.run(
        [sys.executable, "-c", told + code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return frozenset(run.stdout.splitlines()[-1].split()[1:])


RUN = "from digest.cli import main\nmain()"


def parts_of(modules: Collection[str]) -> set[str]:
    """Their top-level names, and of the package those of its parts."""
    return {
        name.split(".")[1] if name.startswith("digest.") else name.partition(".")[0]
        for name in modules
    }


@pytest.mark.parametrize("command", ["--help", "--version", "status"])
def test_the_start_is_light(command, tmp_path):
    """What a person types most loads no library that takes its time."""
    (tmp_path / "feeds.yaml").write_text(SITE, "utf-8")
    modules = parts_of(loaded(RUN, command, folder=tmp_path))
    assert "click" in modules
    assert modules & HEAVY == set()


def test_help_loads_no_command(tmp_path):
    """Nothing of the package but the list of commands."""
    modules = {name for name in loaded(RUN, "--help", folder=tmp_path)
               if name.startswith("digest.")}  # fmt: skip
    assert modules == {"digest.cli"}


def test_status_loads_what_it_shows(tmp_path):
    """
    Heads of issues and no way to read or write a whole one, ways out for a newsletter and none
    of them, of the commands its own, of the types some.
    """
    slugged = SITE.replace("- url", "- slug: one\n    url")
    (tmp_path / "feeds.yaml").write_text(slugged, "utf-8")
    modules = loaded(RUN, "status", folder=tmp_path)
    assert {"digest.content.heads", "digest.publish.base", "digest.cli.status"} <= modules
    assert not modules & {
        "digest.cli.draft",
        "digest.content.evidence",
        "digest.content.parts",
        "digest.fetch.door",
        "digest.publish.message",
        "digest.text",
        "digest.types.drafting",
    }
    assert not parts_of(modules) & {"difflib", "email", "html", "http", "ssl"}


RENDER = "from digest.publish import search\nsearch.is_available = lambda: False\n" + RUN


def test_render_loads_what_it_makes(tmp_path):
    """
    Where nothing has changed, nothing that makes pages; where the text of an issue has that is no
    longer mailed, neither a parser of Markdown, which that text does not need, nor what makes mail.
    """
    feeds = "feeds: [{url: 'https://a.example/', slug: owl}]\n"
    (tmp_path / "feeds.yaml").write_text(f"digests: [{{slug: systems, title: S}}]\n{feeds}")
    front = replace(FIRST.front, lead="All began with an entry.", claims=())
    issue = replace(FIRST, front=front, features=(replace(FIRST.features[0], kind="model"),))
    for day in range(52):
        date = FIRST.date + dt.timedelta(days=day)
        content.write_issue(tmp_path / "content", replace(issue, date=date))
    loaded(RENDER, "render", folder=tmp_path)
    modules = loaded(RENDER, "render", folder=tmp_path)
    assert "digest.pipeline.render" in modules
    assert not modules & {"digest.pipeline.building", "digest.render", "digest.store.whole"}
    assert parts_of(modules) & HEAVY == set()
    text = next((tmp_path / f"content/systems/{FIRST.date}").glob("1-*.md"))
    text.write_text(text.read_text("utf-8").replace("bought", "sold"), "utf-8")
    modules = loaded(RENDER, "render", folder=tmp_path)
    assert {"digest.pipeline.building", "digest.render.quick"} <= modules
    assert not modules & {"digest.render.newsletter", "digest.text.splitting"}
    assert parts_of(modules) & HEAVY == {"jinja2"}


def test_fetch_loads_what_an_unchanged_feed_needs(tmp_path):
    """No way to read a feed, no process to do it in, of the store's tables and the types some."""
    (tmp_path / "feed.xml").write_text("<rss><channel><title>A</title></channel></rss>", "utf-8")
    feed = (tmp_path / "feed.xml").as_uri()
    (tmp_path / "feeds.yaml").write_text(f"feeds: [{{url: '{feed}', slug: one}}]", "utf-8")
    loaded(RUN, "fetch", folder=tmp_path)
    modules = loaded(RUN, "fetch", folder=tmp_path)  # it is not due any more
    assert {"digest.fetch.door", "digest.pipeline.fetch"} <= modules
    assert not modules & {
        "digest.extract.feed",
        "digest.store.pruning",
        "digest.store.replies",
        "digest.text",
        "digest.types.publication",
        "digest.types.sending",
        "urllib.request",
    }
    others = {"difflib", "email", "h11", "httpx2", "multiprocessing", "protego", "zoneinfo"}
    assert not parts_of(modules) & others


def test_a_heavy_start_would_show(tmp_path):
    """The list of loaded modules is a real one: what is imported stands in it."""
    assert "jinja2" in parts_of(loaded("import jinja2.sandbox", folder=tmp_path))


def test_what_a_package_loads_late_is_what_it_offers():
    """Each name that is loaded when it is asked for is there, and any other is none."""
    for package in (content, publish, store, types):
        source = Path(str(package.__file__)).read_text("utf-8")
        call = source.partition("= names(\n        __name__,")[2].partition("\n    )")[0]
        offered = re.findall(r"\b[A-Za-z_]\w*\b(?!=)", call)
        assert len(offered) > 3
        assert [name for name in offered if getattr(package, name, None) is None] == []
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            package.nothing  # noqa: B018
