"""
Everything that can go wrong and is not a bug.

    DigestError
    ├── ConfigError      feeds.yaml, a command line
    ├── FetchError       an address that gave nothing to read
    ├── ParseError       bytes that are not what they should be
    ├── StoreError       the database
    ├── ResearchError    a search provider
    ├── DraftError       a drafter or the model behind it
    ├── ContentError     a file in content/
    └── PublishError     a template, a folder, a mail provider

Each carries its subject (an address, a path) and says what was expected. In a batch an
expected failure is a value: it is reported and the rest goes on. A bug is raised.

Pure.
"""

from __future__ import annotations


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


class StoreError(DigestError):
    """`subject` is the path of the database."""


class ResearchError(DigestError):
    """`subject` is the provider or the address."""


class DraftError(DigestError):
    """`subject` is the drafter or model."""


class ContentError(DigestError):
    """`subject` is the file, with its line where one is to blame."""


class PublishError(DigestError):
    """`subject` is the template, folder or provider."""
