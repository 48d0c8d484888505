"""
The site and its newsletters to where they are read.

Touches the disk and the network. `tree.py` writes both to disk; `MAILERS` are the ways out
for a newsletter, a file each, all of the form that `base.py` draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..settings import Newsletter
from .base import Mailer
from .buttondown import ButtondownMailer
from .folder import Written
from .listmonk import ListmonkMailer
from .message import mail_files
from .smtp import SmtpMailer
from .tree import Damaged, Tree

__all__ = [
    "CANNOT_BE_ASKED",
    "MAILERS",
    "Damaged",
    "Mailer",
    "Tree",
    "Written",
    "mail_files",
]

MAILERS: dict[str, Callable[[Newsletter, Mapping[str, str], Path], Mailer]] = {
    "smtp": SmtpMailer,
    "buttondown": lambda settings, environ, _: ButtondownMailer(settings, environ),
    "listmonk": lambda settings, environ, _: ListmonkMailer(settings, environ),
}
CANNOT_BE_ASKED = frozenset({"smtp"})
"""Ways out that do not know what became of an issue: our own records are all there is."""
