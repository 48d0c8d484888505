"""
Reads the labelled news of tests/data/select, and says how well groups agree with it.

Touches the files of this folder. The texts are written by hand; see the head of news-1.txt
for their form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from digest.text import sentences
from digest.types import Document, Entry
from tests.draft.making import document

FOLDER = Path(__file__).parents[1] / "data" / "select"
FIRST_DAY = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

Key = tuple[str, str]
Pair = frozenset[Key]


@dataclass(frozen=True)
class Labelled:
    """Entries in the order of their files, their texts, and the story that each belongs to."""

    entries: tuple[Entry, ...]
    texts: Mapping[str, Document]
    story: Mapping[Key, str]
    """An entry that is alone has a story of its own."""

    def pairs(self) -> set[Pair]:
        return together(
            [key for key, name in self.story.items() if name == wanted]
            for wanted in set(self.story.values())
        )


def labelled(*names: str) -> Labelled:
    """The news of the named files; where none is named, of those that weights were fitted on."""
    rows = [row for name in names or ("news-1.txt", "news-2.txt") for row in _rows(name)]
    label = {row["label"]: row for row in rows if row["label"]}
    address = {name: row["url"] for name, row in label.items()}
    entries, texts, story = [], {}, {}
    for row in rows:
        text = _document(row, label, address)
        entry = Entry(
            feed=row["feed"],
            id=row["url"],
            url=row["url"],
            canonical=row["url"],
            title=row["title"],
            published=FIRST_DAY + dt.timedelta(days=int(row["day"]) - 1, hours=int(row["hour"])),
            points_to=address.get(row["to"], row["to"]),
            document=text.id,
        )
        entries.append(entry)
        texts[text.id] = text
        story[entry.key] = row["story"] if row["story"] != "-" else row["url"]
    return Labelled(tuple(entries), texts, story)


def together(groups: Iterable[Sequence[Key]]) -> set[Pair]:
    """The pairs of entries that stand in one group."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


@dataclass(frozen=True)
class Agreement:
    precision: float
    recall: float
    wrong: int
    """Groups in which entries of two stories stand."""
    missed: int
    """Stories that were parted."""

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def agreement(news: Labelled, groups: Sequence[Sequence[Key]]) -> Agreement:
    """Pairwise precision and recall, and the groups and stories that are not whole."""
    found, wanted = together(groups), news.pairs()
    parts = Counter(name for group in groups for name in {news.story[key] for key in group})
    return Agreement(
        precision=len(found & wanted) / len(found),
        recall=len(found & wanted) / len(wanted),
        wrong=sum(len({news.story[key] for key in group}) > 1 for group in groups),
        missed=sum(count > 1 for count in parts.values()),
    )


def _rows(name: str) -> list[dict[str, str]]:
    rows, story = [], "-"
    lines = (FOLDER / name).read_text("utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("== "):
            story = line[3:].strip()
        elif line and not line.startswith("#"):
            feed, when, title, text = line.split(" | ", 3)
            marks = {
                mark[0] if mark[0] in ">@" else "=": mark
                for mark in re.findall(r"\[([^\]]+)\]", title)
            }
            day, hour = when.split()
            rows.append(
                {
                    "feed": feed,
                    "day": day,
                    "hour": hour,
                    "title": re.sub(r"\s*\[[^\]]+\]", "", title),
                    "text": text,
                    "story": story,
                    "label": marks.get("=", ""),
                    "to": marks.get(">", ">")[1:],
                    "link": marks.get("@", "@")[1:],
                    "url": f"https://{feed}.example/{name[:6]}/{number}",
                }
            )
    return rows


def _document(
    row: Mapping[str, str], label: Mapping[str, Mapping[str, str]], address: Mapping[str, str]
) -> Document:
    text = row["text"]
    if match := re.match(r"\^([\w-]+)(?:/(\d+))?\s*", text):
        copied = label[match[1]]["text"]
        ends = [end for _, end in sentences(copied)]
        end = ends[min(int(match[2] or len(ends)), len(ends)) - 1]
        text = f"{copied[:end]} {text[match.end() :]}".strip()
    if row["link"]:
        text += f" [More]({address.get(row['link'], row['link'])})."
    return document(text, url=row["url"], title=row["title"], publisher=row["feed"])
