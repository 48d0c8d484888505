"""Values reach a page as Jinja would write them, and only those calls are short that may be."""

from __future__ import annotations

import jinja2
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from digest.render import environment
from digest.render.output import finalize, shown


@given(st.text() | st.text().map(Markup) | st.integers() | st.none())
def test_a_value_is_shown_as_jinja_shows_it(value: object) -> None:
    assert str(shown(value)) == str(escape(finalize(value)))


def test_templates_are_compiled_to_it() -> None:
    """Jinja's own way gives the same, so nothing but this would tell that it is back."""
    source = environment().compile("{{ a }}{% set b %}{{ a }}{% endset %}", raw=True)
    assert source.count("environment.shown(") == 2
    assert "environment.finalize(" not in source


def test_a_template_means_what_it_means_to_jinja() -> None:
    """Macros, calls, sets, filters and unescaped text, with values of all kinds."""
    source = (
        "{% macro m(a, b=2) %}<{{ a }}|{{ b }}>{% endmacro %}"
        "{% macro n(a) %}<{{ a }}|{{ caller() }}>{% endmacro %}"
        "{% set s %}[{{ value }}]{% endset %}{{ s }}{{ m(value) }}{{ m(value, b=s) }}"
        "{% call n(1) %}{{ value }}{% endcall %}{{ value | upper | safe }}"
        "{% for x in [value, none, 3, true] %}{{ loop.index }}{{ x }}{{ m(x) }}{% endfor %}"
        "{% autoescape false %}{{ value }}{{ m(value) }}{% endautoescape %}"
        "{{ words('note', 3) }}{{ value ~ s }}{{ f(value) }}"
    )
    ours = environment()
    plain = jinja2.Environment(autoescape=True, finalize=finalize)
    plain.globals["words"] = ours.globals["words"]
    for value in ("a", "<b>", Markup("<i>"), "x\x00\u202ey", "'\"&"):
        given_ = {"value": value, "f": lambda text: f"<{text}>"}
        assert ours.from_string(source).render(given_) == plain.from_string(source).render(given_)
