"""What a feature would be told from, for `digest draft --plan`. Prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .options import count

if TYPE_CHECKING:
    from ..pipeline.researching import Outlook


def print_outlook(outlook: Outlook) -> None:
    """The documents of a feature that are at hand, then the pages that would be read."""
    from ..text import count_words

    for number, document in enumerate(outlook.dossier.documents, 1):
        words = count(count_words(document.text), "word")
        click.echo(f"    S{number} {document.site or document.publisher}, {words}: {document.url}")
    for url, why in (*outlook.dossier.unread, *outlook.dossier.refused):
        click.echo(f"    -  {url}: {why}")
    for each in outlook.candidates[: outlook.most]:
        where = each.barred or ("in the store" if each.url in outlook.held else "would be opened")
        click.echo(f"    ?  {each.url} ({where}), {each.score:.2f}: {'; '.join(each.reasons[:3])}")


def as_told(outlook: Outlook) -> dict[str, Any]:
    """The same for `--json`."""
    return {
        "title": outlook.dossier.story.lead.title,
        "documents": [document.url for document in outlook.dossier.documents],
        "unread": dict(outlook.dossier.unread),
        "refused": dict(outlook.dossier.refused),
        "candidates": [
            {
                "url": each.url,
                "score": round(each.score, 4),
                "reasons": each.reasons,
                "publisher": each.publisher,
                "anchor": each.anchor,
                "barred": each.barred,
                "held": each.url in outlook.held,
            }
            for each in outlook.candidates
        ],
    }
