"""evidence.json for others: it fits the schema, and a program that is not ours checks it again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest import content
from digest.cli import main
from digest.store import FILE
from digest.types import Correction
from tests.content.test_content import issue as every_field

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
SCHEMA = TEMPLATES / "evidence.schema.json"


def folder_of(site: Path) -> Path:
    (folder,) = content.issue_folders(site / "content", "daily")
    return folder


def fits(*paths: Path) -> subprocess.CompletedProcess[str]:
    words = ["-m", "check_jsonschema", "--schemafile", str(SCHEMA), *map(str, paths)]
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)


def recheck(site: Path, *, with_store: bool = True) -> subprocess.CompletedProcess[str]:
    """The program as a stranger runs it: isolated, without any package."""
    store = [str(site / FILE)] if with_store else []
    program, path = str(TEMPLATES / "recheck.py"), str(folder_of(site) / "evidence.json")
    return subprocess.run(
        [sys.executable, "-I", "-S", program, path, *store],
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_we_write_fits_the_schema(built: Path, tmp_path: Path) -> None:
    """As drafted, as verified after edits of every file, with each field, and without evidence."""
    drafted = tmp_path / "drafted.json"
    drafted.write_bytes((folder_of(built) / "evidence.json").read_bytes())
    for path in folder_of(built).glob("*.md"):
        path.write_text(path.read_text() + "\nA line that nobody can prove, of 300 words.\n")
    (folder_of(built) / "round-ups.md").write_text("## A title\n\nSource: newsroom\n\nWords.\n")
    CliRunner().invoke(main, ["verify", "-C", str(built)])
    edited = folder_of(built) / "evidence.json"
    assert "edited, not proved" in edited.read_text()
    whole = content.write_issue(tmp_path / "whole", every_field()) / "evidence.json"
    alone = tmp_path / "alone.json"
    alone.write_text('{"version": 1}')
    result = fits(drafted, edited, whole, alone)
    assert result.returncode == 0, result.stdout


def test_the_schema_is_strict(built: Path, tmp_path: Path) -> None:
    """A field that is misspelt, missing or of another form does not fit."""
    text = (folder_of(built) / "evidence.json").read_text()
    paths = []
    for number, (old, new) in enumerate(
        [('"quote"', '"qoute"'), ('"kind": "extracted"', '"kind": "true"'), ('"end": ', '"end": -')]
    ):
        assert old in text
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(text.replace(old, new, 1))
        assert fits(paths[-1]).returncode == 1


def test_a_stranger_finds_everything_in_its_place(built: Path) -> None:
    """With the store and without, after a correction too."""
    correction = Correction(every_field().date, "issue.md", "It was 3: not 4.")
    content.add_corrections(folder_of(built), [correction])
    for with_store in (True, False):
        result = recheck(built, with_store=with_store)
        assert result.returncode == 0, result.stdout
        assert "Everything is where it is said to be" in result.stdout


def _first(data: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = data[key][0]
    return found


def _other_quote(data: dict[str, Any]) -> None:
    note = _first(data, "notes")
    note["quote"] = "x" * len(note["quote"])


def _other_place(data: dict[str, Any]) -> None:
    note = _first(data, "notes")
    note["start"], note["end"] = note["start"] + 7, note["end"] + 7


def _other_context(data: dict[str, Any]) -> None:
    _first(data, "notes")["before"] = "Nobody wrote this: "


def _other_length(data: dict[str, Any]) -> None:
    _first(data, "notes")["end"] += 1


def _other_hash(data: dict[str, Any]) -> None:
    document = _first(data, "documents")
    document["sha256"] = document["sha256"][::-1]


def _no_document(data: dict[str, Any]) -> None:
    _first(data, "notes")["document"] = "0" * 12


def _no_note(data: dict[str, Any]) -> None:
    claim = next(c for c in data["claims"] if c["rests"] and isinstance(c["rests"][0], str))
    claim["rests"] = ["gone-1"]


def _other_file(data: dict[str, Any]) -> None:
    data["files"]["issue.md"]["verified"] = "0" * 64


@pytest.mark.parametrize(
    ("forge", "needs_store", "told"),
    [
        (_other_quote, True, "does not stand in its document"),
        (_other_place, True, "does not stand in its document"),
        (_other_context, True, "does not stand in its document"),
        (_other_length, False, "is not as long as its place"),
        (_other_hash, False, "is not the beginning of its hash"),
        (_no_document, False, "is not listed"),
        (_no_note, False, "no note gone-1"),
        (_other_file, False, "has changed since it was proved"),
    ],
)
def test_a_stranger_sees_a_forgery(
    built: Path, forge: Callable[[dict[str, Any]], None], needs_store: bool, told: str
) -> None:
    """Each field that can be forged is told; exit status 1."""
    path = folder_of(built) / "evidence.json"
    data = json.loads(path.read_text())
    forge(data)
    path.write_text(json.dumps(data))
    result = recheck(built, with_store=needs_store)
    assert result.returncode == 1
    assert told in result.stdout


def test_a_store_that_is_no_file_is_told(built: Path) -> None:
    """In a line, as everything else; and no file is made."""
    path = folder_of(built) / "evidence.json"
    words = ["-I", "-S", str(TEMPLATES / "recheck.py"), str(path), str(built / "lost.db")]
    result = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout.endswith("lost.db: there is no such file\n")
    assert not (built / "lost.db").exists()
