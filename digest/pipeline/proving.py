"""
An issue as content/ holds it, proved again: each file, footnote, sentence, number and name.

Reads the store. The rules are those by which the issue was made; here they are asked once
for each part, and what they answer is told for each thing that a reader could ask about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from .. import footnotes, verify
from ..markdown import unescape
from ..store import Store
from ..text import one_line, sentences
from ..types import (
    Claim,
    ClaimKind,
    Document,
    Dossier,
    Entry,
    EntryRef,
    Feature,
    Footnote,
    Front,
    FrontDraft,
    Issue,
    Problem,
    RoundUp,
    RoundUpDraft,
    Story,
)
from ..urls import canonical
from . import claims
from .notices import without_notices
from .proof import FileProof, file_proof


def prove(issue: Issue, names: Sequence[str], store: Store) -> tuple[FileProof, ...]:
    """
    Prove an issue.

    Args:
        issue: As read from content/.
        names: Of its features' files, in order.
        store: Its documents; one whose text does not have its hash counts as missing.

    Returns:
        issue.md, the features, and round-ups.md where there is one.
    """
    proof = _Proof(issue, store)
    features = [
        proof.feature(feature, name) for feature, name in zip(issue.features, names, strict=True)
    ]
    front = proof.front([file.claims for file in features])
    return (front, *features, *([proof.round_ups()] if issue.round_ups else ()))


class _Proof:
    def __init__(self, issue: Issue, store: Store) -> None:
        self.issue = issue
        self.store = store
        self.by_url = {canonical(d.url): d.id for d in issue.documents}
        self.documents = sound(store, _cited(issue))

    # --------------------------------------------------------------------- issue.md

    def front(self, told: Sequence[tuple[Claim, ...]]) -> FileProof:
        """
        Args:
            told: The features' claims as they stand now.
        """
        front, draft = self.issue.front, front_draft(self.issue)
        kind = draft.kind
        features = [
            replace(feature, claims=own)
            for feature, own in zip(self.issue.features, told, strict=True)
        ]
        found: tuple[Problem, ...] = ()
        if features or self.issue.round_ups:
            _, found = verify.front(draft, features, self.issue.round_ups)
        if kind == "extractive":
            found += tuple(self._not_computed(draft.lead))
        new: ClaimKind = "proved" if kind == "model" else "extracted"
        return self._proof("issue.md", (), found, claims.of_front(front, found, new))

    def _not_computed(self, lead: Sequence[str]) -> Iterator[Problem]:
        """A lead beside quoted text is counted by code; other words in it are a person's."""
        computed = {one_line(c.text) for c in self.issue.front.claims if c.kind == "computed"}
        for number, text in enumerate(lead, 1):
            if one_line(text) not in computed:
                where, expected = f"lead, paragraph {number}", "words that code counted"
                yield Problem("C2", where, one_line(text), expected)

    # --------------------------------------------------------------------- features

    def feature(self, feature: Feature, name: str) -> FileProof:
        notes = tuple(self._with_document(note) for note in feature.notes)
        self._get(note.quote.document for note in notes)
        feature = replace(feature, notes=notes)
        found = verify.recheck(feature, self.documents)
        judged: tuple[Claim, ...] = ()
        if new := claims.new_sentences(feature):
            report = self._checked(feature)
            judged = report.claims
            if feature.kind == "extractive":
                found = tuple(_as_claims(found, new, report))
        return self._proof(name, notes, found, claims.of_feature(feature, found, judged))

    def _checked(self, feature: Feature) -> verify.Report:
        """The feature as a text of claims: what a person adds to quotations is no quotation."""
        ids = [ref.id for ref in feature.documents] + [n.quote.document for n in feature.notes]
        return verify.check(
            f"{feature.body}\n\n{footnotes.write(feature.notes)}",
            [self.documents[id_] for id_ in dict.fromkeys(ids) if id_ in self.documents],
            named=True,
            title=feature.title,
            tldr=feature.tldr,
            derived=feature.derived,
        )

    def _with_document(self, note: Footnote) -> Footnote:
        """A note that a person wrote or changed names its document by address only."""
        if note.quote.document:
            return note
        return replace(note, quote=replace(note.quote, document=self._document_of(note.url)))

    def _document_of(self, url: str) -> str:
        key = canonical(url)
        page = None if key in self.by_url else self.store.documents.page(key)
        return self.by_url.get(key) or (page[0] if page else "")

    # -------------------------------------------------------------------- round-ups

    def round_ups(self) -> FileProof:
        found: list[Problem] = []
        own: list[Claim] = []
        for item in self.issue.round_ups:
            problems = tuple(self._round_up(item))
            found += problems
            own += claims.of_round_up(item, problems)
        return self._proof("round-ups.md", (), tuple(found), tuple(own))

    def _round_up(self, item: RoundUp) -> Iterator[Problem]:
        where = f"round-up {item.slug}"
        entries = item.entries or (EntryRef(item.feed, "", item.url, item.title, item.published),)
        titles = {one_line(entry.title) for entry in entries}
        if one_line(item.title) not in titles:
            yield Problem("Q1", f"{where}, title", item.title, "the title of one of its posts")
        text = without_notices(unescape(item.text), item.update_of)
        if not text:
            return
        ids = item.documents or tuple(filter(None, [self._document_of(item.url)]))
        self._get(ids)
        missing = [id_ for id_ in ids if id_ not in self.documents]
        if missing or not ids:
            yield Problem("C1", where, ", ".join(missing) or item.url or item.title, MISSING)
            return
        draft = RoundUpDraft(item.slug, text)
        documents = tuple(self.documents[id_] for id_ in ids)
        dossier = Dossier(Story(tuple(map(_entry, entries)), 0.0), documents)
        yield from verify.round_up(draft, dossier, kind=item.kind)[1]

    # ------------------------------------------------------------------------- both

    def _proof(
        self,
        name: str,
        notes: Sequence[Footnote],
        found: Sequence[Problem],
        own: Sequence[Claim],
    ) -> FileProof:
        return file_proof(name, notes, found, own, self.documents.keys())

    def _get(self, ids: Iterable[str]) -> None:
        self.documents.update(sound(self.store, set(ids) - self.documents.keys() - {""}))


def _as_claims(
    found: Iterable[Problem], new: frozenset[str], report: verify.Report
) -> Iterator[Problem]:
    """
    Problems of a text that quotes, where a new sentence need not be a quotation.

    One that the claim checker proves is no problem; of another its reasons are told too.
    """
    proved = {claims.same(claim.text) for claim in report.claims if claim.kind == "proved"}
    for problem in found:
        is_new = problem.rule in {"Q1", "Q2"} and claims.same(problem.found) in new
        if not (is_new and claims.same(problem.found) in proved):
            yield problem
        if is_new:
            block = problem.where.rpartition(", ")[0] or problem.where
            yield from (other for other in report.problems if other.where.startswith(block))


def front_draft(issue: Issue) -> FrontDraft:
    """What stands above an issue, as its drafter wrote it."""
    front = issue.front
    return FrontDraft(
        headline=front.title,
        dek=front.dek,
        tldr=front.tldr,
        lead=tuple(_lead(front)),
        kind=_kind_of_front(issue),
    )


def _lead(front: Front) -> Iterator[str]:
    """Its paragraphs as a drafter writes them: judgement is marked as such."""
    own = {one_line(c.text) for c in front.claims if c.kind == "own"}
    for paragraph in front.lead.split("\n\n"):
        text = unescape(paragraph).strip()
        told = [text[start:end] for start, end in sentences(text)]
        if told:
            yield " ".join(f"{each}[own]" if one_line(each) in own else each for each in told)


def _kind_of_front(issue: Issue) -> Literal["model", "extractive"]:
    """Who wrote the front: a model that went away may have written only what stands below."""
    kinds = {claim.kind for claim in issue.front.claims}
    if not issue.model or (kinds and not kinds & {"proved", "own", "edited"}):
        return "extractive"
    return "model"


MISSING = "its document, which is missing from the store"


def sound(store: Store, ids: Iterable[str]) -> dict[str, Document]:
    """The documents that the store has and whose text still has their hash, by id."""
    found = store.documents.get(sorted(ids))
    return {
        id_: document
        for id_, document in found.items()
        if hashlib.sha256(document.text.encode()).hexdigest() == document.sha256
    }


def _cited(issue: Issue) -> set[str]:
    """Ids of the documents that an issue rests on."""
    ids = {document.id for document in issue.documents}
    ids |= {ref.id for feature in issue.features for ref in feature.documents}
    ids |= {note.quote.document for feature in issue.features for note in feature.notes}
    ids |= {id_ for item in issue.round_ups for id_ in item.documents}
    spans = [rest for c in issue.front.claims for rest in c.rests if not isinstance(rest, str)]
    return (ids | {span.document for span in spans}) - {""}


def _entry(ref: EntryRef) -> Entry:
    return Entry(ref.feed, ref.id, ref.url, canonical(ref.url), ref.title, published=ref.published)
