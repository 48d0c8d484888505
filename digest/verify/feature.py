"""
A feature: draft and documents in, proved Markdown with footnotes and the problems out.

Pure. What the extractive drafter wrote is proved as quotes, what a model wrote by all rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import lone_publisher
from ..text import one_line
from ..types import Claim, DocumentRef, Dossier, Draft, Entry, EntryRef, Feature, Problem
from .composing import claims, markdown, of_heading, plain
from .dropping import settle
from .evidence import Evidence
from .extracted import Extracted
from .judged import Rules
from .ledger import claim
from .lengths import (
    EXTRACTIVE_BULLETS,
    EXTRACTIVE_WORDS,
    FEATURE_BULLET_WORDS,
    FEATURE_BULLETS,
    FEATURE_WORDS,
    LEAST_LEFT,
    too_long,
)
from .model_feature import ModelFeature, body_words
from .notes import Labels, resolve
from .problems import error, warning
from .titles import own_title
from .units import Heading, ProvedSection, Unit
from .written import draft_sections


def feature(
    draft: Draft, dossier: Dossier, *, slug: str, secret: str = ""
) -> tuple[Feature | None, tuple[Problem, ...]]:
    """
    Prove a draft against its dossier.

    Args:
        draft: As the drafter wrote it; nothing in it is trusted.
        dossier: The documents that it may rest on, S1 first.
        slug: The feature's name in addresses.
        secret: The run's secret word, which may not come back (M1).

    Returns:
        The feature with all that was proved, and what was not. None where too little is
        left: under 150 words (extractive: 90), no TL;DR (extractive: under two bullets), or
        no title.
    """
    if draft.kind == "model":
        return _of_model(draft, dossier, slug, Rules(draft.derived, secret=secret))
    evidence = Evidence(dossier.documents)
    cited, problems = resolve(draft.notes, evidence)
    prover = Extracted(cited, evidence)
    bullets = _bullets(draft.tldr, prover)
    written = draft_sections(draft.sections, frozenset(note.id for note in draft.notes))
    kept, beyond = settle(prover.sections(written), bullets, evidence)
    title = _title(draft.title, dossier, evidence)
    problems += prover.problems + beyond + _unfit(title, bullets, kept)
    if title is None or any(problem.outcome == "round-up" for problem in problems):
        return None, tuple(problems)
    labels = Labels(evidence)
    body = markdown(kept, labels)
    further, unknown = _further(draft.further, dossier)
    problems += unknown
    return (
        Feature(
            slug=slug,
            title=title.text,
            kind="extractive",
            documents=_documents(evidence, labels, bullets),
            entries=entry_refs(dossier.story.entries),
            tldr=tuple(unit.text for unit in bullets),
            body=body,
            notes=labels.footnotes,
            further=further,
            claims=(
                Claim(title.text, title.kind, title.rests),
                *(Claim(unit.text, "extracted", tuple(unit.spans())) for unit in bullets),
                *claims(kept, labels),
            ),
            problems=tuple(problems),
        ),
        tuple(problems),
    )


def _of_model(
    draft: Draft, dossier: Dossier, slug: str, rules: Rules
) -> tuple[Feature | None, tuple[Problem, ...]]:
    proved = ModelFeature(draft, dossier, rules)
    title, bullets, kept = proved.title, proved.bullets, proved.sections
    further, unknown = _further(draft.further, dossier)
    problems = (*proved.problems, *unknown, *_too_little(bullets, body_words(kept), proved.least()))
    if title is None or any(problem.outcome == "round-up" for problem in problems):
        return None, problems
    labels = Labels(proved.evidence)
    body = markdown(kept, labels)
    ledger = (
        of_heading(title, tuple(note.label for note in labels.footnotes)),
        *(claim(u.judged, [labels.of(n) for n in u.notes]) for u in bullets if u.judged),
        *claims(kept, labels),
    )
    lone = _lone_publisher(proved, labels)
    if lone:
        body = f"{body}\n\n{plain(lone)}"
        ledger = (*ledger, Claim(lone, "computed"))
    return (
        Feature(
            slug=slug,
            title=title.text,
            kind="model",
            documents=_documents(proved.evidence, labels, ()),
            entries=entry_refs(dossier.story.entries),
            tldr=tuple(unit.text for unit in bullets),
            body=body,
            notes=labels.footnotes,
            derived=tuple(each for each in draft.derived if each.claim in body),
            further=further,
            claims=ledger,
            problems=problems,
        ),
        problems,
    )


def _too_little(bullets: Sequence[Unit], words: int, least: int) -> Iterator[Problem]:
    """Why what is left of a model's draft is no feature, or a short one (L1)."""
    if not bullets:
        expected = f"{FEATURE_BULLETS.least} bullets"
        yield error("L1", "TL;DR", "none proved", expected, "round-up")
    elif len(bullets) < FEATURE_BULLETS.least:
        yield warning("L1", "TL;DR", f"{len(bullets)}", f"{FEATURE_BULLETS.least} bullets or more")
    if words < LEAST_LEFT:
        expected = f"{max(least, LEAST_LEFT)} words or more"
        yield error("L1", "body", f"{words} words proved", expected, "round-up")
    elif not least <= words <= FEATURE_WORDS.most:
        expected = f"{least} to {FEATURE_WORDS.most} words"
        yield warning("L1", "body", f"{words} words", expected)


def _lone_publisher(proved: ModelFeature, labels: Labels) -> str:
    """P1: the sentence that code adds where all that is cited is one publisher's."""
    used = {note.quote.document for note in labels.footnotes}
    documents = [d for d in proved.evidence if d.id in used or d is proved.evidence.first]
    if len({document.publisher for document in documents}) > 1:
        return ""
    first = documents[0]
    return lone_publisher.sentence(one_line(first.site or first.publisher))


def entry_refs(entries: Sequence[Entry]) -> tuple[EntryRef, ...]:
    return tuple(
        EntryRef(entry.feed, entry.id, entry.url, entry.title, entry.published) for entry in entries
    )


def _bullets(texts: Sequence[str], prover: Extracted) -> tuple[Unit, ...]:
    kept: list[Unit] = []
    for number, text in enumerate(texts, 1):
        where = f"TL;DR, bullet {number}"
        unit = prover.bullet(text, where)
        long = too_long(text, FEATURE_BULLET_WORDS, where)
        if long:
            prover.problems.append(long)
        if unit and not (long and long.level == "error"):
            kept.append(unit)
    return tuple(kept)


def _title(text: str, dossier: Dossier, evidence: Evidence) -> Heading | None:
    """Words of S1, or the title of one of the story's own posts."""
    own = own_title(one_line(text), evidence)
    if own is not None:
        return own
    titles = {one_line(entry.title) for entry in dossier.story.entries}
    return Heading(one_line(text), "extracted") if one_line(text) in titles else None


def _unfit(
    title: Heading | None, bullets: Sequence[Unit], sections: Sequence[ProvedSection]
) -> list[Problem]:
    """Why what is left is no feature (L1), and what is merely long."""
    words = sum(block.words for s in sections for block in s.blocks if block.kind != "table")
    problems: list[Problem] = []
    if title is None:
        problems.append(error("Q1", "title", "", "words of the first document", "round-up"))
    if len(bullets) < EXTRACTIVE_BULLETS.least:
        expected = f"{EXTRACTIVE_BULLETS.least} bullets or more"
        problems.append(error("L1", "TL;DR", f"{len(bullets)} proved", expected, "round-up"))
    if words < EXTRACTIVE_WORDS.least:
        expected = f"{EXTRACTIVE_WORDS.least} words or more"
        problems.append(error("L1", "body", f"{words} words proved", expected, "round-up"))
    if words > EXTRACTIVE_WORDS.most:
        expected = f"at most {EXTRACTIVE_WORDS.most} words"
        problems.append(warning("L1", "body", f"{words} words", expected))
    return problems


def _documents(
    evidence: Evidence, labels: Labels, bullets: Sequence[Unit]
) -> tuple[DocumentRef, ...]:
    """S1 and what notes and bullets rest on, in the dossier's order."""
    used = {note.quote.document for note in labels.footnotes}
    used |= {unit.found.document.id for unit in bullets}
    return tuple(
        DocumentRef(document.id, document.url)
        for place, document in enumerate(evidence)
        if place == 0 or document.id in used
    )


def _further(
    names: Sequence[str], dossier: Dossier
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Links from the list that was offered, and nothing else (U1)."""
    offered = {f"L{number}": link for number, link in enumerate(dossier.links, 1)}
    known = tuple(dict.fromkeys(name for name in names if name in offered))
    problems = [
        error("U1", "further reading", name, "an id of the list that was offered")
        for name in names
        if name not in offered
    ]
    return tuple((one_line(offered[name][0]), offered[name][1]) for name in known), problems
