"""
Verify: draft and documents → verified text with footnotes, and the problems found.

Pure. Nothing that a drafter wrote comes out but through here. Text that quotes (the
extractive drafter's) is proved by Q1 to Q3, A1 for its quotations, C1, U1, K1 and the
lengths of L1; what a language model wrote by all rules.

    evidence.py, source.py   documents, folded, cut and read once; what a sentence rests on
    values/                  numbers, amounts, dates and ranks as values
    lists/                   word lists: qualifiers, common words, verbs of saying
    reply.py J1              a model's reply → a draft
    quotes.py, occurrences.py Q1 · omissions.py Q2 · notes.py C1, Q3 · passage_link.py
    marks.py, written.py, statements.py   what a draft or file says, statement by statement
    numbers.py N1 · contexts.py, binding.py, across.py N2 · relations.py, derived.py, refused.py N3
    qualifiers.py, unfinished.py, conditions.py N4; clauses.py
    names.py E1, E2 · misplaced.py what is true in the wrong place (E1, N2, C3)
    quotations.py Q4, A1 · speakers.py A1 · support.py C2, C3 · unsupported.py C3
    addresses.py U1 · copying.py, quota.py K1 · lengths.py L1 · machine_talk.py M1
    judge.py                 one statement under all of these → judged.py
    judgement.py C2          sentences marked [own]
    extracted.py             proof of text that quotes → units.py; tables.py, titles.py
    model_feature.py, model_front.py, model_recheck.py   what a model wrote
    leaning.py, dropping.py  what cannot stay, to a fixed point
    composing.py, ledger.py, resting.py   units → Markdown, claims and what they rest on
    repair.py                problems → what a model is told
    feature.py, round_ups.py, front.py, recheck.py, check.py, counting.py   what others call
"""

from .check import check
from .counting import counts
from .feature import feature
from .front import front
from .recheck import recheck
from .repair import message as repair_message
from .reply import choice_of, feature_of, front_of, gathered_of, pairs_of, round_ups_of
from .report import Report
from .round_ups import round_up

__all__ = [
    "Report",
    "check",
    "choice_of",
    "counts",
    "feature",
    "feature_of",
    "front",
    "front_of",
    "gathered_of",
    "pairs_of",
    "recheck",
    "repair_message",
    "round_up",
    "round_ups_of",
]
