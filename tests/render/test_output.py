"""Values reach a page as Jinja would write them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from digest.render.output import _CONTROLS, _has_controls, finalize, shown


@given(st.text() | st.text().map(Markup) | st.integers() | st.none())
def test_a_value_is_shown_as_jinja_shows_it(value: object) -> None:
    assert str(shown(value)) == str(escape(finalize(value)))


def test_each_control_is_found_and_nothing_else() -> None:
    """Wherever it stands; all other characters that there are stay."""
    for sign in _CONTROLS:
        assert _has_controls(f"“so”\n{chr(sign)}")
        assert _has_controls(f"{chr(sign)}so")
        assert finalize(f"a{chr(sign)}\n") == "a\n"
    others = "".join(chr(sign) for sign in range(0x110000) if sign not in _CONTROLS)
    assert not _has_controls(others)
    assert finalize(others) == others
