"""An issue or a part of it written anew: what is not asked for keeps its bytes."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest import content
from digest.cli import main
from digest.config import read
from digest.draft import Extractive
from digest.draft.model import Models
from digest.draft.prompts import Prompts
from digest.errors import ConfigError, ContentError, DraftError, ModelError
from digest.pipeline.draft import Again
from digest.pipeline.draft import draft as run_draft
from digest.pipeline.redo import redo
from digest.pipeline.window import window_of
from digest.pipeline.writing import Desk
from digest.store import FILE, Store
from digest.types import Claim, Issue, Problem
from tests.draft.replies import Scripted, round_ups
from tests.evals import day as days


def digest(folder: Path, *words: str, status: int = 0) -> Result:
    command, *rest = words
    result = CliRunner().invoke(main, [command, "-C", str(folder), *rest])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def issue_folder(site: Path) -> Path:
    (folder,) = content.issue_folders(site / "content", "daily")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def the_issue(site: Path) -> Issue:
    return content.read_issue(issue_folder(site), "daily")


def redone(site: Path, *words: str, status: int = 0) -> Result:
    return digest(site, "draft", "--redo", "--offline", *words, status=status)


@pytest.mark.parametrize("part", ["1", "round-ups", "front"])
def test_a_part_is_written_anew_and_nothing_else(built: Path, part: str) -> None:
    """The same drafter and documents give the same text; the issue stays proved."""
    before = files(issue_folder(built))
    said = redone(built, "--part", part).output
    after = files(issue_folder(built))
    name = {"1": "1-", "round-ups": "round-ups.md", "front": "issue.md"}[part]
    assert name in said
    assert after.keys() == before.keys()
    changed = {each for each in after if after[each] != before[each]}
    assert changed <= {"evidence.json", next(each for each in after if each.startswith(name))}
    digest(built, "verify")


def test_a_whole_issue_is_written_anew(built: Path) -> None:
    """Its address, day and state stay; the same store gives the same texts."""
    before, texts = the_issue(built), files(issue_folder(built))
    redone(built)
    after = the_issue(built)
    assert (after.slug, after.date, after.status) == (before.slug, before.date, before.status)
    assert [f.title for f in after.features] == [f.title for f in before.features]
    assert files(issue_folder(built)).keys() == texts.keys()
    digest(built, "verify")


def test_an_edited_file_is_not_written_over(built: Path) -> None:
    """Without --force nothing changes; with it the person's words stay beside."""
    folder = issue_folder(built)
    path = next(folder.glob("1-*.md"))
    path.write_text(path.read_text() + "\nA word of mine.\n")
    before = files(folder)
    assert "edited by a person" in redone(built, "--part", "1", status=2).output
    assert files(folder) == before
    redone(built, "--part", "1", "--force")
    assert "A word of mine." not in path.read_text()
    assert "A word of mine." in path.with_name(f"{path.name}.bak").read_text()


def test_an_edit_elsewhere_stays(built: Path) -> None:
    """A part that is not asked for keeps a person's words, and counts as edited still."""
    folder = issue_folder(built)
    path = next(folder.glob("2-*.md"))
    path.write_text(path.read_text().replace("tldr:", "edited_by: Ada\ntldr:", 1))
    edited = path.read_bytes()
    redone(built, "--part", "1")
    assert path.read_bytes() == edited
    assert path.name in the_issue(built).edited


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--redo", "--part", "99"], "expected 1 to"),
        (["--redo", "--part", "x"], "expected the number of a feature"),
        (["--redo", "--date", "2001-01-01"], "is no issue"),
        (["--redo", "--plan"], "neither --plan nor --as-of"),
        (["--part", "1"], "go with --redo"),
    ],
)
def test_misuse_is_told(built: Path, words: list[str], expected: str) -> None:
    before = files(issue_folder(built))
    assert expected in digest(built, "draft", "--offline", *words, status=2).output
    assert files(issue_folder(built)) == before


def test_a_kill_between_the_renames_loses_nothing(built: Path) -> None:
    """The old folder is put back by the next run."""
    folder = issue_folder(built)
    before = files(folder)
    os.rename(folder, folder.with_name(f".{folder.name}.old"))
    digest(built, "draft", "--offline")
    assert files(folder) == before


def test_a_kill_after_the_renames_keeps_the_new_text(built: Path) -> None:
    folder = issue_folder(built)
    before = files(folder)
    old = folder.with_name(f".{folder.name}.old")
    old.mkdir()
    (old / "issue.md").write_text("old")
    content.recover_all(built / "content")
    assert files(folder) == before
    assert not old.exists()


def test_the_newest_issue_is_redone_though_a_kill_set_it_aside(built: Path) -> None:
    folder = issue_folder(built)
    os.rename(folder, folder.with_name(f".{folder.name}.old"))
    redone(built)
    assert issue_folder(built) == folder


def test_round_ups_that_an_issue_has_no_more_go(built: Path) -> None:
    """Else a reader would find the old ones beside the new features."""
    issue = the_issue(built)
    assert issue.round_ups
    made = replace(issue, round_ups=())
    names = content.issue_files(made).keys() - {content.EVIDENCE_FILE}
    content.rewrite_issue(built / "content", made, names)
    assert not (issue_folder(built) / "round-ups.md").exists()
    assert the_issue(built).round_ups == ()
    said = redone(built, "--part", "round-ups", status=2).output
    assert "has no round-ups; expected 1 to" in said


@pytest.mark.parametrize("part", ["1", "front", "round-ups"])
def test_no_feature_is_lost_when_files_are_numbered_otherwise(built: Path, part: str) -> None:
    """A person took the first feature out: the others are not of the names that are expected."""
    next(issue_folder(built).glob("1-*.md")).unlink()
    before = files(issue_folder(built))
    assert (
        "expected the features' files to be numbered from 1"
        in redone(built, "--part", part, status=2).output
    )
    assert files(issue_folder(built)) == before


def test_every_edit_is_kept(built: Path) -> None:
    """Forced over twice, a person has both texts still."""
    path = next(issue_folder(built).glob("1-*.md"))
    for words in ("First words of mine.", "Second words of mine."):
        path.write_text(f"{path.read_text()}\n{words}\n")
        redone(built, "--part", "1", "--force")
    kept = "".join(each.read_text() for each in path.parent.glob("*.bak*"))
    assert "First words of mine." in kept
    assert "Second words of mine." in kept


def test_what_lies_beside_the_texts_stays(built: Path) -> None:
    """That an issue was mailed is known after it was written anew."""
    path = issue_folder(built) / "sent.json"
    path.write_text('{"state": "sent"}\n')
    redone(built)
    redone(built, "--part", "front")
    assert path.read_text() == '{"state": "sent"}\n'


def test_what_was_found_of_a_part_named_like_a_place_stays(built: Path) -> None:
    """“lead-…: paragraph 1” is about a feature; a new front does not make it go."""
    issue = the_issue(built)
    found = Problem("N1", "lead-in-the-water: paragraph 1", "7", "a number", "")
    content.rewrite_issue(built / "content", replace(issue, problems=(found,)), [])
    redone(built, "--part", "front")
    assert found.where in {problem.where for problem in the_issue(built).problems}


def test_what_a_later_issue_tells_is_not_told_again(built: Path) -> None:
    """Published before an issue but seen after it, and told by the next: it stays there."""
    config, issue = read(built), the_issue(built)
    feature = issue.features[0]
    later = replace(
        issue,
        date=issue.date + dt.timedelta(days=1),
        period_end=issue.period_end + dt.timedelta(days=1),
        cover=tuple((entry.feed, entry.id) for entry in feature.entries),
    )
    content.write_issue(built / "content", later)
    with Store(built / FILE) as store:
        waiting = window_of(
            config, store, built, config.digests[0], issue.period_end, before=issue.date
        )
    assert waiting.keys
    assert not set(waiting.keys) & set(later.cover)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n{% if %}\n", "feature.md:2: Expected an expression"),
        ("One.\n\n{{ stroy }}\n", "feature.md:3: 'stroy' is undefined; expected one of"),
        ("{{ 1 / 0 }}", "feature.md:1: division by zero"),
    ],
)
def test_a_broken_prompt_of_a_site_is_told(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "feature.md").write_text(text)
    with pytest.raises(ConfigError, match=expected.replace("(", r"\(")):
        Prompts(tmp_path).render("feature", story="A story")


def test_a_broken_prompt_stops_a_draft_before_it_costs(fetched: Path) -> None:
    """No issue is quoted because of a slip in a file that a person can mend."""
    feeds = fetched / "feeds.yaml"
    feeds.write_text(
        f"{feeds.read_text()}model: {{name: m, endpoint: {{url: 'http://127.0.0.1:9/v1'}}}}\n"
    )
    prompts = fetched / "templates" / "prompts"
    prompts.mkdir(parents=True)
    (prompts / "front.md").write_bytes(b"One.\n{% endif %}\n")
    for words in (["draft"], ["build"]):
        said = digest(fetched, *words, "--offline", status=2).output
        assert "templates/prompts/front.md:2: " in said
    (prompts / "front.md").write_bytes(b"\xff\xfe")
    assert "expected text in UTF-8" in digest(fetched, "draft", "--offline", status=2).output
    assert not content.issue_folders(fetched / "content", "daily")


def test_what_code_said_of_a_round_up_stays_known_as_such(built: Path) -> None:
    """Read and written again, a notice is no sentence without a proof, and stands once."""
    issue = the_issue(built)
    notice = "The page that this post points to could not be read."
    noted = tuple(
        replace(i, text=f"{i.text} {notice}", claims=(*i.claims, Claim(notice, "computed")))
        for i in issue.round_ups
    )
    made = replace(issue, round_ups=noted)
    content.rewrite_issue(built / "content", made, ["round-ups.md"])
    for _ in range(2):
        redone(built, "--part", "front")
        said = json.loads((issue_folder(built) / "evidence.json").read_text())["claims"]
        assert [c["text"] for c in said].count(notice) == len(noted)
    digest(built, "verify")  # nor is it looked for in a document


def test_a_notice_that_names_another_issue_is_proved_as_any_sentence(built: Path) -> None:
    """Only what we say of a round-up goes unproved, not what looks like it."""
    issue = the_issue(built)
    first, *rest = issue.round_ups
    said = replace(first, text=f"{first.text} This continues a story of the issue of 2001-01-01.")
    made = replace(issue, round_ups=(said, *rest))
    content.rewrite_issue(built / "content", made, ["round-ups.md"])
    assert "2001-01-01" in digest(built, "verify", status=1).output
    with_link = replace(said, update_of="daily/2001-01-01")
    made = replace(issue, round_ups=(with_link, *rest))
    content.rewrite_issue(built / "content", made, ["round-ups.md"])
    digest(built, "verify")


# ------------------------------------------------------------------------ with a model


def test_a_model_hears_the_note_and_is_asked_anew(built: Path) -> None:
    """The note stands in the request; another take is asked than that of the first draft."""
    model = Scripted(round_ups=["no"], front=["no"], feature=["no"])
    asked: list[tuple[str, bool]] = []

    def models(issue: str, anew: bool) -> Models:
        asked.append((issue, anew))
        return Models(model, model, lambda: ())

    config, issue = read(built), the_issue(built)
    with Store(built / FILE) as store:
        asyncio.run(
            redo(
                config, store, built, Extractive(), None, digest=config.digests[0], day=None,
                part="round-ups", desk=Desk(models, Prompts(), "salt"), note="less on pricing",
            )
        )  # fmt: skip
        (report,) = asyncio.run(
            run_draft(
                config, store, built, Extractive(), None, now=issue.period_end,
                desk=Desk(models, Prompts(), "salt"), again=Again(issue, "more on prices"),
            )
        )  # fmt: skip
    assert asked == [(f"daily/{issue.date}", True)] * 2
    assert "less on pricing" in model.of("round-ups")[0].messages[0][1]
    assert model.of("round-ups")[0].take != 0
    assert "more on prices" in model.of("front")[-1].messages[0][1]
    assert report.outcome == "written"


def asked_anew(site: Path, part: str, model: Scripted) -> None:
    """`digest draft --redo --part`, with a model."""
    desk = Desk(lambda issue, anew: Models(model, model, lambda: ()), Prompts(), "salt")
    config = read(site)
    with Store(site / FILE) as store:
        asyncio.run(
            redo(
                config, store, site, Extractive(), None, digest=config.digests[0], day=None,
                part=part, desk=desk,
            )
        )  # fmt: skip


def test_what_a_model_writes_is_recorded(built: Path) -> None:
    """A front by a model stands in evidence.json as proved or as judgement, its cost with it."""
    issue = the_issue(built)
    bullet = issue.features[0].tldr[0]
    front = {
        "headline": issue.features[0].title[:80],
        "dek": "",
        "tldr": [bullet],
        "lead": [" ".join(dict.fromkeys([bullet, *issue.features[0].tldr]))],
    }
    asked_anew(built, "front", Scripted("m", front=[json.dumps(front)]))
    after = the_issue(built)
    assert after.model == "m"
    assert bullet in after.front.tldr
    assert "proved" in {claim.kind for claim in after.front.claims}
    digest(built, "verify")


@pytest.fixture
def fronted(built: Path) -> Path:
    """A site whose front a model wrote."""
    issue = the_issue(built)
    bullet = issue.features[0].tldr[0]
    lead = " ".join(dict.fromkeys([bullet, *issue.features[0].tldr]))
    title = issue.features[0].title[:80]
    front = {"headline": title, "dek": "", "tldr": [bullet], "lead": [lead]}
    asked_anew(built, "front", Scripted("m", front=[json.dumps(front)]))
    return built


GONE = ModelError("m", "no answer", fault="unreachable", gone=True)


@pytest.mark.parametrize(("answer", "is_new"), [("no", True), (GONE, False)])
def test_a_redo_that_failed_is_asked_anew_if_it_came_to_its_end(
    fronted: Path, answer: str | ModelError, is_new: bool
) -> None:
    """
    What a model wrote is not written over by quotations. Where its replies were no use, the
    next run asks for others; where it gave none, what it gave so far is not paid for again.
    """
    before = files(issue_folder(fronted))
    model = Scripted("m", front=[answer])
    for _ in range(2):
        with pytest.raises(DraftError, match="it stays as it was"):
            asked_anew(fronted, "front", model)
    assert files(issue_folder(fronted)) == before
    first, second = model.asked[0].take, model.asked[-1].take
    assert (first != second) == is_new
    other = Scripted("m", front=["no"], round_ups=["no"])
    asked_anew(fronted, "round-ups", other)
    assert other.asked[0].take == first, "each part is counted by itself"


def test_a_redo_that_was_repeated_is_asked_anew(fronted: Path) -> None:
    """Also where the same text came of it."""
    issue = the_issue(fronted)
    lead = [issue.front.lead]
    same = {"headline": issue.front.title, "dek": "", "tldr": issue.front.tldr, "lead": lead}
    model = Scripted("m", front=[json.dumps(same)])
    for _ in range(2):
        asked_anew(fronted, "front", model)
    assert len({request.take for request in model.asked}) == 2


def test_a_whole_issue_is_not_written_over_by_quotations(fronted: Path) -> None:
    before = files(issue_folder(fronted))
    config, issue = read(fronted), the_issue(fronted)
    model = Scripted("m")
    desk = Desk(lambda name, anew: Models(model, model, lambda: ()), Prompts(), "salt")
    with Store(fronted / FILE) as store, pytest.raises(DraftError, match="it stays as it was"):
        asyncio.run(
            run_draft(
                config, store, fronted, Extractive(), None, now=issue.period_end, desk=desk,
                again=Again(issue),
            )
        )  # fmt: skip
    assert files(issue_folder(fronted)) == before


def test_round_ups_by_a_model_stay_where_it_writes_none(built: Path) -> None:
    """Those that it does write are written anew."""
    with_model = content.read_issue(issue_folder(built), "daily")
    texts = {f"R{n}": item.claims[0].text for n, item in enumerate(with_model.round_ups, 1)}
    asked_anew(built, "round-ups", Scripted("m", round_ups=[round_ups(**texts)], front=["no"]))
    written = {item.slug for item in the_issue(built).round_ups if item.kind == "model"}
    assert written
    before = {item.slug: item.text for item in the_issue(built).round_ups}
    only = round_ups(R1=texts["R1"])
    asked_anew(built, "round-ups", Scripted("m", round_ups=[only], front=["no"]))
    assert {item.slug for item in the_issue(built).round_ups if item.kind == "model"} == written
    assert {item.slug: item.text for item in the_issue(built).round_ups} == before


def test_an_issue_that_is_not_there(site: Path) -> None:
    config = read(site)
    with Store(site / FILE) as store, pytest.raises(ContentError, match="has no issue"):
        asyncio.run(
            redo(
                config, store, site, Extractive(), None, digest=config.digests[0], day=None,
                part="front",
            )
        )  # fmt: skip


def test_a_part_keeps_the_documents_of_other_stories(tmp_path: Path) -> None:
    """A rumour that was told with its denial is told with it again: nothing links to that."""
    day = days.read("04-port-rumour")
    denial = next(text for entry, text in day.entries if "denies" in entry.title)
    assert denial is not None
    with Store(tmp_path / FILE) as store:
        day.fill(store)
        work = run_draft(day.config, store, tmp_path, Extractive(), None, now=day.now)
        (report,) = asyncio.run(work)
        assert report.issue is not None
        number, old = next(
            (n, f) for n, f in enumerate(report.issue.features, 1) if "Orvane" in f.title
        )
        assert denial.id in {ref.id for ref in old.documents}
        again = redo(
            day.config, store, tmp_path, Extractive(), None, digest=day.config.digests[0],
            day=None, part=str(number),
        )  # fmt: skip
        new = asyncio.run(again).issue.features[number - 1]
    assert {ref.id for ref in new.documents} == {ref.id for ref in old.documents}
