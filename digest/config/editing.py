"""
feeds.yaml with feeds added, every other character as it was.

Reads and writes that one file. The place is found in the parsed tree, the text is inserted
there, and the result is read again: it must say what it said before and the new feeds, or
nothing is written.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ..errors import ConfigError
from ..settings import Config, Feed
from ..urls import canonical
from . import FILE, parse, read

_PLAIN = re.compile(r"https?://[^\s#\"'`{}\[\],|>]+[^\s#\"'`{}\[\],|>:]")


Pair = tuple[Feed, Feed]


def add_to_file(folder: Path, feeds: Sequence[Feed]) -> tuple[tuple[Feed, ...], tuple[Pair, ...]]:
    """
    Add the feeds that are not there yet to a site's feeds.yaml.

    Returns:
        The new ones with their slugs; those that were there, each with the one that is.

    Raises:
        ConfigError: The file is not right, cannot be written, or not edited in its form.
    """
    path = folder / FILE
    config = read(folder)
    new: dict[str, Feed] = {}
    there = []
    for feed in feeds:
        before = known(config, feed.url) or new.get(canonical(feed.url))
        if before is None:
            new[canonical(feed.url)] = feed
        else:
            there.append((feed, before))
    if not new:
        return (), tuple(there)
    making = path.with_name(f".{FILE}.making")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text, added = add(file.read(), tuple(new.values()))
        with making.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        making.replace(path)
    except OSError as exc:
        raise ConfigError(str(path), f"cannot be written: {exc.strerror or exc}") from exc
    return added, tuple(there)


def add(text: str, feeds: Sequence[Feed]) -> tuple[str, tuple[Feed, ...]]:
    """
    Add feeds at the end of the list.

    Args:
        text: A feeds.yaml that can be read.
        feeds: New ones; an empty slug is made as for a feed without one.

    Returns:
        The new text, and the feeds with their slugs.

    Raises:
        ConfigError: The text is not right, or holds its feeds in a form that is not edited.
    """
    before = parse(text)
    # Read once without slugs, so that they come out as config makes them; then written
    # down, so that no later feed can change them.
    made = _checked(before, _insert(text, feeds), feeds)
    return _insert(text, made), _checked(before, _insert(text, made), made)


def known(config: Config, url: str) -> Feed | None:
    """The feed of this address that is there already, however the address is written."""
    same = (feed for feed in config.feeds if canonical(feed.url) == canonical(url))
    return next(same, None)


def _checked(before: Config, text: str, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    after = parse(text)
    new = after.feeds[len(before.feeds) :]
    wanted = [dataclasses.replace(feed, slug="") for feed in feeds]
    if (
        dataclasses.replace(after, feeds=before.feeds) != before
        or after.feeds[: len(before.feeds)] != before.feeds
        or [dataclasses.replace(feed, slug="") for feed in new] != wanted
    ):
        raise ConfigError(FILE, "cannot be edited without changing more; expected an edit by hand")
    return new


def _insert(text: str, feeds: Sequence[Feed]) -> str:
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    node = next(value for key, value in root.value if key.value == "feeds")
    if node.flow_style:
        return _into_line(text, node, feeds)
    column = node.start_mark.column
    end = _last_line_end(text, node)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [line for feed in feeds for line in _block(feed, " " * column)]
    added = "".join(line + newline for line in lines)
    gap = "" if text[:end].endswith("\n") else newline
    return text[:end] + gap + added + text[end:]


def _into_line(text: str, node: yaml.Node, feeds: Sequence[Feed]) -> str:
    """Into `[{url: …}, …]`, right after the last; a comma that follows it may close the list."""
    last = node.value[-1].end_mark.index
    items = "".join(", {" + ", ".join(_pairs(feed, always_quoted=True)) + "}" for feed in feeds)
    return text[:last] + items + text[last:]


def _last_line_end(text: str, node: yaml.Node) -> int:
    """After the last line that belongs to the node; comments and blank lines below stay below."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    index = node.end_mark.index
    if node.start_mark.index < index:
        index = len(text[:index].rstrip())  # a block text ends where the next thing begins
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _block(feed: Feed, indent: str) -> list[str]:
    first, *rest = _pairs(feed)
    return [f"{indent}- {first}", *(f"{indent}  {pair}" for pair in rest)]


def _pairs(feed: Feed, *, always_quoted: bool = False) -> list[str]:
    is_plain = _PLAIN.fullmatch(feed.url) and not always_quoted
    pairs = [f"url: {feed.url if is_plain else _quoted(feed.url)}"]
    if feed.slug:
        pairs.append(f"slug: {_quoted(feed.slug) if feed.slug.isdigit() else feed.slug}")
    if feed.title:
        pairs.append(f"title: {_quoted(feed.title)}")
    if feed.tags:
        pairs.append(f"tags: [{', '.join(_quoted(tag) for tag in feed.tags)}]")
    return pairs


def _quoted(text: str) -> str:
    """JSON's strings are YAML's double-quoted ones, as long as they are ASCII."""
    is_simple = re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text)
    is_word = text in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if is_simple and not is_word:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
