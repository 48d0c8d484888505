"""What a reader stumbles over: words that come twice, a link for a sentence, a thin section."""

from __future__ import annotations

from digest.draft import Extractive
from digest.draft.body import OTHER_LEAST
from digest.draft.candidates import sentences_of
from digest.text import count_words
from digest.types import Paragraph

from .making import DIGEST, document, dossier
from .texts import launch, other


def test_a_link_is_no_sentence() -> None:
    """A paragraph that is only the title of another page is not quoted."""
    page = document(
        "[A very long report about the kilns of the northern islands.](https://b.example/kilns)\n\n"
        "The kilns of the islands burn [peat](https://b.example/peat) and drift wood all winter."
    )
    assert [s.text for s in sentences_of(page, 1)] == [
        "The kilns of the islands burn peat and drift wood all winter."
    ]


def test_another_source_says_a_whole_thing_or_nothing() -> None:
    """Its heading stands above a dozen words or more, not above a greeting."""
    brief = document(
        "The best launch that anybody has seen this year.",
        url="https://linker.example/1",
        title="Launch",
        publisher="linker.example",
    )
    draft = Extractive().feature(dossier(launch(), brief, other()), DIGEST)
    for section in draft.sections:
        if section.heading.startswith("From "):
            words = sum(count_words(b.text) for b in section.blocks if isinstance(b, Paragraph))
            assert words >= OTHER_LEAST
    assert not any("Linker" in section.heading for section in draft.sections)


def test_the_body_does_not_say_all_bullets_again() -> None:
    """One bullet at least stands above only."""
    draft = Extractive().feature(dossier(launch()), DIGEST)
    body = " ".join(
        block.text for s in draft.sections for block in s.blocks if isinstance(block, Paragraph)
    )
    assert any(bullet not in body for bullet in draft.tldr)
