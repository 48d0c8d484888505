"""What was told is known to the next issue: left out, or an update; choices are kept."""

from __future__ import annotations

import json
from pathlib import Path

from digest import content
from digest.types import Feature, Issue, RoundUp
from tests.pipeline.test_main_job import digest
from tests.pipeline.web import Web, articles, atom

INQUIRY = (
    "<p>The accident board has published its report on the fire of the ferry Sigrid. Captain Lena "
    "Holm told the board that all 36 sprinklers of the car deck were shut off for repair when an "
    "electric van began to burn. The ferry had left Kiel for Oslo with 840 people aboard. The "
    "board found a yellow tag on the main valve, which a fitter from Malmö had left there on 3 "
    "October. Nobody on the bridge knew of it, because the list of open repairs was kept on "
    "paper in the engine room.</p>"
)
FIRE = (
    "<p>A fire broke out on the ferry Sigrid between Kiel and Oslo on Monday evening. All 840 "
    "people aboard were taken off in lifeboats, the coast guard said. The blaze began in an "
    "electric van on the car deck, six hours after the ferry had left Kiel. The freighter Alma "
    "took most of the passengers to Oslo, where doctors looked after eleven of them.</p>"
)


def entry(web: Web, name: str, title: str, text: str, day: str) -> str:
    body = text.replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"<entry><title>{title}</title><id>tag:{name}</id><link href='{web.base}/{name}/'/>"
        f"<published>{day}T08:00:00Z</published><summary type='html'>{body}</summary></entry>"
    )


def feed(web: Web, *entries: str) -> bytes:
    """The newsroom's feed, with more entries at its end."""
    whole = atom(articles()[:-2], web.base)
    return whole.replace(b"</feed>", "".join(entries).encode() + b"</feed>")


def told_twice(site: Path, web: Web, second: str) -> tuple[Issue, ...]:
    """The fire in a first issue; another entry, and an issue, two days later."""
    first = entry(web, "fire", "Fire on ferry Sigrid, 840 evacuated", FIRE, "2026-11-18")
    web.answers["/feed.xml"] = feed(web, first)
    digest(site, "fetch")
    path = site / "feeds.yaml"
    path.write_text(path.read_text().replace("per_feed: 20", "per_feed: 20, round_ups: 40"))
    digest(site, "build", "--as-of", "2026-11-19T12:00Z")
    more = entry(web, "more", "Ferry Sigrid sailed with its sprinklers off", second, "2026-11-20")
    bread = entry(web, "bread", "Bakers rise at two", "<p>They do.</p>", "2026-11-20")
    web.answers["/feed.xml"] = feed(web, first, more, bread)
    digest(site, "fetch", "--force")
    digest(site, "build", "--as-of", "2026-11-21T12:00Z")
    return content.read_issues(site / "content", "daily")


def items(issue: Issue) -> tuple[Feature | RoundUp, ...]:
    return (*issue.features, *issue.round_ups)


def test_new_facts_make_an_update(site: Path, web: Web) -> None:
    """The next issue says which one it goes on from, and content/ keeps it."""
    first, second = told_twice(site, web, INQUIRY)
    assert ("newsroom", "tag:fire") in first.cover
    told = {item.title: item for item in items(second)}
    item = told["Ferry Sigrid sailed with its sprinklers off"]
    assert item.update_of == f"daily/{first.date}"
    (kept,) = [story for story in second.choice if story.title == item.title]
    assert kept.update_of == item.update_of
    assert "an update of 2026-11-19, new: " in kept.reason


def test_the_same_again_is_left_out(site: Path, web: Web) -> None:
    """Another entry with nothing new in it is not told, and the reason is kept."""
    _, second = told_twice(site, web, FIRE.replace("broke out", "started"))
    assert "Ferry Sigrid sailed with its sprinklers off" not in {
        item.title for item in items(second)
    }
    assert {story.reason for story in second.choice if "Sigrid" in story.title} == {
        "left out: the issue of 2026-11-19 told it, and nothing is new"
    }


def test_a_page_that_could_not_be_read_is_told(site: Path, web: Web) -> None:
    """A link post whose page is gone is a round-up at most, and its text says why."""
    there = web.base.replace("127.0.0.1", "localhost")
    words = f"<p><a href='{there}/gone/'>A long report on kilns</a></p><p>Worth a look.</p>"
    post = entry(web, "link", "A long report on kilns", words, "2026-11-20")
    only = atom([], web.base).replace(b"</feed>", post.encode() + b"</feed>")
    web.answers["/feed.xml"] = only
    digest(site, "fetch")
    digest(site, "build", "--as-of", "2026-11-21T12:00Z")
    (issue,) = content.read_issues(site / "content", "daily")
    assert issue.features == ()
    assert "The page that this post points to could not be read." in issue.round_ups[0].text


def test_the_choice_of_a_past_day_is_shown(site: Path, web: Web) -> None:
    """`--as-of` shows the issue of that day, not the newest one."""
    told_twice(site, web, INQUIRY)
    past = digest(site, "draft", "--plan", "--as-of", "2026-11-19T18:00Z").output
    newest = digest(site, "draft", "--plan", "--as-of", "2026-11-21T18:00Z").output
    assert "the issue of 2026-11-19 was chosen from" in past
    assert "the issue of 2026-11-21 was chosen from" in newest


def test_the_choice_is_kept_and_shown(built: Path) -> None:
    """Each story's place, score by parts and reason, in evidence.json and again on request."""
    (issue,) = content.read_issues(built / "content", "daily")
    assert {story.place for story in issue.choice} == {"feature", "round-up", "left out"}
    places = {story.entries[0]: story.place for story in issue.choice}
    assert all(places[f.entries[0].feed, f.entries[0].id] == "feature" for f in issue.features)
    (path,) = (built / "content" / "daily").glob("*/evidence.json")
    kept = json.loads(path.read_text())["choice"]
    assert all(abs(sum(story["parts"].values()) - story["score"]) < 0.002 for story in kept)
    shown = digest(built, "draft", "--plan").output
    assert "was chosen from" in shown
    assert all(story["reason"] in shown for story in kept)
