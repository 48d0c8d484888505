"""A stylesheet in fewer bytes, with the same rules."""

from __future__ import annotations

import pytest

from digest.render.compact import compact


@pytest.mark.parametrize(
    ("css", "served"),
    [
        ("a {color: red; margin: 0}", "a{color:red;margin:0}"),
        ("a, b > c {\n  top: 0;\n}\n", "a,b>c{top:0}"),
        ("/* why */ p {margin: 0}", "p{margin:0}"),
        ("li :first-child {top: calc(1rem + 2vw)}", "li :first-child{top:calc(1rem + 2vw)}"),
        ("@media print {a {b: c}\n}", "@media print{a{b:c}}"),
        ("ul {li {top: 0}  > p {top: 1px}}", "ul{li{top:0}>p{top:1px}}"),
    ],
)
def test_only_what_people_need_goes(css: str, served: str) -> None:
    """Comments and indentation; a blank that means something stays."""
    assert compact(css) == f"{served}\n"


def test_a_string_is_left_alone() -> None:
    """What the page shows may hold blanks, braces and the signs of a comment."""
    css = 'a::after {content: " <{ /* ; } " attr(href) ">"}'
    assert compact(css) == 'a::after{content:" <{ /* ; } " attr(href) ">"}\n'
