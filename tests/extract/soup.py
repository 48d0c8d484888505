"""Markup put together by chance, the same for the same number, as nobody would write it."""

from __future__ import annotations

import random

TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 hr i img li mark ol p pre q rp rt ruby small span strong summary sup table "
    "tbody td tfoot th thead tr u ul section article font center iframe form marquee button svg "
    "math object label applet nobr template body html title p p p li td tr table"
).split()
ATTRIBUTES = (
    "",
    "",
    ' href="http://x.example/a?b=1&c=2&utm_source=rss"',
    ' href="/rel"',
    ' href="mailto:a@b.example"',
    ' href="http://1.2.3.999/"',
    ' src="http://x.example/i.png" alt="x &quot;y&quot;"',
    " src=/u.png",
    " src=http://x.example/pixel.gif width=1",
    ' lang="de"',
    ' colspan="2"',
    " start=3",
    ' style="color:red"',
    ' style="display:none"',
    " hidden",
)
TEXTS = (
    "x", " some words ", "&amp;", "&lt;b&gt;", "\n", "&nbsp;", "é", '"q"', "— Ann Lee", "1", "[1]",
    "back", "\u200b",
)  # fmt: skip


def soup(number: int) -> str:
    """A few of the tags, opened and closed by chance, with texts between them."""
    chance = random.Random(number)
    tags = [chance.choice(TAGS) for _ in range(chance.randint(2, 8))]
    made = []
    for _ in range(chance.randint(2, 24)):
        kind = chance.random()
        if kind < 0.45:
            attributes = chance.choice(ATTRIBUTES) if chance.random() < 0.5 else ""
            made.append(f"<{chance.choice(tags)}{attributes}>")
        elif kind < 0.75:
            made.append(f"</{chance.choice(tags)}>")
        else:
            made.append(chance.choice(TEXTS))
    return "".join(made)
