"""`digest verify`: published issues proved again from the store, edited ones too."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from digest import content
from digest.cli import main
from digest.store import FILE


def run(site: Path, *words: str, status: int = 0) -> Result:
    command, *rest = words
    result = CliRunner().invoke(main, [command, "-C", str(site), *rest])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def report(site: Path, *words: str, status: int = 0) -> dict[str, Any]:
    """The one issue's report, its files by name."""
    (proof,) = json.loads(run(site, "verify", "--json", *words, status=status).stdout)
    proof["files"] = {file["name"]: file for file in proof["files"]}
    return proof


def issue_folder(site: Path) -> Path:
    (folder,) = content.issue_folders(site / "content", "daily")
    return folder


def evidence(site: Path) -> dict[str, Any]:
    return json.loads((issue_folder(site) / "evidence.json").read_text())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new))


def feature_file(site: Path) -> Path:
    return issue_folder(site) / content.feature_files(issue_folder(site))[0]


def first_note(site: Path) -> str:
    """The first words of the first footnote's quote, free of Markdown signs."""
    match = re.search(r"\n    > ([\w ,]{20,})", feature_file(site).read_text())
    assert match is not None
    return match[1]


def test_an_issue_as_written_is_proved(built: Path) -> None:
    """Every footnote and sentence of every file is proved; nothing is written anew."""
    path = issue_folder(built) / "evidence.json"
    before = path.read_bytes(), path.stat().st_mtime_ns
    proof = report(built)
    assert {item["state"] for file in proof["files"].values() for item in file["items"]} == {
        "proved"
    }
    assert {"issue.md", "round-ups.md", feature_file(built).name} <= set(proof["files"])
    labels = [note["label"] for note in evidence(built)["notes"]]
    shown = [
        item["text"]
        for file in proof["files"].values()
        for item in file["items"]
        if item["kind"] == "footnote"
    ]
    assert sorted(shown) == sorted(labels)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    text = run(built, "verify").stdout
    assert re.search(r"daily/\S+: proved: \d+ footnotes, \d+ sentences", text)
    assert labels[0] in text


def test_an_edited_quote_is_not_proved(built: Path) -> None:
    """A changed word in a note and its sentence: told, kept beside the file, claims "edited"."""
    words = first_note(built)
    edit(feature_file(built), words, f"Altered {words}")
    proof = report(built, status=1)
    file = proof["files"][feature_file(built).name]
    wrong = [item for item in file["items"] if item["state"] == "not proved"]
    assert {item["kind"] for item in wrong} >= {"footnote", "sentence"}
    data = evidence(built)
    kept = [p for p in data["problems"] if p["where"].startswith(f"{feature_file(built).name}:")]
    assert kept
    assert {problem["outcome"] for problem in kept} == {"edited, not proved"}
    edited = [claim["text"] for claim in data["claims"] if claim["kind"] == "edited"]
    assert any("Altered" in text for text in edited)
    hashes = data["files"][feature_file(built).name]
    assert hashes["written"] != hashes["verified"]
    run(built, "verify", status=1)
    assert evidence(built) == data


def test_build_and_verify_write_the_same(built: Path, tmp_path: Path) -> None:
    """The outcome of an edit is one, whichever command finds it; a second build is silent."""
    edit(feature_file(built), first_note(built), "Quite other words")
    edit(issue_folder(built) / "issue.md", "dek: ", "dek: Wholly invented. ")
    twin = shutil.copytree(built, tmp_path / "twin")
    run(built, "verify", status=1)
    assert "Quite other words" in run(twin, "build").stderr
    assert evidence(twin) == evidence(built)
    assert "Quite other words" not in run(twin, "build").stderr


def test_an_edit_taken_back_leaves_no_trace(built: Path) -> None:
    """The words as they were written have their claims again, and no problem."""
    before = evidence(built)
    words = first_note(built)
    edit(feature_file(built), words, "Quite other words")
    run(built, "verify", status=1)
    edit(feature_file(built), "Quite other words", words)
    run(built, "verify")
    after = evidence(built)
    assert after["files"] == before["files"]
    assert after["problems"] == before["problems"]
    assert [c["text"] for c in after["claims"]] == [c["text"] for c in before["claims"]]
    assert "edited" not in {claim["kind"] for claim in after["claims"]}


def test_the_front_is_held_against_what_stands_below(built: Path) -> None:
    """An invented dek, and a sentence slipped into the counted lead, are not proved."""
    path = issue_folder(built) / "issue.md"
    edit(path, "dek: ", "dek: Aliens landed on Tuesday. ")
    path.write_text(path.read_text() + "\nThe moon is made of 300 cheeses.\n")
    proof = report(built, status=1)["files"]["issue.md"]
    assert {problem["where"] for problem in proof["problems"]} >= {"dek"}
    assert any("300 cheeses" in problem["found"] for problem in proof["problems"])
    edited = [claim["text"] for claim in evidence(built)["claims"] if claim["kind"] == "edited"]
    assert any("cheeses" in text for text in edited)
    assert any("Aliens" in text for text in edited)


def test_round_ups_are_proved_again(built: Path) -> None:
    """A round-up's changed sentence and its changed title are told with its place."""
    path = issue_folder(built) / "round-ups.md"
    item = next(i for i in content.read_issue(issue_folder(built), "daily").round_ups if i.text)
    word = next(w for w in item.text.split() if w.isalpha() and len(w) > 5)
    edit(path, item.text, item.text.replace(word, "zebras", 1))
    proof = report(built, status=1)["files"]["round-ups.md"]
    assert [p["where"] for p in proof["problems"]] == [
        p["where"] for p in proof["problems"] if p["where"].startswith(f"round-up {item.slug}")
    ]
    assert proof["problems"]
    edited = [claim["text"] for claim in evidence(built)["claims"] if claim["kind"] == "edited"]
    assert any("zebras" in text for text in edited)


def test_a_note_that_a_person_adds_is_proved(built: Path) -> None:
    """Its document is found by the address that it links to; a false one is not proved."""
    path = feature_file(built)
    issue = content.read_issue(issue_folder(built), "daily")
    ref = issue.features[0].documents[0]
    note = issue.features[0].notes[0]
    head, sep, notes = path.read_text().partition("\n[^")
    for words, state in (
        (note.quote.text, "proved"),
        ("Nobody ever wrote this here", "not proved"),
    ):
        quoted = " ".join(words.split())
        path.write_text(
            f"{head}\n{quoted}[^mine-1]\n{sep}{notes}\n\n[^mine-1]: [A page]({ref.url})\n"
            f"    > {quoted}\n"
        )
        items = report(built, status=state != "proved")["files"][path.name]["items"]
        assert [i["state"] for i in items if i["text"] == "mine-1"] == [state]


def test_a_lost_document_is_told_and_costs_no_outcome(built: Path) -> None:
    """Without the store nothing can be proved: said so, and evidence.json stays as it was."""
    before = (issue_folder(built) / "evidence.json").read_bytes()
    for path in built.glob(f"{FILE}*"):
        path.unlink()
    proof = report(built, status=1)
    states = {
        item["state"]
        for file in proof["files"].values()
        for item in file["items"]
        if item["kind"] == "footnote"
    }
    assert states == {"document missing"}
    assert (issue_folder(built) / "evidence.json").read_bytes() == before
    assert "document missing" in run(built, "verify", status=1).stdout


def test_a_stored_text_that_was_changed_is_no_document(built: Path) -> None:
    """A text that does not have its hash proves nothing."""
    note = content.read_issue(issue_folder(built), "daily").features[0].notes[0]
    with sqlite3.connect(built / FILE) as db:
        row = db.execute("SELECT text FROM documents WHERE id = ?", (note.quote.document,))
        text = zlib.decompress(row.fetchone()[0]) + b" More."
        db.execute(
            "UPDATE documents SET text = ? WHERE id = ?", (zlib.compress(text), note.quote.document)
        )
    db.close()
    items = report(built, status=1)["files"][feature_file(built).name]["items"]
    assert "document missing" in {item["state"] for item in items}


@pytest.mark.parametrize("name", ["{day}", "daily", "daily/{day}", "all"])
def test_issues_by_name(built: Path, name: str) -> None:
    """An issue is named by digest and day, or either."""
    day = issue_folder(built).name
    assert report(built, name.format(day=day))["date"] == day


def test_unknown_issues_are_refused(built: Path) -> None:
    """A name that no issue has exits 2 and shows one that exists."""
    text = run(built, "verify", "daily/1999-01-01", status=2).stderr
    assert f"expected one such as daily/{issue_folder(built).name}" in text


def test_no_issue_is_no_mistake(fetched: Path) -> None:
    """Before the first issue there is nothing to prove, which is said."""
    assert "there is no issue yet" in run(fetched, "verify").stderr


def test_a_sentence_that_a_person_adds_is_a_claim(built: Path) -> None:
    """Between quotations, a person's own words are proved as claims: names, numbers, support."""
    path = feature_file(built)
    note = content.read_issue(issue_folder(built), "daily").features[0].notes[0]
    words = " ".join(note.quote.text.split())
    label = note.label
    text = path.read_text()
    head, sep, notes = text.partition("\n[^")
    for added, state in (
        (f"In short: {words[0].lower()}{words[1:]}", "proved"),
        (f"Professor Zanzibar counted 7,777 of them: {words}", "edited"),
    ):
        path.write_text(f"{head}\n{added}[^{label}]\n{sep}{notes}")
        run(built, "verify", status=state == "edited")
        kinds = {c["text"]: c["kind"] for c in evidence(built)["claims"] if c["file"] == path.name}
        found = [kind for sentence, kind in kinds.items() if sentence in added]
        assert ("edited" in found) == (state == "edited"), kinds
    problems = [p for p in evidence(built)["problems"] if p["where"].startswith(path.name)]
    assert {"N1", "E1"} <= {problem["rule"] for problem in problems}
