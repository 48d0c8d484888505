"""Hidden text: what an inline style takes out of sight is out of the text; what it shows stays."""

from __future__ import annotations

import pytest

from digest.extract.hiding import is_hiding


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : none !important",
        "dis/**/play:none",
        "d\\69splay:none",
        "visibility: collapse",
        "content-visibility:hidden",
        "opacity:0",
        "opacity: 1%",
        "filter:opacity(0)",
        "color: transparent",
        "color:rgba(0, 0, 0, 0)",
        "color:#fff;background:#fff",
        "color:white;background-color:rgb(255, 255, 255)",
        "position:absolute;left:-9999px",
        "position: fixed; top:-100em",
        "text-indent:-9999px",
        "margin-left:-9999px",
        "clip:rect(0,0,0,0);position:absolute",
        "clip-path: inset(100%)",
        "transform:scale(0)",
        "font-size:0",
        "font-size:1px",
        "font-size:.01em",
        "font:0/0 a",
        "width:1px;height:1px;overflow:hidden;position:absolute",
        "max-height:0;overflow:hidden",
    ],
)
def test_out_of_sight(style: str) -> None:
    """Each way to hide text by an inline style is known."""
    assert is_hiding(style)


@pytest.mark.parametrize(
    "style",
    [
        "",
        "color:#000;background:#fff",
        "background-color:white",
        "color:inherit;background:inherit url(x.png)",
        "color:inherit;background-color:inherit",
        "opacity:.8",
        "position:absolute;left:0;top:-20px",
        "left:-9999px",
        "text-indent:-2em",
        "font-size:0.9em;height:0",
        "font:12px/1.5 serif",
        "width:1px",
        "overflow:hidden;max-height:300px",
        "transform:scale(0.9)",
        "clip-path:inset(5%)",
        "display:block;visibility:visible",
        "no colon; : ; ::",
    ],
)
def test_in_sight(style: str) -> None:
    """Styles that only place, colour or size text do not hide it."""
    assert not is_hiding(style)
