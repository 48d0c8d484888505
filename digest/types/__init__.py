"""
What flows between the steps: frozen values, times in UTC, sequences as tuples.

Pure. Imports nothing else from the package; every step imports it. `settings.py` holds
what feeds.yaml says, this module what is made from it, from left to right:

    Fetched ─ Entry, Document ─ Story ─ Dossier ─ Draft
    ─ Feature, RoundUp, Front ─ Issue ─ Page, Message

Offsets into a document count Unicode code points from 0, end exclusive. A `date` is a
local day of the site's time zone; a `datetime` is always aware and in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .choosing import *  # noqa: F403
    from .drafting import *  # noqa: F403
    from .proving import *  # noqa: F403
    from .publication import *  # noqa: F403
    from .reading import *  # noqa: F403
    from .sending import *  # noqa: F403
else:
    from ..lazily import names

    __getattr__ = names(
        __name__,
        reading="Onward Fetched FeedState Block Link Document Passage Entry Post FeedContent"
        " BlockKind Key",
        choosing="Story ClosePair PairAnswer Contender Ranked ThemeAnswer EditorsChoice Told"
        " Dossier",
        drafting="Paragraph TableRow Table ItemList QuoteBlock Section DraftNote Draft"
        " Gathered RoundUpDraft FrontDraft Facts DraftBlock",
        proving="Derived Quote Footnote Span Claim Problem DocumentRef EntryRef Feature RoundUp"
        " Front ClaimKind",
        publication="Chosen FeedLine Correction Call Head Issue Article Publication",
        sending="Page Message Delivery Remote Finding DeliveryState RecipientState",
    )
