"""What is left after dropping reads as if nothing had been there: no orphan, no stump."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.verify.dropping import settle, without
from digest.verify.evidence import Evidence
from digest.verify.judged import Judged
from digest.verify.leaning import leans_back
from digest.verify.source import Basis
from digest.verify.statements import lone
from digest.verify.units import Block, Heading, ProvedSection, Unit

SENTENCES = (
    "The port closed its eastern terminal after a crane struck a fuel line.",
    "It reopened on the next day, when the fuel had been pumped away.",
    "Nordkai expects the backlog to clear within a week.",
    "But the union does not believe that, and asks for a second valve.",
    "Two questions are open.",
    "First, who pays for the containers that were held up?",
    "Second, who will inspect the cranes of the other ports?",
    "At launch it was said that nobody had been hurt.",
    "The ministry names three things that must change:",
    "Traffic had grown by a seventh in the year before.",
)


def _unit(text: str) -> Unit:
    judged = Judged(lone("x", text, "sentence"), Basis(()))
    return Unit("x", None, judged=judged, kind="proved")


def _section(heading: str, *blocks: Block) -> ProvedSection:
    judged = Judged(lone("h", heading, "heading"), Basis(()))
    return ProvedSection(Heading(heading, "proved", judged=judged) if heading else None, blocks)


def _paragraph(*texts: str) -> Block:
    return Block("paragraph", tuple(map(_unit, texts)), "x")


def _list(*texts: str) -> Block:
    return Block("list", tuple(map(_unit, texts)), "x")


def _left(section: ProvedSection, *gone: str) -> list[tuple[str, list[list[str]]]]:
    """Headings and texts, after these sentences were dropped."""
    units = [unit for unit in section.units() if unit.text in gone]
    settled, problems = settle(without((section,), units), (), Evidence(()))
    assert problems == []
    return [_shown(each) for each in settled]


def _shown(section: ProvedSection) -> tuple[str, list[list[str]]]:
    heading = section.heading.text if section.heading else ""
    return heading, [[unit.text for unit in block.units] for block in section.blocks]


S = SENTENCES


def test_nothing_goes_where_nothing_was_dropped() -> None:
    """However much the sentences lean on each other."""
    section = _section("Two questions", _paragraph(*S[:4]), _paragraph(*S[4:8]), _list(S[9], S[2]))
    assert _left(section) == [("Two questions", [list(S[:4]), list(S[4:8]), [S[9], S[2]]])]


@pytest.mark.parametrize(
    ("texts", "gone", "left"),
    [
        ((S[0], S[1], S[2]), S[0], [S[2]]),
        ((S[0], S[1], S[2], S[3]), S[2], [S[0], S[1]]),
        ((S[0], S[7], S[2]), S[0], [S[2]]),
        ((S[9], S[0], S[7], S[1], S[2]), S[0], [S[9], S[2]]),
        ((S[9], S[4], S[5], S[6]), S[4], [S[9], S[6]]),
        ((S[9], S[4], S[5], S[6]), S[5], [S[9]]),
        ((S[9], S[4], S[5], S[6]), S[6], [S[9]]),
        ((S[9], S[8], S[2]), S[2], [S[9]]),
    ],
)
def test_what_leans_on_a_dropped_sentence_goes(
    texts: Sequence[str], gone: str, left: Sequence[str]
) -> None:
    """Backwards and forwards, in chains; an enumeration without its first, a count of parts."""
    found = _left(_section("", _paragraph(*texts)), gone)
    # "First, …" stands without its announcement; what goes on with it does not.
    kept = [text for text in found[0][1][0] if text != S[5]]
    assert kept == list(left)


def test_a_paragraph_may_lean_on_the_one_before() -> None:
    """On its last sentence, or on all of it."""
    section = _section("", _paragraph(S[9], S[0]), _paragraph(S[1], S[2]))
    assert _left(section, S[0]) == [("", [[S[9]], [S[2]]])]
    section = _section("", _paragraph(S[0]), _paragraph(S[1], S[2]))
    assert _left(section, S[0]) == [("", [[S[2]]])]


def test_an_announcement_goes_with_its_list() -> None:
    """A list stays whole or goes, and what ends in a colon announces nothing then."""
    section = _section("", _paragraph(S[9], S[8]), _list(S[0], S[2]), _paragraph(S[2]))
    assert _left(section, S[0]) == [("", [[S[9]], [S[2]]])]


def test_a_heading_that_counts_goes_with_a_part() -> None:
    """Another stays; a heading without a body never does."""
    section = _section("Two catches", _paragraph(S[0], S[9]), _paragraph(S[2]))
    assert _left(section, S[9]) == [("", [[S[0]], [S[2]]])]
    section = _section("What was hit", _paragraph(S[0], S[9]))
    assert _left(section, S[9]) == [("What was hit", [[S[0]]])]
    assert _left(section, S[0], S[9]) == []


def test_a_stump_of_a_paragraph_goes() -> None:
    """Under eight words of one that was cut."""
    section = _section("", _paragraph(S[0], "Nobody knows why yet."), _paragraph(S[9]))
    assert _left(section, S[0]) == [("", [[S[9]]])]


@pytest.mark.parametrize(
    "text",
    [
        "It also opened a second gate.",
        "“This is new,” the union says.",
        "That’s a lot of money for a port.",
        "In contrast, Velsund paid nothing.",
        "On the other hand, nobody was hurt.",
        "The latter is cheaper.",
        "Same week, they opened a gate.",
        "In March it was inspected.",
        "Because they were late, the port closed.",
    ],
)
def test_a_sentence_that_points_back_is_known(text: str) -> None:
    """By its first words, or a pronoun that nothing before it in the sentence explains."""
    assert leans_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nordkai says it will pay.",
        "When Nordkai closed the terminal, it told nobody.",
        "The union and its members want a valve.",
        "Iterations cost money.",
        "An inquiry will report in the third quarter.",
    ],
)
def test_a_sentence_that_stands_alone_is_left(text: str) -> None:
    """Its pronouns have something to stand for."""
    assert not leans_back(text)


_TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)
_BLOCKS = st.lists(
    st.tuples(st.sampled_from(["paragraph", "list"]), _TEXTS), min_size=1, max_size=4
)


@given(st.lists(_BLOCKS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_random_drops_leave_a_text_without_orphans(
    drawn: list[list[tuple[str, list[str]]]], random: object
) -> None:
    """Whatever goes: no empty part, nothing that leans on a gap, and once is enough."""
    sections = tuple(
        _section(
            "A heading",
            *(_paragraph(*t) if kind == "paragraph" else _list(*t) for kind, t in blocks),
        )
        for blocks in drawn
    )
    units = [unit for section in sections for unit in section.units()]
    gone = [unit for unit in units if random.random() < 0.3]  # type: ignore[attr-defined]
    left, _ = settle(without(sections, gone), (), Evidence(()))
    assert settle(left, (), Evidence(()))[0] == left
    kept = {id(unit.judged) for section in left for unit in section.units()}
    assert kept.isdisjoint(id(unit.judged) for unit in gone)
    for section in left:
        assert section.blocks
        for block in section.blocks:
            assert block.units
            assert block.kind == "paragraph" or not block.was_cut
            for unit in block.units if block.kind == "paragraph" else ():
                assert not (unit.after_gap and leans_back(unit.text))
            last = block.units[-1].text
            assert not (block.before_gap and block.kind == "paragraph" and re.search(":$", last))
