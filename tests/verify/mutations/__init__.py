"""
Planted errors and honest variations of claims, and how many of each the rules report.

    python -m tests.verify.mutations        prints the table that README shows

Every claim is one sentence with the passages that it cites. A planted error changes one thing;
an honest variation says the same in another form. All is made by rule from the data in
tests/data/verify, so that the figures are the same on each run.

    abroad.py       English claims over documents in other languages
    corpus.py       the honest sentences and their documents
    quoted.py, numbers.py, words.py, said.py    what plants errors, by what it changes
    variations.py   honest sentences in other forms
    scores.py       the kinds, and what is reported of each
"""

from __future__ import annotations

from .abroad import ABROAD, KINDS, planted_abroad, scores_abroad, table_abroad
from .corpus import INVENTED, Claim, Corpus, Score
from .scores import ABOVE, AS_WRITTEN, PLANTED, RETYPED, VARIED, planted, scores, table

__all__ = [
    "ABOVE",
    "ABROAD",
    "AS_WRITTEN",
    "INVENTED",
    "KINDS",
    "PLANTED",
    "RETYPED",
    "VARIED",
    "Claim",
    "Corpus",
    "Score",
    "planted",
    "planted_abroad",
    "scores",
    "scores_abroad",
    "table",
    "table_abroad",
]
