"""
The ways out for a newsletter by their names in feeds.yaml.

Touches the network, through those that are made. Importing it imports all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..settings import Newsletter
from .base import Mailer
from .buttondown import ButtondownMailer
from .listmonk import ListmonkMailer
from .smtp import SmtpMailer

MAILERS: dict[str, Callable[[Newsletter, Mapping[str, str], Path], Mailer]] = {
    "smtp": SmtpMailer,
    "buttondown": lambda settings, environ, _: ButtondownMailer(settings, environ),
    "listmonk": lambda settings, environ, _: ListmonkMailer(settings, environ),
}
