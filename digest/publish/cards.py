"""
Cards as PNG, for the previews of other sites.

Touches nothing but its font's file. Made with resvg, which comes with the extra `cards`; without
it no page names a picture, and the site is complete otherwise.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

EXTRA = "digestpress[cards]"
FONT = Path("fonts") / "newsreader.ttf"
"""In the package's templates."""


def is_available() -> bool:
    """Whether resvg is installed."""
    return importlib.util.find_spec("resvg_py") is not None


def png(svg: str, font: Path) -> bytes:
    """
    Render a card; no font but this one is used, so that every machine makes the same picture.

    Args:
        svg: The card.
        font: A TrueType file.
    """
    import resvg_py

    made = resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(font)], skip_system_fonts=True)
    return bytes(made)
