"""Values reach a page as Jinja would write them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from digest.render.output import finalize, shown


@given(st.text() | st.text().map(Markup) | st.integers() | st.none())
def test_a_value_is_shown_as_jinja_shows_it(value: object) -> None:
    assert str(shown(value)) == str(escape(finalize(value)))
