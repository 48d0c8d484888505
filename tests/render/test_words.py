"""The site's own words: one file per language, and a site may change any of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

from digest.errors import PublishError
from digest.packaged import templates_folder
from digest.render import environment, pages
from digest.render.words import words_of
from tests.render.small_site import CONFIG, PUBLICATION


def test_german_says_all_that_english_says() -> None:
    """No name and no place to fill in is missing, and none is too many."""
    english, german = (
        yaml.safe_load((templates_folder() / "words" / f"{name}.yaml").read_text("utf-8"))
        for name in ("en", "de")
    )
    assert german.keys() == english.keys()
    for name, words in english.items():
        assert places(german[name]) == places(words), name


def places(words: object) -> set[str]:
    text = str(words)
    return {
        part.partition("}")[0] for part in text.split("{")[1:] if "}" in part and ":" not in part
    }


def test_a_german_site_is_german() -> None:
    env = environment(language="de-AT")
    made = {page.path: page.body.decode() for page in pages(PUBLICATION, CONFIG, env)}
    page = made["systems/2026-05-02-fast-clocks/index.html"]
    for part in ("2. Mai 2026", "Kurzmeldungen", "Zitate wörtlich gefunden", "<dd>1.204</dd>"):
        assert part in page
    assert "Subscribe" not in page


def test_a_site_changes_one_word(tmp_path: Path) -> None:
    """Its file needs to hold that word alone."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text("archive: All of it\n")
    say = words_of(environment(tmp_path))
    assert (say.plain("archive"), say.plain("essays")) == ("All of it", "Essays")


@pytest.mark.parametrize("text", ["archiv: typo", "issues: no forms", "- a list", "a: [b"])
def test_a_wrong_file_of_words_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text(text)
    with pytest.raises(PublishError) as caught:
        environment(tmp_path)
    assert caught.value.subject.startswith(str(tmp_path / "words" / "en.yaml"))


def test_numbers_choose_their_words() -> None:
    say = words_of(environment())
    assert [say.plain("issues", n) for n in (1, 2, 1204)] == ["1 issue", "2 issues", "1,204 issues"]
    assert say.day(dt.date(2026, 4, 2)) == "2 April 2026"


def test_what_fills_a_place_is_escaped() -> None:
    """Names come from feeds; markup of our own stays markup, and text for mail stays text."""
    say = words_of(environment())
    assert say("source", name="<b>") == "Source: &lt;b&gt;"
    assert say("source", name=Markup("<a>x</a>")) == "Source: <a>x</a>"
    assert say.plain("source", name="A & B") == "Source: A & B"
