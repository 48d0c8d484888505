"""
The documentation says what the program does: README.md, the guide in content/pages/, `--help`.

Commands, options, keys of feeds.yaml, dependencies and make's targets are read from where
they are defined. What is missing from the documentation fails, and so does what stands there
and does not exist.
"""

from __future__ import annotations

import dataclasses
import re
import shlex
import tomllib
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from digest import cli, config
from digest.errors import ConfigError
from digest.settings import Config, name_of
from tests import reference

ROOT = Path(__file__).parent.parent


@cache
def documentation() -> str:
    """The README and, where there is one, the guide."""
    pages = [ROOT / "README.md", *sorted((ROOT / "content" / "pages").glob("*.md"))]
    return "\n\n".join(page.read_text("utf-8") for page in pages)


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced code blocks of these languages."""
    fence = rf"^```(?:{'|'.join(languages)})\b[^\n]*\n(.*?)^```"
    return re.findall(fence, text, re.M | re.S)


def spans(text: str) -> list[str]:
    """The inline code."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", outside)


# ------------------------------------------------------------------------ commands


def members(group: click.Group) -> dict[str, click.Command]:
    """A group's commands by name."""
    context = click.Context(group)
    found = ((name, group.get_command(context, name)) for name in group.list_commands(context))
    return {name: command for name, command in found if command is not None}


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with its words after `digest`."""
    for name, command in members(group).items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        elif not command.hidden:
            yield (*path, name), command


def typed(line: str, program: str = "digest") -> Iterator[str]:
    """The calls of a program in a line for a shell, without what leads up to them."""
    for part in re.split(r"&&|\|\||[|;]", re.sub(r"\s#\s.*", "", line)):
        call = re.sub(
            r"^(?:\$ )?(?:uv run |(?:\S*/)?\.venv/bin/|\S*python3? -m )?", "", part.strip()
        )
        if re.match(rf"{program}(?:\s|$)", call):
            yield call


def shown(text: str, program: str = "digest") -> list[str]:
    """The calls of a program that a text gives a person to type, in blocks and inline."""
    lines = [line for block in blocks(text, "sh", "bash", "shell") for line in block.splitlines()]
    return [call for line in [*lines, *spans(text)] for call in typed(line, program)]


def examples(help_text: str) -> list[str]:
    """The calls below `Example:` or `Examples:` in a help text."""
    lines = re.split(r"^\s*Examples?:\s*$", help_text, maxsplit=1, flags=re.M)[1:]
    return [call for line in "".join(lines).splitlines() for call in typed(line.strip())]


def mistakes(call: str, group: click.Group) -> list[str]:
    """What of a call does not exist: `digest fetch --frce`."""
    command: click.Command = group
    words = iter(shlex.split(call)[1:])
    wrong = []
    for word in words:
        context = click.Context(command, info_name="digest")
        options = {
            name: param
            for param in command.get_params(context)
            if isinstance(param, click.Option)
            for name in (*param.opts, *param.secondary_opts)
        }
        if word.startswith("-"):
            name, _, value = word.partition("=")
            if name not in {*options, "-h", "--help"}:
                wrong.append(f"{call}: no option {name}")
            elif (
                not value and name in options and not (options[name].is_flag or options[name].count)
            ):
                next(words, None)
        elif isinstance(command, click.Group):
            if word not in members(command):
                return [*wrong, f"{call}: no command {word}"]
            command = members(command)[word]
    return wrong


def test_each_command_has_its_line():
    """The line of `digest --help` is a whole sentence, and short enough to stand on one line."""
    shown = CliRunner().invoke(cli.main, ["--help"]).stdout.splitlines()
    for name, (_, line) in cli.COMMANDS.items():
        assert members(cli.main)[name].name == name
        assert line.endswith(".")
        assert f"  {name:<7}  {line}" in shown
    assert CliRunner().invoke(cli.main, ["fetchh"]).exit_code == 2


@pytest.mark.parametrize(
    ("path", "command"),
    [pytest.param(*found, id=" ".join(found[0])) for found in commands(cli.main)],
)
def test_a_command_is_explained(path, command):
    """Its help says what it does and shows it at work; the documentation names it."""
    of_itself = [call.split()[1 : 1 + len(path)] for call in examples(command.help or "")]
    assert list(path) in of_itself, "no example of it below `Example:`"
    in_documentation = [call.split()[1 : 1 + len(path)] for call in shown(documentation())]
    assert list(path) in in_documentation, "not in README.md"


def test_what_is_shown_exists():
    """No call in the documentation or in `--help` has a command or option that is not there."""
    calls = shown(documentation())
    for _, command in commands(cli.main):
        calls += examples(command.help or "")
    assert calls
    assert [wrong for call in calls for wrong in mistakes(call, cli.main)] == []


@click.group(name="digest")
@click.option("-C", "folder")
def made_up(folder: str) -> None:
    """A command line to show that the checks can fail."""


@made_up.command()
@click.option("--force", is_flag=True)
@click.option("--feed")
def fetch(force: bool, feed: str) -> None:
    """Fetch."""


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        ("digest fetch --force --feed one", []),
        ("digest -C fetching fetch --feed=one --help", []),
        ("digest fetch --frce", ["digest fetch --frce: no option --frce"]),
        ("digest fech", ["digest fech: no command fech"]),
        ("digest fetch -C site", ["digest fetch -C site: no option -C"]),
    ],
)
def test_a_wrong_call_is_seen(call, wrong):
    """A misspelt command, option, or an option in the wrong place does not pass."""
    assert mistakes(call, made_up) == wrong


def test_calls_are_found_where_people_read_them():
    """In shell blocks and inline, after what leads up to them; not in prose or other blocks."""
    text = (
        "digest prose\n\n`digest inline`\n\n```sh\n"
        "$ digest one && .venv/bin/digest two # digest no\n"
        "uv run digest three | digest four\n```\n\n```yaml\ndigest: no\n```\n"
    )
    words = ["one", "two", "three", "four", "inline"]
    assert shown(text) == [f"digest {word}" for word in words]
    assert examples("Do.\n\ndigest no\n\nExample:\n  digest yes --force\n") == [
        "digest yes --force"
    ]


# -------------------------------------------------------------------- feeds.yaml

Paths = frozenset[tuple[str, ...]]


def keys(of: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The keys that a class of settings has, each with its way: `("site", "author", "name")`."""
    if not dataclasses.is_dataclass(of):
        for part in typing.get_args(of):
            yield from keys(part, *path)
        return
    assert isinstance(of, type)
    hints = typing.get_type_hints(of)
    for field in dataclasses.fields(of):
        name = name_of(field.name)
        yield (*path, name)
        yield from keys(hints[field.name], *path, name)


def written(value: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The keys that a YAML value has, in the same form; a list adds nothing to the way."""
    if isinstance(value, list):
        for item in value:
            yield from written(item, *path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, str(key))
            yield from written(item, *path, str(key))


def documented(text: str) -> Paths:
    """Keys that a YAML block of a text shows at their place, or that it names as `site.title`."""
    shown_keys = {path for block in blocks(text, "yaml") for path in written(yaml.safe_load(block))}
    named = {tuple(re.split(r"(?:\[\])?\.", span.rstrip("[]"))) for span in spans(text)}
    return frozenset(shown_keys | named)


def test_every_key_is_documented():
    """Each key that feeds.yaml may have stands in an example, or by its whole name in a table."""
    missing = sorted(set(keys(Config)) - documented(documentation()))
    assert [".".join(path) for path in missing] == []


def test_the_reference_is_in_step():
    """The page on feeds.yaml is what the settings make: `python -m tests.reference`."""
    page = ROOT / "content" / "pages" / "guide-configuration.md"
    assert page.read_text("utf-8") == reference.page()


def test_the_guide_leads_somewhere():
    """Each link between the guide's pages, and from the README to them, has its page."""
    pages = {path.stem for path in (ROOT / "content" / "pages").glob("*.md")}
    linked = set(re.findall(r"\]\(/(guide[\w-]*)/\)", documentation()))
    linked |= set(re.findall(r"content/pages/([\w-]+)\.md", documentation()))
    assert linked == {name for name in pages if name.startswith("guide-")}
    for picture in re.findall(r"!\[[^\]]+\]\((\S+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / picture).stat().st_size < 150_000


def test_every_example_is_right():
    """A feeds.yaml that the documentation shows is read without an error."""
    examples_of_it = [block for block in blocks(documentation(), "yaml") if "feeds:" in block]
    assert examples_of_it
    for example in examples_of_it:
        config.parse(example)


def test_a_missing_key_is_seen():
    """A key at another place, or in prose, does not count; an example with a wrong one fails."""
    text = "`site.url` and title\n\n```yaml\nsite: {title: x}\nfeeds:\n  - url: y\n```\n"
    assert {("site", "url"), ("site", "title"), ("feeds", "url")} <= documented(text)
    assert ("feeds", "title") not in documented(text)
    assert ("site", "author", "name") in set(keys(Config))
    with pytest.raises(ConfigError):
        config.parse("feeds:\n  - adress: https://example.org/feed\n")


# ------------------------------------------------------------------ the rest by name


def test_every_dependency_is_explained():
    """The README says of each package that we ask for what it does for us."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=;\s]", line)[0] for line in project["dependencies"]]
    rows = [row for row in documentation().splitlines() if row.startswith("|")]
    missing = [name for name in names if not any(has_word(row, name) for row in rows)]
    assert missing == []


def has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.I) is not None


def test_a_missing_dependency_is_seen():
    """A longer name does not explain a shorter one."""
    assert has_word("| [click](https://…) | commands |", "click")
    assert not has_word("| click-default-group | commands |", "click")


def test_every_make_target_exists():
    """What the documentation asks of make, the Makefile has."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    guides = documentation() + (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    asked = {word for call in shown(guides, "make") for word in call.split()[1:] if "=" not in word}
    assert {"demo", "test"} <= asked
    assert asked <= targets
