"""What stands above an issue rests on the passages of what it repeats."""

from __future__ import annotations

from digest import verify
from digest.types import FrontDraft, Span
from tests.verify.model_material import dossier, draft


def test_each_claim_of_a_models_front_names_passages() -> None:
    """Those of the statement below that shares most words with it; a judgement has none."""
    feature, _ = verify.feature(draft(), dossier("orrin"), slug="x")
    assert feature is not None
    made = FrontDraft(
        headline="Orrin 4 scored 71.3% on Lathe",
        dek="",
        tldr=("Output costs $1.60 for a million tokens of Orrin 4.",),
        lead=("On Lathe, Orrin 4 scored 71.3%. Whether that lasts is open.[own]",),
        kind="model",
    )
    front, _ = verify.front(made, [feature], [])
    texts = {document.id: document.text for document in dossier("orrin").documents}
    for claim in front.claims:
        shown = [texts[r.document][r.start : r.end] for r in claim.rests if isinstance(r, Span)]
        if claim.kind == "own":
            assert shown == []
        elif "Lathe" in claim.text:
            assert shown == [
                "On the Lathe benchmark Orrin 4 scored 71.3%, and Orrin 3 scored 58.9%."
            ]
        else:
            assert any("output costs $1.60 per million tokens" in text for text in shown)
    assert len(front.claims) == 4
