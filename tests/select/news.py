"""
A small week of news for grouping, written for these tests: stories told by several feeds,
and traps that look like one story and are two.
"""

from __future__ import annotations

from digest.types import Document, Entry
from tests.draft.making import document, entry

Item = tuple[Entry, Document]

RELEASE = (
    "Northgate today announced the acquisition of Baltic Freight for 310 million euros in cash. "
    "The purchase adds 42 ships and eleven terminals to the Northgate network. Baltic Freight was "
    "founded in Riga in 1994 and employs 2,300 people in five countries. Regulators in Brussels "
    "must agree before the end of the year. Chief executive Lena Marks said the two networks "
    "complete each other and that no terminal would be closed before the summer of 2028."
)

PRINTED = (
    "Falconry Works will build its electric tractor at a new site in Porto from next autumn on. "
    "The line replaces two older ones in Vigo and makes forty machines a day. Falconry spends "
    "85 million on robots, paint shop and a test field, and hires six hundred mechanics. The "
    "tractor ploughs for five hours before it must be charged, twice as long as the model that "
    "the firm showed at the spring fair. Farmers can order it through the usual dealers."
)


def item(
    feed: str, title: str, text: str, *, hours: float = 10, points_to: str = "", url: str = ""
) -> Item:
    address = url or f"https://{feed}.example/{abs(hash_of(title)) % 10**8}"
    written = document(text, url=address, title=title, publisher=feed)
    return entry(feed, title, written, hours=hours, points_to=points_to), written


def hash_of(title: str) -> int:
    """The same in every process."""
    return sum(ord(sign) * (place + 7) ** 3 for place, sign in enumerate(title))


SAME: dict[str, list[Item]] = {
    "an acquisition in three wordings": [
        item("wire", "Northgate to buy Baltic Freight for €310 million", RELEASE),
        item(
            "daily",
            "Baltic Freight sold to Northgate in 310 million euro deal",
            "The Riga shipping firm Baltic Freight goes to its larger rival Northgate. The price "
            "is 310 million euros, people at both firms said. Northgate takes over 42 ships and "
            "2,300 employees. Lena Marks, who leads Northgate, called the firms complementary. "
            "Competition authorities in Brussels still have to look at the acquisition.",
            hours=6,
        ),
        item(
            "harbourlog",
            "What Northgate's purchase of Baltic Freight means for Riga",
            "Baltic Freight has been the largest employer on the Riga waterfront since 1994. Now "
            "Northgate pays 310 million euros for its 42 ships. The mayor expects that terminals "
            "stay open until 2028, as Lena Marks has promised. Unions want that in writing before "
            "regulators in Brussels agree to the acquisition.",
            hours=1,
        ),
    ],
    "a press release printed by others": [
        item("maker", "Falconry Works press release", PRINTED, hours=30),
        item("printer", "Falconry announces new line", PRINTED, hours=29),
        item(
            "excerpts",
            "News in brief",
            PRINTED[: len(PRINTED) * 2 // 3] + " More to come.",
            hours=20,
        ),
    ],
    "a link post and its target": [
        item(
            "lab",
            "A crash test of ten thousand kills",
            "We killed it often.",
            url="https://lab.example/crash",
        ),
        item("linker", "Worth reading", "Nice.", points_to="https://lab.example/crash", hours=3),
        item(
            "other",
            "They broke it on purpose",
            "Ha.",
            points_to="https://lab.example/crash",
            hours=2,
        ),
    ],
}

OPUS = (
    "Opus {v} is the new model of Meridian, with a context window of one million tokens and a "
    "price of five dollars per million tokens of input. Meridian says that Opus {v} makes fewer "
    "mistakes in long sessions with tools than any model before it, and that {x}. It is sold in "
    "the same regions, at the same limits, to the same customers as the model before it."
)
TRAPS: dict[str, list[Item]] = {
    "two versions with the same words": [
        item("a", "Meridian releases Opus 4.1", OPUS.format(v="4.1", x="it writes better code")),
        item("b", "Meridian releases Opus 4.2", OPUS.format(v="4.2", x="it reads images better")),
    ],
    "two products with like names": [
        item(
            "a",
            "Falcon Mini: Acme's small model runs on phones",
            "Acme has released Falcon Mini, a small language model that runs on phones. The model "
            "has two billion parameters and an open licence, and Falcon Max will follow in June. "
            "Acme trained it on public text in twelve languages.",
        ),
        item(
            "b",
            "Falcon Max: Acme's large model runs in data centres",
            "Acme has released Falcon Max, a large language model that runs in data centres. The "
            "model has 300 billion parameters and an open licence, like Falcon Mini before it. "
            "Acme trained it on public text in twelve languages.",
        ),
    ],
    "two announcements of one company on a day": [
        item(
            "acme",
            "Acme opens a data centre in Finland",
            "Acme has opened a data centre in Finland that is cooled by sea water. The building "
            "in Hamina took three years and gives work to ninety people. Acme says that the "
            "waste heat will warm four thousand homes from the coming winter on.",
        ),
        item(
            "paper",
            "Acme hires Northgate's finance chief",
            "Acme has hired Olga Brandt, who led finance at Northgate for nine years. She starts "
            "in September and will prepare a listing on the stock exchange, according to two "
            "people who know the plans. Acme did not want to comment on the report.",
        ),
    ],
    "two events between the same two firms": [
        item(
            "a",
            "Northgate sues Orbit over a patent for folding screens",
            "Northgate has gone to court in Hamburg over a patent for folding screens. Orbit used "
            "the hinge without a licence, the complaint says, and owes damages for each phone "
            "since 2024. Orbit rejects the claim. A first hearing is expected in the autumn, and "
            "lawyers expect that the case will take two years or more until a verdict is final.",
        ),
        item(
            "b",
            "Orbit moves its payroll to Northgate's cloud",
            "Orbit has signed a contract for cloud services with Northgate. The payroll of 8,000 "
            "workers moves to servers in Norway from next month on. Northgate won against three "
            "rivals, people close to the talks said, because its price was the lowest by far and "
            "because its centres run on water power alone. Both firms declined to name a sum.",
        ),
    ],
    "a rumour and another rumour": [
        item(
            "a",
            "Orbit said to plan a phone",
            "A telephone that folds twice is on its way from Orbit, suppliers of glass and hinges "
            "say. The first should be in shops in May.",
        ),
        item(
            "b",
            "Orbit said to plan a car",
            "Orbit has hired forty engineers from two makers of lorries. By 2029 they are to build "
            "a car with four seats and no wheel.",
        ),
    ],
    "the same weekly column": [
        item(
            "col", "Week notes: bread", "I baked bread with rye from the mill at the lake.", hours=5
        ),
        item("col", "Week notes: boats", "I painted the hull of the boat in a dark red.", hours=4),
    ],
    "two stories that link to one front page": [
        item(
            "a",
            "A recipe for soup",
            "Soup with [the usual spoon](https://spoons.example/) is good.",
        ),
        item(
            "b",
            "A walk in the hills",
            "The hills have [the usual spoon](https://spoons.example/) too.",
        ),
    ],
    "the same words a month apart": [
        item("a", "Kiel ferry late again", "The ferry from Kiel to Oslo was late by two hours."),
        item(
            "b",
            "Kiel ferry late again",
            "The ferry from Kiel to Oslo was late by three hours.",
            hours=720,
        ),
    ],
}

ALL_ITEMS = [pair for group in (*SAME.values(), *TRAPS.values()) for pair in group]
