"""Embeddings come from the user's own model through llm, once for each text, and may fail."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digest.draft.model import Door
from digest.draft.model import embedding as module
from digest.errors import ModelError
from digest.pipeline import embedding as pipeline
from digest.select import Reading
from digest.settings import Budget, LanguageModel, Price
from digest.store import Store
from digest.types import Document, Entry
from tests.draft.making import DIGEST, NOW, document, entry

NOUNS = "bread tax school rain piano wool cement honey goats chess ink salt".split()
IDEAS = ({"ferry", "boat", "vessel"}, {"fire", "blaze", "flames"}, *({noun} for noun in NOUNS))


class Concepts:
    """What a small embedding model does: it knows a few ideas, some under several words."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.gives: object = None
        self.waits_s = 0.0

    def embed_batch(self, items: Iterable[str | bytes]) -> Iterator[list[float]]:
        texts = [item for item in items if isinstance(item, str)]
        self.asked.append(texts)
        time.sleep(self.waits_s)
        if isinstance(self.gives, Exception):
            raise self.gives
        for text in texts:
            words = re.findall("[a-z]+", text.lower())
            counts = [float(sum(word in idea for word in words)) for idea in IDEAS]
            yield counts if self.gives is None else self.gives  # type: ignore[misc]


@pytest.fixture
def model() -> Iterator[Concepts]:
    """The model "concepts", or "ideas", as a plugin of llm brings it."""
    import llm
    from llm.plugins import pm

    base: Any = vars(llm)["EmbeddingModel"]  # has no types
    made: Concepts = type("Model", (Concepts, base), {"model_id": "concepts"})()

    @llm.hookimpl
    def register_embedding_models(register) -> None:
        register(made, aliases=("ideas",))

    plugin = SimpleNamespace(
        __name__="concepts", register_embedding_models=register_embedding_models
    )
    pm.register(plugin, name="concepts")
    yield made
    pm.unregister(name="concepts")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "digest.db") as opened:
        yield opened


def item(name: str, title: str, text: str) -> tuple[Entry, Document]:
    written = document(text, url=f"https://{name}.example/1", publisher=name)
    return entry(name, title, written), written


OTHERS = [
    item(f"f{n}", f"Note {n} on {noun}", f"Something about {noun}, and it is number {n * 7 + 11}.")
    for n, noun in enumerate(NOUNS)
]
WIRE = item(
    "wire",
    "Flames on a vessel off Kiel",
    "A blaze broke out on a boat near Kiel at dawn, the coast guard said.",
)
QUAY = item(
    "quay",
    "Fire! The ferry burns",
    "The ferry is on fire off Kiel since dawn, says the coast guard.",
)


def embed(store: Store, items, settings: LanguageModel | None = None, lines=None):
    said = [] if lines is None else lines
    model = settings or LanguageModel(name="any", embedding="concepts")
    door = Door(model, store.replies, environment={}, clock=lambda: NOW)
    return asyncio.run(
        pipeline.embeddings(
            store,
            [each for each, _ in items],
            {text.id: text for _, text in items},
            model,
            now=NOW,
            report=said.append,
            embed=lambda texts: door.embed(texts, "daily"),
        )
    )


def test_a_text_is_paid_once(model: Concepts, store: Store) -> None:
    """A second run asks for what is new alone, an edited text is new, another model too."""
    first = embed(store, OTHERS[:3])
    assert len(first) == 3
    assert [len(texts) for texts in model.asked] == [3]
    assert model.asked[0][0].startswith("Note 2 on school\nSomething about school")
    assert embed(store, OTHERS[:3]) == first
    edited = item("f0", "Note 0 on bread", "Something else about bread.")
    embed(store, [edited, *OTHERS[1:4]])
    assert [len(texts) for texts in model.asked] == [3, 2]
    embed(store, OTHERS[:3], LanguageModel(name="any", embedding="ideas"))
    assert [len(texts) for texts in model.asked] == [3, 2, 3]


@pytest.mark.parametrize("settings", [None, LanguageModel(name="any")])
def test_none_is_asked_by_default(
    model: Concepts, store: Store, settings: LanguageModel | None
) -> None:
    """Without `embedding` in feeds.yaml nothing leaves."""
    entries = [each for each, _ in OTHERS]

    async def never(texts: Sequence[str]) -> list[tuple[float, ...]]:
        raise AssertionError(texts)

    call = pipeline.embeddings(store, entries, {}, settings, now=NOW, report=print, embed=never)
    assert asyncio.run(call) == {}
    assert model.asked == []


def test_what_is_paid_stands_in_the_ledger(model: Concepts, store: Store) -> None:
    """Its tokens and dollars in the digest's month, and in no issue."""
    price = {"concepts": Price(input=0.10, output=0.0)}
    embed(store, OTHERS[:3], LanguageModel(name="any", embedding="concepts", prices=price))
    (month,) = store.replies.months()
    said = sum(len(text.encode()) for text in model.asked[0])
    assert (month.digest, month.calls, month.output) == ("daily", 1, 0)
    assert said / 3 <= month.input < said / 3 + 3
    assert month.usd == pytest.approx(month.input * 0.10 / 1e6)
    assert store.replies.tokens(f"daily/{NOW:%Y-%m-%d}", None) == 0


def test_the_months_dollars_are_held(model: Concepts, store: Store) -> None:
    """What would go beyond them is not asked for, and stories are made without it."""
    lines: list[str] = []
    dear = LanguageModel(
        name="any",
        embedding="concepts",
        prices={"concepts": Price(input=9e6, output=0.0)},
        budget=Budget(),
    )
    assert embed(store, OTHERS[:3], dear, lines) == {}
    assert model.asked == []
    assert "the month's budget is 10.00 USD, 0.00 are spent" in lines[0]
    assert store.replies.months() == ()


def test_a_call_that_failed_counts(model: Concepts, store: Store) -> None:
    """Nobody says that it was free; a model that is not there is."""
    model.gives = RuntimeError("reset")
    embed(store, OTHERS[:3])
    (month,) = store.replies.months()
    assert (month.calls, month.cut) == (1, 1)
    assert month.input > 0
    embed(store, OTHERS[:3], LanguageModel(name="any", embedding="nosuch"))
    assert store.replies.months() == (month,)


def test_what_came_before_a_failure_is_kept(
    model: Concepts, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model fails at the second batch: the first is stored, the run goes on and says so."""
    monkeypatch.setattr(pipeline, "BATCH", 4)
    asked = module._ask

    def failing(name: str, texts: list[str]):
        if len(model.asked) == 1:
            model.gives = RuntimeError("the disk is\nfull")
        return asked(name, texts)

    monkeypatch.setattr(module, "_ask", failing)
    lines: list[str] = []
    found = embed(store, OTHERS[:10], lines=lines)
    assert len(found) == 4
    (line,) = lines
    assert line.startswith("embeddings: concepts: gave no embeddings: the disk is full; stories")
    model.gives = None
    monkeypatch.setattr(module, "_ask", asked)
    assert len(embed(store, OTHERS[:10])) == 10
    assert sum(len(texts) for texts in model.asked) == 4 + 4 + 6


@pytest.mark.parametrize("gives", [[float("nan")], [], None, "words", [1.0, None]])
def test_what_is_no_vector_is_refused(model: Concepts, store: Store, gives: object) -> None:
    """A plugin is somebody else's program: nothing of it is stored before it was looked at."""
    model.gives = gives if gives is not None else 7
    lines: list[str] = []
    assert embed(store, OTHERS[:3], lines=lines) == {}
    assert lines
    model.gives = None
    assert len(embed(store, OTHERS[:3])) == 3


def test_an_unknown_model_is_named(store: Store) -> None:
    """The line says what llm knows, and how to get more."""
    lines: list[str] = []
    assert embed(store, OTHERS, LanguageModel(name="any", embedding="nosuch"), lines) == {}
    assert "nosuch: llm knows no embedding model" in lines[0]
    assert "llm embed-models" in lines[0]


def test_a_model_that_hangs_is_left(model: Concepts) -> None:
    """The call ends when its time is over."""
    model.waits_s = 2.0
    with pytest.raises(ModelError, match=r"within 0\.2 s"):
        asyncio.run(module.embed("concepts", ["ferry"], timeout_s=0.2))


def test_embeddings_bring_other_words_together(model: Concepts, store: Store) -> None:
    """Two reports that share little but their matter are one story with them, two without."""
    items = [*OTHERS, WIRE, QUAY]
    entries, texts = [each for each, _ in items], {text.id: text for _, text in items}
    vectors = embed(store, items)
    pair = {WIRE[0].key, QUAY[0].key}

    def is_one(reading: Reading) -> bool:
        return any(pair <= {each.key for each in group} for group in reading.groups())

    assert not is_one(Reading(entries, texts, DIGEST))
    assert is_one(Reading(entries, texts, DIGEST, vectors=vectors))


def test_scale_and_gaps_do_not_matter(model: Concepts, store: Store) -> None:
    """Longer vectors mean the same; an entry without one, or with zeros, is compared by words."""
    items = [*OTHERS, WIRE, QUAY]
    entries, texts = [each for each, _ in items], {text.id: text for _, text in items}
    vectors = embed(store, items)
    longer = {key: tuple(7 * x for x in vector) for key, vector in vectors.items()}
    plain = Reading(entries, texts, DIGEST).groups()
    assert (
        Reading(entries, texts, DIGEST, vectors=longer).groups()
        == Reading(entries, texts, DIGEST, vectors=vectors).groups()
    )
    gone = {key: vector for key, vector in vectors.items() if key != WIRE[0].key}
    zeros = vectors | {WIRE[0].key: (0.0,) * len(IDEAS)}
    assert Reading(entries, texts, DIGEST, vectors=gone).groups() == plain
    assert Reading(entries, texts, DIGEST, vectors=zeros).groups() == plain
