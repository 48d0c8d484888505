"""
Research: a story → its dossier, the documents that it may be told from.

Touches the network through the arguments `read` and `search` alone, and in the files of the
search providers, which speak to the address of feeds.yaml.

    documents.py   a story's own documents, in order: enough for a round-up
    following.py   … and the pages that they link to, until enough is known: for a feature
    library.py     pages opened once each, within a number of pages
    subject.py     what a story is about, in terms that can be looked for
    candidates.py  links and search results, ranked, with reasons
    standing.py    what an address says before it is opened
    fitness.py     whether a page that was read may serve; copies
    facts.py       what a document adds, and when that is enough
    outlook.py     what would be read, before anything is
    coverage.py    what past issues told of the matter
    further.py     links that may be offered as further reading
    query.py       a story → the words to search for
    base.py        what a search provider is; searxng.py, brave.py and tavily.py are such
    asking.py      one question to a provider
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..settings import Research
from .base import Hit, Searcher
from .brave import BraveSearcher
from .candidates import Candidate, candidates
from .documents import dossier
from .following import Means, Search, investigate
from .library import Shelf
from .outlook import outlook
from .searxng import SearxngSearcher
from .subject import background
from .tavily import TavilySearcher

__all__ = [
    "SEARCHERS",
    "Candidate",
    "Hit",
    "Means",
    "Search",
    "Searcher",
    "Shelf",
    "background",
    "candidates",
    "dossier",
    "investigate",
    "outlook",
]

SEARCHERS: dict[str, Callable[[Research, Mapping[str, str]], Searcher]] = {
    "searxng": SearxngSearcher,
    "brave": BraveSearcher,
    "tavily": TavilySearcher,
}
