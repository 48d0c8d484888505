"""What is written without a parser is what markdown-it makes of it, for any text there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render import quick
from digest.render.excerpts import Excerpts
from digest.render.markdown import SIDE_BY_SIDE, engine, line_to_html, to_html
from digest.render.notes import Marks, Numbering
from digest.render.render_rules import ENGLISH
from digest.types import Claim, Footnote, Quote
from tests.benchmarks.site_build import issues

ROOT = Path(__file__).parent.parent.parent
NOTES = tuple(
    Footnote(label, Quote("1" * 12, n, n + 9, f"words {n}"), "https://owl.example/", "Owl")
    for n, label in enumerate(("owl-1", "wren-1", "acme.x-2"))
)
EXCERPTS = Excerpts((Claim("A computed one.", "computed"), Claim("word", "extracted")))
SIGNS = (
    *"*_`\\[]()<>&|~#-+=:!\"'.,;“”—",
    *("**", "***", "``", "```", "~~~", "[^owl-1]", "[^none]", "[^a b]", "[a](b)", "[a]: b"),
    *("![a](b)", "<b>", "<a@b.example>", "&amp;", "&#35;", "&nbsp;", "\\\n", "  \n", "\t"),
    *("- ", "1. ", "1) ", "> ", "# ", "    ", "---", "===", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    *("\u00a0", "\u2028", "\x85"),
    *(
        "\n\n## ",
        "\n\n| ",
        " | ",
        " |\n| ",
        "| |",
        " |\n\n",
        "\n| --- |\n",
        "|:-:|\n",
        "\n|---|--:|\n",
    ),
)
WORDS = (
    *("word", "two words", "A computed one.", "9", "é", "漢字", "snake_case"),
    *("*so*", "**so**", "`x`", "[^owl-1]", "(*so*)", "“**so**”"),
)
TEXTS = st.lists(st.sampled_from((*SIGNS, *WORDS, *WORDS, " ", " ", "\n", "\n\n")), max_size=24)


def both(text: str, excerpts: Excerpts | None, *, with_marks: bool = True) -> tuple[str, str]:
    """What we make of a text, and what markdown-it does."""
    made = []
    for is_ours in (True, False):
        marks = Marks(Numbering(), NOTES, {"1" * 12: "de"}) if with_marks else None
        if is_ours:
            made.append(to_html(text, marks=marks, excerpts=excerpts))
            continue
        env = {"top": 3, "marks": marks, "excerpts": excerpts, "base": "", "labels": ENGLISH}
        made.append(engine().render(text, env).replace(*SIDE_BY_SIDE))
    return str(made[0]), str(made[1])


def parsed_line(text: str) -> str:
    """What markdown-it makes of a line."""
    return str(engine().renderInline(text, {"marks": None, "base": "", "labels": ENGLISH}))


def corpus() -> Iterator[str]:
    for folder in ("content", "digest", "tests", ".github"):
        yield from (path.read_text("utf-8") for path in sorted((ROOT / folder).rglob("*.md")))
    yield from ((ROOT / name).read_text("utf-8") for name in ("README.md", "CHANGELOG.md"))
    for issue in issues(3):
        yield from (item.body for item in issue.features)


@pytest.mark.parametrize("excerpts", [None, EXCERPTS, Excerpts(unmarked=True)])
def test_all_texts_of_the_repository(excerpts: Excerpts | None) -> None:
    """Whole, and each of their lines: what begins in the middle means something else."""
    for text in corpus():
        ours, expected = both(text, excerpts)
        assert ours == expected
        for line in dict.fromkeys(text.splitlines()):
            assert line_to_html(line) == parsed_line(line)
            ours, expected = both(line, excerpts)
            assert ours == expected


@given(TEXTS, st.sampled_from([None, EXCERPTS, Excerpts(unmarked=True)]), st.booleans())
def test_any_text(pieces: list[str], excerpts: Excerpts | None, with_marks: bool) -> None:
    text = "".join(pieces)
    ours, expected = both(text, excerpts, with_marks=with_marks)
    assert ours == expected


@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    ours, expected = both(text, None)
    assert ours == expected
    assert line_to_html(text) == parsed_line(text)


@given(TEXTS)
def test_any_line(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert line_to_html(text) == parsed_line(text)


BELOW = ("-", ":", "---", ":-", "--:", ":-:")
CELLS = st.sampled_from((*WORDS, "", "1", "$3", "12%", "a long cell of many words", "[^none]"))


@given(
    st.integers(1, 3).flatmap(
        lambda count: st.tuples(
            st.lists(
                st.sampled_from((*"-:", "---", ":-", "--:", ":-:")), min_size=count, max_size=count
            ),
            st.lists(st.lists(CELLS, min_size=count, max_size=count), min_size=1, max_size=4),
        )
    ),
    st.sampled_from([None, EXCERPTS]),
)
def test_any_table(table: tuple[list[str], list[list[str]]], excerpts: Excerpts | None) -> None:
    below, (head, *rows) = table
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, below, *rows))
    ours, expected = both(f"Words.\n\n{text}\n\nMore.[^owl-1]", excerpts)
    assert ours == expected


def test_most_texts_need_no_parser() -> None:
    """The ordinary ones, or all of this would be for nothing."""
    for text in (
        "The clock ran four seconds fast.[^owl-1] Nobody looked at `ntp_offset`, *at all*.",
        "“Not so”, she said; it costs $5, 3.5% (or more) & a day.[^wren-1][^owl-1]",
        r"A name \_so\_ and \[brackets\] \& ampersands",
        "Überall — “so” wird’s gemacht…",
        "## What `it` costs[^owl-1]\n\nIt *costs*.",
        "| Site | Lag |\n|:--|--:|\n| *A* | 3%[^owl-1][^none] |\n|  | 4 |",
    ):
        assert [is_quick for is_quick, _ in quick.parts(text)] == [True]


def test_a_run_is_cut_where_a_parser_is_needed() -> None:
    text = "One.\n\nTwo.\n\n- a\n- b\n\nThree.\n\n# A\n\nFour."
    assert list(quick.parts(text)) == [
        (True, "One.\n\nTwo."),
        (False, "- a\n- b"),
        (True, "Three.\n\n# A\n\nFour."),
    ]
