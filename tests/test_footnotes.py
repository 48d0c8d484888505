"""Definitions that are read at once are those that are found one by one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from digest import footnotes
from digest.types import Footnote, Quote

PIECES = st.lists(
    st.sampled_from(
        (
            *("[^a-1]", "[^b]", "[^c d]", ": ", ":", "[Name: topic](", "[N](<", ")", ">)", "\n"),
            *("\n    > ", "\n    >", "\n    ", "\n\n", "\n> ", "https://a.example/?b=(c)", "word"),
            *(
                "\\*",
                "\\",
                " ",
                "\t",
                "x)",
                "] (",
                "https://a.example/",
                "“it was”",
                "\r",
                "\u2028",
            ),
            "[^a-1]: [Acme](https://a.example/)\n    > so it was\n    > twice\n\n",
            "[^a-2]: [Acme](https://a.example/)\n    > so it was",
        )
    ),
    max_size=14,
).map("".join)


@given(PIECES)
@example("Text.[^a]\n\n[^a]: [A](https://a.example/)\n    > [^b]: [B](x)\n    > y\n")
@example("[^a]: [A](https://a.example/)\n    >  two blanks \n    > \n")
def test_definitions_are_read_alike(body: str) -> None:
    start = 0 if body.startswith("[^") else body.find("\n[^") + 1
    plain = footnotes._plain(body, start)
    if plain is not None:
        assert plain == footnotes._general(body, start)


def test_the_form_that_the_program_writes_is_read_at_once() -> None:
    """Nobody would see otherwise that it no longer is."""
    notes = [
        Footnote(f"a-{n}", Quote("1", 0, 9, "so it was"), "https://a.example/", "Acme", "topic")
        for n in range(3)
    ]
    body = f"Text.[^a-1]\n\n{footnotes.write(notes)}\n"
    assert footnotes._plain(body, body.index("\n[^") + 1) is not None
    told, found = footnotes.split(body)
    assert told == "Text.[^a-1]"
    assert [note.label for note in found] == ["a-0", "a-1", "a-2"]
    assert {note.name for note in found} == {"Acme: topic"}
