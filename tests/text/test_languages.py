"""Which language a text is in, and what a language's file must hold."""

from __future__ import annotations

import re

import pytest

from digest.text import sentences
from digest.text.languages import language, shipped, spoken

TEXTS = {
    "de": "Die Polizei teilte am Montag mit, dass elf Menschen verletzt wurden.",
    "fr": "La police a annoncé lundi que onze personnes ont été blessées.",
    "es": "La policía dijo el lunes que once personas resultaron heridas en el incendio.",
    "it": "La polizia ha detto lunedì che undici persone sono rimaste ferite.",
    "": "The police said on Monday that eleven people were hurt.",
    "pt": "O governo disse que não há dinheiro para as obras da linha e que elas param.",
    "nl": "De regering zegt dat er geen geld is voor de nieuwe lijn en dat het werk stopt.",
}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("tag", TEXTS)
def test_a_sentence_tells_its_language(tag: str) -> None:
    """By its small words, without a tag; a language without a table is told from those with one."""
    assert spoken(_words(TEXTS[tag])) == tag


def test_words_overrule_the_tag_of_a_template() -> None:
    """Where they are clear; a tag of a language that is not read stands."""
    assert spoken(_words(TEXTS["de"]), "en-US") == "de"
    assert spoken(_words(TEXTS[""]), "de") == "en"
    assert spoken(_words(TEXTS["de"]), "de-AT") == "de-AT"
    assert spoken(_words(TEXTS["es"]), "gl") == "gl"


def test_in_doubt_the_tag_stands() -> None:
    """A wrong reading is worse than none."""
    assert spoken(["rtx", "5090"], "de") == "de"
    assert spoken(["rtx", "5090"]) == ""
    assert spoken(_words("la casa"), "") == ""


@pytest.mark.parametrize("tag", sorted(shipped()))
def test_a_file_is_whole(tag: str) -> None:
    """Twelve months, seven days, numbers to sixteen, and what qualifies and denies."""
    known = language(f"{tag}-XX")
    assert known
    assert {meaning for _, meaning in known.meanings("months")} == set(map(str, range(1, 13)))
    assert {meaning for _, meaning in known.meanings("weekdays")} == set(map(str, range(7)))
    numbers = {meaning for _, meaning in known.meanings("numbers")}
    assert set(map(str, range(2, 17))) <= numbers
    for section in ("one", "scales", "ordinals", "fractions", "units", "qualifiers", "negations"):
        assert known.forms(section), section
    assert len(known.small_words) > 60


def test_sentences_go_on_past_an_ordinal_and_an_abbreviation() -> None:
    """None ends at "14. Januar", "2,5 Mio. Euro", "z. B." or "EE. UU."."""
    text = "Am 14. Januar stieg er um 2,5 Mio. Euro, z. B. in Bonn, im 3. Quartal. EE. UU. sah zu."
    assert len(sentences(text)) == 2
    assert len(sentences("It grew to 14. March was cold.")) == 2
