"""
Everything that can go wrong and is not a bug.

    DigestError
    ├── ConfigError      feeds.yaml, a command line
    ├── FetchError       an address that gave nothing to read
    ├── ParseError       bytes that are not what they should be
    │   └── GivenUpError they took more time or memory than they may
    ├── StoreError       the database
    ├── ResearchError    a search provider
    ├── DraftError       a drafter
    │   └── ModelError   the language model behind it
    ├── ContentError     a file in content/
    └── PublishError     a template, a folder, a mail provider

Each carries its subject (an address, a path) and says what was expected. In a batch an
expected failure is a value: it is reported and the rest goes on. A bug is raised.

Pure.
"""

from __future__ import annotations

from typing import Literal


class DigestError(Exception):
    """
    Args:
        subject: What it is about: an address, a path, `feeds.yaml:12:5`.
        message: What was found and what was expected, in words for a person.
    """

    def __init__(self, subject: str, message: str) -> None:
        super().__init__(subject, message)
        self.subject = subject
        self.message = message

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}" if self.subject else self.message


class ConfigError(DigestError):
    """A setting is wrong. Several are one error with a line each."""


class FetchError(DigestError):
    """`subject` is the address that gave nothing to read."""


class ParseError(DigestError):
    """`subject` is the address the bytes came from."""


class GivenUpError(ParseError):
    """Nobody knows what the bytes are; on a calmer machine they may well be read."""


class StoreError(DigestError):
    """`subject` is the path of the database."""


class ResearchError(DigestError):
    """`subject` is the provider or the address."""


class DraftError(DigestError):
    """`subject` is the drafter or model."""


ModelFault = Literal[
    "model",  # unknown to the library, or settings that it does not take
    "key",  # none, or one that was refused
    "quota",  # the account is used up
    "budget",  # ours is: the tokens or the month's dollars
    "rate",  # too many requests, and the wait is too long
    "refused",  # this one request: too long, or not understood
    "unreachable",  # no connection, time-outs, errors of the server
    "answer",  # it answered with what is no reply: HTML, no choices
]


class ModelError(DraftError):
    """
    Args:
        subject: The model's name.
        message: What happened and what to do about it.
        fault: Of what kind it is.
        gone: Whether whoever asked will get nothing more from this model in this run, so that
            asking on is no use.
    """

    def __init__(
        self, subject: str, message: str, *, fault: ModelFault, gone: bool = False
    ) -> None:
        super().__init__(subject, message)
        self.fault, self.gone = fault, gone


class ContentError(DigestError):
    """`subject` is the file, with its line where one is to blame."""


class PublishError(DigestError):
    """`subject` is the template, folder or provider."""
