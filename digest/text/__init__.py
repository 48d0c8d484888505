"""
The one reader of plain text that all steps share: folding, sentences, words, passages.

Pure. Offsets count Unicode code points from 0, end exclusive, and always point into the
text that was given. A quote is proved by the same folding, and a passage is cut by the same
splitter, wherever they are used; that is why no step has its own.

    folding.py     one form for typography, with the way back to the original characters
    boundaries.py  whether a place in a text cuts a word or a number
    splitting.py   sentences
    tokens.py      words, stems, counts
    numbered.py    the numbered passages of a document
    addressed.py   passages that speak to a machine
    lines.py       text for one line, and for addresses
    phrases.py     an expression for any of some phrases
    copies.py      whether two texts are one, by samples
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .boundaries import is_bounded
from .folding import Folded, fold
from .lines import one_line, own_name, slugify
from .tokens import content_words, count_words, stem, words

if TYPE_CHECKING:
    from .addressed import for_readers as for_readers
    from .addressed import silenced as silenced
    from .numbered import passages
    from .splitting import sentences
else:  # their expressions take long to compile, and few commands need them
    from ..lazily import names

    __getattr__ = names(
        __name__,
        addressed="for_readers silenced",
        numbered="passages",
        splitting="sentences",
    )

__all__ = [
    "Folded",
    "content_words",
    "count_words",
    "fold",
    "is_bounded",
    "one_line",
    "own_name",
    "passages",
    "sentences",
    "slugify",
    "stem",
    "words",
]
