"""Sentences: cut where a reader would, never within a name, number, bracket or quotation."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import sentences

# Each case is a text with `|` where a sentence ends and the next one begins.
CASES = """
Mr. Smith paid for it. |Then he left.
Dr. Lee and Prof. Ray wrote it. |It was good.
They met in the U.S. |The rest stayed.
The U.S. Senate voted. |Nobody was surprised.
Acme Inc. announced a loss. |Its shares fell.
He works at Acme Inc. |The pay is good.
It beats GPT-4 vs. Claude on price. |We checked.
Use a cache, e.g. Redis or a file. |It helps.
A model, i.e. Fable, won. |Others lost.
See Fig. 3 for the curve. |It is flat.
See p. 3 and pp. 4 to 9. |They differ.
No. 1 is a model from Paris. |No. |That is wrong.
Is it cheap? |No. |It costs $3.50 per run.
It costs $3.5. |The old one cost $4.
Version v0.31. |Next comes v0.32 in May.
Python 3.11 is old. |Python 3.14 is not.
The price rose 2.5x. |Users left.
J. K. Rowling met George W. Bush. |They talked.
Plan B. |The team agreed.
Vitamin C. |It helps.
Yahoo! Inc. bought it. |The deal closed.
He left Yahoo! |It was a good time.
What is AGI? |Nobody knows.
“Why now?” Ada Berg asked. |“Because we can.” |He left.
"It works," she said. |"We ship it today."
He said “It works. We ship it.” |Then he left.
(See the notes below. They are long.) |Then it ends.
It worked (see p. 3. for more). |It stayed.
It ended [sic]. |Then it began.
Wait… |What happened?
It was slow... and then fast. |It stayed so.
It was slow... |Then it was fast.
Great! 🎉 |Next comes the rest.
It works on example.com. |It is free.
Read example.com/a?b=c&d=e! |It helps.
Node.js is fast. |Deno is too.
He uses Node.js. |It is fast.
iPhone sales fell. |iPad sales rose.
It fell. |iPhone sales rose.
At 5 p.m. |He slept.
At 5 p.m. Eastern he slept. |She did not.
On Jan. 5 it began. |In Feb. it ended.
It grew. |3 of them left.
It is 3 a.m. in London. |Nobody is up.
Smith et al. found it. |Others did not.
Books, pens, etc. |They sold all.
Ph.D. students wrote it. |Others read it.
St. Louis is far. |Mt. Fuji is farther.
1. Install it first. |2. Run it then.
这是一个模型。|它很快！|真的吗？|是的
日本語の文です。|次の文です。
It ended.[n1] |Another began.[n2][n3] |A third ended.[own]
It ended.[^lab-1] |Another began.
It ended.¹ |Another began.
Really?! |Yes!!! |Good.
The rate is approx. 5 per day. |It holds.
Sen. Warren and Gov. Lee met. |They spoke.
The v. 2 of it failed. |The v. 3 held.
Roe v. Wade was cited. |It was old.
"Stop." |"Why?" |"Because."
He said: "No. Never." |Then he left.
A quote. — Ada Berg
Use .NET here. |It is old.
The “smart” model won. |The “fast” one lost.
It is in beta (since May). |It is slow.
J.R.R. Tolkien wrote it. |He was old.
Ask the U.N. |They know.
It was 2026. |Nothing changed.
It was 2026.5 then. |Nothing changed.
Write to a.b@c.example. |They answer.
ACME Corp. Ltd. sold it. |The end came.
The App Store? |It is closed.
It's No. |It's not.
Op. cit. is Latin. |Few know it.
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_sentences_are_cut_where_a_reader_would(case: str) -> None:
    """Abbreviations, initials, versions, names, brackets and quotations hold together."""
    text = case.replace("|", "")
    expected = [part.strip() for part in case.split("|")]
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_blank_line_ends_a_sentence_and_a_line_feed_does_not() -> None:
    """Text that is wrapped by hand reads as it would on one line."""
    text = "A line that\ngoes on. Then\nmore\n\nNo stop here\n \nThe end"
    assert [text[a:b] for a, b in sentences(text)] == [
        "A line that\ngoes on.",
        "Then\nmore",
        "No stop here",
        "The end",
    ]


@given(st.text(alphabet=st.sampled_from("aB .?!\n\"“”()[]'1…。é—🎉"), max_size=80))
def test_sentences_hold_everything_but_white_space_in_order(text: str) -> None:
    """No character is lost or doubled, whatever the text."""
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_part_is_cut_alike_in_any_context(before: str, text: str, after: str) -> None:
    """What stands around a part has no influence on its sentences."""
    start = len(before)
    inside = sentences(before + text + after, start, start + len(text))
    assert inside == tuple((a + start, b + start) for a, b in sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10**6,
        '"' * 10**4 + ". A",
        '"a. ' * 10**4,
        "(" * 10**5 + "A. B" + ")" * 10**5,
        "." * 10**6,
        "A. " * 10**5,
        "[a" * 10**5,
        ".[a]" * 10**5,
        "\n" * 10**6,
        "! " * 10**5 + "🎉" * 10**5,
        "e.g. " * 10**5,
    ],
    ids=[
        "word", "marks", "quotations", "brackets", "stops", "initials", "open", "notes", "lines",
        "emoji", "abbreviations",
    ],
)  # fmt: skip
def test_hostile_text_ends(text: str) -> None:
    """A megabyte that no person wrote is cut in time."""
    start = time.process_time()
    sentences(text)
    assert time.process_time() - start < 5
