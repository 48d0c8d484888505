"""
Proving again what a person has edited, and writing the outcome beside it.

Touches store and content/. The text itself is the person's: what cannot be proved is
published all the same and listed as edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .. import content, verify
from ..settings import Config
from ..store import Store


def verify_edited(config: Config, store: Store, site: Path) -> Iterator[str]:
    """
    Verify the features that have changed since they were verified last.

    Yields:
        A line for each problem found.

    Raises:
        ContentError: A file in content/ is not as it should be.
    """
    for digest in config.digests:
        for path, feature in content.changed_features(site / "content", digest.slug):
            documents = store.documents.get(ref.id for ref in feature.documents)
            found = tuple(
                replace(
                    problem, where=f"{path.name}: {problem.where}", outcome="edited, not proved"
                )
                for problem in verify.recheck(feature, documents)
            )
            content.record_verified(path, found)
            for problem in found:
                yield (
                    f"{path}: {problem.rule}: {problem.where}: found {problem.found!r}, "
                    f"expected {problem.expected}"
                )
