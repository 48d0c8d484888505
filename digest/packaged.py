"""
Where the package keeps what is no code.

Touches the disk: asks whether a folder is there.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def templates_folder() -> Path:
    """
    The templates that come with the package: `digest/templates` where it was installed from a
    wheel, `templates/` beside the package in a checkout.
    """
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"
