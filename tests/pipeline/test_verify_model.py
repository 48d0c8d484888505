"""An issue that a language model wrote, proved again: numbers, names and judgement too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest import config, content, verify
from digest.pipeline.proof import FileProof
from digest.pipeline.verify import verify as verify_issues
from digest.settings import Config
from digest.store import FILE, Store
from digest.types import FrontDraft, Issue, Paragraph, RoundUpDraft, Section
from tests.verify.model_material import MAY, QUOTATION, TABLE, TABLE_NOTE, dossier, draft

CONFIG: Config = config.parse(
    "digests: [{slug: daily, title: Daily}]\n"
    "feeds: [{url: 'https://wire.example/feed', slug: wire}]\n"
)
JUDGEMENT = "That is a fair offer for most readers."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one issue: a model's feature, round-up and front, all of it proved."""
    more = Section("More", (Paragraph(f"{JUDGEMENT}[own]"), TABLE, QUOTATION))
    written = draft(notes=(*draft().notes, TABLE_NOTE), sections=(*draft().sections, more))
    feature, _ = verify.feature(written, dossier("orrin"), slug="orrin-4")
    assert feature is not None
    assert JUDGEMENT in feature.body
    told = (
        "Adults who slept fewer than six hours a night were 1.4 times as likely to develop high "
        "blood pressure, researchers at the University of Tarn report."
    )
    item, _ = verify.round_up(RoundUpDraft("R1", told), dossier("sleep"), kind="model")
    front_draft = FrontDraft(
        headline=feature.title,
        dek=feature.tldr[0],
        tldr=feature.tldr,
        lead=(f"{feature.tldr[0]} {JUDGEMENT}[own]",),
        kind="model",
    )
    front, _ = verify.front(front_draft, (feature,), (item,))
    assert item.text
    documents = (*dossier("orrin").documents, *dossier("sleep").documents)
    with Store(tmp_path / FILE) as store, store.transaction():
        for document in documents:
            store.documents.put(document)
    issue = Issue(
        digest="daily",
        date=MAY.date(),
        slug="orrin-4",
        front=front,
        features=(feature,),
        round_ups=(item,),
        status="published",
        period_start=None,
        period_end=MAY,
        researched_at=MAY,
        model="a-model",
        documents=documents,
    )
    content.write_issue(tmp_path / "content", replace(issue, counts=verify.counts(issue)))
    return tmp_path


def proofs(site: Path) -> dict[str, FileProof]:
    with Store(site / FILE) as store:
        (proof,) = verify_issues(CONFIG, store, site)
    return {file.name: file for file in proof.files}


def path_of(site: Path, name: str) -> Path:
    (folder,) = content.issue_folders(site / "content", "daily")
    return folder / name


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, old
    path.write_text(text.replace(old, new, 1))


def test_an_issue_as_written_is_proved(site: Path) -> None:
    """No file has an error, each number and name is told as proved, and nothing is rewritten."""
    before = path_of(site, "evidence.json").read_bytes()
    found = proofs(site)
    assert path_of(site, "evidence.json").read_bytes() == before
    assert [problem for file in found.values() for problem in file.problems] == []
    items = found["1-orrin-4.md"].items
    assert {item.state for item in items} == {"proved"}
    shown = {(item.kind, item.text) for item in items}
    assert ("number", "71.3%") in shown
    assert ("name", "Lathe") in shown


def test_a_changed_number_and_a_new_name_are_not_proved(site: Path) -> None:
    """Each is told by itself, with its place; their sentences become "edited"."""
    path = path_of(site, "1-orrin-4.md")
    edit(path, "71.3%", "73.1%")
    edit(path, "Kestrel Labs", "Zanzibar Corp")
    file = proofs(site)["1-orrin-4.md"]
    wrong = {(item.kind, item.text) for item in file.items if item.state == "not proved"}
    assert ("number", "73.1%") in wrong
    assert ("number", "58.9%") not in wrong
    assert any(kind == "name" and "Zanzibar" in text for kind, text in wrong)
    edited = [claim.text for claim in file.claims if claim.kind == "edited"]
    assert any("73.1%" in text for text in edited)
    assert all("73.1%" in text or "Zanzibar" in text for text in edited)


def test_judgement_stays_judgement(site: Path) -> None:
    """An own sentence needs no note in feature or lead; words of the same kind that are new do."""
    kinds = {
        name: {claim.text: claim.kind for claim in file.claims}
        for name, file in proofs(site).items()
    }
    assert kinds["1-orrin-4.md"][JUDGEMENT] == "own"
    assert kinds["issue.md"][JUDGEMENT] == "own"


def test_a_front_that_says_more_than_the_issue_is_told(site: Path) -> None:
    """A number that stands nowhere below is an error of issue.md."""
    edit(path_of(site, "issue.md"), "dek: ", "dek: At 4,444 dollars, ")
    problems = proofs(site)["issue.md"].problems
    assert any("4,444" in problem.found for problem in problems)


def test_a_round_up_is_judged_again(site: Path) -> None:
    """A number that its documents do not hold is told with the round-up's name."""
    edit(path_of(site, "round-ups.md"), "1.4 times", "340 times")
    file = proofs(site)["round-ups.md"]
    assert file.problems
    assert all(problem.where.startswith("round-up ") for problem in file.problems)
