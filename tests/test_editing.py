"""Adding feeds to a file that a person wrote: everything else stays, character for character."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import parse
from digest.config.editing import add
from digest.errors import ConfigError
from digest.settings import Feed

NEW = Feed(
    url="https://new.example/feed?a=1&b=[2]", slug="", title='It\'s "new": #1', tags=("a", "no")
)

BLOCK = """\
# Head
site: {title: T}   # kept
feeds:
  # first
  - url: https://one.example/feed   # why
    tags: [a]
  - url: https://two.example/feed
    # inside
    auth:
      env: KEY   # secret

  # - url: https://example.org/feed.xml   commented out

network:   # after
  pause_s: 0
"""


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        BLOCK.replace("\n", "\r\n"),
        BLOCK.partition("\n  # - url")[0],
        BLOCK.partition("\n\n  # - url")[0],
        "feeds:\n- url: https://one.example/feed\n- {url: 'https://two.example/feed'}\nsite: {}\n",
        "feeds: [{url: 'https://one.example/feed'}]\nsite: {title: T}\n",
        "feeds: [\n  {url: 'https://one.example/feed'},   # one\n]\n",
        "feeds: [\n  {url: 'https://one.example/feed'}   # one\n]\n",
        "feeds:\n  - url: >-\n      https://one.example/feed\n\n\nsite: {title: T}\n",
        "{feeds: [{url: 'https://one.example/feed'}], site: {title: T}}",
    ],
)
def test_everything_else_stays(text: str) -> None:
    """The same settings and the new feed; each line that stood there stands there still."""
    before = parse(text)
    after, (made,) = add(text, [NEW])
    assert made == dataclasses.replace(NEW, slug=made.slug)
    assert made.slug
    assert parse(after) == dataclasses.replace(before, feeds=(*before.feeds, made))
    is_in_lines = "feeds: [" not in text
    if is_in_lines:
        rest = iter(after.splitlines(keepends=True))
        assert all(line in rest for line in text.splitlines(keepends=True) if line.endswith("\n"))
    assert len(after) > len(text)
    assert [part for part in ("# kept", "# why", "# inside", "# one") if part in text] == [
        part for part in ("# kept", "# why", "# inside", "# one") if part in after
    ]


def test_it_stands_after_the_last_feed() -> None:
    """Not among the comments below, which may be about something else."""
    after, _ = add(BLOCK, [NEW])
    where = after.index("new.example")
    assert after.index("# secret") < where < after.index("commented out")


def test_a_second_feed_of_a_host_gets_its_own_slug() -> None:
    """Written down, so that the slugs of those before never change."""
    after, made = add(BLOCK, [Feed(url=f"https://one.example/{n}", slug="") for n in (1, 2)])
    slugs = [feed.slug for feed in parse(after).feeds]
    assert slugs[:2] == [feed.slug for feed in parse(BLOCK).feeds]
    assert len(set(slugs)) == 4
    assert all(f"slug: {feed.slug}\n" in after for feed in made)


@given(
    st.lists(
        st.builds(
            Feed,
            url=st.text(max_size=30).map(lambda text: f"https://h.example/{text}"),
            slug=st.just(""),
            title=st.text(max_size=20),
            tags=st.lists(st.text(min_size=1, max_size=8), max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_an_opml_held(feeds: list[Feed]) -> None:
    """Any text is written so that it reads back, or the file is refused and stays as it is."""
    try:
        after, made = add(BLOCK, feeds)
    except ConfigError:
        return
    assert [feed.title for feed in parse(after).feeds[2:]] == [feed.title for feed in feeds]
    assert [feed.url for feed in made] == [feed.url for feed in feeds]


def test_a_file_with_a_mistake_is_not_touched() -> None:
    """Its mistake is told, with the line."""
    with pytest.raises(ConfigError, match=r"feeds\.yaml:2"):
        add(BLOCK.replace("site: {title: T}", "site: {titel: T}"), [NEW])
