"""
Verify: draft and documents → verified text with footnotes, and the problems found.

Pure. Nothing that a drafter wrote comes out but through here. Text that quotes (the
extractive drafter's) is proved by Q1 to Q3, A1 for its quotations, C1, U1, K1 and the
lengths of L1; what a language model wrote is refused until its rules are there.

    evidence.py      documents, folded and cut into passages once
    quotes.py        Q1, Q2: a quote's place in a document
    notes.py         C1, Q3: notes to footnotes
    passage_link.py  the address of a passage
    marks.py, written.py    what a draft or a file says, in one form
    addresses.py U1, speakers.py A1, quota.py K1, lengths.py L1
    extracted.py     proof of text that quotes → units.py
    dropping.py      what cannot stay, to a fixed point
    composing.py     units → Markdown, claims
    feature.py, round_ups.py, front.py, recheck.py, counting.py   what others call
"""

from .check import check
from .counting import counts
from .feature import feature
from .front import front
from .recheck import recheck
from .report import Report
from .round_ups import round_up

__all__ = ["Report", "check", "counts", "feature", "front", "recheck", "round_up"]
