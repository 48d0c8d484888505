"""Which passages of long documents are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.draft.roles.fitting import around, cost, fit
from digest.text import passages
from digest.types import Document
from tests.verify.material import document
from tests.verify.model_material import TOPICS


def spent(documents: tuple[Document, ...], kept: dict[int, list[int]]) -> int:
    return sum(
        cost(documents[place - 1], p)
        for place, numbers in kept.items()
        for p in passages(documents[place - 1])
        if p.number in numbers
    )


def long(words: int, about: str = "pump") -> Document:
    sentences = [f"The {about} number {n} lost {n} litres in the test." for n in range(words // 9)]
    return document(*(("paragraph", sentence) for sentence in sentences), title=about)


def test_short_documents_are_shown_whole() -> None:
    """Every passage of every document, where all of it fits."""
    kept = fit(TOPICS["orrin"], 9_000)
    counts = {place: len(passages(d)) for place, d in enumerate(TOPICS["orrin"], 1)}
    assert {place: len(numbers) for place, numbers in kept.items()} == counts


@given(st.integers(200, 5_000), st.lists(st.integers(9, 4_000), min_size=1, max_size=5))
def test_the_room_is_never_exceeded(room: int, sizes: list[int]) -> None:
    """However long the documents are; and a long one leaves room for the others."""
    documents = tuple(long(size, f"pump {n}") for n, size in enumerate(sizes))
    kept = fit(documents, room)
    assert spent(documents, kept) <= room
    assert all(numbers == sorted(set(numbers)) for numbers in kept.values())
    if room > 1_000:
        assert kept.keys() == set(range(1, len(documents) + 1))


def test_figures_and_shared_words_come_before_chatter() -> None:
    """Late in a long document a figure that another document knows stays, small talk goes."""
    chatter = [("paragraph", "Thanks to everybody who wrote in again last week.")] * 60
    figure = ("paragraph", "The reactor at Velsund reached 540 megawatts on Tuesday.")
    first = document(*chatter, figure, *chatter)  # type: ignore[arg-type]
    other = document(("paragraph", "Velsund's reactor was planned for 540 megawatts."), title="B")
    kept = fit((first, other), 400)
    assert 61 in kept[1]


def test_neighbours_come_after_everything_that_was_chosen() -> None:
    """What was chosen has room first; then the sentence before each, then the one after."""
    one = long(200)
    cost = spent((one,), {1: [5]})
    assert around({1: [5, 9]}, (one,), 2 * cost + 2) == {1: [5, 9]}
    assert around({1: [5]}, (one,), 2 * cost + 2) == {1: [4, 5]}
    assert around({1: [5]}, (one,), 9 * cost) == {1: [4, 5, 6]}
    assert around({1: [1]}, (one,), 9 * cost) == {1: [1, 2]}


def test_who_is_meant_comes_with_what_he_did() -> None:
    """A paragraph's first sentence names whom its others call “he”."""
    one = document(
        ("paragraph", "Nils Aaberg came at 04:15."),
        ("paragraph", "The head of operations was in an aeroplane. He had no list. He signed it."),
    )
    assert around({1: [4]}, (one,), 40) == {1: [2, 3, 4]}
