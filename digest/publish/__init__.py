"""
The site and its newsletters to where they are read.

Touches the disk and the network. `tree.py` writes both to disk; `mailers.py` names the ways out
for a newsletter, a file each, all of the form that `base.py` draws. What writes or sends is loaded
when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import CANNOT_BE_ASKED as CANNOT_BE_ASKED
    from .base import Mailer as Mailer
    from .mailers import MAILERS as MAILERS
    from .marks import Written as Written
    from .message import mail_files as mail_files
    from .tree import Damaged as Damaged
    from .tree import Tree as Tree
    from .tree import Writer as Writer
else:
    from ..lazily import names

    __getattr__ = names(
        __name__,
        base="CANNOT_BE_ASKED Mailer",
        mailers="MAILERS",
        marks="Written",
        message="mail_files",
        tree="Damaged Tree Writer",
    )
