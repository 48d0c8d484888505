"""English claims about documents of another language: qualifiers, negations, names, support."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.text import fold
from digest.verify.judge import judge
from digest.verify.judged import Rules
from digest.verify.occurrences import Missing
from digest.verify.omissions import in_parts
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from tests.verify.material import document


def _problems(source: str, claim: str, tag: str = "") -> list[tuple[str, str]]:
    made = replace(document(("paragraph", source), title=""), language=tag)
    asked = Source(made)
    basis = Basis([asked], [(asked, 0, len(source))])
    problems = judge(lone("claim", claim, "sentence"), basis, Rules()).problems
    return [(problem.rule, problem.level) for problem in problems]


QUALIFIED = [
    ("Das Netz soll bis zu 30 Prozent der Wärme liefern.", "The network delivers {}30 per cent of the heat.", "up to "),
    ("Die Polizei zählte rund 4.000 Menschen in der Stadt.", "The police counted {}4,000 people in the city.", "about "),
    ("Mindestens elf Menschen sind bei dem Brand gestorben.", "{}eleven people died in the fire.", "At least "),
    ("Mehr als die Hälfte der Befragten ist für das Gesetz.", "{}half of those in the survey are for the law.", "More than "),
    ("Die Stadt verkaufte im Jahr über 30 Millionen Fahrkarten.", "The city sold {}30 million tickets in the year.", "over "),
    ("Le réseau doit fournir jusqu'à 30 % de la chaleur de la ville.", "The network delivers {}30% of the heat of the city.", "up to "),
    ("La police a compté environ 4 000 personnes dans la ville.", "The police counted {}4,000 people in the city.", "some "),
    ("Plus de 300 personnes ont été évacuées par les pompiers.", "{}300 people were evacuated by the firefighters.", "More than "),
    ("Une vingtaine de personnes ont été blessées dans l'accident.", "{}20 people were hurt in the accident.", "About "),
    ("La policía contó unas 4.000 personnes en la ciudad y la región.", "The police counted {}4,000 people in the city and the region.", "around "),
    ("Al menos once personas murieron en el incendio de la fábrica.", "{}eleven people died in the fire at the factory.", "At least "),
    ("La polizia ha contato circa 4.000 persone nella città di notte.", "The police counted {}4,000 people in the city at night.", "about "),
    ("Sono morte almeno undici persone nell'incendio della fabbrica.", "{}eleven people died in the fire at the factory.", "At least "),
]  # fmt: skip


@pytest.mark.parametrize(("source", "claim", "word"), QUALIFIED)
def test_a_qualifier_of_another_language_binds_its_number(
    source: str, claim: str, word: str
) -> None:
    """With an equal English word nothing is said; without it, it is an error."""
    lacking = claim.format("")
    lacking = lacking[0].upper() + lacking[1:]
    assert ("N4", "error") not in _problems(source, claim.format(word))
    assert ("N4", "error") in _problems(source, lacking)


def test_a_word_that_means_two_things_binds_amounts_only() -> None:
    """Of "über 3 Fragen" the first word means about."""
    source = "Der Stadtrat hat am Abend über 3 Fragen entschieden und dann gewählt."
    assert ("N4", "error") not in _problems(
        source, "The council decided 3 questions in the evening."
    )


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("Wir werden das Werk in diesem Jahr nicht schließen, das ist für uns klar.", "Wir werden das Werk […] schließen, das ist für uns klar."),
        ("Nous avons dit que nous ne voulons pas de cette ligne dans la ville.", "Nous avons dit que nous […] voulons pas de cette ligne."),
        ("Il governo ha detto che non ha mai pensato di vendere la società.", "Il governo ha detto che […] ha mai pensato di vendere."),
        ("El gobierno dijo el lunes que la empresa nunca ha pedido la ayuda del Estado.", "El gobierno dijo el lunes que la empresa […] ha pedido la ayuda del Estado."),
    ],
)  # fmt: skip
def test_no_negation_of_the_documents_language_is_swallowed(source: str, quote: str) -> None:
    """Q2 knows "nicht", "ne", "non" and "nunca"."""
    made = document(("paragraph", source))
    assert isinstance(in_parts(quote, made, fold(source), None), Missing)


NAMED = [
    ("Der Präsident ist am Montag nach Moskau gereist und hat mit der Regierung gesprochen.", "The president went to Moscow.", "The president went to Minsk."),
    ("Die Vereinten Nationen haben in Genf über den Krieg beraten.", "The United Nations met in Geneva about the war.", "The United Nations met in Vienna about the war."),
    ("Der Hamburger Hafen hat im Januar mehr Container bewegt als im Jahr zuvor.", "The port of Hamburg moved more containers in January.", "The port of Bremen moved more containers in January."),
    ("Le maire de Marseille, Benoît Payan, a dit que l'Insee avait tort.", "Mayor Benoit Payan says that Insee is wrong.", "Mayor Martine Payan says that Insee is wrong."),
    ("Le ministère des Finances a annoncé la baisse du déficit de l'État.", "The Ministry of Finance announced that the deficit of the state fell.", "The Ministry of Defence announced that the deficit of the state fell."),
    ("Une avalanche a emporté quatre skieurs samedi dans la station de Val-d'Isère.", "The avalanche was at Val-d'Isère.", "The avalanche was at Val-Thorens."),
    ("Pedro Sánchez viajó el lunes a Londres para hablar con el Gobierno.", "Pedro Sanchez went to London to talk with the government.", "Pedro Sanchez went to Lisbon to talk with the government."),
    ("Il presidente è stato a Parigi e poi in Germania con il ministro.", "The president was in Paris and then in Germany with the minister.", "The president was in Paris and then in Poland with the minister."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "honest", "wrong"), NAMED)
def test_a_name_in_another_language_stands(source: str, honest: str, wrong: str) -> None:
    """By table, ending, accents or the words it is made of; a foreign name never."""
    assert not {rule for rule, _ in _problems(source, honest)} & {"E1", "E2"}
    assert ("E1", "error") in _problems(source, wrong)


SUPPORTED = [
    ("Die Feuerwehr brachte in der Nacht alle Bewohner des Hauses in Sicherheit.", "Firefighters brought all residents of the house to safety in the night."),
    ("Le conseil municipal a rejeté le projet de tramway après un long débat.", "The council rejected the tram project after a long debate."),
    ("La fábrica cerrará este año porque las ventas de coches han caído mucho.", "The factory will close this year because car sales fell sharply."),
    ("Il tribunale ha condannato il direttore della banca per la frode.", "The court convicted the director of the bank of fraud."),
]  # fmt: skip
INVENTED = "Musicians tuned their old violins before the long-awaited premiere."


@pytest.mark.parametrize(("source", "honest"), SUPPORTED)
def test_support_is_seen_across_languages(source: str, honest: str) -> None:
    """C3 knows what news words mean, and warns of an invented sentence as before."""
    assert "C3" not in {rule for rule, _ in _problems(source, honest)}
    assert ("C3", "warning") in _problems(source, INVENTED)


def test_what_is_only_planned_is_not_told_as_done() -> None:
    """N4's warning, by words such as "geplant" and "prévoit"."""
    source = "Die Stadt plant, im Sommer 40 neue Busse zu kaufen und die Linie zu öffnen."
    assert ("N4", "warning") in _problems(source, "The city bought 40 new buses in the summer.")
    assert _problems(source, "The city plans to buy 40 new buses in the summer.") == []
